/** `govdata rollback`: a new release whose content is that of an earlier one. Nothing is lost: it can be undone alike. */
import type pg from 'pg';
import type { Database } from '../db/client.ts';
import { holdingLock } from '../db/locks.ts';
import { requireMigrated } from '../db/migrated.ts';
import { FaultsError } from '../errors.ts';
import { wantThoseOf } from './imported-figures.ts';
import { requireReleases, tablesAt } from './tables-at.ts';
import { type ReleaseReport, reportOf, writeRelease } from './write.ts';

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
): Promise<ReleaseReport> {
  await requireMigrated(database);
  return holdingLock(database.pool, 'release', async (client) => {
    const current = await requireReleases(client, [to]);
    if (to === current)
      throw new FaultsError(
        `Release ${to} is the current one; name an earlier one, whose content is to come back.`,
      );
    const content = await tablesAt(client, to);
    const figures = { want: (session: pg.ClientBase) => wantThoseOf(session, to), dataset: null };
    return reportOf(await writeRelease(client, () => content, { note, dryRun, figures }));
  });
}
