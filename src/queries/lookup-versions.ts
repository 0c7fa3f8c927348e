/** The statements of a lookup of places: each answers for all items at once. */
import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import type { Names } from '../schema/common.ts';
import type { LookupCandidate } from '../schema/lookup.ts';
import type { Args } from '../schema/operations.ts';
import { given, oneOf } from './filters.ts';
import { dayAsked, levelRank, placeIdOf, placesBelow } from './places.ts';
import { contextOf, dayOfVersion, foldedAbove, inForce, placeMembers } from './refs.ts';
import { all, day, live, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

const table = t.placeVersions;
const bearer = alias(t.placeVersions, 'bearer_version');

/** A version with one of the names or codes that are looked for, whenever it was in force. */
export interface Version {
  id: string;
  placeId: string;
  code: string;
  name: Names;
  fullName: Names;
  /** Its names and its code, a line each. */
  folded: string;
  validFrom: string | null;
  validTo: string | null;
  /** Whether it was in force on the day asked for, or any day was. */
  onDay: boolean;
  inForceToday: boolean;
  /** Whether it is of the levels and below the place asked for. */
  inside: boolean;
  /** The names of what lies above it, a line each; null where nobody asked or nothing does. */
  above: string | null;
}

type Asked = Omit<Args<'placesLookup'>, 'items'>;

const onDay = ({ on }: Asked): SQL => {
  const asked = dayAsked(on);
  return asked === undefined ? sql`true` : inForce(table, sql`${asked}`);
};

const inside = ({ level, within }: Asked, scope: Scope): SQL =>
  all([
    sql`true`,
    ...oneOf(table.level, level),
    ...given(within, (is) => sql`${table.placeId} in ${placesBelow(placeIdOf(is, 'within', scope), scope)}`),
  ]);

/** The day asked for, where the version was in force then; else its own. */
const dayToLook = ({ on }: Asked, scope: Scope): SQL => {
  const asked = dayAsked(on);
  const own = dayOfVersion(table, scope);
  return asked === undefined
    ? own
    : sql`case when ${inForce(table, sql`${asked}`)} then ${asked}::date else ${own} end`;
};

/**
 * One probe a text of the index of whole names. Asked at once with `&&`, a thousand texts would make the
 * planner read the table and compare all with all.
 */
const hasLineOf = (texts: readonly string[]): SQL => sql`${table.id} in (
  select ${bearer.id} from unnest(${sql.param(texts)}::text[]) asked(text)
  join ${t.placeVersions} ${bearer} on string_to_array(${bearer.folded}, E'\n') @> array[asked.text])`;

/** Every version that has one of the texts as a whole name or code, by level and code. */
export async function findNamed(
  context: Context,
  scope: Scope,
  asked: Asked,
  texts: readonly string[],
  withAbove: boolean,
): Promise<Version[]> {
  const rows = await run(
    context,
    sql`select ${table.id} as id, ${table.placeId} as "placeId", ${table.code} as code, ${table.name} as name,
      ${table.fullName} as "fullName", ${table.folded} as folded,
      ${day(table.validFrom)} as "validFrom", ${day(table.validTo)} as "validTo",
      (${onDay(asked)}) as "onDay", (${inForce(table, sql`${scope.today}`)}) as "inForceToday",
      (${inside(asked, scope)}) as inside,
      case when ${withAbove} then ${foldedAbove(table.parentId, dayToLook(asked, scope), scope)} end as above
    from ${table} where ${hasLineOf(texts)} and ${live(table, scope)}
    order by ${levelRank}, ${table.code} collate "C", ${table.validFrom} nulls first`,
  );
  return rows as object[] as Version[];
}

export interface Similar extends Pick<Version, 'id' | 'placeId' | 'folded'> {
  /** What it is like. */
  text: string;
}

/** Names nearly like each text, folded, with the version that bears it. */
export async function findSimilar(
  context: Context,
  scope: Scope,
  asked: Asked,
  texts: readonly string[],
): Promise<Similar[]> {
  const rows = await run(
    context,
    sql`select asked.text as text, near.*
    from unnest(${sql.param(texts)}::text[]) asked(text) cross join lateral (
      select ${table.id} as id, ${table.placeId} as "placeId", ${table.folded} as folded from ${table}
      where ${table.folded} %> asked.text and ${live(table, scope)} and (${onDay(asked)}) and ${inside(asked, scope)}
      order by word_similarity(asked.text, ${table.folded}) desc, ${levelRank}, ${table.code} collate "C",
        ${table.validFrom} desc nulls last limit 20) near`,
  );
  return rows as object[] as Similar[];
}

/** What became of versions by the day: the ids of those in force on it, by the id of the old one. */
export async function findSuccessors(
  context: Context,
  scope: Scope,
  on: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const there = inForce(table, sql`${on}`);
  const rows = await run(
    context,
    sql`with recursive became(origin, id) as (
      select origin, origin from unnest(${sql.param(ids)}::text[]) given(origin)
      union
      select became.origin, ${t.placeLinks.toId} from became
      join ${table} on ${table.id} = became.id and ${live(table, scope)} and not (${there})
      join ${t.placeLinks} on ${t.placeLinks.fromId} = became.id and ${live(t.placeLinks, scope)}
      where ${t.placeLinks.toId} is not null
    )
    select became.origin as origin, array_agg(became.id order by ${levelRank}, ${table.code} collate "C") as ids
    from became join ${table} on ${table.id} = became.id and ${live(table, scope)} and (${there}) group by became.origin`,
  );
  return new Map(rows.map((row) => [row['origin'] as string, row['ids'] as string[]]));
}

/** Versions as an answer tells them, by id. */
export async function describeVersions(
  context: Context,
  scope: Scope,
  asked: Asked,
  ids: readonly string[],
): Promise<Map<string, LookupCandidate>> {
  const rows = await run(
    context,
    sql`select ${table.id} as id, ${placeMembers(table)} as place, ${table.fullName} as "fullName",
      ${contextOf(table.parentId, dayToLook(asked, scope), scope)} as context
    from ${table} where ${table.id} = any(${sql.param(ids)}::text[]) and ${live(table, scope)}`,
  );
  return new Map(rows.map(({ id, ...told }) => [id as string, told as LookupCandidate]));
}
