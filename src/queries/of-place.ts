/** Edges from a place to what belongs to any version of it. */
import { type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { asked, byPlace, many } from './edges.ts';
import type { Source } from './records.ts';
import { live } from './sql.ts';
import type { Scope } from './types.ts';

export const near = alias(t.placeVersions, 'near_version');
/** The far end belongs to any version of the place. */
export const ofPlace = (source: Source, column: SQLWrapper) =>
  many(source, () => sql`${near.placeId} = ${asked}`, {
    key: byPlace,
    join: (scope) => sql`join ${t.placeVersions} ${near} on ${near.id} = ${column} and ${live(near, scope)}`,
  });

/** The same, where there may be more than can be gathered. */
export const manyOfPlace = (source: Source, column: SQLWrapper) => ({
  ...ofPlace(source, column),
  apart: (scope: Scope) => {
    const keys = sql`select ${near.id} from ${t.placeVersions} ${near} where ${near.placeId} = ${asked} and ${live(near, scope)}`;
    return { keys, column, where: [] };
  },
});
