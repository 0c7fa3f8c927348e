/** Reads a table from a file, CSV or XLSX, as it is: texts by the names of the columns, and where each row stands. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type CsvError, parse } from 'csv-parse/sync';
import readWorkbook, { type CellValue } from 'read-excel-file/node';
import { type Fault, FaultsError, nearest } from '../errors.ts';
import { decodeUtf8 } from '../utf8.ts';
import { RowFaults } from './row-faults.ts';

export interface TableRow {
  /** As a person counts: the row of the sheet, the line of the CSV file. */
  row: number;
  cells: Readonly<Record<string, string>>;
}

export interface TableFile {
  fileName: string;
  sha256: string;
  /** Null for CSV. */
  sheet: string | null;
  /** What faults call it. */
  label: string;
  rows: TableRow[];
}

export interface Columns {
  required: readonly string[];
  optional: readonly string[];
}

/** Rows that are not blank. */
interface Grid {
  sheet: string | null;
  rows: readonly { row: number; texts: readonly string[] }[];
}

/** Throws a FaultsError: no such file, not a table, columns or cells too many or too few, no rows. */
export async function readTableFile(path: string, columns: Columns): Promise<TableFile> {
  const fileName = basename(path);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) =>
    refuse([{ code: 'missing_file', message: `${path} cannot be read (${cause.code})` }]),
  );
  const { sheet, rows: grid } = isWorkbook(path, bytes)
    ? await sheetOf(fileName, bytes, columns)
    : csvOf(fileName, bytes);
  const label = sheet === null ? fileName : `${fileName} [${sheet}]`;
  const [head, ...body] = grid;
  if (!head) return refuse([{ code: 'empty_table', message: 'there is nothing in the table', file: label }]);
  const names = withoutBlankEnd(head.texts);
  const faults = headerFaults({ file: label, line: head.row }, names, columns);
  if (faults.length > 0) refuse(faults);
  if (body.length === 0) {
    refuse([{ code: 'empty_table', message: 'there are columns, but no rows', file: label }]);
  }
  const rows = rowsOf(label, names, body);
  return { fileName, sha256: createHash('sha256').update(bytes).digest('hex'), sheet, label, rows };
}

/** By its bytes, too, since a workbook may bear any name: it is a ZIP archive. */
const isWorkbook = (path: string, bytes: Buffer): boolean =>
  extname(path).toLowerCase() === '.xlsx' || bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));

function csvOf(file: string, bytes: Buffer): Grid {
  const text = decodeUtf8(bytes);
  if (typeof text === 'number') {
    return refuse([{ code: 'invalid_utf8', message: 'the line is not valid UTF-8', file, line: text }]);
  }
  const rows: { row: number; texts: string[] }[] = [];
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // The line that a record ends on; no cell of ours spans lines.
      on_record: (texts: string[], { lines: row }) => {
        rows.push({ row, texts });
        return null;
      },
    });
  } catch (cause) {
    return refuse([{ code: 'csv_syntax', message: (cause as CsvError).message, file }]);
  }
  return { sheet: null, rows: rows.filter(isFilled) };
}

/** The first sheet that has the columns, else the first: its header is then at fault. */
async function sheetOf(file: string, bytes: Buffer, { required }: Columns): Promise<Grid> {
  const sheets = await readWorkbook(bytes).catch(() =>
    refuse([{ code: 'not_a_workbook', message: 'the file is not an XLSX workbook', file }]),
  );
  const grids = sheets.map(({ sheet, data }) => ({
    sheet,
    rows: data.map((cells, index) => ({ row: index + 1, texts: cells.map(textOf) })).filter(isFilled),
  }));
  const fits = ({ rows: [head] }: Grid) => required.every((name) => head?.texts.includes(name));
  return grids.find(fits) ?? (grids[0] as Grid);
}

const isFilled = ({ texts }: { texts: readonly string[] }): boolean => texts.some((text) => text !== '');

/** Spreadsheets hold codes partly as numbers: they come without their leading zeros. */
function textOf(cell: CellValue | null): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}

const withoutBlankEnd = (texts: readonly string[]): readonly string[] =>
  texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);

function headerFaults(
  at: { file: string; line: number },
  names: readonly string[],
  { required, optional }: Columns,
): Fault[] {
  const known = [...required, ...optional];
  const missing = required.filter((name) => !names.includes(name));
  return [
    ...names.flatMap((name, index): Fault[] => {
      if (name === '') return [{ code: 'unknown_column', message: `column ${index + 1} has no name`, ...at }];
      if (names.indexOf(name) < index) {
        return [{ code: 'duplicate_column', message: `two columns are named "${name}"`, ...at }];
      }
      if (known.includes(name)) return [];
      const suggestion = nearest(name, missing);
      const message = `"${name}" is not a column of this table`;
      return [
        { code: 'unknown_column', message, ...at, ...(suggestion === undefined ? {} : { suggestion }) },
      ];
    }),
    ...missing.map((name) => ({ code: 'missing_column', message: `there is no column "${name}"`, ...at })),
  ];
}

function rowsOf(label: string, names: readonly string[], body: Grid['rows']): TableRow[] {
  const faults = new RowFaults(label);
  const rows = body.map(({ row, texts }) => {
    const count = Math.max(withoutBlankEnd(texts).length, Math.min(texts.length, names.length));
    if (count !== names.length) {
      faults.tell('wrong_cells', `the row has ${count} cells, but there are ${names.length} columns`, row);
    }
    return { row, cells: Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ''])) };
  });
  faults.throwAny('The table cannot be read.');
  return rows;
}

function refuse(faults: readonly Fault[]): never {
  throw new FaultsError('The table cannot be read.', faults);
}
