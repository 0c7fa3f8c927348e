/** How long a request would wait for the database, on a real pool of two connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { DatabaseQueue } from '../../src/routes/queue.ts';
import { serverUrl } from '../helper.ts';

function poolOfTwo(t: Test) {
  const database = connect(serverUrl, { role: 'reader', poolSize: 2 });
  const queue = new DatabaseQueue(database.pool);
  t.teardown(async () => {
    queue.close();
    await database.close();
  });
  return { queue, pool: database.pool };
}

t.test('nobody waits while a connection is free, however slow the last requests were', async (t) => {
  const { queue, pool } = poolOfTwo(t);
  const leave = queue.enter();
  await pool.query('select pg_sleep(0.2)');
  leave();
  queue.enter();
  t.equal(queue.expectedMs(), 0);
});

t.test('requests that came at once count before they have come as far as the pool', async (t) => {
  const { queue } = poolOfTwo(t);
  for (let count = 0; count < 1000; count++) queue.enter();
  // A thousand, each ten milliseconds of one of two connections: the guess before any was seen.
  t.equal(queue.expectedMs(), 5000);
});

t.test(
  'what a request takes is measured: slow ones make for a long wait, quick ones for a short one',
  async (t) => {
    const { queue, pool } = poolOfTwo(t);
    const ask = async (seconds: number): Promise<void> => {
      const leave = queue.enter();
      await pool.query(`select pg_sleep(${seconds})`);
      leave();
      leave();
    };
    await ask(0);
    for (let count = 0; count < 30; count++) await ask(0.03);
    t.equal(queue.active, 0, 'who has left twice has left once');
    const waiting = Array.from({ length: 10 }, () => queue.enter());
    const slow = queue.expectedMs();
    t.ok(slow > 10 * 20 * 0.5, `${slow} ms`);
    for (const leave of waiting) leave();
    for (let count = 0; count < 100; count++) await ask(0);
    for (let count = 0; count < 10; count++) queue.enter();
    t.ok(queue.expectedMs() < slow / 2, `${queue.expectedMs()} ms`);
  },
);

t.test('while nothing comes back, it takes at least as long again', async (t) => {
  const { queue, pool } = poolOfTwo(t);
  const stuck = [1, 2, 3].map(() => pool.query('select pg_sleep(1)'));
  await sleep(400);
  t.equal(pool.waitingCount, 1);
  const waited = queue.expectedMs();
  t.ok(waited > 100 && waited < 600, `${waited} ms`);
  await Promise.all(stuck);
});

t.test('a connection that was taken before is not counted when it comes back', async (t) => {
  const database = connect(serverUrl, { role: 'reader', poolSize: 1 });
  t.teardown(() => database.close());
  const client = await database.pool.connect();
  const queue = new DatabaseQueue(database.pool);
  await sleep(100);
  client.release();
  const leave = queue.enter();
  leave();
  queue.enter();
  queue.enter();
  t.ok(queue.expectedMs() < 50);
  queue.close();
  t.equal(database.pool.listenerCount('acquire') + database.pool.listenerCount('release'), 0);
});
