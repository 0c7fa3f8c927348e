/** Citations of the seed files: their rows, and what can be checked without the documents. */
import { createHash } from 'node:crypto';
import { pairsOf } from '../lists.ts';
import type { Checker, Fact } from './checker.ts';
import type { Row } from './desired.ts';
import type { SeedCitation } from './shape-parts.ts';
import { lengthOf, overlaps } from './spans.ts';

type TextCitation = Extract<SeedCitation, { document: string }>;

export const longestPrinted = 60;

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The id stays as long as the fact cites the same place, whatever else the citation says. */
export function citationRow(factId: string, citation: SeedCitation, ordinal: number): Row<'citations'> {
  return {
    id: `citation:${sha256(`${factId}\n${locusOf(citation)}`).slice(0, 20)}`,
    factId,
    ordinal,
    inferred: citation.inferred ?? [],
    ...nothingCited,
    ...membersOf(citation),
  };
}

const nothingCited = {
  documentId: null,
  paragraph: null,
  start: null,
  end: null,
  printed: null,
  sha256: null,
  datasetId: null,
  sheet: null,
  row: null,
  column: null,
  resolution: null,
  date: null,
  packageName: null,
  packageVersion: null,
};

/** Where a cell stands, as a stored row has it. */
export const cellCitation = (cell: {
  dataset: string;
  sheet: string | null;
  row: number;
  column: string;
}) => ({
  kind: 'cell',
  document_id: null,
  paragraph: null,
  start_offset: null,
  end_offset: null,
  sha256: null,
  inferred: [],
  dataset_id: cell.dataset,
  sheet: cell.sheet,
  row_number: cell.row,
  column_name: cell.column,
  resolution: null,
  resolution_date: null,
  package_name: null,
  package_version: null,
});

function membersOf(citation: SeedCitation) {
  if ('document' in citation) {
    const { document, paragraph, start, end, printed } = citation;
    const slice = { documentId: document, paragraph, start, end, printed: printed ?? null };
    return { kind: 'text' as const, ...slice, sha256: citation.sha256 };
  }
  if ('resolution' in citation) {
    return { kind: 'legal' as const, resolution: citation.resolution, date: citation.date ?? null };
  }
  return { kind: 'package' as const, packageName: citation.package, packageVersion: citation.version };
}

/** Kind and place of a citation. */
function locusOf(citation: SeedCitation): string {
  if ('document' in citation) {
    const { document, paragraph, start, end } = citation;
    return `text ${document} ${paragraph} ${start} ${end}`;
  }
  if ('resolution' in citation) return `legal ${citation.resolution} ${citation.date ?? ''}`;
  return `package ${citation.package} ${citation.version}`;
}

export function checkCitations(checker: Checker, facts: readonly Fact[]): void {
  const paragraphs = new Map(
    checker.read.seeds.documents.map(({ id, paragraphCount }) => [id, paragraphCount]),
  );
  for (const { id, record } of facts) {
    const { citations = [] } = record;
    for (const citation of citations) {
      if ('document' in citation) checkText(checker, citation, paragraphs.get(citation.document));
    }
    for (const [earlier, later] of pairsOf(citations)) {
      if (locusOf(earlier) !== locusOf(later)) continue;
      checker.fault(
        'duplicate_citation',
        `${id} cites the same place already at ${checker.where(earlier)}`,
        later,
      );
    }
  }
  checkSiblings(checker);
}

function checkText(checker: Checker, citation: TextCitation, paragraphs = Number.POSITIVE_INFINITY): void {
  const { document, paragraph, start, end, printed, sha256: sum } = citation;
  if (paragraph > paragraphs) {
    const message = `${document} has ${paragraphs} paragraphs, but paragraph ${paragraph} is cited`;
    checker.fault('paragraph_past_end', message, citation, 'paragraph');
  }
  if (start >= end) {
    checker.fault('empty_citation', `the citation ends at ${end}, but starts at ${start}`, citation, 'end');
  }
  if (!printed) return;
  const length = lengthOf(printed);
  if (length > longestPrinted) {
    const message = `printed is ${length} characters long; beyond ${longestPrinted} it is left out`;
    checker.fault('printed_too_long', message, citation, 'printed');
  }
  if (length !== end - start) {
    const message = `printed is ${length} long, but from ${start} to ${end} it is ${end - start}`;
    checker.fault('printed_length', message, citation, 'printed');
  }
  if (sha256(printed) !== sum) {
    checker.fault('printed_checksum', `the checksum of printed is ${sha256(printed)}`, citation, 'sha256');
  }
}

function checkSiblings(checker: Checker): void {
  const spans = checker.read.seeds.tasks.flatMap(({ id, parent, citations }) =>
    citations.flatMap((citation) =>
      parent && 'document' in citation ? [{ ...citation, task: id, parent, citation }] : [],
    ),
  );
  for (const [earlier, later] of overlaps(spans)) {
    const where = `${earlier.task} at ${checker.where(earlier.citation)}`;
    const message = `${later.task} cites characters that its sibling ${where} cites too`;
    checker.fault('overlapping_citations', message, later.citation);
  }
}
