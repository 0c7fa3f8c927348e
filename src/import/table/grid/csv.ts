/** CSV as RFC 4180 has it, strictly, with any delimiter: which one, and its rows with the lines that they begin on. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { type GridRow, isFilled, refuse, rowsOfBatch } from './rows.ts';

/** Characters of one record; what is longer has lost a quote. */
const longestRecord = 1_048_576;
/** Of equally good ones the first: a comma may also be a decimal mark, or part of a text. */
const delimiters = [';', '\t', '|', ','];
const linesAsked = 50;
const sampleLength = 262_144;

/** Of a file without any that makes cells, a comma: it has one column. */
export async function findDelimiter(texts: AsyncIterable<string>): Promise<string> {
  let sample = '';
  for await (const text of texts) {
    sample += text;
    if (sample.length > sampleLength) break;
  }
  // What is between quotes goes, the quotes stay, so that a title in quotes is no blank line.
  const outside = sample.split('"').filter((_, index) => index % 2 === 0);
  const lines = outside
    .join('"')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, linesAsked);
  const shares = delimiters.map((delimiter) => shareOf(lines.map((line) => line.split(delimiter).length)));
  const best = Math.max(...shares);
  return best === 0 ? ',' : (delimiters[shares.indexOf(best)] as string);
}

/** How many lines have the number of cells, above one, that most of them have. */
function shareOf(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 1) times.set(count, (times.get(count) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

/** Rows that are not blank. Throws a FaultsError where a quote stands that should not, or lacks its end. */
export async function* csvRows(
  file: string,
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<readonly GridRow[]> {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    max_record_size: longestRecord,
  });
  // Who has seen enough ends it early, and what goes wrong is heard of below.
  pipeline(Readable.from(texts), parser).catch(() => undefined);
  // Of the record that comes next: the line that it begins on.
  let line = 1;
  let rows: GridRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (isFilled(cells)) rows.push({ row: line, cells });
      line += linesOf(cells);
      if (rows.length < rowsOfBatch) continue;
      yield rows;
      rows = [];
    }
  } catch (cause) {
    const message = cause instanceof CsvError ? problems[cause.code] : undefined;
    if (message === undefined) throw cause;
    refuse({ code: 'csv_syntax', message, file, line });
  }
  if (rows.length > 0) yield rows;
}

/** The parser's words speak to programmers. */
const problems: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a cell in quotes has no end: is the file cut off?',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'a cell goes on after its closing quote',
  CSV_MAX_RECORD_SIZE: `the record is longer than ${longestRecord} characters: does a cell in quotes lack its end?`,
};

const linesOf = (cells: readonly string[]): number =>
  cells.reduce((lines, cell) => (cell.includes('\n') ? lines + cell.split('\n').length - 1 : lines), 1);
