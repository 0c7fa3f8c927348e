/** Releases, and the scope that an answer holds for. */
import { sql } from 'drizzle-orm';
import { releases as table } from '../db/tables.ts';
import type { Release } from '../schema/release.ts';
import { todayInVietNam } from './days.ts';
import type { Source } from './source.ts';
import { type Columns, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

export const releases: Source = {
  type: 'Release',
  table,
  key: [table.number],
  live: (scope) => sql`${table.number} <= ${scope.release}`,
  order: sql`lpad(${table.number}::text, 9, '0')`,
  descending: true,
  columns: (): Columns<Release> => ({
    id: sql`'release:' || ${table.number}`,
    number: table.number,
    createdAt: sql`to_char(${table.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    hash: table.hash,
    counts: table.counts,
    byType: table.byType,
    note: table.note,
  }),
};

/** The current release and today: one statement. */
export async function openScope(context: Context): Promise<Scope> {
  const rows = await run(context, sql`select coalesce(max(${table.number}), 0) as release from ${table}`);
  return { release: rows[0]?.['release'] as number, today: todayInVietNam(context.now()) };
}
