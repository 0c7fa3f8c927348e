import type { SQL } from 'drizzle-orm';
import { themes as table } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import type { Theme } from '../schema/theme.ts';
import { equals, ofPlace, ofSources, ofText, ofYear } from './filters.ts';
import { bodyRef, eventRef, instrumentRef, period, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const themes = stateSource<Theme>('Theme', table, (scope) => ({
  id: table.id,
  name: table.name,
  elements: table.elements,
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  period: period(table),
  event: eventRef(table.eventId, scope),
  instrument: instrumentRef(table.instrumentId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichThemes = (args: Args<'themes'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...equals(table.eventId, args.event),
  ...equals(table.instrumentId, args.instrument),
  ...ofYear(table, args.year),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
