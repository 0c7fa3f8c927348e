/** The short forms that rows embed, each found by its id in the state of the scope's release. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { ByKey } from './shared.ts';
import { arrayOf, day, live, object, type Spanned } from './sql.ts';
import type { Scope } from './types.ts';

const version = alias(t.placeVersions, 'ref_version');
const body = alias(t.bodies, 'ref_body');
const event = alias(t.events, 'ref_event');
const theme = alias(t.themes, 'ref_theme');
const instrument = alias(t.instruments, 'ref_instrument');
const task = alias(t.tasks, 'ref_task');
const indicator = alias(t.indicators, 'ref_indicator');

/** Any alias of the table of versions. */
type VersionTable = Record<
  'id' | 'placeId' | 'level' | 'code' | 'name' | 'validFrom' | 'validTo',
  SQLWrapper
>;

/** The members of a PlaceRef, from any alias of the table of versions. */
export const placeMembers = (table: VersionTable): SQL =>
  object({
    id: table.id,
    placeId: table.placeId,
    level: table.level,
    code: table.code,
    name: table.name,
    validFrom: day(table.validFrom),
    validTo: day(table.validTo),
  });

/** A short form, of the record that has the id. */
export const ref = (
  table: Spanned & { id: SQLWrapper },
  members: SQL,
  from: SQLWrapper,
  id: SQLWrapper,
  scope: Scope,
): ByKey =>
  new ByKey(
    id,
    (key) =>
      sql`(select ${members} from ${from} ${table} where ${table.id} = ${key} and ${live(table, scope)})`,
  );

export const placeRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(version, placeMembers(version), t.placeVersions, id, scope);

/** The version of a place in force on a day. */
export const placeOnDay = (placeId: SQLWrapper, on: SQLWrapper, scope: Scope): SQL =>
  sql`(select ${placeMembers(version)} from ${t.placeVersions} ${version}
    where ${version.placeId} = ${placeId} and ${live(version, scope)} and ${inForce(version, on)}
    order by ${version.validFrom} desc nulls last limit 1)`;

/** The version of a place in force today, else the last. */
export const placeToday = (placeId: SQLWrapper, scope: Scope): SQL =>
  sql`(select ${placeMembers(version)} from ${t.placeVersions} ${version}
    where ${version.placeId} = ${placeId} and ${live(version, scope)}
    order by (${inForce(version, sql`${scope.today}`)}) desc, ${version.validFrom} desc nulls last limit 1)`;

/** All versions of a place: `id`, and `ref`, its short form. */
export const versionsOf = (placeId: SQLWrapper, scope: Scope): SQL =>
  sql`select ${version.id} as id, ${placeMembers(version)} as ref from ${t.placeVersions} ${version}
    where ${version.placeId} = ${placeId} and ${live(version, scope)}`;

/** What lies above a place on a day, nearest first. */
export const placesAbove = (parentId: SQLWrapper, on: SQLWrapper, scope: Scope): SQL => {
  const versionOf = (placeId: SQLWrapper): SQL =>
    sql`${version.placeId} = ${placeId} and ${live(version, scope)} and ${inForce(version, on)}`;
  return sql`(with recursive above(step, place, parent_id) as (
    select 1, ${placeMembers(version)}, ${version.parentId} from ${t.placeVersions} ${version} where ${versionOf(parentId)}
    union all
    select step + 1, ${placeMembers(version)}, ${version.parentId} from above join ${t.placeVersions} ${version} on ${versionOf(sql`above.parent_id`)}
  ) select coalesce(json_agg(place order by step), '[]'::json) from above)`;
};

/** Holds for the versions in force on a day. */
export const inForce = (table: VersionTable, on: SQLWrapper): SQL =>
  sql`(${table.validFrom} is null or ${table.validFrom} <= ${on}::date) and (${table.validTo} is null or ${table.validTo} > ${on}::date)`;

/** The day on which a version is looked at when none is asked for: today, or its nearest day to it. */
export const dayOfVersion = (table: Pick<VersionTable, 'validFrom' | 'validTo'>, scope: Scope): SQL =>
  sql`greatest(least(${scope.today}::date, ${table.validTo} - 1), ${table.validFrom})`;

const upper = alias(t.placeVersions, 'upper_version');
const uppermost = alias(t.placeVersions, 'uppermost_version');

