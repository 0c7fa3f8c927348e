/** What the released tables look like in SQL, read from the Drizzle tables so that nothing is told twice. */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { type Desired, type SeededTable, seededTables } from './desired.ts';
import { compareTexts } from './lists.ts';

/** A row as PostgreSQL's `to_jsonb` gives it and `jsonb_populate_recordset` takes it. */
export type StoredRow = Record<string, unknown>;

export interface Layout {
  /** Name in SQL. */
  table: string;
  /** Property → column in SQL, without the release span. */
  columns: readonly (readonly [property: string, column: string])[];
  /** Columns that name a row among the current ones; the first one names the record it belongs to. */
  key: readonly string[];
}

const releaseSpan = ['since_release', 'until_release'];

export const layouts = layoutsOf();

/** In alphabetical order, as they are hashed. */
function layoutsOf(): ReadonlyMap<SeededTable, Layout> {
  const tables = Object.keys(seededTables).filter(isSeeded).sort(compareTexts);
  return new Map(tables.map((name) => [name, layoutOf(name)]));
}

function isSeeded(name: string): name is SeededTable {
  return Object.hasOwn(seededTables, name);
}

function layoutOf(name: SeededTable): Layout {
  const table = seededTables[name];
  const { name: sqlName, primaryKeys } = getTableConfig(table);
  const inSpan = (column: string) => releaseSpan.includes(column);
  return {
    table: sqlName,
    columns: Object.entries(getTableColumns(table))
      .map(([property, column]) => [property, column.name] as const)
      .filter(([, column]) => !inSpan(column)),
    key: primaryKeys
      .flatMap(({ columns }) => columns.map((column) => column.name))
      .filter((column) => !inSpan(column)),
  };
}

export function storedRows({ rows }: Desired, name: SeededTable, { columns }: Layout): StoredRow[] {
  const list: readonly object[] = rows[name];
  return list.map((row) => {
    const values = new Map(Object.entries(row));
    return Object.fromEntries(columns.map(([property, column]) => [column, values.get(property)]));
  });
}
