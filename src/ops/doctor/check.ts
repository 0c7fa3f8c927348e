/** What checks of the doctor share: what they are given, and what they find. */
import type pg from 'pg';
import type { Database } from '../../db/client.ts';

export type Status = 'ok' | 'warning' | 'fault';

/** What is wrong, and what to do about it. */
export interface Problem {
  status: Exclude<Status, 'ok'>;
  message: string;
  remedy: string;
}

export interface Context {
  database: Database;
  /** The clock of this process. */
  now: () => Date;
  /** Addresses of services that are to have the same release. */
  nodes: readonly string[];
}

export interface Outcome {
  /** What was looked at; said where nothing is wrong. */
  note: string;
  problems: Problem[];
}

export interface Check {
  name: string;
  /** It reads tables, and so only makes sense where the migrations are applied. */
  readsData?: true;
  run: (context: Context) => Promise<Outcome>;
}

export const fault = (message: string, remedy: string): Problem => ({ status: 'fault', message, remedy });
export const warning = (message: string, remedy: string): Problem => ({
  status: 'warning',
  message,
  remedy,
});

/** Rows of a statement. */
export async function rowsOf<R extends pg.QueryResultRow>(
  { pool }: Database,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  return (await pool.query<R>(text, values)).rows;
}