/** From what lies above a version on a day, up to the province: `upper`, and `uppermost` where that is a district. */
const fromAbove = (parentId: SQLWrapper, on: SQL, scope: Scope): SQL => {
  const step = (table: typeof upper | typeof uppermost, id: SQLWrapper): SQL =>
    sql`${t.placeVersions} ${table} on ${table.placeId} = ${id} and ${table.level} <> 'country' and ${live(table, scope)} and ${inForce(table, sql`looked_at.on_day`)}`;
  return sql`(select ${on} as on_day) looked_at join ${step(upper, parentId)} left join ${step(uppermost, upper.parentId)}`;
};

/** The full names of what lies above a version on a day, from below: "Huyện Nho Quan, Tỉnh Ninh Bình". */
export const contextOf = (parentId: SQLWrapper, on: SQL, scope: Scope): SQL => {
  const list = (language: 'vi' | 'en'): SQL => {
    const of = (table: typeof upper | typeof uppermost) =>
      sql`${table.fullName}->>${sql.raw(`'${language}'`)}`;
    return sql`concat_ws(', ', ${of(upper)}, ${of(uppermost)})`;
  };
  const names = object({ vi: list('vi'), en: list('en'), ar: sql`null`, he: sql`null` });
  return sql`(select ${names} from ${fromAbove(parentId, on, scope)})`;
};

/** The folded names of what lies above a version on a day, a line each. */
export const foldedAbove = (parentId: SQLWrapper, on: SQL, scope: Scope): SQL =>
  sql`(select concat_ws(E'\n', ${upper.folded}, ${uppermost.folded}) from ${fromAbove(parentId, on, scope)})`;

const nameMembers = (table: typeof body | typeof event | typeof theme): SQL =>
  object({ id: table.id, name: table.name });

export const bodyRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(body, nameMembers(body), t.bodies, id, scope);
export const eventRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(event, nameMembers(event), t.events, id, scope);
export const themeRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(theme, nameMembers(theme), t.themes, id, scope);

export const instrumentRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(
    instrument,
    object({ id: instrument.id, number: instrument.number, name: instrument.name }),
    t.instruments,
    id,
    scope,
  );

export const taskRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(task, object({ id: task.id, ordinal: task.ordinal, name: task.name }), t.tasks, id, scope);

const indicatorMembers = object({
  id: indicator.id,
  code: indicator.code,
  name: indicator.name,
  unit: indicator.unit,
});
export const indicatorRef = (id: SQLWrapper, scope: Scope): ByKey =>
  ref(indicator, indicatorMembers, t.indicators, id, scope);

export const indicatorsLinkedTo = (id: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    indicatorMembers,
    sql`${indicator.id} collate "C"`,
    sql`${t.indicatorLinks} join ${t.indicators} ${indicator} on ${indicator.id} = ${t.indicatorLinks.toId} and ${live(indicator, scope)}
      where ${t.indicatorLinks.fromId} = ${id} and ${live(t.indicatorLinks, scope)}`,
  );

/** The bodies of a task in one role, in printed order. */
export const bodiesOfTask = (taskId: SQLWrapper, role: (typeof t.taskRoles)[number], scope: Scope): SQL =>
  arrayOf(
    nameMembers(body),
    sql`${t.taskBodies.ordinal}`,
    sql`${t.taskBodies} join ${t.bodies} ${body} on ${body.id} = ${t.taskBodies.bodyId} and ${live(body, scope)}
      where ${t.taskBodies.taskId} = ${taskId} and ${t.taskBodies.role} = ${role} and ${live(t.taskBodies, scope)}`,
  );

/** The localities of a task, in printed order. */
export const placesOfTask = (taskId: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    placeMembers(version),
    sql`${t.taskPlaces.ordinal}`,
    sql`${t.taskPlaces} join ${t.placeVersions} ${version} on ${version.id} = ${t.taskPlaces.placeVersionId} and ${live(version, scope)}
      where ${t.taskPlaces.taskId} = ${taskId} and ${live(t.taskPlaces, scope)}`,
  );

interface DatedTable {
  periodStart: SQLWrapper;
  periodEnd: SQLWrapper;
  periodCumulative: SQLWrapper;
  periodLabel: SQLWrapper;
}

/** A Period, or null where the record has none. */
export const period = (table: DatedTable): SQL =>
  sql`case when ${table.periodStart} is not null then ${object({
    start: day(table.periodStart),
    end: day(table.periodEnd),
    cumulative: table.periodCumulative,
    label: table.periodLabel,
  })} end`;
