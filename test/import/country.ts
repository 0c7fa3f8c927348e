/** The invented country of `test/fixtures`, as it is or with another seed file beside its own. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import root, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { FaultsError, faultLine } from '../../src/errors.ts';
import { checkSeeds } from '../../src/import/check.ts';
import { readSeeds } from '../../src/import/read.ts';
import { testDatabase } from '../helper.ts';

const country = fileURLToPath(new URL('../fixtures', import.meta.url));
export const countrySeeds = join(country, 'seeds');
export const countryDocuments = join(country, 'documents');

/** A copy of the country's seed files, with a file that is read after all others. */
export async function seedsWith(t: Test, text: string | Uint8Array): Promise<string> {
  const folder = join(t.testdir(), 'seeds');
  await cp(countrySeeds, folder, { recursive: true });
  await writeFile(join(folder, 'zz.yml'), text);
  return folder;
}

/** The country's seed files, to be changed. */
export async function copyOfSeeds(t: Test) {
  const folder = join(t.testdir(), 'seeds');
  await cp(countrySeeds, folder, { recursive: true });
  const replace = async (file: string, from: string | RegExp, to: string) => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${from}`);
    await writeFile(path, changed);
  };
  return { folder, replace };
}

/** What `govdata seed` would say of the country with another seed file. */
export async function faultsOf(t: Test, text: string | Uint8Array): Promise<string[]> {
  return linesOf(async () => checkSeeds(await readSeeds(await seedsWith(t, text))));
}

/** The faults that the work ends with, a line each; none if it does not fail. */
export async function linesOf(work: () => Promise<unknown>): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof FaultsError) return error.faults.map(faultLine);
    throw error;
  }
}

/** A migrated database without data. */
export async function migratedDatabase(t: Test): Promise<Database> {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  return database;
}

let emptied: Promise<Database> | undefined;

/** One such database for the tests of a process that need not see each other's, without data whenever it is asked for. */
export async function emptiedDatabase(): Promise<Database> {
  emptied ??= migratedDatabase(root);
  const database = await emptied;
  await database.pool.query('truncate releases, identities, persisted_operations cascade');
  return database;
}

/** `a misspelt key is refused as unknown_key` */
export function titleOf(what: string, faults: readonly string[]): string {
  const codes = new Set(faults.map((fault) => fault.split('  ').at(-2)));
  return codes.size === 0 ? `${what} is accepted` : `${what} is refused as ${[...codes].join(', ')}`;
}
