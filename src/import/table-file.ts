/** Reads a table whose columns are known, CSV or XLSX, as it is: texts by the names of the columns, and where each row stands. */
import { type Fault, nearest } from '../errors.ts';
import { RowFaults } from './row-faults.ts';
import { openGrid } from './table/grid/grid.ts';
import { refuse } from './table/grid/rows.ts';

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

/** Throws a FaultsError: no such file, not a table, columns or cells too many or too few, no rows. */
export async function readTableFile(path: string, columns: Columns): Promise<TableFile> {
  const { fileName, sha256, sheet, label, ...grid } = await openGrid(path, {
    encoding: 'utf-8',
    header: columns.required,
  });
  const rows: TextRow[] = [];
  for await (const batch of grid.rows()) {
    rows.push(...batch.map(({ row, cells }) => ({ row, texts: cells.map((text) => text.trim()) })));
  }
  const [head, ...body] = rows as [TextRow, ...TextRow[]];
  const names = withoutBlankEnd(head.texts);
  const faults = headerFaults({ file: label, line: head.row }, names, columns);
  if (faults.length > 0) refuse(...faults);
  if (body.length === 0) {
    refuse({ code: 'empty_table', message: 'there are columns, but no rows', file: label });
  }
  return { fileName, sha256, sheet, label, rows: rowsOf(label, names, body) };
}

interface TextRow {
  row: number;
  texts: readonly string[];
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

function rowsOf(label: string, names: readonly string[], body: readonly TextRow[]): TableRow[] {
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
