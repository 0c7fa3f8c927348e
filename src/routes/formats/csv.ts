/** Lists as CSV (RFC 4180): a row for each record, safe to be opened by a spreadsheet. */
import type { Readable } from 'node:stream';
import { groupBy } from '../../lists.ts';
import { isShared } from '../../queries/answer.ts';
import type { Row } from '../../queries/types.ts';
import { type Column, columnsOfItems, unfold } from './columns.ts';
import { type ListFile, slicesOf, streamOf } from './file.ts';

/** What the values of a list are joined by, and what those of a list within a list. */
export const separators = [';', ','] as const;
/** What is no separator where it stands in a list, and in a list of lists. */
const special = [/[\\;]/, /[\\;,]/];
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
  const rowOf = rowWriter(columns);
  return streamOf(
    (async function* () {
      yield lineOf(columns.map(({ name }) => name));
      for await (const { rows } of slicesOf(pieces)) yield unfold(rows, operation.rows).map(rowOf).join('');
    })(),
  );
}

/** Of the columns of a member that is null none is looked at: they are many, and in most records most of them are. */
function rowWriter(columns: readonly Column[]): (row: Row) => string {
  const members = [...groupBy(columns, ({ member }) => member)].map(([member, group]) => ({
    member,
    write: memberWriter(group.map(cellWriter)),
    empty: ','.repeat(group.length - 1),
  }));
  return (row) =>
    members
      .map(({ member, write, empty }) => {
        const value = row[member] ?? null;
        return value === null ? empty : write(value);
      })
      .join(',') + lineEnd;
}

/** All cells of a member. Those of a value that many records share are made once. */
function memberWriter(cells: readonly ((member: unknown) => string)[]): (member: unknown) => string {
  const made = new WeakMap<object, string>();
  const write = (member: unknown): string => cells.map((one) => one(member)).join(',');
  return (member) => {
    if (typeof member !== 'object' || member === null || !isShared(member)) return write(member);
    const text = made.get(member) ?? write(member);
    made.set(member, text);
    return text;
  };
}

/** Figures, dates and truth values need no quotes. */
function cellWriter(column: Column): (member: unknown) => string {
  const { type, depth, valueInMember: valueIn } = column;
  const textOf = textOfCell(column, safe);
  const bare = depth === 0 && type !== 'text' && type !== 'json';
  return bare ? (member) => textOf(valueIn(member)) : (member) => quoted(textOf(valueIn(member)));
}

/** A text that could be a formula has an apostrophe before it, also within a list; figures are as they are. */
const safe = (text: string): string => (formula.test(text) ? `'${text}` : text);

/**
 * What the cells of a column say of its values where they hold one text only, made ready once for many; `mark` is for
 * values that are texts by their type.
 */
export function textOfCell(
  { type, depth }: Pick<Column, 'type' | 'depth'>,
  mark = (text: string) => text,
): (value: unknown) => string {
  const write = type === 'text' ? (value: unknown): string => mark(plain(value)) : plain;
  if (depth === 0) return write;
  const escaped = escapedIn(special[depth - 1] as RegExp, write);
  return (values) => joined(values as unknown[], escaped, 0);
}

/** A separator that is part of a value, and a backslash, has a backslash before it. */
function escapedIn(signs: RegExp, write: (value: unknown) => string): (value: unknown) => string {
  const every = new RegExp(signs, 'g');
  return (value) => {
    const text = write(value);
    return signs.test(text) ? text.replace(every, '\\$&') : text;
  };
}

function joined(values: readonly unknown[], write: (value: unknown) => string, level: number): string {
  return values
    .map((value) => (Array.isArray(value) ? joined(value, write, level + 1) : write(value)))
    .join(separators[level]);
}

/** Null is empty; figures and truth values are as in JSON. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
