/** `govdata load`: an export into a database without releases, in one transaction. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { applyWithin } from '../../db/apply.ts';
import type { Database } from '../../db/client.ts';
import { holdingLock, lockKey } from '../../db/locks.ts';
import { tellRelease } from '../../db/releases-told.ts';
import { alteredFault, checkExport, heldFaults, type Steps, stepsFor } from './check.ts';
import { fileNameOf, type Manifest, type ManifestFile, readManifest, refused } from './manifest.ts';
import { byteProgress, Counter } from './progress.ts';

export interface LoadOptions {
  /** Checks the export and the database, and writes nothing. */
  dryRun?: boolean;
  log: (line: string) => void;
}

export interface LoadReport extends Manifest {
  folder: string;
  /** Whether it was written. */
  loaded: boolean;
  /** Migrations that were applied, or would be. */
  migrations: string[];
}

/**
 * Everything is checked before anything is written; then it is one transaction, migrations included: whatever is thrown,
 * or killed, the database is as it was. Throws a FaultsError with all that is wrong.
 */
export async function load(
  database: Database,
  folder: string,
  { dryRun = false, log }: LoadOptions,
): Promise<LoadReport> {
  const manifest = await readManifest(folder);
  const { before, after } = await checkExport(database, folder, manifest, log);
  const report = { folder, loaded: !dryRun, migrations: [...before, ...after], ...manifest };
  if (dryRun) return report;
  await holdingLock(database.pool, 'release', async (client) => {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${lockKey('migrate')})`);
    // Two loads at once: who waited finds what the first one wrote.
    const held = await heldFaults(client);
    if (held.length > 0) throw refused(held);
    await write(client, folder, manifest, await stepsFor(client, manifest), log);
    await tellRelease(client, manifest.release);
    await client.query('commit');
    log('analyzing');
    await client.query('analyze');
  });
  return report;
}

async function write(
  client: pg.PoolClient,
  folder: string,
  manifest: Manifest,
  { before, after }: Steps,
  log: (line: string) => void,
): Promise<void> {
  await applyWithin(client, before, log);
  await client.query("set local datestyle = 'ISO, YMD'");
  const { files } = manifest;
  const progress = byteProgress(
    log,
    files.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  for (const file of files) {
    log(`loading ${file.table}: ${file.rows} rows`);
    const counter = new Counter(progress(`loading ${file.table}`));
    await copyIn(client, folder, file, counter);
    // It may have been altered since it was checked.
    const fault = alteredFault(file, counter);
    if (fault !== undefined) throw refused([fault]);
  }
  await applyWithin(client, after, log);
  await requireRelease(client, manifest);
}

async function copyIn(
  client: pg.PoolClient,
  folder: string,
  file: ManifestFile,
  counter: Counter,
): Promise<void> {
  const columns = file.columns.map((name) => `"${name}"`).join(', ');
  const sink = copyFrom(`copy ${file.table} (${columns}) from stdin with (format csv, header match)`);
  const name = fileNameOf(file);
  await pipeline(createReadStream(join(folder, name)), counter, client.query(sink)).catch(
    (error: unknown) => {
      // Values, rules of the tables, columns, sizes: the export is at fault, and not the connection.
      if (!(error instanceof pg.DatabaseError && /^(22|23|42|54)/.test(String(error.code)))) throw error;
      const message = [error.message, error.where].filter((part) => part !== undefined).join('; ');
      throw refused([{ code: 'unloadable_file', file: name, message }]);
    },
  );
}

/** The manifest has no checksum of its own. */
async function requireRelease(client: pg.PoolClient, { release, hash }: Manifest): Promise<void> {
  const { rows } = await client.query<{ number: number; hash: string }>(
    'select number, hash from releases order by number desc limit 1',
  );
  if (rows.some((held) => held.number === release && held.hash === hash)) return;
  const message = `it says release ${release}, but the files hold ${rows.map(({ number }) => number).join()}, or its hash is another`;
  throw refused([{ code: 'altered_file', file: 'manifest.json', message }]);
}
