/** Records as rows of a table: a column for each member, those of nested members joined by `_`. */
import type { TSchema } from 'typebox';
import type { Row } from '../../queries/types.ts';
import type { Operation } from '../../schema/operations.ts';

export type CellType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'instant' | 'json';

export interface Column {
  name: string;
  /** The member of the record that it lies in: where that is null, so is all that lies in it. */
  member: string;
  type: CellType;
  /** How many lists the value lies in: 0 none, 1 a list of values, 2 a list of lists. */
  depth: number;
  /** Whether it may be null where it lies in no list; a list is never null. */
  nullable: boolean;
  /** What the member says, for metadata. */
  description: string;
  /** The value in a row: of the type, null, or lists of such. */
  valueIn: (row: unknown) => unknown;
  /** The same value, in what the member holds. */
  valueInMember: (member: unknown) => unknown;
}

interface Described {
  type?: string;
  format?: string;
  enum?: unknown[];
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
  required?: string[];
  title?: string;
  description?: string;
}

interface TableOptions {
  /** Whether a language is asked for: only then names have labels. */
  labels?: boolean;
  /** The member that there is a row for each value of. */
  rows?: string | undefined;
}

/** `{from: {code}, changes: [{kind}]}` → `from_code`, `changes_kind`, the latter a list. */
export function columnsOf(shape: TSchema, { labels = false, rows }: TableOptions = {}): Column[] {
  const { properties = {}, required = [] } = shape as Described;
  const unfolded = Object.entries(properties).map(([name, member]) =>
    name === rows && member.items ? [name, member.items] : [name, member],
  );
  return columnsIn({ properties: Object.fromEntries(unfolded), required }, labels);
}

/** What the values are, in words. */
export const kindOf = ({ type, depth }: Column): string =>
  `${['', 'list of ', 'list of lists of '][depth]}${type}`;

/** The columns of the items of an operation, whose rows `unfold` makes. */
export const columnsOfItems = ({ of, rows }: Pick<Operation, 'of' | 'rows'>, labels: boolean): Column[] =>
  columnsOf(of, { labels, rows });

/** Of records the rows of a table: for each value of the member `rows` one, with that value in its place. */
export function unfold(records: readonly Row[], rows: string | undefined): readonly Row[] {
  if (rows === undefined) return records;
  return records.flatMap((record) =>
    (record[rows] as unknown[]).map((value) => ({ ...record, [rows]: value })),
  );
}

function columnsIn(schema: Described, labels: boolean): Column[] {
  const { anyOf, items, properties, required = [], title } = schema;
  if (anyOf) return columnsIn({ ...picked(anyOf), ...describedBy(schema) }, labels).map(nullableToo);
  if (items) {
    return columnsIn({ ...items, ...describedBy(schema) }, labels).map(({ depth, valueIn, ...column }) => ({
      ...column,
      depth: depth + 1,
      nullable: false,
      valueIn: (list) => ((list ?? []) as unknown[]).map(valueIn),
    }));
  }
  if (!properties) return [leaf(schema)];
  return Object.entries(properties)
    .filter(([name]) => labels || title !== 'Names' || name !== 'label')
    .flatMap(([member, inner]) => {
      const columns = columnsIn(inner, labels).map((column) => within(member, column));
      return required.includes(member) ? columns : columns.map(nullableToo);
    });
}

const nullableToo = (column: Column): Column => ({ ...column, nullable: column.depth === 0 });

/** Of what a value may be, what it is unless it is null. */
const picked = (options: readonly Described[]): Described =>
  options.find(({ type }) => type !== 'null') as Described;

/** A description of the whole goes before that of a part. */
const describedBy = ({ description }: Described): Described =>
  description === undefined ? {} : { description };

const within = (member: string, { name, valueIn, ...column }: Column): Column => ({
  ...column,
  name: name === '' ? member : `${member}_${name}`,
  member,
  valueIn: (value) => valueIn((value as Row | null)?.[member] ?? null),
  valueInMember: valueIn,
});

const itself = (value: unknown): unknown => value;

const leaf = (schema: Described): Column => ({
  name: '',
  member: '',
  type: typeOf(schema),
  depth: 0,
  nullable: false,
  description: schema.description as string,
  valueIn: itself,
  valueInMember: itself,
});

function typeOf({ type, format, enum: words }: Described): CellType {
  if (format === 'date') return 'date';
  if (format === 'date-time') return 'instant';
  if (type === 'string' || words) return 'text';
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'json';
}
