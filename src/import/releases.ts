/** `govdata releases`: the releases, newest first. */
import type { Database } from '../db/client.ts';
import type { Changes } from '../schema/release.ts';
import { requireMigrated } from './migrated.ts';

export interface ListedRelease {
  number: number;
  createdAt: string;
  hash: string;
  counts: Changes;
  note: string | null;
}

export async function listReleases(database: Database): Promise<ListedRelease[]> {
  await requireMigrated(database);
  const { rows } = await database.pool.query<ListedRelease>(
    `select number, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      hash, counts, note from releases order by number desc`,
  );
  return rows;
}
