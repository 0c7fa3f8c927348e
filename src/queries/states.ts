/** The states of records of every type, as they were after a change: columns by name, references as ids, links within. */
import { getTableColumns, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import type { ChangedType } from '../schema/change.ts';
import { arrayOf, figure, object } from './sql.ts';

const table = t.changes;

export const typeOf = (id: SQLWrapper): SQL => sql`split_part(${id}, ':', 1)`;

/** Holds for what was current in the release of the change. */
export const liveThen = (one: { sinceRelease: SQLWrapper; untilRelease: SQLWrapper }): SQL =>
  sql`${one.sinceRelease} <= ${table.release} and (${one.untilRelease} is null or ${one.untilRelease} > ${table.release})`;

/** Not what a record says: whose it is, when it held, and what `q` searches. */
const silent = ['sinceRelease', 'untilRelease', 'folded'];

/** The columns of a table by the names that they have in TypeScript, but some. */
function members(of: PgTable, but: readonly string[] = []): Record<string, SQLWrapper> {
  const named = Object.entries(getTableColumns(of)).filter(([name]) => ![...silent, ...but].includes(name));
  return Object.fromEntries(
    named.map(([name, column]) => [
      name,
      column.getSQLType().startsWith('numeric') ? figure(column) : column,
    ]),
  );
}

type SpannedTable = PgTable & { sinceRelease: SQLWrapper; untilRelease: SQLWrapper };

/** Links of the record, without the column that names it. */
const linksOf = (of: SpannedTable, owner: SQLWrapper, but: string, order: SQL): SQL =>
  arrayOf(
    object(members(of, [but])),
    order,
    sql`${of} where ${owner} = ${table.recordId} and ${liveThen(of)}`,
  );

const stateOf = (of: SpannedTable & { id: SQLWrapper }, links: Record<string, SQL> = {}): SQL =>
  sql`(select ${object({ ...members(of), ...links })} from ${of} where ${of.id} = ${table.recordId} and ${liveThen(of)})`;

const bytes = (column: SQLWrapper): SQL => sql`${column} collate "C"`;

/** The part of an id before the colon → the state of such a record. */
const states: Record<ChangedType, SQL> = {
  document: stateOf(t.documents),
  dataset: stateOf(t.datasets),
  place_version: stateOf(t.placeVersions),
  place_change: stateOf(t.placeChanges, {
    links: linksOf(
      t.placeLinks,
      t.placeLinks.changeId,
      'changeId',
      sql`${bytes(t.placeLinks.fromId)}, ${bytes(t.placeLinks.toId)} nulls last`,
    ),
  }),
  body: stateOf(t.bodies),
  person: stateOf(t.persons),
  event: stateOf(t.events),
  instrument: stateOf(t.instruments),
  theme: stateOf(t.themes),
  motto: stateOf(t.mottos),
  task: stateOf(t.tasks, {
    bodies: linksOf(
      t.taskBodies,
      t.taskBodies.taskId,
      'taskId',
      sql`${bytes(t.taskBodies.role)}, ${t.taskBodies.ordinal}`,
    ),
    localities: linksOf(t.taskPlaces, t.taskPlaces.taskId, 'taskId', sql`${t.taskPlaces.ordinal}`),
  }),
  indicator: stateOf(t.indicators, {
    possiblySameAs: arrayOf(
      sql`${t.indicatorLinks.toId}`,
      bytes(t.indicatorLinks.toId),
      sql`${t.indicatorLinks} where ${t.indicatorLinks.fromId} = ${table.recordId} and ${liveThen(t.indicatorLinks)}`,
    ),
  }),
  observation: stateOf(t.observations),
  contradiction: stateOf(t.contradictions, {
    sides: linksOf(
      t.contradictionSides,
      t.contradictionSides.contradictionId,
      'contradictionId',
      sql`${t.contradictionSides.ordinal}`,
    ),
  }),
  correction: stateOf(t.corrections),
  citation: stateOf(t.citations),
};

/** The state of the record of a change, null where it ended. */
export const state = sql`case ${typeOf(table.recordId)} ${sql.join(
  Object.entries(states).map(([type, query]) => sql`when ${sql.raw(`'${type}'`)} then ${query}`),
  sql` `,
)} end`;
