/** Lists as CSV (RFC 4180): columns from the shape of the item, nested members joined by `_`. */
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { TSchema } from 'typebox';
import type { Piece } from '../queries/answer.ts';
import type { Row } from '../queries/types.ts';

export const csvMediaType = 'text/csv; charset=utf-8; header=present';

interface Described {
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
  title?: string;
}

/** A column: its name, and from an item the text of its cell. */
interface Column {
  name: string;
  cell: (value: unknown) => string;
}

/** What the values of a list are joined by, as in an address by commas. */
const listSeparator = ';';

/** `{from: {code}, changes: [{kind}]}` → `from_code`, `changes_kind`. */
export function columnsOf(shape: TSchema | Described, labels: boolean): Column[] {
  const { anyOf, items, properties, title } = shape as Described;
  const inner = anyOf?.find((option) => columnsOf(option, labels).some(({ name }) => name !== ''));
  if (inner) return columnsOf(inner, labels);
  if (items) {
    return columnsOf(items, labels).map(({ name, cell }) => ({
      name,
      cell: (list) => ((list ?? []) as unknown[]).map(cell).join(listSeparator),
    }));
  }
  if (!properties) return [{ name: '', cell: textOf }];
  // A label is there only where a language is asked for.
  const members = Object.entries(properties).filter(
    ([name]) => labels || title !== 'Names' || name !== 'label',
  );
  return members.flatMap(([member, schema]) =>
    columnsOf(schema, labels).map(({ name, cell }) => ({
      name: name === '' ? member : `${member}_${name}`,
      cell: (value) => cell((value as Row | null)?.[member]),
    })),
  );
}

/** Null is empty; figures and truth values are as in JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The file, made as it is read. */
export function csvOf(shape: TSchema, labels: boolean, pieces: AsyncIterable<Piece>): Readable {
  const columns = columnsOf(shape, labels);
  const lines = stringify({
    header: true,
    columns: columns.map(({ name }) => name),
    record_delimiter: '\r\n',
  });
  const rows = async function* (): AsyncGenerator<string[]> {
    for await (const { rows: some } of pieces)
      for (const row of some) yield columns.map(({ cell }) => cell(row));
  };
  // A failure on either side ends the other; whoever reads the file hears of it.
  return pipeline(Readable.from(rows()), lines, () => undefined);
}
