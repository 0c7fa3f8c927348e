/** Statements that nobody waits for are ended in the database, and the connection goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { queryUntil } from '../../src/db/cancel.ts';
import { connect } from '../../src/db/client.ts';
import { testDatabase } from '../helper.ts';

const { url } = await testDatabase(t);

t.test('an aborted statement is cancelled in the database, and its connection serves the next', async (t) => {
  const one = connect(url, { role: 'reader', poolSize: 1 });
  const other = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(() => Promise.all([one.close(), other.close()]));
  const pid = (await one.pool.query('select pg_backend_pid() as pid')).rows[0].pid;
  const sleeping = async (): Promise<number> => {
    const text =
      "select 1 from pg_stat_activity where pid = $1 and state = 'active' and query like '%pg_sleep%'";
    return (await other.pool.query(text, [pid])).rowCount ?? 0;
  };
  const over = new AbortController();
  const reason = new Error('nobody waits');
  const slept = queryUntil(one.pool, { text: 'select pg_sleep(2.5)' }, over.signal);
  while ((await sleeping()) === 0);
  const started = Date.now();
  over.abort(reason);
  await t.rejects(slept, reason);
  t.equal(await sleeping(), 0, 'the database does not go on with it');
  t.ok(Date.now() - started < 2000, 'nor was it waited for');
  const { rows } = await queryUntil<{ pid: number }>(
    one.pool,
    { text: 'select pg_backend_pid() as pid' },
    new AbortController().signal,
  );
  t.strictSame(rows, [{ pid }], 'the same connection, and no cancellation came late');
});

t.test('what was aborted before, or while it waits for a connection, is not begun', async (t) => {
  const { pool, close } = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(close);
  const reason = new Error('nobody waits');
  await t.rejects(queryUntil(pool, { text: 'select 1' }, AbortSignal.abort(reason)), reason);
  t.equal(pool.totalCount, 0);

  const busy = await pool.connect();
  const over = new AbortController();
  const waiting = queryUntil(pool, { text: 'select 1' }, over.signal);
  over.abort(reason);
  busy.release();
  await t.rejects(waiting, reason);
  t.equal(pool.idleCount, 1, 'the connection is given back');
});

t.test('a cancellation that cannot be delivered harms nobody', async (t) => {
  const server = new URL(url);
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = createConnection(Number(server.port || 5432), server.hostname);
    for (const one of [near, far]) sockets.add(one.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((proxy.address() as AddressInfo).port);
  const { pool, close } = connect(through.href, { role: 'reader', poolSize: 1 });
  t.teardown(async () => {
    await close();
    for (const one of sockets) one.destroy();
  });
  await pool.query('select 1');
  // Who is connected stays so; nobody new gets in.
  proxy.close();
  const over = new AbortController();
  const reason = new Error('nobody waits');
  const slept = queryUntil(pool, { text: 'select pg_sleep(0.3)' }, over.signal);
  setImmediate(() => over.abort(reason));
  t.equal((await slept).rowCount, 1, 'the statement ended by itself');
  t.equal(pool.idleCount, 1, 'and its connection is there');
});

t.test('a database behind a socket of the file system is told too', async (t) => {
  const server = new URL(url);
  const folder = mkdtempSync(join(tmpdir(), 'pg-'));
  const proxy = createServer((near) => {
    const far = createConnection(Number(server.port || 5432), server.hostname);
    for (const one of [near, far]) one.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => proxy.listen(join(folder, '.s.PGSQL.5432'), resolve));
  const address = `postgres://${server.username}:${server.password}@localhost:5432${server.pathname}?host=${folder}`;
  const { pool, close } = connect(address, { role: 'reader', poolSize: 1 });
  t.teardown(async () => {
    await close();
    proxy.close();
    rmSync(folder, { recursive: true });
  });
  await pool.query('select 1');
  const over = new AbortController();
  const reason = new Error('nobody waits');
  const slept = queryUntil(pool, { text: 'select pg_sleep(2.5)' }, over.signal);
  setImmediate(() => over.abort(reason));
  await t.rejects(slept, reason);
});

t.test('a fault is told, and its connection ended', async (t) => {
  const { pool, close } = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(close);
  const { signal } = new AbortController();
  await t.rejects(queryUntil(pool, { text: 'select nothing' }, signal), { code: '42703' });
  t.equal(pool.totalCount, 0);
  await t.rejects(queryUntil(pool, { text: 'select pg_terminate_backend(pg_backend_pid())' }, signal));
  t.equal(pool.totalCount, 0);
  t.match((await queryUntil(pool, { text: 'select 1 as one' }, signal)).rows, [{ one: 1 }]);
});
