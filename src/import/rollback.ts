/** `govdata rollback`: a new release whose content is that of an earlier one. Nothing is lost: it can be undone alike. */
import type { Database } from '../db/client.ts';
import { holdingLock } from '../db/locks.ts';
import { requireMigrated } from '../db/migrated.ts';
import { FaultsError } from '../errors.ts';
import type { SeedReport } from './seed.ts';
import { requireReleases, tablesAt } from './tables-at.ts';
import { writeRelease } from './write.ts';

export interface RollbackOptions {
  /** `Rollback to release N.` unless said otherwise. */
  note?: string;
  /** Compares, and writes nothing. */
  dryRun?: boolean;
}

/** Throws if there is no such release, or if it is the current one. */
export async function rollback(
  database: Database,
  to: number,
  { note = `Rollback to release ${to}.`, dryRun = false }: RollbackOptions = {},
): Promise<SeedReport> {
  await requireMigrated(database);
  return holdingLock(database.pool, 'release', async (client) => {
    const current = await requireReleases(client, [to]);
    if (to === current)
      throw new FaultsError(
        `Release ${to} is the current one; name an earlier one, whose content is to come back.`,
      );
    const content = await tablesAt(client, to);
    const { differences, ...written } = await writeRelease(client, () => content, { note, dryRun });
    return { ...written, counts: differences.counts, byType: differences.byType };
  });
}
