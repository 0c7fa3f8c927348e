import type { SQL } from 'drizzle-orm';
import { mottos as table } from '../db/tables.ts';
import type { Motto } from '../schema/motto.ts';
import type { Args } from '../schema/operations.ts';
import { equals, ofPlace, ofSources, ofText, ofYear, oneOf } from './filters.ts';
import { bodyRef, period, placeRef, taskRef, themeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const mottos = stateSource<Motto>('Motto', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  name: table.name,
  announcedCount: table.announcedCount,
  items: table.items,
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  period: period(table),
  theme: themeRef(table.themeId, scope),
  task: taskRef(table.taskId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichMottos = (args: Args<'mottos'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...oneOf(table.kind, args.kind),
  ...equals(table.themeId, args.theme),
  ...equals(table.taskId, args.task),
  ...ofYear(table, args.year),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
