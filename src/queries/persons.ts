import type { SQL } from 'drizzle-orm';
import { persons as table } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import type { Person } from '../schema/person.ts';
import { equals, ofPlace, ofSources, ofText } from './filters.ts';
import { bodyRef, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const persons = stateSource<Person>('Person', table, (scope) => ({
  id: table.id,
  name: table.name,
  offices: table.offices,
  body: bodyRef(table.bodyId, scope),
  place: placeRef(table.placeVersionId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichPersons = (args: Args<'persons'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...equals(table.bodyId, args.body),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
