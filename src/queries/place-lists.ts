/** Lists of places: which versions, at which level, below what. */
import { type SQL, sql } from 'drizzle-orm';
import { placeVersions as table } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import type { Level } from '../schema/place.ts';
import { given, ofText, oneOf } from './filters.ts';
import { dayAsked, placeIdOf, placesBelow } from './places.ts';
import { inForce } from './refs.ts';
import type { Scope } from './types.ts';

/** Holds for what lies below a place on the day, or without one on any day. */
export const isBelow = (within: string, scope: Scope, on: string | undefined): SQL =>
  sql`${table.placeId} in ${placesBelow(placeIdOf(within, 'within', scope, on), scope, on)}`;

/** `on`, when it is left out, is today; `any` is every version. */
export const whichPlaces = (args: Args<'places'>, scope: Scope): SQL[] => [
  ...(args.on === 'any' ? [] : [inForce(table, sql`${args.on ?? scope.today}`)]),
  ...oneOf(table.level, args.level),
  ...oneOf(table.code, args.code),
  ...oneOf(table.type, args.type),
  ...given(
    args.parent,
    (parent) => sql`${table.parentId} = ${placeIdOf(parent, 'parent', scope, dayAsked(args.on))}`,
  ),
  ...given(args.within, (within) => isBelow(within, scope, dayAsked(args.on ?? scope.today))),
  ...ofText(table.folded, args.q),
];

export const whichPlacesAt =
  (level: Level) =>
  (args: Args<'districts'>, scope: Scope): SQL[] =>
    whichPlaces({ ...args, level: [level] }, scope);
