/**
 * How any list and any edge is read: a source says what a record is made of, this file adds
 * keyset pages, bounded totals and batches. One statement each.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { limits } from '../schema/config.ts';
import { MadeOnce } from './made-once.ts';
import { type Part, pick } from './parts.ts';
import { recordsOf, type Source } from './records.ts';
import { between, direction, directionOf, type Found, foundIn, isFound, type Slice } from './slices.ts';
import { all, bytewise, type Columns, filled, live, type Prepared, partsOf, prepared, run } from './sql.ts';
import { type Total, totalOf } from './totals.ts';
import type { Context, Row, Scope, Wanted } from './types.ts';

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

/** Whether records are found in one way, so that no more are found than a page has. */
const isOne = (parts: readonly Part[]): boolean =>
  parts.length === 1 && parts.every(({ keys }) => keys === undefined);

interface PageReading {
  /** What is read of each record that is picked. */
  columns: SQL;
  /** The record, from what was picked. */
  found: SQL;
  /** What else the record is made from. */
  join: SQL;
}

/**
 * How the records of a page are read. Of one part at once; of several, each of which may give a whole page, what is picked
 * is looked up again, so that no record is made in vain.
 */
export const readingOf = (source: Source, parts: readonly Part[], record: SQL): PageReading =>
  isOne(parts)
    ? { columns: record, found: sql`picked."_record"`, join: sql`` }
    : {
        columns: keyList(source),
        found: record,
        join: sql`left join ${source.table} on ${sameRow(source, sql`picked`)}`,
      };

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
  const { record, complete } = recordsOf(context, scope, source, request);
  // The total that the pages before this one counted is not counted again.
  const total = request.uncounted ? uncounted : totalOf(context, source.type, ...partsOf(where));
  if (total.value !== undefined && isOne(parts)) {
    const read = sql`${total.value}::int as "_total", ${sortKey} as "_sort", ${record}`;
    const rows = await run(context, page(read, sql`"_sort"`));
    await complete(rows);
    return { ...foundIn(request.fromEnd ? rows.reverse() : rows), total: total.value };
  }
  const counted =
    total.value === undefined
      ? countOf({ from, where: source.live(scope), parts })
      : sql`${total.value}::int`;
  const { columns, found: read, join } = readingOf(source, parts, record);
  const rows = await run(
    context,
    sql`with picked as materialized (
      ${page(sql`${columns}, ${sortKey} as sort_key`, sql`sort_key`)}
    ), counted as (
      select ${counted} as total
    )
    select counted.total as "_total", picked.sort_key as "_sort", ${read}
    from counted left join picked on true ${join}
    order by picked.sort_key ${direction(source)}`,
  );
  await complete(rows.filter(isFound));
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
  const { record, complete } = recordsOf(context, scope, source);
  const rows = await run(
    context,
    sql`select ${record} from ${source.table}
    where ${all([source.live(scope), ...where])} order by ${bytewise(source.order)} ${direction(source)}`,
  );
  await complete(rows);
  return rows.map((row) => row['_record'] as Row);
}

/** Which records are meant, by what is unique within a release. */
export interface Meant {
  /** Conditions of one kind differ by what is given alone. */
  kind: unknown;
  /** Holds for the records; it has placeholders for what is given. */
  where: () => SQL;
  given: Record<string, unknown>;
}

const readings = new WeakMap<Source, WeakMap<SQLWrapper, MadeOnce<Prepared>>>();

function readingsOf(source: Source, by: SQLWrapper): MadeOnce<Prepared> {
  const all = readings.get(source) ?? new WeakMap();
  readings.set(source, all);
  const made = all.get(by) ?? new MadeOnce();
  all.set(by, made);
  return made;
}

/** The records that are meant, by `by`, which names each. */
export async function findMeant(
  context: Context,
  scope: Scope,
  source: Source,
  by: SQLWrapper,
  { kind, where, given }: Meant,
  members?: Wanted['members'],
): Promise<Map<string, Row>> {
  const { record, isApart, complete } = recordsOf(context, scope, source, { members });
  const reading = readingsOf(source, by).get([kind, isApart, scope, members && [...members]], () =>
    prepared(sql`select ${by} as "_key", ${record} from ${source.table}
      where ${where()} and ${source.live(scope)}`),
  );
  const rows = await run(context, filled(reading, given), 'once');
  await complete(rows);
  return new Map(rows.map((row) => [row['_key'] as string, row['_record'] as Row]));
}

/** The records whose `by` is one of the keys, by that key. */
export const findEach = (
  context: Context,
  scope: Scope,
  source: Source,
  by: SQLWrapper,
  keys: readonly string[],
  members?: Wanted['members'],
): Promise<Map<string, Row>> => {
  const where = (): SQL => sql`${by} = any(${sql.placeholder('keys')}::text[])`;
  return findMeant(context, scope, source, by, { kind: 'keys', where, given: { keys } }, members);
};

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
