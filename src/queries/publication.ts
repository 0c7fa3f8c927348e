/** When what a record states had been published, as far as its sources say: the second clock, beside that of releases. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { limits } from '../schema/config.ts';
import type { Notice } from '../schema/notice.ts';
import { live } from './sql.ts';
import type { Scope } from './types.ts';

export const hasCitation = (id: SQLWrapper, condition: SQL, scope: Scope): SQL =>
  sql`exists (select from ${t.allCitations} where ${t.allCitations.factId} = ${id} and ${live(t.allCitations, scope)} and ${condition})`;

/**
 * The day by which the source of a citation had been published: printed in a document, that of a legal act, or that on
 * which a table was got. Null where nothing says it, as for packages.
 */
const publishedOn = (scope: Scope): SQL => sql`case ${t.allCitations.kind}
  when 'text' then (select ${t.documents.publishedOn} from ${t.documents} where ${t.documents.id} = ${t.allCitations.documentId} and ${live(t.documents, scope)})
  when 'cell' then (select ${t.datasets.retrievedOn} from ${t.datasets} where ${t.datasets.id} = ${t.allCitations.datasetId} and ${live(t.datasets, scope)})
  when 'legal' then ${t.allCitations.date} end`;

/** Holds for a source of the day or an earlier one; `unknown`: for one without a day. */
export const publishedBy = (publication: SQLWrapper, day: string): SQL =>
  day === 'unknown' ? sql`${publication} is null` : sql`${publication} <= ${day}::date`;

/** Holds for what a source states that was published by the day; `unknown`: for what no source with a day states. */
export const wasPublished = (id: SQLWrapper, day: string, scope: Scope): SQL =>
  day === 'unknown'
    ? sql`not ${hasCitation(id, sql`${publishedOn(scope)} is not null`, scope)}`
    : hasCitation(id, publishedBy(publishedOn(scope), day), scope);

/** What a list that asks for a day of publication leaves out because nobody knows it. */
export function leftOutNotice(leftOut: number): Notice | null {
  if (leftOut === 0) return null;
  const [are, have] = leftOut === 1 ? ['record is', 'has'] : ['records are', 'have'];
  const most = limits.totalExactTo;
  return {
    code: 'publication_unknown',
    text: `${leftOut > most ? `More than ${most}` : leftOut} ${are} left out that ${have} no source with a date of publication.`,
    since: null,
    try: 'publishedBy=unknown',
  };
}
