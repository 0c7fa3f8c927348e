/** `govdata import table`: a published table and its description → figures, as one release. */
import type { Database } from '../../db/client.ts';
import { holdingLock } from '../../db/locks.ts';
import { requireMigrated } from '../../db/migrated.ts';
import { FaultsError } from '../../errors.ts';
import type { FigureCounts } from '../imported-figures.ts';
import type { Tables } from '../layout.ts';
import { type ReleaseReport, reportOf, writeRelease } from '../write.ts';
import { withTable } from './dataset.ts';
import { figureColumns } from './headers.ts';
import { openDescribed, readHeader } from './open.ts';
import { Pace } from './pace.ts';
import { type Preview, previewOf } from './preview.ts';
import { type StagedTable, stageTable } from './reading.ts';
import { readSpec } from './spec.ts';

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

export interface TableReport extends ReleaseReport, Preview, Pick<StagedTable, 'leftOut' | 'outOfRange'> {
  dataset: string;
  file: {
    name: string;
    sha256: string;
    sheet: string | null;
    encoding: string | null;
    delimiter: string | null;
  };
  figures: FigureCounts;
}

/** Throws a FaultsError with what is wrong in the description or the table; then nothing was written. */
export async function importTable(
  database: Database,
  path: string,
  options: TableOptions,
): Promise<TableReport> {
  const { log = () => undefined, dryRun = false, progressMs = 1000 } = options;
  const read = await readSpec(options.spec);
  const grid = await openDescribed(path, read);
  const header = await readHeader(read, grid);
  const { columns, faults } = figureColumns(read, header.cells, { file: grid.label, line: header.line });
  if (faults.length > 0) throw new FaultsError('The table does not fit its description.', faults);
  await requireMigrated(database);
  const { dataset } = read.spec;
  const note = options.note ?? `Import of ${grid.fileName} by ${read.fileName}.`;
  return holdingLock(database.pool, 'release', async (client) => {
    let staged: StagedTable = {
      figures: 0,
      sha256: '',
      leftOut: { missing: 0, rows: 0 },
      outOfRange: { count: 0, first: [] },
    };
    let preview: Preview = { largest: [], breaks: [] };
    const table = { read, grid, header, columns };
    let pace = new Pace(log, progressMs);
    const figures = {
      dataset: dataset.id,
      want: async () => {
        staged = await stageTable(client, table, { log, progressMs });
      },
      compared: async () => {
        preview = await previewOf(client, dataset.id);
        if (!dryRun) log(`writing what differs of ${staged.figures} figures`);
        pace = new Pace(log, progressMs);
      },
      written: (written: number, share: number) => pace.tell(`writing ${grid.label}`, written, share),
    };
    const wish = (held: Tables) => withTable(held, { ...table, staged });
    const written = await writeRelease(client, wish, { note, dryRun, figures });
    const { fileName: name, sha256, sheet, encoding, delimiter } = grid;
    const { leftOut, outOfRange } = staged;
    return {
      ...reportOf(written),
      dataset: dataset.id,
      file: { name, sha256, sheet, encoding, delimiter },
      figures: written.figures,
      leftOut,
      outOfRange,
      ...preview,
    };
  });
}
