/**
 * CSV as RFC 4180 has it, strictly, with any delimiter. By hand: csv-parse tells the lines of records
 * only at half its speed, counts a Windows line end within a cell twice, and of rows with unlike
 * numbers of cells reads a tenth as many in a second.
 */
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
  const reader = new Reader(file, delimiter);
  for await (const text of texts) yield* reader.read(text);
  yield* reader.end();
}

class Reader {
  readonly #file: string;
  readonly #delimiter: string;
  /** From a record that has no end yet. */
  #rest = '';
  #line = 1;

  constructor(file: string, delimiter: string) {
    this.#file = file;
    this.#delimiter = delimiter;
  }

  *end(): Generator<readonly GridRow[]> {
    if (this.#rest === '') return;
    yield* this.read('\n');
    if (this.#rest !== '') this.#refuse('a cell in quotes has no end: is the file cut off?');
  }

  *read(more: string): Generator<readonly GridRow[]> {
    const text = this.#rest + more;
    let rows: GridRow[] = [];
    let at = 0;
    let quote = nextOf(text, '"', 0);
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
      if (quote < at) quote = nextOf(text, '"', at);
      let cells: readonly string[];
      let lines = 1;
      if (quote > end) {
        cells = text.slice(at, end).split(this.#delimiter);
      } else {
        const record = this.#quotedRecord(text, at);
        if (record === undefined) break;
        ({ cells, end, lines } = record);
      }
      if (isFilled(cells)) rows.push({ row: this.#line, cells });
      at = end + 1;
      this.#line += lines;
      if (rows.length === rowsOfBatch) {
        yield rows;
        rows = [];
      }
    }
    this.#rest = text.slice(at);
    if (rows.length > 0) yield rows;
    if (this.#rest.length > longestRecord) {
      this.#refuse(
        `the record is longer than ${longestRecord} characters: does a cell in quotes lack its end?`,
      );
    }
  }

  /** Undefined where the text ends before the record does. */
  #quotedRecord(text: string, start: number): { cells: string[]; end: number; lines: number } | undefined {
    const cells: string[] = [];
    let lines = 1;
    for (let at = start; at < text.length; at += 1) {
      let cell: string;
      if (text[at] === '"') {
        const close = closingQuote(text, at);
        if (close === -1) return undefined;
        cell = text.slice(at + 1, close).replaceAll('""', '"');
        lines += cell.split('\n').length - 1;
        at = close + 1;
      } else {
        const end = Math.min(nextOf(text, this.#delimiter, at), nextOf(text, '\n', at));
        cell = text.slice(at, end);
        if (cell.includes('"')) this.#refuse('a quote stands within a cell that does not begin with one');
        at = end;
      }
      cells.push(cell);
      if (text[at] === '\n') return { cells, end: at, lines };
      if (at < text.length && text[at] !== this.#delimiter) {
        this.#refuse('a cell goes on after its closing quote');
      }
    }
    return undefined;
  }

  #refuse(message: string): never {
    return refuse({ code: 'csv_syntax', message, file: this.#file, line: this.#line });
  }
}

/** Where it stands next, or the end of the text. */
function nextOf(text: string, searched: string, from: number): number {
  const index = text.indexOf(searched, from);
  return index === -1 ? text.length : index;
}

/** Two quotes within a cell are one that closes nothing. -1: there is none. */
function closingQuote(text: string, opening: number): number {
  let close = text.indexOf('"', opening + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}
