import type { SQL } from 'drizzle-orm';
import { bodies as table } from '../db/tables.ts';
import type { Body } from '../schema/body.ts';
import type { Args } from '../schema/operations.ts';
import { equals, ofPlace, ofSources, ofText, oneOf } from './filters.ts';
import { bodyRef, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { sourcedMembers } from './sourced.ts';
import type { Scope } from './types.ts';

export const bodies = stateSource<Body>('Body', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  name: table.name,
  aliases: table.aliases,
  place: placeRef(table.placeVersionId, scope),
  parent: bodyRef(table.parentId, scope),
  ...sourcedMembers(table, scope),
}));

export const whichBodies = (args: Args<'bodies'>, scope: Scope): SQL[] => [
  ...ofPlace(table.placeVersionId, args, scope),
  ...oneOf(table.kind, args.kind),
  ...equals(table.parentId, args.parent),
  ...ofSources(table.id, args, scope),
  ...ofText(table.folded, args.q),
];
