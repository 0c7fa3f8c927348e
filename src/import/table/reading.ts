/** The figures of a table on their way into the database, with what they are of: places and indicators that it has. */
import type pg from 'pg';
import { type Fault, FaultsError } from '../../errors.ts';
import { RowFaults } from '../row-faults.ts';
import { type Figure, FigureReader, type LeftOut } from './figures.ts';
import type { Grid, GridRow } from './grid/grid.ts';
import type { FigureColumn } from './headers.ts';
import type { Header } from './open.ts';
import { Pace } from './pace.ts';
import { readPlaces, type TablePlaces } from './places.ts';
import type { OutOfRange } from './preview.ts';
import type { ReadSpec } from './spec.ts';
import { type Staged, stage } from './staging.ts';
import { tidy } from './texts.ts';

/** A table that is opened, and fits its description as far as its header says. */
export interface OpenTable {
  read: ReadSpec;
  grid: Grid;
  header: Header;
  columns: readonly FigureColumn[];
}

export interface StagedTable extends Staged {
  leftOut: LeftOut;
  outOfRange: { count: number; first: OutOfRange[] };
}

interface Progress {
  log: (line: string) => void;
  progressMs: number;
}

/** Throws a FaultsError with what is wrong in the rows, or in what the description says of places and indicators. */
export async function stageTable(
  client: pg.ClientBase,
  { read, grid, header, columns }: OpenTable,
  progress: Progress,
): Promise<StagedTable> {
  const { spec } = read;
  const places = await placesOf(client, read);
  const units = await unitsOf(client, read);
  const faults = new RowFaults(grid.label);
  const reader = new FigureReader(spec, header.cells, columns, { places, faults, line: header.line });
  faults.throwAny('The table does not fit its description.');
  const staged = await stage(client, figuresOf(grid, header, { reader, faults }, progress), {
    dataset: spec.dataset.id,
    sheet: grid.sheet,
    label: grid.label,
    units,
  });
  if (staged.figures === 0) {
    const message = 'there is no figure in the table; does the description leave all of it out?';
    throw new FaultsError(unusable, [{ code: 'no_figures', message, file: grid.label }]);
  }
  progress.log(`read ${staged.figures} figures of ${grid.label}`);
  const { leftOut, outOfRange, outOfRangeCount } = reader;
  return { ...staged, leftOut, outOfRange: { count: outOfRangeCount, first: outOfRange } };
}

const unusable = 'The table cannot be used; nothing was written.';
const unusableDescription = 'The description of the table cannot be used.';

async function* figuresOf(
  { rows, label, lastRow }: Grid,
  { line }: Header,
  { reader, faults }: { reader: FigureReader; faults: RowFaults },
  { log, progressMs }: Progress,
): AsyncGenerator<Figure[]> {
  const pace = new Pace(log, progressMs);
  let figures = 0;
  for await (const batch of rows()) {
    const read = batch.filter(({ row }) => row > line).flatMap((row) => reader.read(row));
    figures += read.length;
    pace.tell(`reading ${label}`, figures, (batch.at(-1) as GridRow).row / lastRow);
    // With faults nothing is written: the rest is read for its faults alone.
    if (faults.count === 0) yield read;
  }
  faults.throwAny(unusable);
}

/** Throws where a name is said to be of a place that no release has. */
async function placesOf(client: pg.ClientBase, { spec: { place }, faultAt }: ReadSpec): Promise<TablePlaces> {
  const { level = 'province', by = 'name', names = {} } = place;
  const decided = new Map(Object.entries(names).map(([name, id]) => [tidy(name), id]));
  const places = await readPlaces(client, { level, by, names: decided });
  const missing = Object.entries(names).filter(([, id]) => places.missing.includes(id));
  const faults = missing.map(([name, id]) =>
    faultAt('unknown_place', `${id} is no place of the current release`, names, name),
  );
  if (faults.length > 0) throw new FaultsError(unusableDescription, faults);
  return places;
}

/** The unit of each indicator; throws where one is nowhere, or has another unit than the table says. */
async function unitsOf(client: pg.ClientBase, { spec, faultAt }: ReadSpec): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; unit: string; seeded: boolean }>(
    `select i.id, i.unit, exists (
       select from citations c where c.fact_id = i.id and c.until_release is null and c.dataset_id is null
     ) as seeded from indicators i where i.until_release is null`,
  );
  const held = new Map(rows.map((row) => [row.id, row]));
  const faults: Fault[] = [];
  const units = new Map<string, string>(rows.map(({ id, unit }) => [id, unit]));
  for (const indicator of spec.indicators ?? []) {
    const seeded = held.get(indicator.id);
    if (seeded?.seeded && seeded.unit !== indicator.unit) {
      const message = `${indicator.id} is in the seed files, in ${seeded.unit}`;
      faults.push(faultAt('other_unit', message, indicator, 'unit'));
    }
    if (!seeded?.seeded) units.set(indicator.id, indicator.unit);
  }
  for (const column of spec.columns.filter(({ indicator }) => !units.has(indicator))) {
    const message = `${column.indicator} is no indicator of the current release; describe it under "indicators"`;
    faults.push(faultAt('unknown_indicator', message, column, 'indicator'));
  }
  if (faults.length > 0) throw new FaultsError(unusableDescription, faults);
  return units;
}
