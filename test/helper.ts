/** What test files need: databases of their own on the server of this run. */
import pg from 'pg';
import type { Test } from 'tap';
import { connect } from '../src/db/client.ts';
import { migrate } from '../src/db/migrate.ts';
import { readTestRun } from './test-run.ts';

const run = readTestRun();
let count = 0;

export const serverUrl = run.url;

export interface TestDatabase {
  url: string;
  name: string;
}

/** A database that no other test sees; it is dropped when the test ends, whoever is still connected. */
export async function testDatabase(
  t: Test,
  options: { template?: 'empty' | 'migrated' } = {},
): Promise<TestDatabase> {
  return copyOf(t, options.template === 'migrated' ? await template('migrated', migrateFully) : empty);
}

const empty = 'template1';

/** The same, with all that another database holds, to which nobody is connected. */
export async function copyOf(t: Test, source: string): Promise<TestDatabase> {
  const name = `${run.prefix}_${process.pid}_${++count}`;
  await onServer((server) => server.query(createDatabase(name, source)));
  t.teardown(() => onServer((server) => server.query(`drop database if exists ${name} with (force)`)));
  return { url: urlOf(name), name };
}

/** Copied as files: by way of the log, as is usual, it takes half as long again. */
const createDatabase = (name: string, source: string): string =>
  `create database ${name} template ${source} strategy file_copy`;

/**
 * A database of the whole run, filled by the first test that asks for it: others are copied from it, or all read it. It
 * begins as a copy of another.
 */
export function template(
  kind: string,
  fill: (url: string, name: string) => Promise<void>,
  source = empty,
): Promise<string> {
  const name = `${run.prefix}_${kind}`;
  return onServer(async (server) => {
    await server.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await server.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 1) return name;
    await server.query(createDatabase(name, source));
    await fill(urlOf(name), name).catch(async (error: unknown) => {
      await server.query(`drop database ${name} with (force)`);
      throw error;
    });
    return name;
  });
}

async function migrateFully(url: string): Promise<void> {
  const database = connect(url, { role: 'writer' });
  try {
    await migrate(database.pool);
  } finally {
    await database.close();
  }
}

export function urlOf(database: string): string {
  const url = new URL(run.url);
  url.pathname = `/${database}`;
  return url.href;
}

/** Work on the server itself, in the database that its address names. */
export async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client(run.url);
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}
