/** The beginning of a table that nobody has described yet, and what its texts look like one by one. */
import { FaultsError } from '../../../errors.ts';
import { type Grid, openGrid } from '../grid/grid.ts';
import { tidy } from '../texts.ts';

/** So that a table of any size is looked at in the same memory; what a table is like shows early. */
export const rowsLookedAt = 2000;

export interface SampleRow {
  row: number;
  /** Tidied. */
  cells: readonly string[];
  numeric: ReadonlySet<number>;
}

export interface Sample {
  grid: Grid;
  rows: readonly SampleRow[];
  /** The file is not UTF-8, and nothing in it says what it is instead. */
  encodingAssumed: boolean;
}

/** Rows may be shorter than the header. */
export const cellAt = (cells: readonly string[], index: number): string => cells[index] ?? '';

/** Throws a FaultsError where the file cannot be read as a table at all. */
export async function sampleOf(path: string, options: { sheet?: string }): Promise<Sample> {
  const { grid, encodingAssumed } = await openAnyhow(path, options);
  const rows: SampleRow[] = [];
  for await (const batch of grid.rows()) {
    for (const { row, cells, numeric = new Set<number>() } of batch) {
      rows.push({ row, cells: cells.map(tidy), numeric });
    }
    if (rows.length >= rowsLookedAt) break;
  }
  return { grid, rows: rows.slice(0, rowsLookedAt), encodingAssumed };
}

/** Old exports say nothing of their encoding: what fits without a fault is tried, and said. */
async function openAnyhow(path: string, options: { sheet?: string }) {
  try {
    return { grid: await openGrid(path, options), encodingAssumed: false };
  } catch (error) {
    const old = 'encoding: windows-1252';
    if (!(error instanceof FaultsError && error.faults.some(({ suggestion }) => suggestion === old)))
      throw error;
    return { grid: await openGrid(path, { ...options, encoding: 'windows-1252' }), encodingAssumed: true };
  }
}

const number = /^[-+\u2212]?[.,]?\d[\d.,' \u00a0\u202f]*(?:e[-+]?\d+)?\s?%?$/i;
/** What tables print where they have no figure; anything else has to recur before it is taken for that. */
const markers = new Set(
  ['. .. ... … - -- – — : x NA N/A n/a na n.a. #N/A null NULL NaN nan'].flatMap((line) => line.split(' ')),
);

export const isMarker = (text: string): boolean => markers.has(text);

/** In some way of writing numbers, with a mark of a footnote or without. */
export const looksLikeFigure = (text: string): boolean => number.test(bareFigure(text));

/** Without a mark of a footnote. */
export const bareFigure = (text: string): string => text.replace(figureMark, '').trimEnd();

/** Behind a figure also `a)` and `1)`, which behind a name would rather be part of it. */
const figureMark = /(?<=[\d%] ?)(?:\(\*+\)|\*+|\([\da-z]\)|[a-z]\)|[¹²³⁴⁵†‡])$/u;
const nameMark = /(?<=\S ?)(?:\(\*+\)|\*+|(?<= )\([\da-z]\)|[¹²³⁴⁵†‡])$/u;

export const markOfFigure = (text: string): string | undefined => {
  const mark = figureMark.exec(text)?.[0];
  return mark !== undefined && looksLikeFigure(text) ? mark : undefined;
};
export const markOfName = (text: string): string | undefined => nameMark.exec(text)?.[0];
