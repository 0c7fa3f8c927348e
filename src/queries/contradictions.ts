import { type SQL, sql } from 'drizzle-orm';
import {
  allCitations as citations,
  contradictionSides as sides,
  contradictions as table,
} from '../db/tables.ts';
import type { Contradiction } from '../schema/contradiction.ts';
import type { Args } from '../schema/operations.ts';
import { given, ofText, oneOf } from './filters.ts';
import { hasCitation, wasPublished } from './publication.ts';
import { stateSource } from './source.ts';
import { citationsOf, factRef } from './sourced.ts';
import { arrayOf, live, object } from './sql.ts';
import type { Scope } from './types.ts';

export const contradictions = stateSource<Contradiction>('Contradiction', table, (scope) => ({
  id: table.id,
  kind: table.kind,
  name: table.name,
  sides: arrayOf(
    object({ fact: factRef(sides.factId), states: sides.states }),
    sql`${sides.ordinal}`,
    sql`${sides} where ${sides.contradictionId} = ${table.id} and ${live(sides, scope)}`,
  ),
  outsideEvidence: table.outsideEvidence,
  flags: table.flags,
  note: table.note,
  citations: citationsOf(table.id, scope),
}));

/** Contradictions with a side for which the condition holds. */
const withSide = (condition: SQL, scope: Scope): SQL =>
  sql`exists (select from ${sides} where ${sides.contradictionId} = ${table.id} and ${live(sides, scope)} and ${condition})`;

export const whichContradictions = (args: Args<'contradictions'>, scope: Scope): SQL[] => [
  ...oneOf(table.kind, args.kind),
  ...given(args.fact, (fact) => withSide(sql`${sides.factId} = ${fact}`, scope)),
  ...given(args.document, (document) =>
    withSide(hasCitation(sides.factId, sql`${citations.documentId} = ${document}`, scope), scope),
  ),
  // All that disagrees had to be out.
  ...given(args.publishedBy, (day) =>
    day === 'unknown'
      ? withSide(wasPublished(sides.factId, day, scope), scope)
      : sql`not ${withSide(sql`not ${wasPublished(sides.factId, day, scope)}`, scope)}`,
  ),
  ...ofText(table.folded, args.q),
];
