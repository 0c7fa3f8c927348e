/** The feed of changes: what each release did to each record, and what the record was after it. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { Change, Correction } from '../schema/change.ts';
import type { Args } from '../schema/operations.ts';
import { equals, given, oneOf } from './filters.ts';
import type { Source } from './records.ts';
import { arrayOf, bytewise, type Columns, day, instant, live, object } from './sql.ts';
import { liveThen, state, typeOf } from './states.ts';
import type { Scope } from './types.ts';

const table = t.changes;

const correctionMembers: Columns<Correction> = {
  id: t.corrections.id,
  kind: t.corrections.kind,
  fact: t.corrections.factId,
  expected: t.corrections.expected,
  corrected: t.corrections.corrected,
  mergedInto: t.corrections.mergedIntoId,
  reason: t.corrections.reason,
  date: day(t.corrections.date),
};

const columns: Columns<Change> = {
  release: table.release,
  madeAt: sql`(select ${instant(t.releases.createdAt)} from ${t.releases} where ${t.releases.number} = ${table.release})`,
  record: table.recordId,
  type: typeOf(table.recordId),
  reason: table.reason,
  correction: sql`(select ${object(correctionMembers)} from ${t.corrections} where ${t.corrections.id} = ${table.correctionId} and ${liveThen(t.corrections)})`,
  state,
};

// As in its index.
const order = sql`lpad(${table.release}::text, 9, '0') || ' ' || ${table.recordId}`;
/** Before all changes that releases after this one made, and behind all that earlier ones made, itself included. */
const behind = (release: number): SQL => sql`${String(release + 1).padStart(9, '0')}`;
const upTo = (scope: Scope): SQL => sql`${table.release} <= ${scope.release}`;

export const changes: Source = {
  type: 'Change',
  table,
  key: [table.release, table.recordId],
  // Said of the order too, so that the index of the feed is not read on where nothing can follow.
  live: (scope) => sql`${upTo(scope)} and ${bytewise(order)} < ${behind(scope.release)}`,
  order,
  columns: () => columns,
};

/** What happened to a record, oldest first. */
export const changesOf = (id: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    object(columns),
    sql`${table.release}`,
    sql`${table} where ${table.recordId} = ${id} and ${upTo(scope)}`,
  );

/** The corrections that hold for a record. */
export const correctionsOf = (id: SQLWrapper, scope: Scope): SQL =>
  arrayOf(
    object(correctionMembers),
    sql`${t.corrections.date}, ${t.corrections.id} collate "C"`,
    sql`${t.corrections} where ${t.corrections.factId} = ${id} and ${live(t.corrections, scope)}`,
  );

export const whichChanges = (args: Args<'changes'>): SQL[] => [
  ...given(args.since, (since) => sql`${table.release} > ${since} and ${bytewise(order)} > ${behind(since)}`),
  ...oneOf(typeOf(table.recordId), args.type),
  ...oneOf(table.reason, args.reason),
  ...equals(table.recordId, args.record),
];
