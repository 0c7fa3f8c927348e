/**
 * The test files of some folders in one process, one after another: a process takes longer to start than most of them
 * take. Each can be run by itself all the same.
 */
import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import t from 'tap';

const root = new URL('.', import.meta.url);
/** As long as a suite may take: a file by itself has the time of `.taprc`. */
const suiteMs = 1_800_000;

/** What is run of a folder of `test`; `.` is that folder itself. */
export const filesOf = (folder: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => posix.join(folder, name));

/** A file registers its tests with tap as it is loaded, which are run before the next is. */
export async function together(...folders: string[]): Promise<void> {
  t.setTimeout(suiteMs);
  for (const file of folders.flatMap(filesOf)) {
    await t.test(file, async () => {
      await import(new URL(file, root).href);
    });
  }
}
