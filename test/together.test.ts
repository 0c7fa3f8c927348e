/** Each test file is run, and once: by itself, or in a suite of its folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { filesOf } from './together.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const isSuite = (file: string): boolean => file.startsWith('all/');

t.test('what tap is given runs each test file once', async (t) => {
  const listed = execFileSync('npx', ['tap', 'list'], { encoding: 'utf8' }).trim().split('\n');
  const run = listed
    .map((file) => relative(here, file))
    .flatMap((file) => (isSuite(file) ? foldersOf(file).flatMap(filesOf) : [file]));
  const all = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.test.ts') && !isSuite(file),
  );
  t.strictSame(run.toSorted(), all.toSorted());
});

t.test('what `npm run test:deep` names is there', (t) => {
  const { scripts } = JSON.parse(readFileSync(`${here}../package.json`, 'utf8'));
  const named = scripts['test:deep'].split(' ').filter((word: string) => word.endsWith('.test.ts'));
  t.ok(named.length > 15);
  t.strictSame(
    named.filter((file: string) => !existsSync(`${here}../${file}`)),
    [],
  );
  t.end();
});

t.test('an error that nobody catches fails the test in which it happens, with its stack', (t) => {
  const program = `
    import { test } from 'tap';
    await test('before', async () => undefined);
    await test('of a defect', async () => {
      setImmediate(() => { throw new Error('nobody catches this'); });
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const args = [...process.execArgv, '--input-type=module', '--eval', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  t.not(status, 0);
  t.match(stdout, /^ok 1 - before/m);
  t.match(stdout, /^not ok 2 - of a defect/m);
  t.match(stderr, /Error: nobody catches this\n\s+at /);
  t.end();
});

/** As they stand in its text: to load it would run it. */
function foldersOf(suite: string): string[] {
  const [, folders = ''] = readFileSync(`${here}${suite}`, 'utf8').match(/^await together\((.*)\);$/m) ?? [];
  return [...folders.matchAll(/'([^']+)'/g)].map(([, folder = '']) => folder);
}
