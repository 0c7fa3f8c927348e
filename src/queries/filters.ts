/** The conditions that arguments of the same name mean in every operation. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { wordings } from '../db/abbreviations.ts';
import * as t from '../db/tables.ts';
import { placeIdOf, placesBelow } from './places.ts';
import { hasCitation, wasPublished } from './publication.ts';
import { containing, live } from './sql.ts';
import type { Scope } from './types.ts';

/** The condition, where the argument is given. */
export const given = <V>(value: V | undefined, condition: (value: V) => SQL): SQL[] =>
  value === undefined ? [] : [condition(value)];

export const equals = (column: SQLWrapper, value: string | undefined): SQL[] =>
  given(value, (is) => sql`${column} = ${is}`);

/** Of one value it is plain equality, after which an index is in the order of its next column. */
export const oneOf = (column: SQLWrapper, values: readonly string[] | undefined): SQL[] =>
  given(values, (list) =>
    list.length === 1 ? sql`${column} = ${list[0]}` : sql`${column} = any(${sql.param(list)}::text[])`,
  );

/** `place=` and `within=`, by the continuing place, whatever the version that the record belongs to. */
export const ofPlace = (
  column: SQLWrapper,
  args: { place?: string; within?: string },
  scope: Scope,
): SQL[] => [
  ...given(
    args.place,
    (place) =>
      sql`${column} in (select ${t.placeVersions.id} from ${t.placeVersions} where ${t.placeVersions.placeId} = ${placeIdOf(place, 'place', scope)} and ${live(t.placeVersions, scope)})`,
  ),
  ...given(
    args.within,
    (within) =>
      // Gathered first: the planner would expect most of all places, and read the whole of a large table for them.
      sql`${column} in (select unnest(array(select ${t.placeVersions.id} from ${t.placeVersions}
        where ${live(t.placeVersions, scope)} and ${t.placeVersions.placeId} in ${placesBelow(placeIdOf(within, 'within', scope), scope)})))`,
  ),
];

/** `document=` and `publishedBy=`, by the citations that prove a record. */
export const ofSources = (
  id: SQLWrapper,
  args: { document?: string; publishedBy?: string },
  scope: Scope,
): SQL[] => [
  ...given(args.document, (document) =>
    hasCitation(id, sql`${t.allCitations.documentId} = ${document}`, scope),
  ),
  ...given(args.publishedBy, (day) => wasPublished(id, day, scope)),
];

interface Dated {
  periodStart: SQLWrapper;
  periodEnd: SQLWrapper;
}

/** Holds for a period that touches the year. */
export const touchesYear = (table: Dated, year: number): SQL =>
  sql`${table.periodStart} <= ${`${year}-12-31`}::date and ${table.periodEnd} >= ${`${year}-01-01`}::date`;

/** Records whose period touches the year. */
export const ofYear = (table: Dated, year: number | undefined): SQL[] =>
  given(year, (is) => touchesYear(table, is));

/** Holds for what fits any of the patterns. */
export const likeAny = (text: SQLWrapper, patterns: readonly string[]): SQL =>
  sql`${text} like any(${sql.param(patterns)}::text[])`;

/** Holds for what has the text in it, folded as it was stored, its abbreviations as they are or written out. */
export const hasText = (folded: SQLWrapper, text: string): SQL =>
  likeAny(folded, wordings(text).map(containing));

/** Records that hold the text. */
export const ofText = (folded: SQLWrapper, q: string | undefined): SQL[] =>
  given(q, (text) => hasText(folded, text));
