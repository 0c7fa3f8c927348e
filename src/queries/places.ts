/** How places are read: versions by code, by day, by what lies above them. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { LRUCache } from 'lru-cache';
import * as t from '../db/tables.ts';
import { PublicError } from '../errors.ts';
import { codeOf, padded } from '../schema/argument.ts';
import { Level, type Lineage, type Place } from '../schema/place.ts';
import { dayBefore } from './days.ts';
import type { Source } from './records.ts';
import { dayOfVersion, inForce, placeMembers, placeOnDay, placesAbove } from './refs.ts';
import type { Meant } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import { all, arrayOf, type Columns, day, live, object, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

const table = t.placeVersions;
const other = alias(t.placeVersions, 'other_version');

const lineage = (near: SQLWrapper, far: SQLWrapper, scope: Scope): SQL => {
  const members: Columns<Lineage> = {
    place: sql`case when ${other.id} is not null then ${placeMembers(other)} end`,
    coverage: t.placeLinks.coverage,
    changeId: t.placeChanges.id,
    kind: t.placeChanges.kind,
    effectiveOn: day(t.placeChanges.effectiveOn),
    enactedOn: day(t.placeChanges.enactedOn),
    legalBasis: t.placeChanges.legalBasis,
    dataset: t.placeLinks.datasetId,
  };
  return arrayOf(
    object(members),
    sql`${t.placeChanges.effectiveOn}, ${other.code} collate "C", ${t.placeChanges.id} collate "C"`,
    sql`${t.placeLinks} join ${t.placeChanges} on ${t.placeChanges.id} = ${t.placeLinks.changeId} and ${live(t.placeChanges, scope)}
      left join ${t.placeVersions} ${other} on ${other.id} = ${far} and ${live(other, scope)}
      where ${near} = ${table.id} and ${live(t.placeLinks, scope)}`,
  );
};

const status = (scope: Scope): SQL =>
  sql`case when ${inForce(table, sql`${scope.today}`)} then 'in_force'
    when exists (select from ${t.placeVersions} ${other} where ${other.placeId} = ${table.placeId} and ${live(other, scope)} and ${inForce(other, sql`${scope.today}`)}) then 'superseded'
    else 'abolished' end`;

/** The oldest first; one whose start is not known is the oldest. */
export const byValidity = sql`coalesce(${table.validFrom}::text, '') || ' ' || ${table.id}`;

export const levelRank = sql`case ${table.level} when 'country' then '0' when 'province' then '1' when 'district' then '2' else '3' end`;

/** Days that places are seen on by many. */
const seenOn = new LRUCache<string, Source>({ max: 100 });

/** Places as seen on a day; without one, each version on its own day. */
export function placesOn(on: string | undefined): Source {
  if (on === undefined) return places;
  const source = seenOn.get(on) ?? placesSeenOn(() => sql`${on}::date`);
  seenOn.set(on, source);
  return source;
}

/** Places, each as seen on the day that the SQL gives: what is above it is of that day. */
export const placesSeenOn = (on: (scope: Scope) => SQL): Source => ({
  type: 'Place',
  table,
  key: [table.id, table.sinceRelease],
  live: (scope) => live(table, scope),
  order: sql`${levelRank} || ' ' || ${table.code} || ' ' || coalesce(${table.validFrom}::text, '') || ' ' || ${table.id}`,
  columns: (scope): Columns<Place> => ({
    id: table.id,
    placeId: table.placeId,
    level: table.level,
    code: table.code,
    type: table.type,
    name: table.name,
    fullName: table.fullName,
    nameBasis: table.nameBasis,
    aliases: table.aliases,
    parent: placeOnDay(table.parentId, on(scope), scope),
    ancestors: placesAbove(table.parentId, on(scope), scope),
    validFrom: day(table.validFrom),
    validTo: day(table.validTo),
    observedFrom: day(table.observedFrom),
    validFromBasis: table.validFromBasis,
    validToBasis: table.validToBasis,
    status: status(scope),
    current: sql`case when ${status(scope)} = 'superseded' then ${placeOnDay(table.placeId, sql`${scope.today}`, scope)} end`,
    predecessors: lineage(t.placeLinks.toId, t.placeLinks.fromId, scope),
    successors: lineage(t.placeLinks.fromId, t.placeLinks.toId, scope),
    otherVersions: arrayOf(
      placeMembers(other),
      sql`${other.validFrom} nulls first`,
      sql`${t.placeVersions} ${other} where ${other.level} = ${table.level} and ${other.code} = ${table.code} and ${other.id} <> ${table.id} and ${live(other, scope)}`,
    ),
    ...sourcedMembers(table, scope),
  }),
});

export const places = placesSeenOn((scope) => dayOfVersion(table, scope));

interface PlaceNamed {
  by: 'place' | 'place_version' | Level;
  /** The id, or the code at the level. */
  key: string;
}

/** What `place=` and `within=` say: the id of a place, or of the place behind a version or a code. Throws `bad_argument`. */
export function placeNamed(argument: string, parameter: string): PlaceNamed {
  const [type, key] = argument.split(':') as [string, string];
  if (type === 'place' || type === 'place_version') return { by: type, key: argument };
  if (!isLevel(type)) {
    throw new PublicError(
      'bad_argument',
      `"${parameter}" must be the id of a place, or level and code such as province:37, not "${argument}".`,
      { parameter },
    );
  }
  checkCode(type, key, parameter);
  return { by: type, key };
}

