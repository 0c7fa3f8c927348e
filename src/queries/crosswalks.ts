/** The crosswalk: from the versions in force on one day, along the changes, to those of a later day. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { PublicError } from '../errors.ts';
import type { CrosswalkRow, CrosswalkStep } from '../schema/crosswalk.ts';
import type { Args } from '../schema/operations.ts';
import type { Coverage, Level } from '../schema/place.ts';
import { given, oneOf } from './filters.ts';
import { isBelow } from './place-lists.ts';
import { rememberDay } from './places.ts';
import { inForce, placeMembers } from './refs.ts';
import { between, directionOf, type Found, foundIn, type Slice } from './slices.ts';
import { all, arrayOf, bytewise, type Columns, day, live, object, run } from './sql.ts';
import { totalOf } from './totals.ts';
import type { Context, Row, Scope } from './types.ts';

type Asked = Args<'placesCrosswalk'>;

const version = t.placeVersions;
const from = alias(version, 'from_version');
const to = alias(version, 'to_version');

/**
 * From the best known to the least. A way is known as well as its worst step; where several ways lead
 * from one version to another, the best is told.
 */
const coverages = ['whole', 'primary', 'part', 'unknown'] as const satisfies readonly Coverage[];
const words = sql.raw(`array[${coverages.map((word) => `'${word}'`).join(', ')}]`);
const worst = coverages.length;

/** Stands where there is no version: after every code. */
const nobody = '~';
const sortKey = sql`${from.code} || ' ' || ${from.id} || ' ' || coalesce(${to.code}, ${nobody}) || ' ' || coalesce(${to.id}, ${nobody})`;
const codeOfKey = (key: string): string => key.split(' ', 1).join('');

/** The changes between the two days: what each old version leads to, and whether that is in force on the later. */
const steps = (args: Asked, scope: Scope, few: boolean): SQL =>
  sql`select ${t.placeLinks.fromId} as from_id, ${t.placeLinks.toId} as to_id, ${t.placeChanges.id} as change_id,
      array_position(${words}, ${t.placeLinks.coverage}) as known, coalesce(${inForceOn(to, args.to)}, false) as lasts
    from ${t.placeLinks}
    join ${t.placeChanges} on ${t.placeChanges.id} = ${t.placeLinks.changeId} and ${live(t.placeChanges, scope)}
    left join ${version} ${to} on ${to.id} = ${t.placeLinks.toId} and ${live(to, scope)}
    where ${few ? sql`${t.placeLinks.fromId} in (select id from ahead) and` : sql``} ${live(t.placeLinks, scope)} and ${t.placeChanges.effectiveOn} > ${args.from}::date and ${t.placeChanges.effectiveOn} <= ${args.to}::date`;

/** Where a handful of starts is known without the changes, only the changes ahead of them are read. */
const ahead = (few: 'starts' | 'chosen' | undefined, scope: Scope): SQL =>
  few
    ? sql`ahead(id) as (
      select id from ${sql.identifier(few)} union select ${t.placeLinks.toId} from ahead
      join ${t.placeLinks} on ${t.placeLinks.fromId} = ahead.id and ${live(t.placeLinks, scope)}
    ),`
    : sql``;
/** The old units of a few codes, or those of one page that is not counted. */
const fewOf = ({ fromCode, toCode }: Asked, uncounted: boolean): 'starts' | 'chosen' | undefined => {
  if (toCode !== undefined) return undefined;
  return uncounted ? 'chosen' : fromCode && 'starts';
};

const inForceOn = (table: typeof to | typeof version, on: string): SQL =>
  sql`(${inForce(table, sql`${on}`)})`;

export const levelOf = (args: Asked): Level => args.level ?? 'commune';

/** The old side: those of the earlier day that are asked for; with `toCode`, those that lead there. */
const starts = (args: Asked, scope: Scope): SQL => {
  const conditions = [
    sql`${version.level} = ${levelOf(args)}`,
    inForceOn(version, args.from),
    live(version, scope),
    ...oneOf(version.code, args.fromCode),
    ...given(args.within, (within) => isBelow(within, scope, args.from)),
    ...given(args.toCode, () => sql`${version.id} in (select id from bound)`),
  ];
  return sql`select ${version.id} as id, ${version.code} as code, ${inForceOn(version, args.to)} as lasts
    from ${version} where ${all(conditions)}`;
};

/** With `toCode`: the new side, and by the changes backwards all that leads there. */
const bound = (args: Asked, scope: Scope): SQL =>
  given(
    args.toCode,
    (codes) => sql`targets as (
      select ${version.id} as id from ${version}
      where ${all([...oneOf(version.code, codes), inForceOn(version, args.to), live(version, scope)])}
    ), bound(id) as (
      select id from targets union select steps.from_id from bound join steps on steps.to_id = bound.id
    ),`,
  )[0] ?? sql``;

/** Holds for a version with which a way ends although it is not in force on the later day. */
const isLost = (id: SQLWrapper, lasts: SQLWrapper): SQL =>
  sql`not ${lasts} and not exists (select from steps where steps.from_id = ${id})`;

/** How many rows there are, without making them: pairs of what is reached, and a row for each start that gets lost. */
const count = (args: Asked): SQL => {
  const targets = given(args.toCode, () => sql`select id from targets`)[0];
  const reached = sql`(select count(*) from reached where lasts ${targets ? sql`and id in (${targets})` : sql``})`;
  const lost = sql`(select count(distinct start) from reached where ${isLost(sql`reached.id`, sql`reached.lasts`)})`;
  return targets ? reached : sql`${reached} + ${lost}`;
};

