/** How an edge is read for many records of its near end at once: a page for each, in one statement. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Part, pick } from './parts.ts';
import type { Source } from './records.ts';
import { recordsOf } from './records.ts';
import { between, direction, directionOf, type Found, foundIn, isFound } from './slices.ts';
import { countOf, keyList, type PageRequest, readingOf, sameRow } from './source.ts';
import { all, bytewise, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

/** How the records at the far end of an edge are found from a key of the near end, `asked.key`. */
export interface Edge {
  source: Source;
  /** Tables between the two ends, such as `join task_bodies on …`. */
  join?: (scope: Scope) => SQL;
  /** Holds between `asked.key` and the far end. */
  on: (scope: Scope) => SQL;
  /** Instead of the source's own order. */
  order?: SQLWrapper;
  /** There may be more at the far end than can be gathered: each key is read by itself, as far as the page goes. */
  apart?: (scope: Scope) => Part;
}

/** A page for each key, in one statement. */
export async function findPages(
  context: Context,
  scope: Scope,
  edge: Edge,
  keys: readonly string[],
  request: PageRequest,
): Promise<Map<string, Found>> {
  const asked = sql`unnest(${sql.param(keys)}::text[]) as asked(key)`;
  const { record, complete } = recordsOf(context, scope, edge.source, request);
  const rows = await run(
    context,
    edge.apart
      ? pagesApart(scope, edge.source, edge.apart(scope), { asked, record }, request)
      : pagesTogether(scope, edge, { asked, record }, request),
  );
  await complete(rows.filter(isFound));
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(row['_key'] as string)?.push(row);
  return new Map([...groups].map(([key, group]) => [key, foundIn(group)]));
}

/** The keys that are asked of, and what is read of each record. */
interface Pieces {
  asked: SQL;
  record: SQL;
}

/** Gathers what all keys have, and numbers it. */
function pagesTogether(scope: Scope, edge: Edge, { asked, record }: Pieces, request: PageRequest): SQL {
  const { source } = edge;
  const sortKey = bytewise(edge.order ?? source.order);
  const counted = request.uncounted
    ? sql`select null::text as key, 0 as total limit 0`
    : sql`select key, count(*)::int as total from matching group by key`;
  return sql`with asked as (select key from ${asked}), matching as materialized (
      select asked.key, ${keyList(source)}, ${sortKey} as sort_key
      from asked cross join ${source.table} ${edge.join?.(scope) ?? sql``}
      where ${edge.on(scope)} and ${all([source.live(scope), ...request.where])}
    ), counted as (
      ${counted}
    ), picked as (
      select *, row_number() over (partition by key order by sort_key ${directionOf(request, source)}) as place_in_page
      from matching where ${between(sql`sort_key`, request, source)}
    )
    select asked.key as "_key", coalesce(counted.total, 0) as "_total", picked.sort_key as "_sort", ${record}
    from asked left join counted on counted.key = asked.key
    left join picked on picked.key = asked.key and picked.place_in_page <= ${request.limit + 1}
    left join ${source.table} on ${sameRow(source, sql`picked`)}
    order by asked.key, picked.sort_key ${direction(source)}`;
}

/** Reads of each key no more than its page, and counts no further than totals are exact. */
function pagesApart(
  scope: Scope,
  source: Source,
  own: Part,
  { asked, record }: Pieces,
  request: PageRequest,
): SQL {
  const sortKey = bytewise(source.order);
  const from = sql`${source.table}`;
  const { parts, where } = joined(own, request);
  const { columns, found, join } = readingOf(source, parts, record);
  const page = pick(parts, {
    columns: sql`${columns}, ${sortKey} as sort_key`,
    from,
    where: all([source.live(scope), ...where, between(sortKey, request, source)]),
    order: sql`order by sort_key ${directionOf(request, source)}`,
    limit: request.limit + 1,
  });
  const total = request.uncounted
    ? sql`0`
    : countOf({ from, where: all([source.live(scope), ...where]), parts });
  // Without the offset it would be counted again for each record of the page.
  return sql`select asked.key as "_key", counted.total as "_total", picked.sort_key as "_sort", ${found}
    from ${asked} cross join lateral (select ${total} as total offset 0) counted
    left join lateral (${page}) picked on true ${join}
    order by asked.key, picked.sort_key ${direction(source)}`;
}

/** A key that has keys of its own leads by those; else the way of what is asked may be shorter. */
function joined(own: Part, { where, parts }: PageRequest): { parts: readonly Part[]; where: readonly SQL[] } {
  if (parts === undefined || own.keys !== undefined || parts.some(({ isWide }) => isWide))
    return { parts: [own], where };
  return { parts: parts.map((part) => ({ ...part, where: [...part.where, ...own.where] })), where: [] };
}
