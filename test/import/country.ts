/** The invented country of `test/fixtures`, as it is or with another seed file beside its own. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import root, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { FaultsError, faultLine } from '../../src/errors.ts';
import { checkSeeds } from '../../src/import/check.ts';
import { type Position, Positions } from '../../src/import/positions.ts';
import { type ReadResult, readSeeds } from '../../src/import/read.ts';
import type { Section, Seeds } from '../../src/import/shapes.ts';
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

/** Of what was read apart from each other. */
class PositionsOfAll extends Positions {
  readonly #all: readonly Positions[];

  constructor(...all: Positions[]) {
    super();
    this.#all = all;
  }

  override find(object: object, member: string | number): Position | undefined {
    for (const positions of this.#all) {
      const found = positions.find(object, member);
      if (found) return found;
    }
    return undefined;
  }
}

let read: Promise<ReadResult> | undefined;

/** The country's seed files, which are read once, with another one that is read after them. */
async function countryWith(t: Test, text: string | Uint8Array): Promise<ReadResult> {
  read ??= readSeeds(countrySeeds);
  const country = await read;
  const other = await readSeeds(join(t.testdir({ seeds: { 'zz.yml': Buffer.from(text) } }), 'seeds'));
  const sections = Object.keys(country.seeds) as Section[];
  return {
    seeds: Object.fromEntries(
      sections.map((name) => [name, [...country.seeds[name], ...other.seeds[name]]]),
    ) as Seeds,
    declared: [...country.declared, ...other.declared],
    references: [...country.references, ...other.references],
    positions: new PositionsOfAll(country.positions, other.positions),
    faults: other.faults,
    files: [...country.files, ...other.files],
    unreadable: other.unreadable,
  };
}

/** What `govdata seed` would say of the country with another seed file. */
export async function faultsOf(t: Test, text: string | Uint8Array): Promise<string[]> {
  return linesOf(async () => checkSeeds(await countryWith(t, text)));
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
