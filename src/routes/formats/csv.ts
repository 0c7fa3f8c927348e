/** Lists as CSV (RFC 4180): a row for each record, safe to be opened by a spreadsheet. */
import type { Readable } from 'node:stream';
import { type Column, columnsOfItems, unfold } from './columns.ts';
import { type ListFile, slicesOf, streamOf } from './file.ts';

/** What the values of a list are joined by, and what those of a list within a list. */
export const separators = [';', ','] as const;
/** What is no separator where it stands in a list, and in a list of lists. */
const special = [/[\\;]/g, /[\\;,]/g];
/**
 * A text that begins so is taken for a formula by a spreadsheet, some of which read full-width signs likewise. Text that
 * begins as if it had been made safe is made so too, or who takes the apostrophe away again would take one too many.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const toQuote = /[",\r\n]/;
const lineEnd = '\r\n';

/** A line of RFC 4180. Lines are put together here: a library took as long for them as all else together. */
export const lineOf = (cells: readonly string[]): string => cells.map(quoted).join(',') + lineEnd;

const quoted = (text: string): string => (toQuote.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The file, made as it is read. */
export function csvOf({ operation, labels, pieces }: ListFile): Readable {
  const columns = columnsOfItems(operation, labels);
  const rowOf = (row: unknown): string => lineOf(columns.map((column) => textIn(column, row, safe)));
  return streamOf(
    (async function* () {
      yield lineOf(columns.map(({ name }) => name));
      for await (const { rows } of slicesOf(pieces)) yield unfold(rows, operation.rows).map(rowOf).join('');
    })(),
  );
}

/** A text that could be a formula has an apostrophe before it, also within a list; figures are as they are. */
const safe = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What a cell says that holds one text only; `mark` is for values that are texts by their type. */
export function textIn(
  { type, depth, valueIn }: Column,
  row: unknown,
  mark = (text: string) => text,
): string {
  const write = (value: unknown): string => (type === 'text' ? mark(textOf(value)) : textOf(value));
  return depth === 0 ? write(valueIn(row)) : joined(valueIn(row) as unknown[], depth, write);
}

/** A separator that is part of a value, and a backslash, has a backslash before it. */
function joined(
  values: readonly unknown[],
  depth: number,
  write: (value: unknown) => string,
  level = 0,
): string {
  const escaped = (value: unknown): string => write(value).replace(special[depth - 1] as RegExp, '\\$&');
  return values
    .map((value) => (Array.isArray(value) ? joined(value, depth, write, level + 1) : escaped(value)))
    .join(separators[level]);
}

/** Null is empty; figures and truth values are as in JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
