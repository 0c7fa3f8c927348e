/** `govdata releases`: the releases, newest first. */
import type { Database } from '../db/client.ts';
import { requireMigrated } from '../db/migrated.ts';
import type { Changes } from '../schema/release.ts';

export interface ListedRelease {
  number: number;
  createdAt: string;
  hash: string;
  counts: Changes;
  note: string | null;
}

/** The moment of a release as it is published, in SQL. */
export const madeAt = `to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function listReleases(database: Database): Promise<ListedRelease[]> {
  await requireMigrated(database);
  const { rows } = await database.pool.query<ListedRelease>(
    `select number, ${madeAt} as "createdAt",
      hash, counts, note from releases order by number desc`,
  );
  return rows;
}
