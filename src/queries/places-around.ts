/** The places around a place: above it, directly below it, all below it, on a day or on any. */
import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { anyDay, asked, type ManyQuery, many } from './edges.ts';
import { byValidity, dayOfRow, placesSeenOn } from './places.ts';
import { dayOfVersion, inForce } from './refs.ts';
import { live } from './sql.ts';
import type { Scope } from './types.ts';

const near = alias(t.placeVersions, 'near_version');
/** Of a key that is a place and a day. */
const askedPlace = sql`split_part(${asked}, ' ', 1)`;
const askedDay = sql`split_part(${asked}, ' ', 2)`;

/** Holds on the day of the key, or on any. */
const onAskedDay = (table: typeof near | typeof t.placeVersions): SQL =>
  sql`(${askedDay} = 'any' or (${inForce(table, sql`nullif(${askedDay}, 'any')`)}))`;

/** Places around a place, by a key of that place and a day, and themselves seen on that day. */
const around = (on: (scope: Scope) => SQL, more: Parameters<typeof many>[2] = {}): ManyQuery =>
  many(
    placesSeenOn(
      (scope) => sql`coalesce(nullif(${askedDay}, 'any')::date, ${dayOfVersion(t.placeVersions, scope)})`,
    ),
    on,
    {
      key: {
        members: ['placeId', 'validFrom', 'validTo'],
        of: (row, scope, { on: day }) => `${row['placeId']} ${day ?? dayOfRow(row, scope)}`,
      },
      defaults: anyDay,
      passesDay: true,
      ...more,
    },
  );

/** From every key at once, step by step: a walk of its own for each key, or worse each row, would take far longer. */
export const placesAbove = around(() => onAskedDay(t.placeVersions), {
  join: (scope) => {
    const then = sql`${live(near, scope)} and ${onAskedDay(near)}`;
    return sql`join (with recursive up(key, place_id, step) as (
        select ${asked}, ${near.parentId}, 1 from asked join ${t.placeVersions} ${near} on ${near.placeId} = ${askedPlace} and ${then}
        union
        select ${asked}, ${near.parentId}, step + 1 from up as asked join ${t.placeVersions} ${near} on ${near.placeId} = asked.place_id and ${then}
      ) select key, place_id, min(step) as step from up group by key, place_id
    ) above on above.key = ${asked} and above.place_id = ${t.placeVersions.placeId}`;
  },
  order: sql`above.step || ' ' || ${byValidity}`,
});
export const placesBelow = around(() => sql`true`, {
  join: (scope) => {
    const then = sql`${live(near, scope)} and ${onAskedDay(near)}`;
    return sql`join (with recursive down(key, id, place_id) as (
        select ${asked}, ${near.id}, ${near.placeId} from asked join ${t.placeVersions} ${near} on ${near.parentId} = ${askedPlace} and ${then}
        union
        select ${asked}, ${near.id}, ${near.placeId} from down as asked join ${t.placeVersions} ${near} on ${near.parentId} = asked.place_id and ${then}
      ) select key, id from down
    ) below on below.key = ${asked} and below.id = ${t.placeVersions.id}`;
  },
});
export const placesDirectlyBelow = around(
  () => sql`${t.placeVersions.parentId} = ${askedPlace} and ${onAskedDay(t.placeVersions)}`,
);
