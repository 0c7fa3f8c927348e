/**
 * How any list and any edge is read: a source says what a record is made of, this file adds
 * keyset pages, bounded totals and batches. One statement each.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { limits } from '../schema/config.ts';
import { all, bytewise, type Columns, live, partsOf, run, selectList } from './sql.ts';
import { type Total, totalOf } from './totals.ts';
import type { Context, Row, Scope } from './types.ts';

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

/** Which of the records of a list are wanted. */
export interface Slice {
  limit: number;
  /** The sort key to start after. */
  after: string | undefined;
  /** The total is not wanted, and is 0. */
  uncounted?: boolean;
}

export interface PageRequest extends Slice {
  where: readonly SQL[];
}

/** Rows of a page in order, one more than asked for where there is a further page. */
export interface Found {
  rows: Row[];
  sortKeys: string[];
  /** Counted up to one more than the limit of exact totals. */
  total: number;
}

const beyond = (source: Source, key: SQLWrapper, after: string): SQL =>
  source.descending ? sql`${key} < ${after}` : sql`${key} > ${after}`;
const direction = (source: Source): SQL => (source.descending ? sql`desc` : sql`asc`);
const sameRow = (source: Source, picked: SQL): SQL =>
  all(source.key.map((column, index) => sql`${column} = ${picked}.${sql.identifier(`key_${index}`)}`));
const keyList = (source: Source): SQL =>
  sql.join(
    source.key.map((column, index) => sql`${column} as ${sql.identifier(`key_${index}`)}`),
    sql`, `,
  );

const countOf = (source: Source, where: SQL): SQL =>
  sql`(select count(*)::int from (select 1 from ${source.table} where ${where} limit ${limits.totalExactTo + 1}) every)`;

/** The total that the pages before this one counted is not counted again. */
function countedBefore(context: Context, source: Source, where: SQL, { uncounted }: PageRequest): Total {
  return uncounted ? { value: 0, keep: () => undefined } : totalOf(context, source.type, ...partsOf(where));
}

/** One page and the total of all pages. */
export async function findPage(
  context: Context,
  scope: Scope,
  source: Source,
  request: PageRequest,
): Promise<Found> {
  const where = all([source.live(scope), ...request.where]);
  const sortKey = bytewise(source.order);
  const start = request.after === undefined ? sql`true` : beyond(source, sortKey, request.after);
  const total = countedBefore(context, source, where, request);
  const rows = await run(
    context,
    sql`with picked as materialized (
      select ${keyList(source)}, ${sortKey} as sort_key from ${source.table}
      where ${where} and ${start} order by sort_key ${direction(source)} limit ${request.limit + 1}
    ), counted as (
      select ${total.value === undefined ? countOf(source, where) : sql`${total.value}::int`} as total
    )
    select counted.total as "_total", picked.sort_key as "_sort", ${selectList(source.columns(scope))}
    from counted left join picked on true left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by picked.sort_key ${direction(source)}`,
  );
  const found = pageOf(rows);
  total.keep(found.total);
  return found;
}

/** All records for which the conditions hold, in order. */
export const findAll = (
  context: Context,
  scope: Scope,
  source: Source,
  where: readonly SQL[],
): Promise<Row[]> =>
  run(
    context,
    sql`select ${selectList(source.columns(scope))} from ${source.table}
    where ${all([source.live(scope), ...where])} order by ${bytewise(source.order)} ${direction(source)}`,
  );

/** The records whose `by`, which is unique within a release, is one of the keys, by that key. */
export async function findEach(
  context: Context,
  scope: Scope,
  source: Source,
  by: SQLWrapper,
  keys: readonly string[],
): Promise<Map<string, Row>> {
  const rows = await run(
    context,
    sql`select ${by} as "_key", ${selectList(source.columns(scope))} from ${source.table}
    where ${by} = any(${sql.param(keys)}::text[]) and ${source.live(scope)}`,
  );
  return new Map(rows.map((row) => [row['_key'] as string, without(row)]));
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
  const start = request.after === undefined ? sql`true` : beyond(source, sql`sort_key`, request.after);
  const rows = await run(
    context,
    sql`with asked as (select key from unnest(${sql.param(keys)}::text[]) as given(key)), matching as materialized (
      select asked.key, ${keyList(source)}, ${sortKey} as sort_key
      from asked cross join ${source.table} ${edge.join?.(scope) ?? sql``}
      where ${edge.on(scope)} and ${all([source.live(scope), ...request.where])}
    ), counted as (
      select key, count(*)::int as total from matching group by key
    ), picked as (
      select *, row_number() over (partition by key order by sort_key ${direction(source)}) as place_in_page
      from matching where ${start}
    )
    select asked.key as "_key", coalesce(counted.total, 0) as "_total", picked.sort_key as "_sort", ${selectList(source.columns(scope))}
    from asked left join counted on counted.key = asked.key
    left join picked on picked.key = asked.key and picked.place_in_page <= ${request.limit + 1}
    left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by asked.key, picked.place_in_page`,
  );
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(row['_key'] as string)?.push(row);
  return new Map([...groups].map(([key, group]) => [key, pageOf(group)]));
}

/** An empty page is one row without a sort key, which carries the total. */
export function pageOf(rows: readonly Row[]): Found {
  const found = rows.filter((row) => row['_sort'] !== null);
  return {
    rows: found.map(without),
    sortKeys: found.map((row) => row['_sort'] as string),
    total: rows[0]?.['_total'] as number,
  };
}

/** The row without the columns that only steer. */
function without({ _key, _sort, _total, ...row }: Row): Row {
  return row;
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
