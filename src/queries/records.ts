/** Where records come from, and how they are read: each as one list of values, and apart from it what it shares with others. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { MadeOnce } from './made-once.ts';
import { type ColumnsByName, keysOf } from './shared.ts';
import { flattened } from './sql.ts';
import type { Context, Keeper, Row, Scope, Wanted } from './types.ts';

/** Where the records of one published type come from. */
export interface Source {
  /** The published type. */
  type: string;
  /** The table or view whose rows are states. */
  table: SQLWrapper;
  /** What names a row of it. */
  key: readonly SQLWrapper[];
  live: (scope: Scope) => SQL;
  columns: (scope: Scope) => Record<string, SQLWrapper>;
  /** One text by which records sort, unique. */
  order: SQLWrapper;
  descending?: boolean;
}

/** The members that are wanted. */
const columnsOf = (source: Source, scope: Scope, members: Wanted['members']): ColumnsByName =>
  Object.fromEntries(Object.entries(source.columns(scope)).filter(([name]) => members?.has(name) ?? true));

/** The record as one JSON array of its values, in the order of the members: their names, said each time, would cost a tenth. */
const asRecord = (columns: ColumnsByName): SQL =>
  flattened(sql`json_build_array(${sql.join(Object.values(columns), sql`, `)}) as "_record"`);

interface Made {
  record: SQL;
  columns: ColumnsByName;
}

/** Made once for all who want the same members in the same scope, in the same way. */
const made = new WeakMap<Source, MadeOnce<Made>>();

function madeOf(source: Source): MadeOnce<Made> {
  const known = made.get(source) ?? new MadeOnce<Made>();
  made.set(source, known);
  return known;
}

function make(source: Source, scope: Scope, members: Wanted['members'], isApart: boolean): Made {
  const columns = columnsOf(source, scope, members);
  return { record: asRecord(isApart ? keysOf(columns) : columns), columns };
}

export interface Records {
  /** The column `_record` of a statement. */
  record: SQL;
  /** Whether it holds keys of what is read apart: a statement that has it is another one then. */
  isApart: boolean;
  /**
   * Makes of each `_record` of a statement the record: with the names of its members, and with what is read apart, by one
   * statement more for what was not met before.
   */
  complete: (rows: readonly Row[]) => Promise<void>;
}

/**
 * How the records of a source are read. What they share is read apart where somebody keeps it: the one who reads a list
 * piece by piece, or whoever knows the current release.
 */
export function recordsOf(
  context: Context,
  scope: Scope,
  source: Source,
  { members, shared }: { members?: Wanted['members']; shared?: Keeper | undefined } = {},
): Records {
  const keeper = shared ?? context.releases?.shared(scope.release, source.type);
  const isApart = keeper !== undefined;
  const kind = [isApart, scope, members && [...members]];
  const { record, columns } = madeOf(source).get(kind, () => make(source, scope, members, isApart));
  const names = Object.keys(columns);
  return {
    record,
    isApart,
    complete: async (rows) => {
      const records = rows.map((row) => named(names, row));
      await keeper?.fill(context, columns, records);
    },
  };
}

function named(names: readonly string[], row: Row): Row {
  const values = row['_record'] as unknown[];
  const record: Row = {};
  for (const [index, name] of names.entries()) record[name] = values[index];
  row['_record'] = record;
  return record;
}
