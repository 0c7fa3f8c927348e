/** `govdata import table`: a published table and its description → figures, as one release. */
import type pg from 'pg';
import type { Database } from '../../db/client.ts';
import { holdingLock } from '../../db/locks.ts';
import { requireMigrated } from '../../db/migrated.ts';
import { type Fault, FaultsError } from '../../errors.ts';
import type { FigureCounts } from '../imported-figures.ts';
import type { Tables } from '../layout.ts';
import { RowFaults } from '../row-faults.ts';
import { type ReleaseReport, reportOf, writeRelease } from '../write.ts';
import { withTable } from './dataset.ts';
import { type Figure, FigureReader, type LeftOut } from './figures.ts';
import type { Grid } from './grid/grid.ts';
import { type Header, openDescribed, readHeader } from './header.ts';
import { type FigureColumn, figureColumns } from './headers.ts';
import { readPlaces } from './places.ts';
import { type OutOfRange, type Preview, previewOf } from './preview.ts';
import { type ReadSpec, readSpec } from './spec.ts';
import { type Staged, stage } from './staging.ts';
import { tidy } from './texts.ts';

export interface TableOptions {
  /** Path of the description. */
  spec: string;
  note?: string;
  /** Reads, checks and compares, and writes nothing. */
  dryRun?: boolean;
  log?: (line: string) => void;
  /** Between two lines that tell how far it is. */
  progressMs?: number;
}

export interface TableReport extends ReleaseReport, Preview {
  dataset: string;
  file: {
    name: string;
    sha256: string;
    sheet: string | null;
    encoding: string | null;
    delimiter: string | null;
  };
  figures: FigureCounts;
  leftOut: LeftOut;
  outOfRange: { count: number; first: OutOfRange[] };
}

/** Throws a FaultsError with what is wrong in the description or the table; then nothing was written. */
export async function importTable(
  database: Database,
  path: string,
  options: TableOptions,
): Promise<TableReport> {
  const { log = () => undefined } = options;
  const read = await readSpec(options.spec);
  const grid = await openDescribed(path, read);
  const header = await readHeader(read, grid);
  const { columns, faults } = figureColumns(read, header.cells, { file: grid.label, line: header.line });
  if (faults.length > 0) throw new FaultsError('The table does not fit its description.', faults);
  await requireMigrated(database);
  const { dataset } = read.spec;
  const note = options.note ?? `Import of ${grid.fileName} by ${read.fileName}.`;
  return holdingLock(database.pool, 'release', async (client) => {
    let staged: Staged = { figures: 0, sha256: '' };
    let preview: Preview = { largest: [], breaks: [] };
    const { progressMs = 1000 } = options;
    const table = new TableReading(read, grid, { ...header, columns, log, progressMs });
    const written = await writeRelease(
      client,
      (held: Tables) => withTable(held, { read, grid, columns, headerLine: header.line, staged }),
      {
        note,
        dryRun: options.dryRun ?? false,
        figures: {
          dataset: dataset.id,
          want: async () => {
            staged = await table.stage(client);
          },
          compared: async () => {
            preview = await previewOf(client, dataset.id);
            if (!options.dryRun) log(`writing what differs of ${staged.figures} figures`);
          },
        },
      },
    );
    const { fileName: name, sha256, sheet, encoding, delimiter } = grid;
    return {
      ...reportOf(written),
      dataset: dataset.id,
      file: { name, sha256, sheet, encoding, delimiter },
      figures: written.figures,
      ...table.report(),
      ...preview,
    };
  });
}

interface ReadingOptions extends Header {
  columns: readonly FigureColumn[];
  log: (line: string) => void;
  progressMs: number;
}

/** A table while it is read into the database. */
class TableReading {
  readonly #read: ReadSpec;
  readonly #grid: Grid;
  readonly #header: ReadingOptions;
  #reader: FigureReader | undefined;

  constructor(read: ReadSpec, grid: Grid, header: ReadingOptions) {
    this.#read = read;
    this.#grid = grid;
    this.#header = header;
  }

  async stage(client: pg.ClientBase): Promise<Staged> {
    const { spec } = this.#read;
    const { columns, cells, line } = this.#header;
    const names = new Map(Object.entries(spec.place.names ?? {}).map(([name, id]) => [tidy(name), id]));
    const places = await readPlaces(client, spec.place.level ?? 'province', names);
    const units = await this.#units(client);
    const missing = places.missing.map((id) =>
      this.#read.faultAt('unknown_place', `${id} is no place of the current release`, spec.place, 'names'),
    );
    if (missing.length > 0) throw new FaultsError('The description of the table cannot be used.', missing);
    const faults = new RowFaults(this.#grid.label);
    const reader = new FigureReader(spec, cells, columns, { places, faults, line });
    this.#reader = reader;
    faults.throwAny('The table does not fit its description.');
    const staged = await stage(client, this.#figures(reader, faults), {
      dataset: spec.dataset.id,
      sheet: this.#grid.sheet,
      label: this.#grid.label,
      unitOf: (indicator) => units.get(indicator) ?? '',
    });
    if (staged.figures === 0) {
      const message = 'there is no figure in the table; does the description leave all of it out?';
      throw new FaultsError('The table cannot be used; nothing was written.', [
        { code: 'no_figures', message, file: this.#grid.label },
      ]);
    }
    this.#header.log(`read ${staged.figures} figures of ${this.#grid.label}`);
    return staged;
  }

  report(): Pick<TableReport, 'leftOut' | 'outOfRange'> {
    const { leftOut = { missing: 0, rows: 0 }, outOfRange = [], outOfRangeCount = 0 } = this.#reader ?? {};
    return { leftOut, outOfRange: { count: outOfRangeCount, first: outOfRange } };
  }

  async *#figures(reader: FigureReader, faults: RowFaults): AsyncGenerator<Figure[]> {
    const begin = performance.now();
    let [figures, told] = [0, begin];
    for await (const batch of this.#grid.rows()) {
      const read = batch.filter(({ row }) => row > this.#header.line).flatMap((row) => reader.read(row));
      figures += read.length;
      const now = performance.now();
      if (now - told >= this.#header.progressMs) {
        told = now;
        const rate = Math.round(figures / ((now - begin) / 1000));
        this.#header.log(`reading ${this.#grid.label}: ${figures} figures, ${rate} a second`);
      }
      // With faults nothing is written: the rest is read for its faults alone.
      if (faults.count === 0) yield read;
    }
    faults.throwAny('The table cannot be used; nothing was written.');
  }

  /** Of the indicators; throws where one is nowhere, or has another unit than the table says. */
  async #units(client: pg.ClientBase): Promise<Map<string, string>> {
    const { spec, faultAt } = this.#read;
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
    if (faults.length > 0) throw new FaultsError('The description of the table cannot be used.', faults);
    return units;
  }
}
