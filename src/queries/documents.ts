import { type SQL, sql } from 'drizzle-orm';
import { allCitations as citations, documents as table } from '../db/tables.ts';
import type { Document } from '../schema/document.ts';
import type { Args } from '../schema/operations.ts';
import { given, ofText } from './filters.ts';
import { publishedBy } from './publication.ts';
import { stateSource } from './source.ts';
import { day, live } from './sql.ts';

export const documents = stateSource<Document>('Document', table, (scope) => ({
  id: table.id,
  fileName: table.fileName,
  sha256: table.sha256,
  languages: table.languages,
  paragraphCount: table.paragraphCount,
  title: table.title,
  publisher: table.publisher,
  byline: table.byline,
  publishedOn: day(table.publishedOn),
  citationCount: sql`(select count(*)::int from ${citations} where ${citations.documentId} = ${table.id} and ${live(citations, scope)})`,
  note: table.note,
}));

export const whichDocuments = (args: Args<'documents'>): SQL[] => [
  ...given(args.publishedBy, (day) => publishedBy(table.publishedOn, day)),
  ...ofText(table.folded, args.q),
];
