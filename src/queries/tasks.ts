import { type SQL, sql } from 'drizzle-orm';
import { tasks as table, taskBodies, type taskRoles } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import type { Task } from '../schema/task.ts';
import { equals, given, ofPlace, ofSources, ofText, oneOf, touchesYear } from './filters.ts';
import {
  bodiesOfTask,
  bodyRef,
  eventRef,
  instrumentRef,
  period,
  placeRef,
  placesOfTask,
  taskRef,
  themeRef,
} from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import { day, live, object } from './sql.ts';
import type { Scope } from './types.ts';

export const tasks = stateSource<Task>('Task', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  ordinal: table.ordinal,
  name: table.name,
  announcedCount: table.announcedCount,
  parent: taskRef(table.parentId, scope),
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  period: period(table),
  deadline: sql`case when ${table.deadlineDate} is not null then ${object({
    date: day(table.deadlineDate),
    comparator: table.deadlineComparator,
  })} end`,
  responsible: bodiesOfTask(table.id, 'responsible', scope),
  supporting: bodiesOfTask(table.id, 'supporting', scope),
  localities: placesOfTask(table.id, scope),
  theme: themeRef(table.themeId, scope),
  event: eventRef(table.eventId, scope),
  instrument: instrumentRef(table.instrumentId, scope),
  repeats: taskRef(table.repeatsId, scope),
  ...sourcedMembers(table, scope),
}));

const withBody = (role: (typeof taskRoles)[number], body: string | undefined, scope: Scope): SQL[] =>
  given(
    body,
    (id) =>
      sql`exists (select from ${taskBodies} where ${taskBodies.taskId} = ${table.id} and ${taskBodies.role} = ${role} and ${taskBodies.bodyId} = ${id} and ${live(taskBodies, scope)})`,
  );

export const whichTasks = (args: Args<'tasks'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...withBody('responsible', args.responsible, scope),
  ...withBody('supporting', args.supporting, scope),
  ...oneOf(table.kind, args.kind),
  ...given(args.parent, (parent) =>
    parent === 'none' ? sql`${table.parentId} is null` : sql`${table.parentId} = ${parent}`,
  ),
  ...equals(table.themeId, args.theme),
  ...equals(table.eventId, args.event),
  ...equals(table.instrumentId, args.instrument),
  ...given(
    args.year,
    (year) => sql`${touchesYear(table, year)} or extract(year from ${table.deadlineDate}) = ${year}::int`,
  ),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
