/** What edges are made of: keys of the near end, and what they ask of the far end. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Edge } from './edge-pages.ts';
import type { Source } from './records.ts';
import type { Row, Scope } from './types.ts';

/** How the near end says what is asked of the far end. */
interface Key<T, More extends unknown[] = []> {
  /** Members of the near end that it is made of. */
  members: readonly string[];
  of: (row: Row, ...more: More) => T;
}

/** To the one record that the key names; null: there is none. */
export interface OneQuery {
  kind: 'one';
  source: Source | 'Node';
  by: SQLWrapper;
  key: Key<string | null>;
  /** Of a place: the day that it is to be seen on, which holds for what is asked of it too. */
  day?: (row: Row) => string | undefined;
}

export interface ManyQuery extends Edge {
  kind: 'many';
  key: Key<string, [scope: Scope, args: { on?: string }]>;
  /** Whether the day that the near end was asked for on holds for the far end too. */
  passesDay?: boolean;
  /** Arguments of the connection that hold unless the client says otherwise. */
  defaults?: Record<string, unknown>;
}

export type LinkQuery = OneQuery | ManyQuery;

/** The id of the short form that the row holds under a name. */
export const embedded = (name: string): OneQuery['key'] => ({
  members: [name],
  of: (row) => (row[name] as { id: string } | null)?.id ?? null,
});
export const text = (name: string): OneQuery['key'] => ({
  members: [name],
  of: (row) => row[name] as string | null,
});

export const one = (source: Source, by: SQLWrapper, key: OneQuery['key']): OneQuery => ({
  kind: 'one',
  source,
  by,
  key,
});
/** The key of the near end, in what is asked of the far end. */
export const asked = sql`asked.key`;
const member = (name: string): ManyQuery['key'] => ({ members: [name], of: (row) => row[name] as string });
export const byPlace = member('placeId');
export const anyDay = { on: 'any' };

export const many = (
  source: Source,
  on: (scope: Scope) => SQL,
  more: Partial<Omit<ManyQuery, 'kind' | 'source' | 'on'>> = {},
): ManyQuery => ({ kind: 'many', source, on, key: member('id'), ...more });

/** The far end names the near end in a column. */
export const naming = (source: Source, column: SQLWrapper, more: Parameters<typeof many>[2] = {}) =>
  many(source, () => sql`${column} = ${asked}`, more);

/** The same, where the near end may be named by more than can be gathered. */
export const namingMany = (source: Source, column: SQLWrapper): ManyQuery =>
  naming(source, column, { apart: () => ({ where: [sql`${column} = ${asked}`] }) });

/** The near end holds the far end in a list, whole or by id, in its order. */
export const listed = (source: Source, id: SQLWrapper, name: string): ManyQuery => {
  const ids = sql`string_to_array(${asked}, ' ')`;
  const idOf = (one: string | { id: string }): string => (typeof one === 'string' ? one : one.id);
  return many(source, () => sql`${id} = any(${ids})`, {
    key: {
      members: [name],
      of: (row) => (row[name] as (string | { id: string })[]).map(idOf).join(' '),
    },
    order: sql`lpad(array_position(${ids}, ${id})::text, 9, '0')`,
  });
};
