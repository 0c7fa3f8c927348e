/** What the released tables look like in SQL, read from the Drizzle tables so that nothing is told twice. */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { compareTexts } from '../lists.ts';
import { type ReleasedTable, type Rows, releasedTables } from './desired.ts';

/** A row as PostgreSQL's `to_jsonb` gives it and `jsonb_populate_recordset` takes it. */
export type StoredRow = Record<string, unknown>;

export interface Layout {
  /** Name in SQL. */
  table: string;
  /** Property → column in SQL, without the release span. */
  columns: readonly (readonly [property: string, column: string])[];
  /** Columns that name a row among the current ones; the first one names the record it belongs to. */
  key: readonly string[];
  /** SQL that holds when the rows `t` and `gone` have one key. */
  sameKey: string;
}

const releaseSpan = ['since_release', 'until_release'];

export const layouts = layoutsOf();

/** In alphabetical order, as they are hashed. */
function layoutsOf(): ReadonlyMap<ReleasedTable, Layout> {
  const tables = Object.keys(releasedTables).filter(isReleased).sort(compareTexts);
  return new Map(tables.map((name) => [name, layoutOf(name)]));
}

function isReleased(name: string): name is ReleasedTable {
  return Object.hasOwn(releasedTables, name);
}

function layoutOf(name: ReleasedTable): Layout {
  const table = releasedTables[name];
  const { name: sqlName, primaryKeys, uniqueConstraints } = getTableConfig(table);
  const inSpan = (column: string) => releaseSpan.includes(column);
  const keys = [...primaryKeys, ...uniqueConstraints].slice(0, 1);
  const columns = keys.flatMap((key) => key.columns).filter(({ name }) => !inSpan(name));
  return {
    table: sqlName,
    columns: Object.entries(getTableColumns(table))
      .map(([property, column]) => [property, column.name] as const)
      .filter(([, column]) => !inSpan(column)),
    key: columns.map(({ name }) => name),
    sameKey: columns.map(equal).join(' and '),
  };
}

/** Null equals nothing, but names a row like any value. */
function equal({ name, notNull }: { name: string; notNull: boolean }): string {
  return `t.${name} ${notNull ? '=' : 'is not distinct from'} gone.${name}`;
}

/** Everything that the tables hold or are to hold, as it is stored. */
export type Tables = ReadonlyMap<ReleasedTable, readonly StoredRow[]>;

export const rowsOf = (tables: Tables, name: ReleasedTable): readonly StoredRow[] => tables.get(name) ?? [];

export function storedTables(rows: Rows): Tables {
  return new Map([...layouts].map(([name, layout]) => [name, storedRows(rows[name], layout)]));
}

/** Member by member: to make each row of a list of its entries takes twice as long. */
function storedRows(list: readonly object[], { columns }: Layout): StoredRow[] {
  return list.map((row) => {
    const stored: StoredRow = {};
    for (const [property, column] of columns) stored[column] = Reflect.get(row, property);
    return stored;
  });
}
