/** When what a record states had been published, as far as its sources say: the second clock, beside that of releases. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { limits } from '../schema/config.ts';
import type { Notice } from '../schema/notice.ts';
import { live } from './sql.ts';
import type { Scope } from './types.ts';

const citationsThat = (id: SQLWrapper, condition: SQL, scope: Scope): SQL =>
  sql`select from ${t.allCitations} where ${t.allCitations.factId} = ${id} and ${live(t.allCitations, scope)} and ${condition}`;

export const hasCitation = (id: SQLWrapper, condition: SQL, scope: Scope): SQL =>
  sql`exists (${citationsThat(id, condition, scope)})`;

/** The same, looked up for each record: of many records PostgreSQL would rather gather all the citations that there are. */
const hasCitationEach: typeof hasCitation = (id, condition, scope) =>
  sql`exists (${citationsThat(id, condition, scope)} offset 0)`;

export const isCitedEach = (id: SQLWrapper, document: string, scope: Scope): SQL =>
  hasCitationEach(id, sql`${t.allCitations.documentId} = ${document}`, scope);

/** The ids of what a document is cited for. */
export const citedIn = (document: string, scope: Scope): SQL =>
  sql`select distinct ${t.allCitations.factId} from ${t.allCitations} where ${t.allCitations.documentId} = ${document} and ${live(t.allCitations, scope)}`;

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
export const wasPublished = (id: SQLWrapper, day: string, scope: Scope, has = hasCitation): SQL =>
  day === 'unknown'
    ? sql`not ${has(id, sql`${publishedOn(scope)} is not null`, scope)}`
    : has(id, publishedBy(publishedOn(scope), day), scope);

export const wasPublishedEach = (id: SQLWrapper, day: string, scope: Scope): SQL =>
  wasPublished(id, day, scope, hasCitationEach);

/** The ids of the tables that had been published by a day. */
export const publishedDatasets = (day: string, scope: Scope): SQL =>
  sql`select ${t.datasets.id} from ${t.datasets} where ${publishedBy(t.datasets.retrievedOn, day)} and ${live(t.datasets, scope)}`;

/** The ids of what citations prove that stand for themselves, of sources that had been published by a day. */
export function factsPublished(day: string, scope: Scope): SQL {
  const { factId, kind, documentId, datasetId, date } = t.citations;
  const documents = sql`select ${t.documents.id} from ${t.documents} where ${publishedBy(t.documents.publishedOn, day)} and ${live(t.documents, scope)}`;
  const of = (condition: SQL): SQL =>
    sql`select ${factId} from ${t.citations} where ${condition} and ${live(t.citations, scope)}`;
  // Table by table: how many of them were published by a day, the planner cannot know.
  const cells = of(sql`${kind} = 'cell' and ${datasetId} = published.id`);
  return sql.join(
    [
      of(sql`${kind} = 'text' and ${documentId} in (${documents})`),
      sql`select cell.fact_id from (${publishedDatasets(day, scope)}) published(id) cross join lateral (${cells} offset 0) cell`,
      of(sql`${kind} = 'legal' and ${publishedBy(date, day)}`),
    ],
    sql` union `,
  );
}

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
