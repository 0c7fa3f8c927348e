/** Sheets of a workbook as XML (SpreadsheetML): what a cell says, and what stands around the rows. */
import type { Row } from '../../queries/types.ts';
import type { Column } from './columns.ts';
import { textOfCell } from './csv.ts';

/** A spreadsheet holds no longer text in a cell. */
const longest = 32_767;
/** Days are numbered from here; the numbers before 1900-03-01 are off by one, since 1900 is taken for a leap year. */
const firstDay = Date.UTC(1899, 11, 30);
const firstRight = Date.UTC(1900, 2, 1);
const dayMs = 86_400_000;

/** Their numbers are places in `cellXfs` of the styles. */
export const styles = { plain: 0, heading: 1, text: 2, date: 3, instant: 4, wrapped: 5 } as const;

/** What a sheet is made of, while its rows are counted. */
export interface Sheet {
  headings: readonly string[];
  widths: readonly number[];
  rows: number;
  /** Cells whose text was too long. */
  cut: number;
}

export const newSheet = (headings: readonly string[], widths: readonly number[]): Sheet => ({
  headings,
  widths,
  rows: 1,
  cut: 0,
});

export function beginningOf({ headings, widths }: Sheet): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const cells = headings.map((heading, index) => textCell(letters(index) + 1, heading, styles.heading));
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`;
}

/** That codes are text is no mistake to be marked with a green corner. */
export function endOf({ headings, rows }: Sheet): string {
  const all = `A1:${letters(headings.length - 1)}${rows}`;
  return `</sheetData><autoFilter ref="${all}"/><ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

/** The records below what the sheet has already. */
export function recordsXml(sheet: Sheet, columns: readonly Column[], records: readonly Row[]): string {
  const writers = columns.map((column, index) => cellXml(sheet, letters(index), column));
  return records
    .map((record) => {
      sheet.rows += 1;
      const cells = writers.map((write) => write(record));
      return `<row r="${sheet.rows}">${cells.join('')}</row>`;
    })
    .join('');
}

/** A row of texts, for people to read. */
export function textsXml(sheet: Sheet, texts: readonly string[]): string {
  sheet.rows += 1;
  const cells = texts.map((text, index) => textCell(`${letters(index)}${sheet.rows}`, text, styles.wrapped));
  return `<row r="${sheet.rows}">${cells.join('')}</row>`;
}

/** How the cells of a column are written in the row that is the sheet's last. Null, and a list without values, is no cell at all. */
function cellXml(sheet: Sheet, letter: string, column: Column): (record: Row) => string {
  const textOf = textOfCell(column);
  const isDay = column.depth === 0 && (column.type === 'date' || column.type === 'instant');
  return (record) => {
    const at = `${letter}${sheet.rows}`;
    const value = column.valueIn(record);
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
    if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
    const day = isDay && dayNumberOf(value);
    if (typeof day === 'number') return `<c r="${at}" s="${styles[column.type as 'date']}"><v>${day}</v></c>`;
    const text = textOf(value);
    if (text.length > longest) sheet.cut += 1;
    return text === '' ? '' : textCell(at, shortened(text), styles.text);
  };
}

/**
 * `undefined` where a spreadsheet has no number for it. A moment is rounded up by less than a tenth of a millisecond:
 * readers that cut off, rather than round, would have the millisecond before.
 */
function dayNumberOf(value: unknown): number | undefined {
  const moment = Date.parse(String(value));
  return moment >= firstRight ? Math.ceil(((moment - firstDay) / dayMs) * 1e9) / 1e9 : undefined;
}

/** What is too long says so where it breaks off, and never in the middle of a character. */
function shortened(text: string): string {
  if (text.length <= longest) return text;
  const mark = ` […] (${text.length} characters, too many for a cell: see the other formats)`;
  return text.slice(0, longest - mark.length).replace(/[\uD800-\uDBFF]$/, '') + mark;
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\t': '\t', '\n': '\n' };
/** What XML cannot hold, or reads as another character; and `_` where it would begin such an escape. */
const unsafe = /[&<>\uFFFE\uFFFF]|[\p{Cc}\p{Cs}]|_(?=x[0-9a-f]{4}_)/giu;

/** Control characters are written as spreadsheets do: a carriage return is `_x000D_`. */
export const escaped = (text: string): string =>
  text.replace(
    unsafe,
    (one) => entities[one] ?? `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );

/** 0 → `A`, 26 → `AA`. */
export const letters = (index: number): string =>
  (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
