/** What a table brings besides its figures: the dataset itself, and indicators that nothing else has, with their citations. */
import { foldedNames } from '../../db/fold.ts';
import { sha256 } from '../citations.ts';
import { importedIndicators } from '../imported.ts';
import { rowsOf, type StoredRow, type Tables } from '../layout.ts';
import { names } from '../rows.ts';
import type { Grid } from './grid/grid.ts';
import type { FigureColumn } from './headers.ts';
import type { ReadSpec } from './spec.ts';
import type { IndicatorSpec } from './spec-shape.ts';
import type { Staged } from './staging.ts';

export interface TableSource {
  read: ReadSpec;
  grid: Grid;
  columns: readonly FigureColumn[];
  /** Line of the header, which names what is measured. */
  headerLine: number;
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
    ['citations', [...citations, ...brought.flatMap((one) => headerCitation(one, source))]],
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

function indicatorRow({ id, name, definition, flags = [], note = null, ...rest }: IndicatorSpec): StoredRow {
  const { unit, topic, direction, additive } = rest;
  return {
    id,
    code: id.slice('indicator:'.length),
    name: names(name),
    definition: names(definition),
    unit,
    topic,
    direction,
    additive,
    flags,
    note,
    folded: foldedNames(name, definition),
  };
}

/** An indicator is named where its first column is. */
function headerCitation(
  { id }: IndicatorSpec,
  { read, grid, columns, headerLine }: TableSource,
): StoredRow[] {
  const column = columns.find(({ spec }) => spec.indicator === id) as FigureColumn;
  const dataset = read.spec.dataset.id;
  return [
    {
      id: `citation:${sha256(`${id}\ncell ${dataset}`).slice(0, 20)}`,
      fact_id: id,
      ordinal: 1,
      kind: 'cell',
      document_id: null,
      paragraph: null,
      start_offset: null,
      end_offset: null,
      printed: null,
      sha256: null,
      inferred: [],
      dataset_id: dataset,
      sheet: grid.sheet,
      row_number: headerLine,
      column_name: column.header,
      resolution: null,
      resolution_date: null,
      package_name: null,
      package_version: null,
    },
  ];
}
