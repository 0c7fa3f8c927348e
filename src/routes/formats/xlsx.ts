/** Lists as a workbook (XLSX): a row for each record, compressed and sent while the next ones are read. */
import { finished, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Row } from '../../queries/types.ts';
import { aboutOf } from './about.ts';
import { type Column, columnsOfItems, kindOf } from './columns.ts';
import { batchesOf, type ListFile, streamOf } from './file.ts';
import { partsOf, pathOfSheet } from './xlsx-parts.ts';
import { beginningOf, endOf, newSheet, recordsXml, type Sheet, textsXml } from './xlsx-sheet.ts';

const rowsOfBatch = 250;
/** A sheet ends at row 1,048,576, of which the first has the names of the columns. */
const batchesOfSheet = Math.floor(1_048_575 / rowsOfBatch);

/** Nothing in the file says when it was made: the same answer is the same bytes. */
const entry = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true } as const;

/** The file, made as it is read; `most` batches are in a sheet. */
export const xlsxOf = (file: ListFile, most: number = batchesOfSheet): Readable =>
  streamOf(zipped(file, most));

/** Nothing begins before the reader asks for it. */
async function* zipped(file: ListFile, most: number): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const sent = zip.outputStream as Readable;
  const batches = batchesOf(file, rowsOfBatch);
  const add: Add = (path, parts) =>
    new Promise((resolve, reject) => {
      zip.addReadStreamLazy(path, entry, (give) => {
        const source = Readable.from(parts);
        // Who is gone takes no more: what is read for him ends too.
        sent.once('close', () => source.destroy());
        finished(source, (cause) => (cause ? reject(cause) : resolve()));
        give(null, source);
      });
    });
  addAll(file, batches, add, most)
    .then(() => zip.end())
    .catch((cause: Error) => sent.destroy(cause))
    .finally(() => batches.return(undefined));
  yield* sent;
}

type Add = (path: string, parts: AsyncIterable<string>) => Promise<void>;

/** The records first, since nobody knows how many sheets they need; then what the columns and the file are. */
async function addAll(file: ListFile, batches: AsyncGenerator<Row[]>, add: Add, most: number): Promise<void> {
  const columns = columnsOfItems(file.operation, file.labels);
  const names: string[] = [];
  const addSheet = (name: string, parts: AsyncIterable<string>): Promise<void> => {
    names.push(name);
    return add(pathOfSheet(names.length), parts);
  };
  let cut = 0;
  for (let next = await batches.next(); names.length === 0 || !next.done; ) {
    const sheet = newSheet(
      columns.map(({ name }) => name),
      columns.map(widthOf),
    );
    const records = async function* (): AsyncGenerator<string> {
      yield beginningOf(sheet);
      for (let count = 0; !next.done && count < most; count += 1, next = await batches.next()) {
        yield recordsXml(sheet, columns, next.value);
      }
      yield endOf(sheet);
    };
    await addSheet(names.length === 0 ? file.name : `${file.name} ${names.length + 1}`, records());
    cut += sheet.cut;
  }
  await addSheet('columns', textSheet(columnsSheet, describedColumns(columns)));
  await addSheet('about', textSheet(aboutSheet, describedFile(file, cut)));
  for (const [path, xml] of Object.entries(partsOf(names))) await add(path, once(xml));
}

const columnsSheet = { headings: ['column', 'type', 'description'], widths: [40, 20, 100] };
const aboutSheet = { headings: ['name', 'value'], widths: [20, 120] };

const describedColumns = (columns: readonly Column[]): string[][] =>
  columns.map((column) => [column.name, kindOf(column), column.description]);

const notes = [
  'An empty cell is null, or a list without values.',
  'Values of a list are joined by a semicolon, those of a list within a list by a comma. Of a value, these and the backslash have a backslash before them.',
  'Dates before 1900-03-01, which spreadsheets do not number rightly, are text. Moments are in UTC.',
];

const describedFile = (file: ListFile, cut: number): string[][] => [
  ...Object.entries(aboutOf(file, 'xlsx')),
  ...notes.map((note) => ['note', note]),
  ['cells cut', `${cut} (a cell holds 32,767 characters; a text that was cut ends with its length)`],
];

async function* textSheet(
  { headings, widths }: Pick<Sheet, 'headings' | 'widths'>,
  rows: readonly (readonly string[])[],
): AsyncGenerator<string> {
  const sheet = newSheet(headings, widths);
  yield beginningOf(sheet) + rows.map((row) => textsXml(sheet, row)).join('') + endOf(sheet);
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const widths = { text: 24, number: 14, integer: 10, boolean: 8, date: 12, instant: 24, json: 24 };

/** As wide as its name, at least. */
const widthOf = ({ name, type, depth }: Column): number =>
  Math.max(depth === 0 ? widths[type] : widths.text, name.length + 4);
