/** `govdata export`: the history of the data up to a release, as files with checksums, read in one moment. */
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../../db/client.ts';
import { planMigrations } from '../../db/migrate.ts';
import { requireMigrated } from '../../db/migrated.ts';
import { programVersion } from '../../version.ts';
import { requireReleases } from '../tables-at.ts';
import { exportedIn, refusal, replacingFolder } from './folder.ts';
import {
  exportFormat,
  fileNameOf,
  type Manifest,
  type ManifestFile,
  manifestName,
  manifestText,
} from './manifest.ts';
import { byteProgress, Counter } from './progress.ts';
import { type TransferredTable, transferredTables } from './tables.ts';

export interface ExportOptions {
  /** The last release that it is to hold; the current one unless said. */
  release?: number;
  /** Replaces an export that is in the folder. */
  force?: boolean;
  log: (line: string) => void;
}

export interface ExportReport extends Manifest {
  folder: string;
  /** The release of the export that was there before; null if there was none. */
  replaced: number | null;
}

/**
 * Writes the folder whole, or leaves it as it is. Throws a FaultsError where there is no such release, where the folder
 * holds an export and `force` is not given or holds something else, and where the disk refuses.
 */
export async function exportReleases(
  database: Database,
  folder: string,
  { release, force = false, log }: ExportOptions,
): Promise<ExportReport> {
  await requireMigrated(database);
  const replaced = await exportedIn(folder);
  if (replaced !== null && !force) {
    const message = `it holds an export of release ${replaced}; --force replaces it`;
    throw refusal({ code: 'folder_not_empty', file: basename(folder), message });
  }
  const manifest = await atOneMoment(database.pool, async (client) => {
    const current = await requireReleases(client, release === undefined ? [] : [release]);
    // Throws where there is none yet.
    const wanted = release ?? current;
    await requireReleases(client, [wanted]);
    if (replaced !== null) log(`replacing the export of release ${replaced} in ${folder}`);
    return replacingFolder(folder, async (partial) => {
      const files = await writeTables(client, partial, wanted, log);
      const written = { ...(await headOf(client, wanted)), files };
      // Last: a folder without it is no export.
      await writeFile(join(partial, manifestName), manifestText(written), { flush: true });
      return written;
    });
  });
  return { folder, replaced, ...manifest };
}

async function headOf(client: pg.PoolClient, release: number): Promise<Omit<Manifest, 'files'>> {
  const { applied } = await planMigrations(client);
  const { rows } = await client.query<{ hash: string }>('select hash from releases where number = $1', [
    release,
  ]);
  const [{ hash }] = rows as [{ hash: string }];
  const schema = applied
    .map(({ tag }) => tag)
    .slice(-1)
    .join();
  return { format: exportFormat, program: programVersion, schema, release, hash };
}

async function writeTables(
  client: pg.PoolClient,
  folder: string,
  release: number,
  log: (line: string) => void,
): Promise<ManifestFile[]> {
  const progress = byteProgress(log);
  const files: ManifestFile[] = [];
  for (const one of transferredTables) {
    const { table, columns } = one;
    log(`writing ${table}`);
    const counter = new Counter(progress(`writing ${table}`));
    const rows = await copyOut(client, one, release, join(folder, fileNameOf(one)), counter);
    files.push({ table, columns: [...columns], rows, ...counter.counted() });
  }
  return files;
}

/** How many rows there are. */
async function copyOut(
  client: pg.PoolClient,
  { select }: TransferredTable,
  release: number,
  path: string,
  counter: Counter,
): Promise<number> {
  const source = client.query(copyTo(`copy (${select(release)}) to stdout with (format csv, header)`));
  await pipeline(source, counter, createWriteStream(path, { flush: true }));
  return source.rowCount;
}

/** What a release that is made meanwhile writes is not seen. */
async function atOneMoment<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(
      "begin isolation level repeatable read read only; set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'",
    );
    const result = await work(client);
    await client.query('commit');
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}
