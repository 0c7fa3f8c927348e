/** A seeded service for tests: both mouths in this process, on a database of its own. */
import type { FastifyInstance } from 'fastify';
import root, { type Test } from 'tap';
import { buildApp } from '../src/app.ts';
import { Cache } from '../src/cache/cache.ts';
import { loadConfig } from '../src/config.ts';
import { connect, type Database } from '../src/db/client.ts';
import { migrate, planMigrations } from '../src/db/migrate.ts';
import { seed, seedsFolder } from '../src/import/seed.ts';
import type { Context } from '../src/queries/types.ts';
import { copyOf, onServer, template, urlOf } from './helper.ts';

const fixture = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname;
export const seedsOf = {
  real: seedsFolder,
  fixture: fixture('seeds'),
  provinces: fixture('provinces'),
};
export type SeedsName = keyof typeof seedsOf;

/** A day after the last change of places that the seeds know, so that answers do not age. */
export const testNow = (): Date => new Date('2026-11-22T05:00:00Z');

/** For a mouth that keeps no answers. */
export const noCache = new Cache({
  bytes: 0,
  epoch: () => undefined,
  known: async () => undefined,
  staleMs: () => undefined,
  postedTo: '/graphql',
  follow: () => '',
});

/** As if the release had been made then: the server's clock is not that of the tests. */
export async function dateRelease({ pool }: Database, number: number, madeAt: Date): Promise<void> {
  await pool.query('update releases set created_at = $2 where number = $1', [number, madeAt]);
}

export interface SeededDatabase {
  url: string;
  reader: Database;
  context: Context;
}

/** What tests of a run copy: a database seeded with the real facts, with the tiny country or with some provinces. */
const seededTemplate = (seeds: SeedsName): Promise<string> =>
  template(`seeded_${seeds}`, async (url) => {
    const database = connect(url, { role: 'writer' });
    await migrate(database.pool);
    await seed(database, { folder: seedsOf[seeds] });
    await dateRelease(database, 1, testNow());
    await database.close();
  });

/** A seeded database that no other test sees, as the service sees it. */
export async function seededDatabase(t: Test, seeds: SeedsName = 'real'): Promise<SeededDatabase> {
  const { name } = await copyOf(t, await seededTemplate(seeds));
  return readBy(t, name);
}

const readBy = (t: Test, name: string): SeededDatabase => readerOf(t, urlOf(name));

function readerOf(t: Test, url: string): SeededDatabase {
  const reader = connect(url, { role: 'reader' });
  t.teardown(() => reader.close());
  return { url, reader, context: { database: reader, now: testNow } };
}

/** A seeded database of its own, as commands see it. */
export async function writableDatabase(
  t: Test,
  seeds: SeedsName = 'real',
): Promise<{ url: string; database: Database }> {
  const { url } = await seededDatabase(t, seeds);
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  return { url, database };
}

let shared: Promise<SeededDatabase> | undefined;

/** The real facts in one database for all tests of the run, where nobody can write. */
export function sharedDatabase(): Promise<SeededDatabase> {
  shared ??= openShared();
  return shared;
}

async function openShared(): Promise<SeededDatabase> {
  const forbidWrites = async (_url: string, name: string): Promise<void> => {
    await onServer((server) => server.query(`alter database ${name} set default_transaction_read_only = on`));
  };
  return readBy(root, await template('read', forbidWrites, await seededTemplate('real')));
}

export interface TestService extends SeededDatabase {
  app: FastifyInstance;
  /** The status and the parsed body of a REST address. */
  get: (address: string) => Promise<{ status: number; body: Record<string, unknown> }>;
  /** The same of an address that takes its arguments in a body. */
  post: (address: string, args: object) => Promise<{ status: number; body: Record<string, unknown> }>;
  /** The answer of a GraphQL document. */
  graphql: (query: string, variables?: object) => Promise<GraphqlAnswer>;
}

export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** As the service runs by itself: answers, and what records share, are kept. */
export const keeping = { CACHE_MB: '32' };

/** On the real facts, all tests share a database that they cannot write, unless one of its own is asked for. */
export async function testService(
  t: Test,
  seeds: SeedsName = 'real',
  {
    own = false,
    now = testNow,
    settings = {},
  }: { own?: boolean; now?: () => Date; settings?: Record<string, string> } = {},
): Promise<TestService> {
  const database = await (seeds === 'real' && !own ? sharedDatabase() : seededDatabase(t, seeds));
  return serviceOn(t, database, { now, settings });
}

/** The service on a database that the test has filled. */
export function serviceAt(
  t: Test,
  url: string,
  now: () => Date,
  settings: Record<string, string> = {},
): Promise<TestService> {
  return serviceOn(t, readerOf(t, url), { now, settings });
}

async function serviceOn(
  t: Test,
  database: SeededDatabase,
  { now, settings }: { now: () => Date; settings: Record<string, string> },
): Promise<TestService> {
  // Statements are counted, and releases made between two questions: answers are kept where a test says so.
  // A machine that is busy with tests is no overload.
  const patient = { EVENT_LOOP_DELAY_MS: '0', HEAP_PERCENT: '0', QUEUE_MS: '0' };
  const config = loadConfig({ LOG_LEVEL: 'silent', CACHE_MB: '0', ...patient, ...settings });
  const app = await buildApp({
    database: database.reader,
    config,
    now,
    pendingMigrations: async () => (await planMigrations(database.reader.pool)).pending.length,
  });
  t.teardown(() => app.close());
  return {
    ...database,
    app,
    async get(address) {
      const response = await app.inject(address);
      return { status: response.statusCode, body: response.json() };
    },
    async post(address, args) {
      const response = await app.inject({ method: 'POST', url: address, payload: args });
      return { status: response.statusCode, body: response.json() };
    },
    async graphql(query, variables = {}) {
      const response = await app.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
      return response.json();
    },
  };
}