/** The id of the place that is named, by a key that may be a placeholder. A code is that of the day where there is one, else as everywhere. */
export function placeIdBy(by: PlaceNamed['by'], key: SQLWrapper, scope: Scope, on = scope.today): SQL {
  if (by === 'place') return sql`${key}::text`;
  if (by === 'place_version') return placeOfVersion(key, scope);
  return sql`(select ${other.placeId} from ${t.placeVersions} ${other}
    where ${other.level} = ${by} and ${other.code} = ${key} and ${live(other, scope)} ${bestFirst(scope, on)} limit 1)`;
}

export function placeIdOf(argument: string, parameter: string, scope: Scope, on = scope.today): SQL {
  const { by, key } = placeNamed(argument, parameter);
  return placeIdBy(by, sql`${key}`, scope, on);
}

const placeOfVersion = (id: SQLWrapper, scope: Scope): SQL =>
  sql`(select ${other.placeId} from ${t.placeVersions} ${other} where ${other.id} = ${id} and ${live(other, scope)})`;

function checkCode(level: Level, code: string, parameter: string): void {
  const schema = codeOf[level];
  if (new RegExp(schema.pattern).test(code)) return;
  const whole = padded(code, schema['x-digits']);
  const message = `"${parameter}" names a ${level} by ${schema['x-wants']}, not "${code.slice(0, 100)}".`;
  throw new PublicError('bad_argument', message, {
    parameter,
    ...(whole === undefined ? {} : { suggestion: `${level}:${whole}` }),
  });
}

const isLevel = (word: string): word is Level => (Level.enum as readonly string[]).includes(word);

/** What bears a code on the day, which is today unless said otherwise, comes first, else what bore it last. */
const bestFirst = (scope: Scope, on = scope.today): SQL => sql`order by ${best(on)}`;
const best = (on: string): SQL =>
  sql`(${inForce(other, sql`${on}`)}) desc, ${other.validFrom} desc nulls last`;

/** The ids of all places below one: on a day, or on any. */
export const placesBelow = (placeId: SQL, scope: Scope, on?: string): SQL => {
  const then = all([live(other, scope), ...(on === undefined ? [] : [inForce(other, sql`${on}`)])]);
  return sql`(with recursive below(place_id) as (
    select ${other.placeId} from ${t.placeVersions} ${other} where ${other.parentId} = ${placeId} and ${then}
    union
    select ${other.placeId} from ${t.placeVersions} ${other} join below on ${other.parentId} = below.place_id where ${then}
  ) select place_id from below)`;
};

/** The version among those wanted that is in force on a day, or else the best of any. */
const bestVersion = (wanted: SQL, scope: Scope, on: string | undefined): SQL =>
  sql`select ${other.id} as id from ${t.placeVersions} ${other}
    where ${wanted} and ${on === undefined ? sql`true` : inForce(other, sql`${on}`)} and ${live(other, scope)}
    ${bestFirst(scope)} limit 1`;

/** The version that a code or an id means; a condition that no version meets, where there never was one. */
export function versionMeant(
  which: { level: Level; code: string } | { id: string },
  scope: Scope,
  on: string | undefined,
): Meant {
  const best = (kind: string, wanted: () => SQL): Meant => ({
    kind: [kind, on],
    where: () => sql`${table.id} = (${bestVersion(wanted(), scope, on)})`,
    given: which,
  });
  const id = sql.placeholder('id');
  if ('code' in which) {
    const [level, code] = ['level', 'code'].map((name) => sql.placeholder(name));
    return best('code', () => sql`${other.level} = ${level} and ${other.code} = ${code}`);
  }
  if (!which.id.startsWith('place_version:')) return best('place', () => sql`${other.placeId} = ${id}`);
  if (on === undefined) return { kind: 'version', where: () => sql`${table.id} = ${id}`, given: which };
  return best('place of a version', () => sql`${other.placeId} = ${placeOfVersion(id, scope)}`);
}

/** By ids of places, the ids of their versions of today, else of their last ones. */
export async function findPresentVersions(
  context: Context,
  scope: Scope,
  placeIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await run(
    context,
    sql`select distinct on (${other.placeId}) ${other.placeId} as place, ${other.id} as id from ${t.placeVersions} ${other}
    where ${other.placeId} = any(${sql.param(placeIds)}::text[]) and ${live(other, scope)}
    order by ${other.placeId}, ${best(scope.today)}`,
    'once',
  );
  return new Map(rows.map(({ place, id }) => [place as string, id as string]));
}

const asked = Symbol('the day that a place was asked for on');

/** Remembers on a row the day it was asked for, so that its children are those of that day. */
export function rememberDay<T extends Row>(row: T, on: string | undefined): T {
  return on === undefined ? row : Object.assign(row, { [asked]: on });
}

export const rememberedDay = (row: Row): string | undefined => (row as { [asked]?: string })[asked];

/** The day on which to look around a place: the remembered one, or today or the version's nearest day to it. */
export function dayOfRow(row: Row, scope: Scope): string {
  const [start, end] = [row['validFrom'], row['validTo']] as [string | null, string | null];
  const own = end !== null && end <= scope.today ? dayBefore(end) : scope.today;
  return rememberedDay(row) ?? (start !== null && start > own ? start : own);
}

/** The day to look at places on, where one is asked for. */
export const dayAsked = (on: string | undefined): string | undefined => (on === 'any' ? undefined : on);
