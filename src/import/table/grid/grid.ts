/** Any table, CSV or XLSX, as rows of texts: what stands in it is for others to understand. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { requireFile } from '../../regular-file.ts';
import { csvRows, findDelimiter } from './csv.ts';
import { surveyText, textsOf } from './encoding.ts';
import { type Grid, type GridOptions, refuse } from './rows.ts';
import { readSheet, sheetRows } from './xlsx.ts';

export type { Grid, GridOptions, GridRow } from './rows.ts';

/** Of ZIP archives, which workbooks are, and of the older ones that are none. */
const workbookBeginnings = ['504b0304', 'd0cf11e0'];

/**
 * Throws a FaultsError: no such file, no table, nothing in it, not in the encoding that it should be.
 * Of CSV no more than a piece is in memory; a fault in its quotes is thrown by the row that has it.
 */
export async function openGrid(path: string, options: GridOptions = {}): Promise<Grid> {
  const head = await headOf(path);
  const grid = isWorkbook(path, head)
    ? await openWorkbook(path, head, options)
    : await openCsv(path, head, options);
  for await (const _ of grid.rows()) return grid;
  return refuse({ code: 'empty_table', message: 'there is nothing in the table', file: grid.label });
}

async function openWorkbook(path: string, head: Buffer, options: GridOptions): Promise<Grid> {
  const fileName = basename(path);
  const sheet = await readSheet(path, head, options);
  return {
    fileName,
    sha256: await checksumOf(path),
    sheet: sheet.sheet,
    encoding: null,
    delimiter: null,
    label: `${fileName} [${sheet.sheet}]`,
    lastRow: sheet.data.length,
    rows: async function* () {
      yield* sheetRows(sheet);
    },
  };
}

async function openCsv(path: string, head: Buffer, options: GridOptions): Promise<Grid> {
  const file = basename(path);
  if (options.sheet !== undefined) {
    const message = `the spec names the sheet "${options.sheet}", but the file is no workbook`;
    refuse({ code: 'no_such_sheet', message, file });
  }
  if (options.delimiter !== undefined && !/^[^"\r\n]$/.test(options.delimiter)) {
    const message = `the delimiter must be one character, and no quote: "${options.delimiter}" is not`;
    refuse({ code: 'bad_delimiter', message, file });
  }
  const { sha256, encoding, lines } = await surveyText(path, head, options.encoding);
  const delimiter = options.delimiter ?? (await findDelimiter(textsOf(path, encoding)));
  const rows = () => csvRows(file, textsOf(path, encoding), delimiter);
  return { fileName: file, sha256, sheet: null, encoding, delimiter, label: file, lastRow: lines, rows };
}

/** By its bytes, too, since a workbook may bear any name. */
const isWorkbook = (path: string, head: Buffer): boolean =>
  extname(path).toLowerCase() === '.xlsx' || workbookBeginnings.includes(head.toString('hex'));

async function headOf(path: string): Promise<Buffer> {
  try {
    await requireFile(path);
    const handle = await open(path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0).finally(() => handle.close());
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    const message = `${path} cannot be read (${(cause as NodeJS.ErrnoException).code})`;
    return refuse({ code: 'missing_file', message });
  }
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
