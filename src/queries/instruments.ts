import type { SQL } from 'drizzle-orm';
import { instruments as table } from '../db/tables.ts';
import type { Instrument } from '../schema/instrument.ts';
import type { Args } from '../schema/operations.ts';
import { equals, ofPlace, ofSources, ofText, oneOf } from './filters.ts';
import { bodyRef, instrumentRef, period, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import { day } from './sql.ts';
import type { Scope } from './types.ts';

export const instruments = stateSource<Instrument>('Instrument', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  number: table.number,
  name: table.name,
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  issuedOn: day(table.issuedOn),
  period: period(table),
  implements: instrumentRef(table.implementsId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichInstruments = (args: Args<'instruments'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...oneOf(table.kind, args.kind),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
