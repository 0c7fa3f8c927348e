/**
 * How any list and any edge is read: a source says what a record is made of, this file adds
 * keyset pages, bounded totals and batches. One statement each.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { limits } from '../schema/config.ts';
import { MadeOnce } from './made-once.ts';
import { type Part, pick } from './parts.ts';
import type { ColumnsByName } from './shared.ts';
import { between, direction, directionOf, type Found, foundIn, type Slice } from './slices.ts';
import {
  all,
  bytewise,
  type Columns,
  filled,
  flattened,
  live,
  object,
  type Prepared,
  partsOf,
  prepared,
  run,
} from './sql.ts';
import { type Total, totalOf } from './totals.ts';
import type { Context, Row, Scope, Wanted } from './types.ts';

/** Where the records of one published type come from. */
export interface Source {
  /** The published type. */
  type: string;
  /** The table or view whose rows are states. */
  table: SQLWrapper;
  /** What names a row of it. */
  key: readonly SQLWrapper[];
  live: (scope: Scope) => SQL;
  columns: (scope: Scope) => Record<string, SQLWrapper>;
  /** One text by which records sort, unique. */
  order: SQLWrapper;
  descending?: boolean;
}

/** Which records a list has. */
export interface Which {
  where: readonly SQL[];
  /** The same records, found in another way. */
  parts?: readonly Part[] | undefined;
}

export interface PageRequest extends Slice, Which {}

export const sameRow = (source: Source, picked: SQL): SQL =>
  all(source.key.map((column, index) => sql`${column} = ${picked}.${sql.identifier(`key_${index}`)}`));
export const keyList = (source: Source): SQL =>
  sql.join(
    source.key.map((column, index) => sql`${column} as ${sql.identifier(`key_${index}`)}`),
    sql`, `,
  );

/** The members that are wanted. */
const columnsOf = (source: Source, scope: Scope, { members }: Pick<Slice, 'members'>): ColumnsByName =>
  Object.fromEntries(Object.entries(source.columns(scope)).filter(([name]) => members?.has(name) ?? true));

/** The record as one value, which PostgreSQL makes as text, in the order of the members. */
const asRecord = (columns: ColumnsByName): SQL => sql`${object(columns)} as "_record"`;

const records = new WeakMap<Source, MadeOnce<SQL>>();

/** The same, made once for all who want these members in this scope. */
export function recordOf(source: Source, scope: Scope, request: Pick<Slice, 'members'>): SQL {
  const made = records.get(source) ?? new MadeOnce(flattened);
  records.set(source, made);
  const kind = [scope, request.members && [...request.members]];
  return made.get(kind, () => asRecord(columnsOf(source, scope, request)));
}

/** The records of a list, and what puts into them what they share, where that is read apart. */
function recordsOf(context: Context, scope: Scope, source: Source, request: Slice) {
  const { shared } = request;
  if (shared === undefined) return { record: recordOf(source, scope, request) };
  const columns = columnsOf(source, scope, request);
  const fill = (rows: readonly Row[]): Promise<void> => shared.fill(context, columns, rows);
  return { record: asRecord(shared.keysOf(columns)), fill };
}

interface Counted {
  parts: readonly Part[];
  from: SQL;
  where: SQL;
}

export const countOf = ({ from, where, parts }: Counted): SQL => {
  const limit = limits.totalExactTo + 1;
  return sql`(select count(*)::int from (${pick(parts, { columns: sql`1`, from, where, order: sql``, limit })}) every)`;
};

const uncounted: Total = { value: 0, keep: () => undefined };

/** One page and the total of all pages, where it is wanted. */
export async function findPage(
  context: Context,
  scope: Scope,
  source: Source,
  request: PageRequest,
): Promise<Found> {
  const where = all([source.live(scope), ...request.where]);
  const sortKey = bytewise(source.order);
  const parts = request.parts ?? [{ where: request.where }];
  const from = sql`${source.table}`;
  const page = (columns: SQL, by: SQL): SQL =>
    pick(parts, {
      columns,
      from,
      where: all([source.live(scope), between(sortKey, request, source)]),
      order: sql`order by ${by} ${directionOf(request, source)}`,
      limit: request.limit + 1,
    });
  const { record, fill } = recordsOf(context, scope, source, request);
  if (request.uncounted && request.parts === undefined) {
    const read = sql`0 as "_total", ${sortKey} as "_sort", ${record}`;
    const rows = await run(context, page(read, sql`"_sort"`));
    const found = foundIn(request.fromEnd ? rows.reverse() : rows);
    await fill?.(found.rows);
    return { ...found, total: 0 };
  }
  // The total that the pages before this one counted is not counted again.
  const total = request.uncounted ? uncounted : totalOf(context, source.type, ...partsOf(where));
  const counted =
    total.value === undefined
      ? countOf({ from, where: source.live(scope), parts })
      : sql`${total.value}::int`;
  const rows = await run(
    context,
    sql`with picked as materialized (
      ${page(sql`${keyList(source)}, ${sortKey} as sort_key`, sql`sort_key`)}
    ), counted as (
      select ${counted} as total
    )
    select counted.total as "_total", picked.sort_key as "_sort", ${record}
    from counted left join picked on true left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by picked.sort_key ${direction(source)}`,
  );
  const found = foundIn(rows);
  total.keep(found.total);
  await fill?.(found.rows);
  return found;
}

/** All records for which the conditions hold, in order. */
export async function findAll(
  context: Context,
  scope: Scope,
  source: Source,
  where: readonly SQL[],
): Promise<Row[]> {
  const rows = await run(
    context,
    sql`select ${recordOf(source, scope, {})} from ${source.table}
    where ${all([source.live(scope), ...where])} order by ${bytewise(source.order)} ${direction(source)}`,
  );
  return rows.map((row) => row['_record'] as Row);
}

const readings = new WeakMap<Source, WeakMap<SQLWrapper, MadeOnce<Prepared>>>();

function readingsOf(source: Source, by: SQLWrapper): MadeOnce<Prepared> {
  const all = readings.get(source) ?? new WeakMap();
  readings.set(source, all);
  const made = all.get(by) ?? new MadeOnce(prepared);
  all.set(by, made);
  return made;
}

/** The records whose `by`, which is unique within a release, is one of the keys, by that key. */
export async function findEach(
  context: Context,
  scope: Scope,
  source: Source,
  by: SQLWrapper,
  keys: readonly string[],
  members?: Wanted['members'],
): Promise<Map<string, Row>> {
  const reading = readingsOf(source, by).get(
    [scope, members && [...members]],
    () => sql`select ${by} as "_key", ${recordOf(source, scope, { members })} from ${source.table}
    where ${by} = any(${sql.placeholder('keys')}::text[]) and ${source.live(scope)}`,
  );
  const rows = await run(context, filled(reading, { keys }), 'once');
  return new Map(rows.map((row) => [row['_key'] as string, row['_record'] as Row]));
}

interface StateTable extends SQLWrapper {
  id: SQLWrapper;
  sinceRelease: SQLWrapper;
  untilRelease: SQLWrapper;
}

/** The source of a table of states, ordered by id unless said otherwise; its columns are those published. */
export const stateSource = <T>(
  type: string,
  table: StateTable,
  columns: (scope: Scope) => Columns<T>,
  order: SQLWrapper = table.id,
): Source => ({
  type,
  table,
  key: [table.id, table.sinceRelease],
  live: (scope) => live(table, scope),
  columns,
  order,
});
