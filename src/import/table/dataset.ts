/** What a table brings besides its figures: the dataset itself, and indicators that nothing else has, with their citations. */
import { foldedNames } from '../../db/fold.ts';
import { cellCitation, sha256 } from '../citations.ts';
import { importedIndicators } from '../imported.ts';
import { rowsOf, type StoredRow, type Tables } from '../layout.ts';
import { indicatorMembers, names } from '../rows.ts';
import type { FigureColumn } from './headers.ts';
import type { OpenTable } from './reading.ts';
import type { IndicatorSpec } from './spec-shape.ts';
import type { Staged } from './staging.ts';

export interface TableSource extends OpenTable {
  staged: Staged;
}

/** What the tables are to hold, given what they hold. */
export function withTable(held: Tables, source: TableSource): Tables {
  const { id } = source.read.spec.dataset;
  const declared = source.read.spec.indicators ?? [];
  const imported = importedIndicators(held, new Set());
  const elsewhere = citedElsewhere(held, id);
  // Those of the seed files stay what they are; others are as the last table says, and go with the last that has them.
  const seeded = new Set(
    rowsOf(held, 'indicators').flatMap((row) => (imported.includes(row) ? [] : [row['id']])),
  );
  const brought = declared.filter((one) => !seeded.has(one.id));
  const own = new Set<unknown>(brought.map((one) => one.id));
  const gone = imported.filter((row) => !own.has(row['id']) && !elsewhere.has(row['id']));
  const indicators = rowsOf(held, 'indicators').filter((row) => !own.has(row['id']) && !gone.includes(row));
  const citations = rowsOf(held, 'citations').filter(
    (row) => row['dataset_id'] !== id || !isIndicator(row['fact_id']),
  );
  return new Map([
    ...held,
    ['datasets', [...rowsOf(held, 'datasets').filter((row) => row['id'] !== id), datasetRow(source)]],
    ['indicators', [...indicators, ...brought.map(indicatorRow)]],
    ['citations', [...citations, ...brought.map((one) => headerCitation(one, source))]],
  ]);
}

const isIndicator = (id: unknown): boolean => String(id).startsWith('indicator:');

/** What other tables cite. */
const citedElsewhere = (held: Tables, dataset: string): Set<unknown> =>
  new Set(
    rowsOf(held, 'citations').flatMap((row) =>
      row['dataset_id'] === null || row['dataset_id'] === dataset ? [] : [row['fact_id']],
    ),
  );

function datasetRow({ read: { spec, text }, grid, staged }: TableSource): StoredRow {
  const { id, title, publisher = null, licence = null, retrievedOn = null, note = null } = spec.dataset;
  return {
    id,
    title: names(title),
    publisher,
    licence,
    sha256: grid.sha256,
    retrieved_on: retrievedOn,
    file_name: grid.fileName,
    spec: text,
    figures: staged.figures,
    figures_sha256: staged.sha256,
    note,
    folded: foldedNames(title, publisher),
  };
}

function indicatorRow(indicator: IndicatorSpec): StoredRow {
  const { id, name, definition, flags = [], note = null } = indicator;
  return { id, ...indicatorMembers(indicator), flags, note, folded: foldedNames(name, definition) };
}

/** An indicator is named where its first column is. */
function headerCitation({ id }: IndicatorSpec, { read, grid, columns, header }: TableSource): StoredRow {
  const column = columns.find(({ spec }) => spec.indicator === id) as FigureColumn;
  const dataset = read.spec.dataset.id;
  return {
    ...cellCitation({ dataset, sheet: grid.sheet, row: header.line, column: column.header }),
    id: `citation:${sha256(`${id}\ncell ${dataset}`).slice(0, 20)}`,
    fact_id: id,
    ordinal: 1,
    printed: null,
  };
}
