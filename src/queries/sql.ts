/** Small pieces of SQL that many queries share, and how a statement is run. */
import { fillPlaceholders, Param, SQL, type SQLWrapper, StringChunk, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { queryUntil } from '../db/cancel.ts';
import type { Planning } from '../db/planning.ts';
import { MadeOnce } from './made-once.ts';
import { StatementNames } from './statement-names.ts';
import type { Context, Row, Scope } from './types.ts';

const dialect = new PgDialect();

/** The text of a piece of SQL, and what it is asked with. */
export function partsOf(piece: SQL): [text: string, params: unknown[]] {
  const { sql: text, params } = dialect.sqlToQuery(piece);
  return [text, params];
}

/** Puts a sign in the place of each parameter, which no text of ours holds. */
class Marking extends PgDialect {
  override escapeParam(): string {
    return '\u0000';
  }
}
const marking = new Marking();

/** The same piece in as few parts as it can have: statements that hold it are made faster, and it is worth keeping. */
export function flattened(piece: SQL): SQL {
  const { sql: text, params } = marking.sqlToQuery(piece);
  const [first = '', ...rest] = text.split('\u0000').map((part) => new StringChunk(part));
  return new SQL([first, ...rest.flatMap((part, index) => [new Param(params[index]), part])]);
}

const names = new StatementNames(500);

/** A statement as it is sent. Values may be placeholders (`sql.placeholder`), which `filled` replaces. */
export interface Prepared {
  name: string | undefined;
  text: string;
  values: readonly unknown[];
}

export function prepared(statement: SQL): Prepared {
  const [text, values] = partsOf(statement);
  return { name: names.of(text), text, values };
}

/** `given`: the values of all placeholders by their names. */
export const filled = ({ values, ...statement }: Prepared, given: Record<string, unknown>): Prepared => ({
  ...statement,
  values: fillPlaceholders([...values], given),
});

/** Runs one statement, planned `once` where keys find what is read; it is cancelled in the database if the request ends before. */
export async function run(
  { database, signal, trace }: Context,
  statement: SQL | Prepared,
  planning: Planning = 'anew',
): Promise<Row[]> {
  const { name, text, values } = statement instanceof SQL ? prepared(statement) : statement;
  const ask = () =>
    queryUntil<Row>(
      database.pool,
      { ...(name === undefined ? {} : { name }), text, values: [...values], planning },
      signal,
    );
  const { rows } = await (trace === undefined ? ask() : trace(text, ask));
  return rows;
}

/** A table of states. */
export interface Spanned {
  sinceRelease: SQLWrapper;
  untilRelease: SQLWrapper;
}

const conditions = new WeakMap<Spanned, MadeOnce<SQL>>();

/** Holds for the state that was current in the scope's release. */
export function live(table: Spanned, { release }: Scope): SQL {
  const made = conditions.get(table) ?? new MadeOnce<SQL>();
  conditions.set(table, made);
  const { sinceRelease, untilRelease } = table;
  return made.get(release, () =>
    flattened(
      sql`${sinceRelease} <= ${release} and (${untilRelease} is null or ${untilRelease} > ${release})`,
    ),
  );
}

/** Published member → the SQL that gives it. */
export type Columns<T> = { [K in keyof Required<T>]: SQLWrapper };

export const selectList = (columns: Record<string, SQLWrapper>): SQL =>
  sql.join(
    Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
    sql`, `,
  );

/** `json_build_object('a', …)`: as text, which is made faster than jsonb and keeps the order of its members. */
export const object = (members: Record<string, SQLWrapper>): SQL =>
  sql`json_build_object(${sql.join(
    Object.entries(members).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`),
    sql`, `,
  )})`;

/** An array of the objects in the given order, `[]` when there are none. */
export const arrayOf = (value: SQLWrapper, order: SQL, from: SQL): SQL =>
  sql`(select coalesce(json_agg(${value} order by ${order}), '[]'::json) from ${from})`;

export const day = (column: SQLWrapper): SQL => sql`${column}::text`;
/** A moment, as it is published. */
export const instant = (column: SQLWrapper): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
export const figure = (column: SQLWrapper): SQL => sql`${column}::float8`;
/** All of at least one condition. */
export const all = (conditions: readonly SQL[]): SQL =>
  sql.join(
    conditions.map((one) => sql`(${one})`),
    sql` and `,
  );

const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The pattern that finds the text at the beginning, its own wildcards taken literally. */
export const startingWith = (text: string): string => `${literally(text)}%`;

/** The pattern that finds the text anywhere. */
export const containing = (text: string): string => `%${startingWith(text)}`;

/** A text key that sorts by bytes. */
export const bytewise = (key: SQLWrapper): SQL => sql`(${key}) collate "C"`;
