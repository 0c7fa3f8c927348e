/** Following releases by itself: without notifications, from long ago, and while the database fails. */
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { type Follower, ReleaseHub } from '../../src/queries/following.ts';
import { rememberedScope } from '../../src/queries/scopes.ts';
import type { Row } from '../../src/queries/types.ts';
import { testDatabase } from '../helper.ts';
import { testNow } from '../service.ts';

const insertOf = (
  from: number,
  to: number,
): string => `insert into releases (number, created_at, hash, counts, by_type, program_version)
  select number, now(), lpad(number::text, 64, '0'), '{}', '[]', '0' from generate_series(${from}, ${to}) number`;

/** One database for all tests, each of which begins with releases of its own. */
const { url } = await testDatabase(t, { template: 'migrated' });

async function hubOn(t: Test, last: number, times = { pollMs: 60_000, retryMs: 20, lingerMs: 20 }) {
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  const { pool } = database;
  await pool.query('delete from releases');
  const statements: string[] = [];
  const query = pool.query.bind(pool);
  const hub = new ReleaseHub({ database, now: testNow }, times);
  t.teardown(() => hub.close());
  const make = (from: number, to: number) => query(insertOf(from, to));
  await make(1, last);
  t.intercept(pool, 'query', {
    value: (asked: { text: string }) => {
      statements.push(asked.text);
      return query(asked);
    },
  });
  return { hub, pool, make, among: new Set<Follower>(), statements };
}

const numberOf = ({ value }: IteratorResult<Row>) => value.number;
const rowsRead = (statements: string[]): number =>
  statements.filter((text) => text.includes('"by_type"')).length;

t.test('hears of a release that nobody was notified of', async (t) => {
  const { hub, make, among } = await hubOn(t, 3, { pollMs: 20, retryMs: 20, lingerMs: 20 });
  const follower = await hub.follow(among);
  const next = follower.next();
  await make(4, 4);
  t.equal(numberOf(await next), 4);
});

t.test('knows no release before the first', async (t) => {
  const { hub, make, among } = await hubOn(t, 0, { pollMs: 20, retryMs: 20, lingerMs: 20 });
  await t.rejects(hub.follow(among, 1), { code: 'bad_argument', suggestion: '0' });
  const [one, other] = await Promise.all([hub.follow(among, 0), hub.follow(among)]);
  const told = Promise.all([one.next(), other.next()]);
  await make(1, 1);
  t.strictSame((await told).map(numberOf), [1, 1]);
});

t.test('tells hundreds of missed releases in order, and reads them in few statements', async (t) => {
  const { hub, among, statements } = await hubOn(t, 450);
  const followers = await Promise.all([hub.follow(among, 0), hub.follow(among, 0)]);
  for (const follower of followers) {
    let expected = 0;
    for await (const { number, hash } of follower) {
      expected += 1;
      if (number !== expected || hash !== `${expected}`.padStart(64, '0')) t.fail(`${number}: ${hash}`);
      if (number === 450) break;
    }
  }
  t.equal(among.size, 0);
  const each = Math.ceil(450 / 20);
  t.ok(rowsRead(statements) <= 2 * each, `${rowsRead(statements)} statements`);
  const others = statements.length - rowsRead(statements);
  t.ok(others <= 2, `the number is read once for both, and once more by who listens: ${others}`);
});

t.test('side by side, followers share what is read', async (t) => {
  const { hub, among, statements } = await hubOn(t, 60);
  const followers = await Promise.all(Array.from({ length: 50 }, () => hub.follow(among, 0)));
  for (let number = 1; number <= 60; number += 1) {
    const told = await Promise.all(followers.map((follower) => follower.next()));
    if (!told.every((one) => numberOf(one) === number)) t.fail(`at ${number}`);
  }
  t.equal(rowsRead(statements), 3);
});

t.test('an event is of its own release', async (t) => {
  const { hub, among } = await hubOn(t, 3);
  const follower = await hub.follow(among, 1);
  const { value } = await follower.next();
  t.strictSame(rememberedScope(value), { release: 2, today: '2026-11-22' });
});

t.test('ends while it waits and while it reads, and is told nothing after', async (t) => {
  const { hub, among } = await hubOn(t, 3);
  const waiting = await hub.follow(among);
  const reading = await hub.follow(among, 0);
  const ended = Promise.all([waiting.next(), reading.next()]);
  t.equal(among.size, 2);
  await Promise.all([waiting.return(), reading.return()]);
  t.match(await ended, [{ done: true }, { done: true }]);
  waiting.end();
  t.equal(among.size, 0);
  t.match(await waiting.next(), { done: true });
});

t.test('a database that fails is asked again soon; who waits is told then', async (t) => {
  const { hub, pool, among } = await hubOn(t, 1);
  const follower = await hub.follow(among);
  const next = follower.next();
  await pool.query({ text: 'alter table releases rename to hidden' });
  // Notified while there is nothing to be read.
  await pool.query({ text: "select pg_notify('govdata_release', '2')" });
  await t.rejects(hub.follow(among), { code: '42P01' });
  // At once: who is asked again in between finds nothing new, and leaves it at that for a minute.
  await pool.query({ text: `alter table hidden rename to releases; ${insertOf(2, 2)}` });
  t.equal(numberOf(await next), 2);
});

t.test('what fails while missed releases are read ends who asked; it can be asked again', async (t) => {
  const { hub, pool, among } = await hubOn(t, 2);
  const follower = await hub.follow(among, 0);
  await pool.query({ text: 'alter table releases rename to hidden' });
  await t.rejects(follower.next(), { code: '42P01' });
  t.equal(among.size, 0);
  await pool.query({ text: 'alter table hidden rename to releases' });
  t.equal(numberOf(await (await hub.follow(among, 0)).next()), 1);
});

t.test('closing ends all who follow, and can be done twice', async (t) => {
  const { hub, pool, among } = await hubOn(t, 1);
  const followers = await Promise.all([hub.follow(among), hub.follow(among)]);
  const told = Promise.all(followers.map((follower) => follower.next()));
  await hub.close();
  await hub.close();
  t.match(await told, [{ done: true }, { done: true }]);
  const asked =
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'govdata listener'";
  while ((await pool.query({ text: asked })).rows[0].count > 0)
    await pool.query({ text: 'select pg_sleep(0.01)' });
});
