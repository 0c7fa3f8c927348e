/** How a table writes its figures, and what it prints where there is none. */

import { type NumberFormat, readNumber } from '../numbers.ts';
import { withoutMarks } from '../texts.ts';
import { cellAt, isMarker, looksLikeFigure, markOfFigure, type SampleRow } from './sample.ts';

export interface Figures {
  format: NumberFormat;
  /** `1.234`, where it could be read in another way, too. */
  unsure: string | undefined;
  /** What stands for no figure → how many times. */
  missing: ReadonlyMap<string, number>;
  /** Behind figures. */
  marks: readonly string[];
  /** Texts that are neither, with their lines. */
  strange: readonly { row: number; text: string }[];
  /** Least and greatest of a column. */
  limitsOf: (indexes: readonly number[]) => [low: number, high: number] | undefined;
}

interface Cell {
  row: number;
  index: number;
  text: string;
  /** A number of the workbook: nothing is printed. */
  numeric: boolean;
}

/** Of those that read equally many cells the first: 1.234 is more often 1234 than 1 and a bit, where no cell says otherwise. */
const grouped: readonly NumberFormat[] = [
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
];
const plain: readonly NumberFormat[] = [
  { decimal: '.', thousands: '' },
  { decimal: ',', thousands: '' },
];

export function figuresOf(body: readonly SampleRow[], indexes: readonly number[]): Figures {
  const cells = body.flatMap(({ row, cells, numeric }) =>
    indexes
      .map((index): Cell => ({ row, index, text: cellAt(cells, index), numeric: numeric.has(index) }))
      .filter(({ text }) => text !== ''),
  );
  const marks = [...new Set(cells.flatMap(({ text }) => markOfFigure(text) ?? []))];
  const bare = cells.map((cell) => ({ ...cell, text: withoutMarks(cell.text, marks) }));
  const numbers = bare.filter(({ text }) => looksLikeFigure(text));
  const others = bare.filter(({ text }) => !looksLikeFigure(text));
  const times = countsOf(others.map(({ text }) => text));
  const missing = new Map([...times].filter(([text, count]) => isMarker(text) || count > 1));
  const printed = numbers.filter(({ numeric }) => !numeric).map(({ text }) => text);
  const format = formatOf(printed);
  return {
    format,
    unsure: format.thousands === '' ? undefined : printed.find((text) => isUnsure(text, printed, format)),
    missing,
    marks,
    strange: others.filter(({ text }) => !missing.has(text)).map(({ row, text }) => ({ row, text })),
    limitsOf: (of) =>
      limitsOf(
        numbers.filter(({ index }) => of.includes(index)),
        format,
      ),
  };
}

/** The way of writing that reads most of them. */
function formatOf(printed: readonly string[]): NumberFormat {
  const percent = printed.some((text) => text.endsWith('%'));
  const ways = [
    ...grouped.filter(({ thousands }) =>
      printed.some((text) => text.replace(/\s/gu, ' ').includes(thousands)),
    ),
    ...plain,
  ].map((way) => (percent ? { ...way, percent } : way));
  const read = ways.map((way) => printed.filter((text) => readNumber(text, way) !== undefined).length);
  return ways[read.indexOf(Math.max(...read))] as NumberFormat;
}

/** Where the mark between thousands could be the decimal mark of every figure. */
const isUnsure = (text: string, printed: readonly string[], { thousands, percent = false }: NumberFormat) =>
  (thousands === '.' || thousands === ',') &&
  text.includes(thousands) &&
  printed.every((one) => readNumber(one, { decimal: thousands, thousands: '', percent }) !== undefined);

/** Rounded outwards to two digits of the greater one. */
function limitsOf(cells: readonly Cell[], format: NumberFormat): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { text, numeric } of cells) {
    const value = Number(readNumber(text, numeric ? { decimal: '.', thousands: '' } : format));
    // What cannot be read is told apart.
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const most = Math.max(Math.abs(low), Math.abs(high));
  const step = most === 0 ? 1 : 10 ** (Math.floor(Math.log10(most)) - 1);
  // Descriptions are written without exponents.
  if (!(step > 1e-6 && step < 1e12)) return undefined;
  const rounded = (steps: number) => Number((steps * step).toPrecision(12)) + 0;
  return [rounded(Math.floor(low / step)), rounded(Math.ceil(high / step))];
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
