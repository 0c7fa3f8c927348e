/**
 * A sheet of a workbook as rows of texts. Of merged cells all but the first are empty; an error is its
 * text (`#REF!`), a percentage the number behind it (12,5 % is 0.125), a formula its last result.
 */
import { basename } from 'node:path';
import readWorkbook, { type CellValue, type Row, type Sheet } from 'read-excel-file/node';
import { nearest } from '../../../errors.ts';
import { type GridOptions, type GridRow, isFilled, refuse, rowsOfBatch, suggested } from './rows.ts';
import { safeArchive, TooLarge } from './zip.ts';

const oldWorkbook = 'd0cf11e0';

/** Throws a FaultsError: no workbook, too large a one, no such sheet. */
export async function readSheet(
  path: string,
  head: Buffer,
  { sheet: name, header = [] }: Pick<GridOptions, 'sheet' | 'header'>,
): Promise<Sheet> {
  const file = basename(path);
  if (head.toString('hex').startsWith(oldWorkbook)) {
    const message =
      'the file is an old workbook (.xls), or one with a password: save it as XLSX without a password, or as CSV';
    return refuse({ code: 'not_a_workbook', message, file });
  }
  const sheets = await sheetsOf(path, file);
  if (name === undefined) {
    const filled = sheets.filter(({ data }) => data.some(hasValue));
    return filled.find((one) => hasHeader(one, header)) ?? filled[0] ?? (sheets[0] as Sheet);
  }
  const sheet = sheets.find((one) => one.sheet === name);
  if (sheet) return sheet;
  const names = sheets.map((one) => one.sheet);
  const message = `the workbook has no sheet "${name}", but ${names.map((one) => `"${one}"`).join(', ')}`;
  return refuse({ code: 'no_such_sheet', message, file, ...suggested(nearest(name, names)) });
}

async function sheetsOf(path: string, file: string): Promise<Sheet[]> {
  try {
    const sheets = await readWorkbook(await safeArchive(path), { trim: false });
    // Of a sheet that is a chart the reader has no data, whatever its types say.
    return sheets.map(({ sheet, data }) => ({ sheet, data: data ?? [] }));
  } catch (cause) {
    const { message: reason } = cause as Error;
    if (cause instanceof TooLarge) {
      return refuse({ code: 'workbook_too_large', message: `the workbook is too large: ${reason}`, file });
    }
    // The reader stumbles over what it does not expect: that tells nobody anything.
    const why = cause instanceof TypeError ? '' : ` (${reason})`;
    const message = `the file is not an XLSX workbook, or a damaged one${why}`;
    return refuse({ code: 'not_a_workbook', message, file });
  }
}

/** Rows that are not blank. */
export function* sheetRows({ data }: Sheet): Generator<readonly GridRow[]> {
  for (let start = 0; start < data.length; start += rowsOfBatch) {
    const rows = data
      .slice(start, start + rowsOfBatch)
      .map((cells, index) => ({
        row: start + index + 1,
        cells: cells.map(textOf),
        numeric: new Set(cells.flatMap((cell, place) => (typeof cell === 'number' ? [place] : []))),
      }))
      .filter(({ cells }) => isFilled(cells));
    if (rows.length > 0) yield rows;
  }
}

const hasHeader = ({ data }: Sheet, header: readonly string[]): boolean => {
  const texts = data.find(hasValue)?.map((cell) => textOf(cell).trim());
  return header.every((name) => texts?.includes(name));
};

const hasValue = (cells: Row): boolean => isFilled(cells.map(textOf));

function textOf(cell: CellValue | null): string {
  if (cell === null) return '';
  return cell instanceof Date ? dayOf(cell) : String(cell);
}

/** A serial number may be beyond all days. */
const dayOf = (date: Date): string =>
  Number.isNaN(date.getTime()) ? String(date) : date.toISOString().replace(/T.*/, '');
