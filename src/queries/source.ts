/**
 * How any list and any edge is read: a source says what a record is made of, this file adds
 * keyset pages, bounded totals and batches. One statement each.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { limits } from '../schema/config.ts';
import { MadeOnce } from './made-once.ts';
import type { ColumnsByName } from './shared.ts';
import { between, direction, directionOf, type Found, foundIn, type Slice } from './slices.ts';
import { all, bytewise, type Columns, live, object, partsOf, run } from './sql.ts';
import { totalOf } from './totals.ts';
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

export interface PageRequest extends Slice {
  where: readonly SQL[];
}

const sameRow = (source: Source, picked: SQL): SQL =>
  all(source.key.map((column, index) => sql`${column} = ${picked}.${sql.identifier(`key_${index}`)}`));
const keyList = (source: Source): SQL =>
  sql.join(
    source.key.map((column, index) => sql`${column} as ${sql.identifier(`key_${index}`)}`),
    sql`, `,
  );

/** The members that are wanted. */
const columnsOf = (source: Source, scope: Scope, { members }: Pick<Slice, 'members'>): ColumnsByName =>
  Object.fromEntries(Object.entries(source.columns(scope)).filter(([name]) => members?.has(name) ?? true));

/** The record as one value, which PostgreSQL makes as text, in the order of the members. */
const asRecord = (columns: ColumnsByName): SQL => sql`${object(columns)} as "_record"`;
const records = new WeakMap<Source, MadeOnce>();

/** The same, made once for all who want these members in this scope. */
function recordOf(source: Source, scope: Scope, request: Pick<Slice, 'members'>): SQL {
  const made = records.get(source) ?? new MadeOnce();
  records.set(source, made);
  const kind = [scope, request.members && [...request.members]];
  return made.get(kind, () => asRecord(columnsOf(source, scope, request)));
}

const countOf = (source: Source, where: SQL): SQL =>
  sql`(select count(*)::int from (select 1 from ${source.table} where ${where} limit ${limits.totalExactTo + 1}) every)`;

/** One page and the total of all pages, where it is wanted. */
export async function findPage(
  context: Context,
  scope: Scope,
  source: Source,
  request: PageRequest,
): Promise<Found> {
  const where = all([source.live(scope), ...request.where]);
  const sortKey = bytewise(source.order);
  if (request.uncounted) {
    const { shared } = request;
    const columns = columnsOf(source, scope, request);
    const rows = await run(
      context,
      sql`select 0 as "_total", ${sortKey} as "_sort", ${asRecord(shared?.keysOf(columns) ?? columns)} from ${source.table}
      where ${where} and ${between(sortKey, request, source)} order by "_sort" ${directionOf(request, source)} limit ${request.limit + 1}`,
    );
    const found = { ...foundIn(request.fromEnd ? rows.reverse() : rows), total: 0 };
    await shared?.fill(context, columns, found.rows);
    return found;
  }
  // The total that the pages before this one counted is not counted again.
  const total = totalOf(context, source.type, ...partsOf(where));
  const rows = await run(
    context,
    sql`with picked as materialized (
      select ${keyList(source)}, ${sortKey} as sort_key from ${source.table}
      where ${where} and ${between(sortKey, request, source)} order by sort_key ${directionOf(request, source)} limit ${request.limit + 1}
    ), counted as (
      select ${total.value === undefined ? countOf(source, where) : sql`${total.value}::int`} as total
    )
    select counted.total as "_total", picked.sort_key as "_sort", ${recordOf(source, scope, request)}
    from counted left join picked on true left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by picked.sort_key ${direction(source)}`,
  );
  const found = foundIn(rows);
  total.keep(found.total);
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

/** The records whose `by`, which is unique within a release, is one of the keys, by that key. */
export async function findEach(
  context: Context,
  scope: Scope,
  source: Source,
  by: SQLWrapper,
  keys: readonly string[],
  members?: Wanted['members'],
): Promise<Map<string, Row>> {
  const rows = await run(
    context,
    sql`select ${by} as "_key", ${recordOf(source, scope, { members })} from ${source.table}
    where ${by} = any(${sql.param(keys)}::text[]) and ${source.live(scope)}`,
    'once',
  );
  return new Map(rows.map((row) => [row['_key'] as string, row['_record'] as Row]));
}

/** How the records at the far end of an edge are found from a key of the near end, `asked.key`. */
export interface Edge {
  source: Source;
  /** Tables between the two ends, such as `join task_bodies on …`. */
  join?: (scope: Scope) => SQL;
  /** Holds between `asked.key` and the far end. */
  on: (scope: Scope) => SQL;
  /** Instead of the source's own order. */
  order?: SQLWrapper;
}

/** A page for each key, in one statement. */
export async function findPages(
  context: Context,
  scope: Scope,
  edge: Edge,
  keys: readonly string[],
  request: PageRequest,
): Promise<Map<string, Found>> {
  const { source } = edge;
  const sortKey = bytewise(edge.order ?? source.order);
  const counted = request.uncounted
    ? sql`select null::text as key, 0 as total limit 0`
    : sql`select key, count(*)::int as total from matching group by key`;
  const rows = await run(
    context,
    sql`with asked as (select key from unnest(${sql.param(keys)}::text[]) as given(key)), matching as materialized (
      select asked.key, ${keyList(source)}, ${sortKey} as sort_key
      from asked cross join ${source.table} ${edge.join?.(scope) ?? sql``}
      where ${edge.on(scope)} and ${all([source.live(scope), ...request.where])}
    ), counted as (
      ${counted}
    ), picked as (
      select *, row_number() over (partition by key order by sort_key ${directionOf(request, source)}) as place_in_page
      from matching where ${between(sql`sort_key`, request, source)}
    )
    select asked.key as "_key", coalesce(counted.total, 0) as "_total", picked.sort_key as "_sort", ${recordOf(source, scope, request)}
    from asked left join counted on counted.key = asked.key
    left join picked on picked.key = asked.key and picked.place_in_page <= ${request.limit + 1}
    left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by asked.key, picked.sort_key ${direction(source)}`,
  );
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(row['_key'] as string)?.push(row);
  return new Map([...groups].map(([key, group]) => [key, foundIn(group)]));
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
