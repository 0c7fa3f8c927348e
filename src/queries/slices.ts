/** Which of the records of a list are wanted, from its beginning or from its end, and what is found of them. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Shared } from './shared.ts';
import type { Row, Wanted } from './types.ts';

export interface Slice {
  limit: number;
  /** The sort key to start after. */
  after: string | undefined;
  /** The sort key to end before. */
  before?: string | undefined;
  /** The last records are wanted, not the first. */
  fromEnd?: boolean;
  /** The total is not wanted, and is 0. */
  uncounted?: boolean;
  members?: Wanted['members'];
  /** What records share is read once for all slices of a list that is read whole, and is the same object in each. */
  shared?: Shared;
}

/** Rows of a page in order, and where there are more than were asked for, one of these: behind the others, or before them. */
export interface Found {
  rows: Row[];
  sortKeys: string[];
  /** Counted up to one more than the limit of exact totals. */
  total: number;
}

interface Ordered {
  descending?: boolean;
}

/** Holds for the keys within the bounds. */
export function between(key: SQLWrapper, { after, before }: Slice, { descending = false }: Ordered): SQL {
  const [first, last] = descending ? [before, after] : [after, before];
  const bounds = [
    ...(first === undefined ? [] : [sql`${key} > ${first}`]),
    ...(last === undefined ? [] : [sql`${key} < ${last}`]),
  ];
  return bounds.length === 0 ? sql`true` : sql.join(bounds, sql` and `);
}

/** The order of the list. */
export const direction = ({ descending = false }: Ordered): SQL => (descending ? sql`desc` : sql`asc`);
/** The order in which records are picked until there are enough. */
export const directionOf = ({ fromEnd = false }: Slice, { descending = false }: Ordered): SQL =>
  direction({ descending: descending !== fromEnd });

/** Of all keys of a list in ascending order those of the slice, as `Found` has them. */
export function pickKeys(keys: readonly string[], { limit, after, before, fromEnd }: Slice): string[] {
  const inside = keys.filter(
    (key) => (after === undefined || key > after) && (before === undefined || key < before),
  );
  return fromEnd ? inside.slice(-(limit + 1)) : inside.slice(0, limit + 1);
}

/** An empty page is one row without a sort key, which carries the total. */
export const isFound = (row: Row): boolean => row['_sort'] !== null;

/** What a statement found, all of whose rows are of one page. */
export function foundIn(rows: readonly Row[]): Found {
  const found = rows.filter(isFound);
  return {
    rows: found.map((row) => row['_record'] as Row),
    sortKeys: found.map((row) => row['_sort'] as string),
    total: rows[0]?.['_total'] as number,
  };
}
