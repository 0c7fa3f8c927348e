/** The current release, known without asking for each request: how soon another one is, and what if nobody tells. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { midnightAfter } from '../../src/queries/days.ts';
import { KnownReleases, type KnownTimes } from '../../src/queries/known-releases.ts';
import { migratedDatabase } from '../import/country.ts';
import { testNow } from '../service.ts';

const insert = `insert into releases (number, created_at, hash, counts, by_type, program_version)
  values ($1, now(), repeat($2, 64), '{}', '[]', '0')`;

/** Nothing is notified unless a test says so: `hear` is what a notification would call. */
async function knownOn(t: Test, { times, deaf = false }: { times?: KnownTimes; deaf?: boolean } = {}) {
  const database = await migratedDatabase(t);
  const { pool } = database;
  const query = pool.query.bind(pool);
  const state = { now: testNow(), read: 0, changed: 0, fails: false, holds: Promise.resolve() };
  let hear: () => void = () => undefined;
  t.intercept(pool, 'query', {
    async value(asked: { text: string }) {
      state.read += 1;
      const answer = state.fails ? Promise.reject(new Error('lost')) : query(asked);
      const { holds } = state;
      const rows = await answer;
      await holds;
      return rows;
    },
  });
  const releases = new KnownReleases(
    {
      database: {
        pool,
        listen(channel, heard) {
          t.equal(channel, 'govdata_release');
          hear = heard;
          return deaf ? { close: async () => undefined } : database.listen(channel, heard);
        },
      },
      now: () => state.now,
    },
    () => {
      state.changed += 1;
    },
    times,
  );
  t.teardown(() => releases.close());
  return {
    releases,
    state,
    hear: () => hear(),
    make: (number: number, letter = 'a') => query(insert, [number, letter]),
    tell: () => query('notify govdata_release'),
    unmake: (number: number) => query('delete from releases where number = $1', [number]),
  };
}

const longTimes = { trustedMs: 60_000, refreshMs: 60_000 };

t.test('is read once, and then known', async (t) => {
  const { releases, state, make } = await knownOn(t, { deaf: true, times: longTimes });
  t.equal(releases.epoch, undefined);
  t.equal(await releases.current(), 0);
  await make(1);
  t.equal(await releases.current(), 0, 'until somebody says that there is another');
  t.match(releases.epoch, /^0 {2}2026-11-22$/);
  t.equal(state.read, 1);
});

t.test('a release that is told is known to whoever asks after that', async (t) => {
  const { releases, state, make, tell } = await knownOn(t, { times: longTimes });
  t.equal(await releases.current(), 0);
  await make(1);
  await tell();
  // What tells of it also tells once when it begins to listen.
  while ((await releases.current()) !== 1 || releases.epoch === undefined) await sleep(5);
  t.equal(releases.epoch, `1 ${'a'.repeat(64)} 2026-11-22`);
  t.equal(state.changed, 1);
});

t.test('what was being read while a release was told is read again', async (t) => {
  const { releases, state, make, hear } = await knownOn(t, { deaf: true, times: longTimes });
  let goOn = (): void => undefined;
  state.holds = new Promise((resolve) => {
    goOn = resolve;
  });
  const early = releases.current();
  await sleep(50);
  await make(1);
  hear();
  const late = releases.current();
  t.equal(releases.epoch, undefined);
  state.holds = Promise.resolve();
  goOn();
  t.strictSame(await Promise.all([early, late]), [0, 1]);
  t.equal(state.read, 2);
});

t.test('untold, it is known within the time for which a reading is believed', async (t) => {
  const { releases, state, make } = await knownOn(t, {
    deaf: true,
    times: { trustedMs: 300, refreshMs: 100 },
  });
  await releases.current();
  await make(1);
  const begun = performance.now();
  while ((await releases.current()) === 0) await sleep(5);
  t.ok(performance.now() - begun < 400);
  t.ok(state.read < 10, 'while the last is believed, one reading after another');
  await sleep(400);
  t.equal(releases.epoch, undefined, 'and nothing is known once nobody asks');
});

t.test('the same number with another content is another release', async (t) => {
  const { releases, state, make, unmake, hear } = await knownOn(t, { deaf: true, times: longTimes });
  await make(1);
  t.equal(await releases.current(), 1);
  await unmake(1);
  await make(1, 'b');
  hear();
  t.equal(await releases.current(), 1);
  t.equal(releases.epoch, `1 ${'b'.repeat(64)} 2026-11-22`);
  t.equal(state.changed, 1);
});

t.test('while the database is away nothing is known, and it is again once it is back', async (t) => {
  const { releases, state, hear } = await knownOn(t, { deaf: true, times: longTimes });
  await releases.current();
  state.fails = true;
  hear();
  await t.rejects(releases.current(), { message: 'lost' });
  t.equal(releases.epoch, undefined);
  state.fails = false;
  t.equal(await releases.current(), 0);
  t.ok(releases.epoch);
});

t.test('a reading that fails while the last is believed troubles nobody', async (t) => {
  const { releases, state } = await knownOn(t, { deaf: true, times: { trustedMs: 60_000, refreshMs: 0 } });
  await releases.current();
  state.fails = true;
  t.ok(releases.epoch);
  await sleep(20);
  t.equal(await releases.current(), 0);
  t.ok(state.read > 1);
});

t.test('the day ends in Viet Nam', async (t) => {
  const { releases, state } = await knownOn(t, { deaf: true, times: longTimes });
  await releases.current();
  state.now = new Date('2026-11-22T16:59:59.999Z');
  t.match(releases.epoch, /2026-11-22$/);
  state.now = new Date('2026-11-22T17:00:00.000Z');
  t.match(releases.epoch, /2026-11-23$/);
  t.equal(midnightAfter(state.now), Date.parse('2026-11-23T17:00:00Z'));
});

t.test(
  'a scope is opened once, until the release is another; one that cannot be opened is tried again',
  async (t) => {
    const { releases, make, hear } = await knownOn(t, { deaf: true, times: longTimes });
    await make(1);
    let opened = 0;
    const open = async () => {
      opened += 1;
      return { release: 1, today: '2026-11-22', pinned: true as const };
    };
    await Promise.all([releases.scope('a', open), releases.scope('a', open)]);
    t.equal(opened, 1);
    await releases.scope('b', open);
    t.equal(opened, 2);
    await make(2);
    hear();
    await releases.scope('a', open);
    t.equal(opened, 3);
    await t.rejects(
      releases.scope('c', async () => Promise.reject(new Error('none'))),
      { message: 'none' },
    );
    await releases.scope('c', open);
    t.equal(opened, 4);
    for (let index = 0; index < 1000; index += 1) await releases.scope(`${index}`, open);
    await releases.scope('a', open);
    t.equal(opened, 1005, 'no more than a thousand are kept');
  },
);
