/**
 * How the beginning of a long list is found without gathering the whole: a list by keys, such as the places of a province,
 * has an index in its order for each key, so that of each key only as many records are read as the page has.
 */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { all } from './sql.ts';

/** Records of a list; no record is in two parts of it. */
export interface Part {
  where: readonly SQL[];
  /** Has `key`, each once; the records are those that have one of them in the column, and are read key by key. */
  keys?: SQL;
  column?: SQLWrapper;
  /** Each key has so many records that a list which is asked for within something narrower is not found by them. */
  isWide?: true;
}

/** Of each part the records for which the conditions hold, too. */
export const narrowedBy = (
  conditions: readonly SQL[],
  parts: readonly Part[] | undefined,
): Part[] | undefined => parts?.map((part) => ({ ...part, where: [...part.where, ...conditions] }));

export interface Picked {
  /** What is selected of each record. */
  columns: SQL;
  /** Tables, with what joins them. */
  from: SQL;
  where: SQL;
  /** Behind the conditions: of each key, and of all of them, no more than this is read. */
  order: SQL;
  limit: number;
}

/** As many records as are wanted, of all parts, in order. */
export function pick(parts: readonly Part[], picked: Picked): SQL {
  const each = parts.map((part) => pickPart(part, picked));
  if (each.length === 1) return sql.join(each);
  const union = sql.join(
    each.map((one) => sql`(${one})`),
    sql` union all `,
  );
  return sql`select * from (${union}) of_all ${picked.order} limit ${picked.limit}`;
}

function pickPart({ where, keys, column }: Part, picked: Picked): SQL {
  const { columns, from, order, limit } = picked;
  const read = (conditions: readonly SQL[]) =>
    sql`select ${columns} from ${from} where ${all([picked.where, ...conditions])} ${order} limit ${limit}`;
  if (keys === undefined) return read(where);
  return sql`select of_key.* from (${keys}) part(key) cross join lateral (${read([sql`${column} = part.key`, ...where])}) of_key ${order} limit ${limit}`;
}
