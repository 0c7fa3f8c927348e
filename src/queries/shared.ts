/**
 * The short forms that many records embed (an indicator, a place), read once for a whole list, or for a release, instead of
 * once for each record: in a list of a million figures that is a third of the database's work.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { run } from './sql.ts';
import type { Context, Keeper, Row } from './types.ts';

/**
 * A column that is found by a key, which says all about it, and null where there is no key: looking for nothing takes
 * PostgreSQL as long as looking for something. Where nothing is shared it is a scalar subquery.
 */
export class ByKey implements SQLWrapper {
  readonly key: SQLWrapper;
  readonly find: (key: SQLWrapper) => SQL;

  constructor(key: SQLWrapper, find: (key: SQLWrapper) => SQL) {
    this.key = key;
    this.find = find;
  }

  getSQL(): SQL {
    return sql`case when ${this.key} is not null then ${this.find(this.key)} end`;
  }
}

export type ColumnsByName = Record<string, SQLWrapper>;

/** The columns as they are read where they are shared: their keys. */
export const keysOf = (columns: ColumnsByName): ColumnsByName =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column instanceof ByKey ? column.key : column]),
  );

/** Values found by key that are kept for a list; all the places and indicators that there are. */
const keptMost = 50_000;

const shared = new WeakSet<object>();
/** Whether a value is the same object in each record that has it, so that what is made of it can be kept. */
export const isShared = (value: object): boolean => shared.has(value);

/** What one member of a list has found by key so far. */
type FoundByKey = Map<string, Row | null>;

/** A member that is found by key. */
interface Member {
  name: string;
  column: ByKey;
  found: FoundByKey;
}

/** What a list has found by key so far, all of one release. */
export class Shared implements Keeper {
  readonly #found = new Map<string, FoundByKey>();
  readonly #most: number;

  /** Keeps as many values as said, and begins anew when there are more. */
  constructor(most = keptMost) {
    this.#most = most;
  }

  /** Puts what the keys lead to in the place of the keys. What was not met before is read, by one statement. */
  async fill(context: Context, columns: ColumnsByName, records: readonly Row[]): Promise<void> {
    const kept = [...this.#found.values()].reduce((sum, { size }) => sum + size, 0);
    // Whoever is reading has what it reads into.
    if (kept > this.#most) this.#found.clear();
    const members = Object.entries(columns).flatMap(([name, column]) =>
      column instanceof ByKey ? [{ name, column, found: this.#of(name) }] : [],
    );
    const unknown = members.flatMap((member) => {
      const keys = new Set(records.map((record) => record[member.name] as string | null));
      const asked = [...keys].filter((key) => key !== null && !member.found.has(key));
      return asked.length === 0 ? [] : [{ ...member, asked }];
    });
    if (unknown.length > 0) await read(context, unknown);
    for (const record of records) {
      for (const { name, found } of members) record[name] = found.get(record[name] as string) ?? null;
    }
  }

  #of(name: string): FoundByKey {
    const found = this.#found.get(name) ?? new Map<string, Row | null>();
    this.#found.set(name, found);
    return found;
  }
}

async function read(
  context: Context,
  unknown: readonly (Member & { asked: readonly (string | null)[] })[],
): Promise<void> {
  const each = unknown.map(
    ({ column, asked }, index) =>
      sql`select ${index}::int as member, key, ${column.find(sql`asked.key`)} as value from unnest(${sql.param(asked)}::text[]) asked(key)`,
  );
  for (const { member, key, value } of await run(context, sql.join(each, sql` union all `), 'once')) {
    if (value !== null) shared.add(value as object);
    (unknown[member as number] as Member).found.set(key as string, value as Row | null);
  }
}