const counted = (args: Asked, uncounted: boolean): SQL =>
  uncounted
    ? sql`counted as (select 0 as total)`
    : sql`reached(start, id, lasts) as (
        select id, id, lasts from starts
        union select reached.start, steps.to_id, steps.lasts from reached join steps on steps.from_id = reached.id
      ), counted as (select (${count(args)})::int as total)`;

const withinCodes = ({ after, before }: Slice): SQL[] => [
  ...given(after, (key) => sql`${bytewise(sql`code`)} >= ${codeOfKey(key)}`),
  ...given(before, (key) => sql`${bytewise(sql`code`)} <= ${codeOfKey(key)}`),
];

/** Every start gives a row at least, so that a page needs no more starts than rows: two more, for what it starts after and ends before. */
const walks = (slice: Slice): SQL =>
  sql`chosen as (
      select id, lasts from starts where ${all([sql`true`, ...withinCodes(slice)])}
      order by ${bytewise(sql`code`)} ${directionOf(slice, {})} limit ${slice.limit + 2}
    ), walk(start, id, lasts, known, changes, met) as (
      select id, id, lasts, 1, array[]::text[], array[id] from chosen
      union all
      select walk.start, steps.to_id, steps.lasts, greatest(walk.known, steps.known), walk.changes || steps.change_id, walk.met || steps.to_id
      from walk join steps on steps.from_id = walk.id where steps.to_id is null or steps.to_id <> all(walk.met)
    ), pairs as (
      select distinct on (start, target) start, target, known, changes from (
        select start, case when lasts then id end as target, case when lasts then known else ${worst} end as known, changes
        from walk where lasts or (${isLost(sql`walk.id`, sql`walk.lasts`)})
      ) ways order by start, target, known, cardinality(changes), changes
    )`;

const step: Columns<CrosswalkStep> = {
  changeId: t.placeChanges.id,
  kind: t.placeChanges.kind,
  effectiveOn: day(t.placeChanges.effectiveOn),
  enactedOn: day(t.placeChanges.enactedOn),
  legalBasis: t.placeChanges.legalBasis,
};

const columns = (scope: Scope): Columns<CrosswalkRow> => ({
  from: placeMembers(from),
  to: sql`case when ${to.id} is not null then ${placeMembers(to)} end`,
  coverage: sql`(${words})[picked.known]`,
  changes: arrayOf(
    object(step),
    sql`step.place`,
    sql`unnest(picked.changes) with ordinality as step(id, place)
      join ${t.placeChanges} on ${t.placeChanges.id} = step.id and ${live(t.placeChanges, scope)}`,
  ),
});

/** Versions of the earlier day that are no more on the later, or gave something up in between. */
export const hasChanges = (args: Asked, scope: Scope): SQL =>
  sql`with steps as (${steps(args, scope, false)}), starts as (${starts(args, scope)})
    select from starts where not lasts or exists (select from steps where steps.from_id = starts.id)`;

/** One page and the total of all pages, in one statement; a total that was counted before is not counted again. */
export async function findCrosswalk(
  context: Context,
  scope: Scope,
  args: Asked,
  slice: Slice,
): Promise<Found> {
  if (args.from > args.to) {
    const message = `"from" must not be later than "to"; ${args.from} is later than ${args.to}.`;
    throw new PublicError('bad_argument', message, { parameter: 'from' });
  }
  const { limit: _limit, after: _after, ...question } = args;
  const total = totalOf(context, 'placesCrosswalk', scope.release, question);
  const uncounted = slice.uncounted === true || total.value !== undefined;
  const few = fewOf(args, uncounted);
  const key = bytewise(sortKey);
  const conditions = [
    ...given(args.toCode, () => sql`pairs.target in (select id from targets)`),
    between(key, slice, {}),
  ];
  const rows = await run(
    context,
    sql`with recursive steps as materialized (${steps(args, scope, few !== undefined)}), ${bound(args, scope)}
    starts as materialized (${starts(args, scope)}), ${ahead(few, scope)}
    ${counted(args, uncounted)}, ${walks(slice)},
    picked as materialized (
      select pairs.*, ${key} as sort_key from pairs
      join ${version} ${from} on ${from.id} = pairs.start and ${live(from, scope)}
      left join ${version} ${to} on ${to.id} = pairs.target and ${live(to, scope)}
      where ${all(conditions)} order by sort_key ${directionOf(slice, {})} limit ${slice.limit + 1}
    )
    select counted.total as "_total", picked.sort_key as "_sort", ${object(columns(scope))} as "_record"
    from counted left join picked on true
    left join ${version} ${from} on ${from.id} = picked.start and ${live(from, scope)}
    left join ${version} ${to} on ${to.id} = picked.target and ${live(to, scope)}
    order by picked.sort_key`,
  );
  const found = foundIn(rows);
  if (!uncounted) total.keep(found.total);
  return { ...found, total: total.value ?? found.total };
}

/** The two sides are seen on their own days, and so is what is asked of them. */
export function rememberDays(row: Row, args: Asked): void {
  rememberDay(row['from'] as Row, args.from);
  if (row['to'] !== null) rememberDay(row['to'] as Row, args.to);
}
