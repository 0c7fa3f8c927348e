/** What forbids to load an export, all of it: files that are missing or altered, schemas that do not fit, releases that are there. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { migrationTags } from '../../db/apply.ts';
import type { Database } from '../../db/client.ts';
import { planMigrations } from '../../db/migrate.ts';
import { type Fault, FaultsError } from '../../errors.ts';
import { requireFile } from '../regular-file.ts';
import { fileNameOf, type Manifest, type ManifestFile, refused } from './manifest.ts';
import { byteProgress, Counter } from './progress.ts';
import { transferredTables } from './tables.ts';

/** Migrations that are applied before the rows are written, and those after. */
export interface Steps {
  before: string[];
  after: string[];
}

/** Reads every file once, and the database. Throws a FaultsError with everything that is wrong. */
export async function checkExport(
  database: Database,
  folder: string,
  manifest: Manifest,
  log: (line: string) => void,
): Promise<Steps> {
  const files = await fileFaults(folder, manifest, log);
  const faults = [
    ...schemaFaults(manifest, await migrationTags()),
    ...files,
    ...(await databaseFaults(database)),
  ];
  if (faults.length > 0) throw refused(faults);
  return stepsFor(database.pool, manifest);
}

/**
 * Rows can be written only while the tables are as they were where the rows come from. Throws a FaultsError where the
 * database is past that.
 */
export async function stepsFor(client: pg.Pool | pg.PoolClient, { schema }: Manifest): Promise<Steps> {
  const tags = await migrationTags();
  const count = tags.indexOf(schema) + 1;
  const applied = (await planMigrations(client)).applied.length;
  if (applied <= count) return { before: tags.slice(applied, count), after: tags.slice(count) };
  const message = `the export is of ${schema}, and the database is past that; load it into a new database, which is migrated on the way`;
  throw refused([{ code: 'older_schema', message }]);
}

function schemaFaults({ schema, program, files }: Manifest, tags: readonly string[]): Fault[] {
  if (!tags.includes(schema)) {
    const message = `the export is of ${schema}, by govdata ${program}, which this program does not know; update this program`;
    return [{ code: 'newer_schema', message }];
  }
  const listed = files.map(({ table }) => table);
  const known = transferredTables.map(({ table }) => table);
  const needed = schema === tags.at(-1) ? known : ['releases', 'identities'];
  return [
    ...needed
      .filter((table) => !listed.includes(table))
      .map((table) => ({
        code: 'missing_file',
        file: fileNameOf({ table }),
        message: 'the manifest does not list it',
      })),
    ...listed
      .filter((table, index) => !known.includes(table) || listed.indexOf(table) !== index)
      .map((table) => ({
        code: 'unknown_file',
        file: fileNameOf({ table }),
        message: 'the manifest lists it, but no table takes it',
      })),
  ];
}

async function fileFaults(
  folder: string,
  { files }: Manifest,
  log: (line: string) => void,
): Promise<Fault[]> {
  const progress = byteProgress(
    log,
    files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const faults: Fault[] = [];
  for (const file of files) {
    const counter = new Counter(progress('checking'));
    const path = join(folder, fileNameOf(file));
    const content = requireFile(path).then(() => pipeline(createReadStream(path), counter, drain));
    const fault = await content.then(
      () => alteredFault(file, counter),
      (error: NodeJS.ErrnoException) => ({
        code: 'missing_file',
        file: fileNameOf(file),
        message: `it cannot be read (${error.code})`,
      }),
    );
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

export function alteredFault(file: ManifestFile, counter: Counter): Fault | undefined {
  const { bytes, sha256 } = counter.counted();
  if (sha256 === file.sha256) return undefined;
  return {
    code: 'altered_file',
    file: fileNameOf(file),
    message: `it has ${bytes} bytes and the checksum ${sha256}, but the manifest says ${file.bytes} and ${file.sha256}`,
  };
}

/** A database whose migrations do not fit the program says so itself. */
async function databaseFaults({ pool }: Database): Promise<Fault[]> {
  try {
    await planMigrations(pool);
  } catch (error) {
    if (error instanceof FaultsError) return [...error.faults];
    throw error;
  }
  return heldFaults(pool);
}

/** Nothing is deleted, and numbers are never given twice: where there are releases, none is put in their place. */
export async function heldFaults(client: Pick<Database['pool'], 'query'>): Promise<Fault[]> {
  const there = await client.query<{ there: boolean }>(
    "select to_regclass('public.releases') is not null as there",
  );
  if (!there.rows[0]?.there) return [];
  const { rows } = await client.query<{ number: number | null }>(
    'select max(number) as number from releases',
  );
  const number = rows[0]?.number ?? null;
  if (number === null) return [];
  const message = `the database holds releases already, up to ${number}; load into a new or empty one, and point DATABASE_URL at that`;
  return [{ code: 'database_not_empty', message }];
}
