import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import t from 'tap';
import { loadConfig } from '../../src/config.ts';
import { connect, openDatabase } from '../../src/db/client.ts';
import { onServer, testDatabase } from '../helper.ts';
import { rootOpenFolder } from './embedded-helper.ts';

/** Nothing of it is changed for good, but for a table. */
const { url, name } = await testDatabase(t);
const show = (name: string): string => `select current_setting('${name}') as value`;

t.test('a reader cannot write, and the database says so', async (t) => {
  const reader = connect(url, { role: 'reader' });
  await t.rejects(reader.pool.query('create table t (n int)'), { code: '25006' });
  t.strictSame((await reader.orm.execute(sql`select 1 as one`)).rows, [{ one: 1 }]);
  await reader.close();
});

t.test('options in the address are kept but cannot make a reader write', async (t) => {
  const sly = new URL(url);
  sly.searchParams.set('options', '-c default_transaction_read_only=off -c work_mem=5MB');
  const reader = connect(sly.href, { role: 'reader' });
  await t.rejects(reader.pool.query('create table t (n int)'), { code: '25006' });
  t.equal((await reader.pool.query(show('work_mem'))).rows[0].value, '5MB');
  await reader.close();
});

t.test('a reader is cut off by the database after its statement timeout', async (t) => {
  const reader = connect(url, { role: 'reader', statementTimeoutMs: 100 });
  await t.rejects(reader.pool.query('select pg_sleep(5)'), { code: '57014' });
  await reader.close();
});

t.test('a writer has all the time it needs, but waits for no lock longer than ten seconds', async (t) => {
  const writer = connect(url, { role: 'writer', statementTimeoutMs: 100 });
  await writer.pool.query('create table t (n int)');
  await writer.pool.query('select pg_sleep(0.3)');
  t.equal((await writer.pool.query(show('statement_timeout'))).rows[0].value, '0');
  t.equal((await writer.pool.query(show('lock_timeout'))).rows[0].value, '10s');
  await writer.close();
});

t.test('sessions count time in UTC and tell the administrator who they are', async (t) => {
  for (const role of ['reader', 'writer'] as const) {
    const database = connect(url, { role });
    t.equal((await database.pool.query(show('TimeZone'))).rows[0].value, 'UTC');
    t.equal((await database.pool.query(show('application_name'))).rows[0].value, `govdata ${role}`);
    await database.close();
  }
});

t.test('the pool survives killed backends, idle and busy, and logs the idle ones', async (t) => {
  const lines: string[] = [];
  const reader = connect(url, { role: 'reader', log: (line) => lines.push(line) });
  const killAll = () =>
    onServer((server) =>
      server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]),
    );
  await reader.pool.query('select 1');
  await killAll();
  while (lines.length === 0) await sleep(10);
  t.match(lines[0], /^a database connection was lost: terminating connection/);

  const busy = await reader.pool.connect();
  const failing = t.rejects(busy.query('select pg_sleep(2)'), { code: '57P01' });
  await sleep(100);
  await killAll();
  await failing;
  busy.release(true);
  t.strictSame((await reader.pool.query('select 1 as one')).rows, [{ one: 1 }]);
  await reader.close();
});

t.test('losing an idle connection needs no log', async (t) => {
  const reader = connect(url, { role: 'reader' });
  await reader.pool.query('select 1');
  const lost = new Promise((resolve) => reader.pool.once('error', resolve));
  await onServer((server) =>
    server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]),
  );
  t.match(await lost, { code: '57P01' });
  await reader.close();
});

t.test('openDatabase takes the server of DATABASE_URL where there is one', async (t) => {
  const config = loadConfig({ DATABASE_URL: url, POOL_SIZE: '2', STATEMENT_TIMEOUT_MS: '700' });
  const database = await openDatabase(config, { role: 'reader', log: () => undefined });
  t.equal(database.embedded, false);
  t.equal(database.pool.options.max, 2);
  const { rows } = await database.pool.query(
    "select current_database() as name, current_setting('statement_timeout') as timeout",
  );
  t.strictSame(rows, [{ name, timeout: '700ms' }]);
  await database.close();
});

t.test('openDatabase starts the embedded one otherwise, and close() stops it', async (t) => {
  const home = join(rootOpenFolder(t), 'home');
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const database = await openDatabase(loadConfig({ GOVDATA_HOME: home }), { role: 'writer', log });
  t.equal(database.embedded, true);
  t.strictSame((await database.orm.execute(sql`select 1 as one`)).rows, [{ one: 1 }]);
  await database.close();
  t.match(lines, [/^initialising/, /^started/, /^stopped/]);
});
