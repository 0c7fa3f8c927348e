/** The file of a table, opened as its description says, and the header in it. */
import { FaultsError } from '../../errors.ts';
import { type Grid, type GridRow, openGrid } from './grid/grid.ts';
import { headerOf } from './headers.ts';
import type { ReadSpec } from './spec.ts';
import { columnIndex } from './spec-values.ts';
import { tidy } from './texts.ts';

export const openDescribed = async (path: string, read: ReadSpec): Promise<Grid> =>
  unpacked(await openGrid(path, gridOptions(read)), read.spec.file?.unpack);

function gridOptions({ spec: { file = {} } }: ReadSpec) {
  const { encoding, delimiter, sheet } = file;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

/** With as many cells in the place of the first one as it holds. */
function unpacked(grid: Grid, separator: string | undefined): Grid {
  if (separator === undefined) return grid;
  const parted = ({ cells: [first = '', ...rest], ...row }: GridRow): GridRow => ({
    ...row,
    cells: [...first.split(separator), ...rest],
  });
  return {
    ...grid,
    rows: async function* () {
      for await (const batch of grid.rows()) yield batch.map(parted);
    },
  };
}

const unfit = 'The table does not fit its description.';

export interface Header {
  cells: string[];
  /** The last of its lines. */
  line: number;
}

/** Throws a FaultsError where the lines that the description names are blank, or columns that it names are none. */
export async function readHeader({ spec, faultAt }: ReadSpec, grid: Grid): Promise<Header> {
  const { file = {} } = spec;
  const { header, merged = false, headers = {} } = file;
  const wanted = header === undefined ? undefined : [...header].sort((a, b) => a - b);
  const found: GridRow[] = [];
  const last = Math.max(1, ...(wanted ?? []));
  search: for await (const batch of grid.rows()) {
    for (const row of batch) {
      if (wanted === undefined || wanted.includes(row.row)) found.push(row);
      if (row.row >= last) break search;
    }
  }
  const blank = (wanted ?? []).filter((line) => !found.some(({ row }) => row === line));
  if (blank.length > 0) {
    const faults = blank.map((line) =>
      faultAt('no_header', `line ${line} of ${grid.label} is blank, and so no header`, file, 'header'),
    );
    throw new FaultsError(unfit, faults);
  }
  const lines = found.map(({ cells }) => cells);
  const { row: line } = found.at(-1) as GridRow;
  const cells = headerOf(lines, merged);
  const named = Object.entries(headers).map(([letters, text]) => ({
    letters,
    index: columnIndex(letters) as number,
    text,
  }));
  const beyond = named.filter(({ index }) => index >= cells.length);
  if (beyond.length > 0) {
    const faults = beyond.map(({ letters }) =>
      faultAt(
        'no_such_column',
        `the header of ${grid.label} has ${cells.length} columns, and so no column ${letters}`,
        headers,
        letters,
      ),
    );
    throw new FaultsError(unfit, faults);
  }
  for (const { index, text } of named) cells[index] = tidy(text);
  return { cells, line };
}
