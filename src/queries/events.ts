import type { SQL } from 'drizzle-orm';
import { events as table } from '../db/tables.ts';
import type { Event } from '../schema/event.ts';
import type { Args } from '../schema/operations.ts';
import { equals, ofPlace, ofSources, ofText, ofYear, oneOf } from './filters.ts';
import { bodyRef, instrumentRef, period, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const events = stateSource<Event>('Event', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  name: table.name,
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  period: period(table),
  instrument: instrumentRef(table.instrumentId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichEvents = (args: Args<'events'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...oneOf(table.kind, args.kind),
  ...ofYear(table, args.year),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
