/** `govdata seed`: read, make the tree → check → write. */
import { fileURLToPath } from 'node:url';
import type { Database } from '../db/client.ts';
import { holdingLock } from '../db/locks.ts';
import { requireMigrated } from '../db/migrated.ts';
import { checkSeeds } from './check.ts';
import { applyCorrections } from './corrections.ts';
import { keepImported } from './imported.ts';
import { storedTables, type Tables } from './layout.ts';
import { readSeeds } from './read.ts';
import { plantTree } from './tree/plant.ts';
import { type ReleaseReport, reportOf, writeRelease } from './write.ts';

/** The same folder from `src/import` and from `dist/import`. */
export const seedsFolder = fileURLToPath(new URL('../../seeds', import.meta.url));

export interface SeedOptions {
  folder?: string;
  note?: string;
  /** Reads, checks and compares, and writes nothing. */
  dryRun?: boolean;
  log?: (line: string) => void;
}

/** Writes what the seed files have and the database has not, as one release; or nothing at all. */
export async function seed(database: Database, options: SeedOptions = {}): Promise<ReleaseReport> {
  const { folder = seedsFolder, log = () => undefined, ...release } = options;
  const read = applyCorrections(await plantTree(await readSeeds(folder)));
  const wished = storedTables(checkSeeds(read));
  log(`read ${read.declared.length} records from ${read.files.length} files`);
  await requireMigrated(database);
  return holdingLock(database.pool, 'release', async (client) => {
    const wish = (held: Tables) => keepImported(wished, held);
    return reportOf(await writeRelease(client, wish, release));
  });
}
