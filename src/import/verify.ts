/** `govdata verify`: proves every current text citation against the documents that it points into. */
import { asc, isNull } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { requireMigrated } from '../db/migrated.ts';
import { documents } from '../db/tables.ts';
import type { Fault } from '../errors.ts';
import { sha256 } from './citations.ts';
import { readSource, type Source } from './sources.ts';
import { overlaps } from './spans.ts';

export interface VerifiedDocument {
  id: string;
  fileName: string;
  proven: number;
  failed: number;
}

export interface VerifyReport {
  documents: VerifiedDocument[];
  /** Citations proven, over all documents. */
  proven: number;
  faults: Fault[];
}

type Document = typeof documents.$inferSelect;

interface TextCitation {
  factId: string;
  documentId: string;
  paragraph: number;
  start: number;
  end: number;
  printed: string | null;
  sha256: string;
  parentId: string | null;
}

export async function verify(database: Database, folder: string): Promise<VerifyReport> {
  await requireMigrated(database);
  const cited = await readCitations(database);
  const faults: Fault[] = [];
  const report: VerifiedDocument[] = [];
  for (const document of await readDocuments(database)) {
    const { id, fileName } = document;
    const own = cited.filter(({ documentId }) => documentId === id);
    const source = await readSource(folder, fileName);
    if (source) faults.push(...documentFaults(document, source));
    else faults.push({ code: 'missing_document', file: fileName, message: `${id} is not in the folder` });
    const wrong = own.map((citation) => (source ? citationFaults(citation, source.paragraphs) : []));
    faults.push(...[...wrong.flat(), ...siblingFaults(own)].map((fault) => ({ ...fault, file: fileName })));
    const proven = source ? wrong.filter((list) => list.length === 0).length : 0;
    report.push({ id, fileName, proven, failed: own.length - proven });
  }
  return { documents: report, proven: report.reduce((sum, { proven }) => sum + proven, 0), faults };
}

function readDocuments({ orm }: Database): Promise<Document[]> {
  return orm.select().from(documents).where(isNull(documents.untilRelease)).orderBy(asc(documents.id));
}

/** The database holds that a text citation has all of these. */
async function readCitations({ pool }: Database): Promise<TextCitation[]> {
  const { rows } = await pool.query<TextCitation>(`
    select fact_id as "factId", document_id as "documentId", paragraph, start_offset as start,
      end_offset as "end", printed, c.sha256, t.parent_id as "parentId"
    from citations c left join tasks t on t.id = fact_id and t.until_release is null
    where c.until_release is null and c.kind = 'text'
    order by document_id collate "C", paragraph, start_offset, fact_id collate "C"`);
  return rows;
}

function documentFaults(document: Document, source: Source): Fault[] {
  const { fileName: file, sha256: sum, paragraphCount } = document;
  const faults: Fault[] = [];
  if (!source.isUtf8) faults.push({ code: 'invalid_utf8', file, message: 'the file is not valid UTF-8' });
  if (source.sha256 !== sum) {
    const message = `the file has the checksum ${source.sha256}, but ${sum} is recorded`;
    faults.push({ code: 'document_checksum', file, message });
  }
  if (source.paragraphs.length !== paragraphCount) {
    const message = `the file has ${source.paragraphs.length} paragraphs, but ${paragraphCount} are recorded`;
    faults.push({ code: 'paragraph_count', file, message });
  }
  return faults;
}

function citationFaults(citation: TextCitation, paragraphs: readonly string[][]): Fault[] {
  const { factId, paragraph, start, end, printed } = citation;
  const where = `${factId} cites paragraph ${paragraph}, ${start} to ${end}`;
  const text = paragraphs[paragraph - 1];
  if (!text) {
    const message = `${where}, but there are ${paragraphs.length} paragraphs`;
    return [{ code: 'citation_past_end', message }];
  }
  if (end > text.length) {
    return [{ code: 'citation_past_end', message: `${where}, but it has ${text.length} characters` }];
  }
  const slice = text.slice(start, end).join('');
  const faults: Fault[] = [];
  if (sha256(slice) !== citation.sha256) {
    const message = `${where}, where other words stand: their checksum is ${sha256(slice)}`;
    faults.push({ code: 'citation_checksum', message });
  }
  if (printed !== null && printed !== slice) {
    faults.push({
      code: 'citation_printed',
      message: `${where} as ${JSON.stringify(printed)}, which is not there`,
    });
  }
  return faults;
}

function siblingFaults(cited: readonly TextCitation[]): Fault[] {
  const spans = cited.flatMap((citation) => {
    const { factId: task, parentId: parent, documentId: document } = citation;
    return parent === null ? [] : [{ ...citation, task, parent, document }];
  });
  return overlaps(spans).map(([earlier, later]) => ({
    code: 'overlapping_citations',
    message: `${later.task} and its sibling ${earlier.task} cite the same characters of paragraph ${later.paragraph}`,
  }));
}
