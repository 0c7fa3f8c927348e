/** Which lines of a table are its title, which its header, and where its figures begin. */
import { refuse } from '../grid/rows.ts';
import { headerOf } from '../headers.ts';
import { bareFigure, cellAt, isMarker, looksLikeFigure, type Sample, type SampleRow } from './sample.ts';
import { formOfTimes, isYear, timesIn } from './times.ts';

export interface Layout {
  /** The first text above the header. */
  title: string | undefined;
  /** Lines of the header. */
  lines: readonly number[];
  /** A blank cell of its upper lines is part of the one before. */
  merged: boolean;
  /** One for each column. */
  headers: readonly string[];
  /** The rows below the header. */
  body: readonly SampleRow[];
}

const mostHeaderLines = 4;

/** Throws a FaultsError where nothing looks like figures below a header. */
export function layoutOf({ rows, grid: { label } }: Sample): Layout {
  const columns = figureColumnsOf(rows);
  const start = rows.findIndex(({ cells }) => hasFigures(cells, columns));
  if (start < 0) {
    const message = `none of the first ${rows.length} rows has figures: is it a table?`;
    return refuse({ code: 'no_figures', message, file: label });
  }
  if (start === 0) {
    const message =
      'the first row has figures already: a table needs a header above them, which names the columns';
    return refuse({ code: 'no_header', message, file: label, line: Math.min(...rows.map(({ row }) => row)) });
  }
  const body = rows.slice(start);
  const { header, merged } = headerAbove(rows.slice(0, start), body);
  const above = rows.slice(0, start - header.length);
  return {
    title: above.flatMap(({ cells }) => cells.filter((cell) => cell !== ''))[0],
    lines: header.map(({ row }) => row),
    merged,
    headers: headerOf(
      header.map(({ cells }) => cells),
      merged,
    ),
    body,
  };
}

/** Those of which at least half of the cells look like figures, or stand for one that is missing. */
function figureColumnsOf(rows: readonly SampleRow[]): Set<number> {
  const filled = new Map<number, number>();
  const figures = new Map<number, number>();
  for (const { cells } of rows) {
    for (const [index, cell] of cells.entries()) {
      if (cell === '') continue;
      filled.set(index, (filled.get(index) ?? 0) + 1);
      if (isFigureOrNone(cell)) figures.set(index, (figures.get(index) ?? 0) + 1);
    }
  }
  const usual = [...filled].filter(([index, count]) => 2 * (figures.get(index) ?? 0) >= count);
  return new Set(usual.map(([index]) => index));
}

const isFigureOrNone = (cell: string): boolean => isMarker(cell) || looksLikeFigure(cell);

/** A header may have years in most of its cells, but no other numbers. */
function hasFigures(cells: readonly string[], columns: ReadonlySet<number>): boolean {
  const filled = cells.filter((cell, index) => cell !== '' && columns.has(index));
  const figures = filled.filter(isFigureOrNone);
  return 2 * figures.length >= filled.length && figures.some((cell) => !isYear(bareFigure(cell)));
}

/** As few lines as name every column, each by a name of its own, and their time if the table prints it above. */
function headerAbove(
  above: readonly SampleRow[],
  body: readonly SampleRow[],
): { header: readonly SampleRow[]; merged: boolean } {
  const used = usedColumns(body);
  const candidates = [1, 2, 3, mostHeaderLines]
    .filter((count) => count <= above.length)
    .map((count) => above.slice(-count))
    .filter((lines) => lines.slice(0, -1).every(({ cells }) => isUpperLine(cells)))
    .map((header) => {
      const lines = header.map(({ cells }) => cells);
      const merged = lines.slice(0, -1).some((line) => hasGap(line, used));
      return { header, merged, lacks: lacksOf(headerOf(lines, merged), used, body) };
    });
  const least = Math.min(...candidates.map(({ lacks }) => lacks));
  return candidates.find(({ lacks }) => lacks === least) as (typeof candidates)[number];
}

const usedColumns = (body: readonly SampleRow[]): number[] => [
  ...new Set(body.flatMap(({ cells }) => [...cells.keys()].filter((index) => cells[index] !== ''))),
];

/** A title or the unit of all figures is one cell by itself. */
function isUpperLine(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 1 || (cells[0] === '' && filled.some((cell) => timesIn(cell).length > 0));
}

const hasGap = (line: readonly string[], used: readonly number[]): boolean => {
  const first = line.findIndex((cell) => cell !== '');
  return used.some((index) => index > first && cellAt(line, index) === '');
};

/** Columns without a name, or with that of another; and one more where no time is said. */
function lacksOf(headers: readonly string[], used: readonly number[], body: readonly SampleRow[]): number {
  const names = used.map((index) => cellAt(headers, index)).filter((name) => name !== '');
  const timed =
    names.some((name) => timesIn(name).length > 0) ||
    used.some((index) => timeFormOf(body, index) !== undefined);
  return used.length - new Set(names).size + (timed ? 0 : 1);
}

/** How a column writes the time, where it holds nothing else. */
export function timeFormOf(body: readonly SampleRow[], index: number): string | undefined {
  return formOfTimes(body.map(({ cells }) => cellAt(cells, index)).filter((cell) => cell !== ''));
}
