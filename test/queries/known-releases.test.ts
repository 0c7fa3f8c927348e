/** The current release, known without asking for each request: how soon another one is, and what if nobody tells. */
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { midnightAfter } from '../../src/queries/days.ts';
import { KnownReleases, type KnownTimes } from '../../src/queries/known-releases.ts';
import { gate } from '../gate.ts';
import { testDatabase } from '../helper.ts';
import { testNow } from '../service.ts';

const insert = `insert into releases (number, created_at, hash, counts, by_type, program_version)
  values ($1, now(), repeat($2, 64), '{}', '[]', '0')`;

const longTimes = { trustedMs: 60_000, refreshMs: 60_000, patienceMs: 60_000, staleMostMs: 60_000 };

/** One database for all tests, each of which begins before the first release. */
const { url } = await testDatabase(t, { template: 'migrated' });

/** Nothing is notified unless a test says so: `hear` is what a notification would call. */
async function knownOn(
  t: Test,
  { times: some = {}, deaf = false }: { times?: Partial<KnownTimes>; deaf?: boolean } = {},
) {
  const times = { ...longTimes, ...some };
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  const { pool } = database;
  await pool.query('delete from releases');
  const query = pool.query.bind(pool);
  const state = {
    now: testNow(),
    read: 0,
    answered: 0,
    changed: 0,
    fails: undefined as Error | undefined,
    holds: Promise.resolve(),
  };
  let hear: () => void = () => undefined;
  t.intercept(pool, 'query', {
    async value(asked: { text: string }) {
      state.read += 1;
      const answer = state.fails ? Promise.reject(state.fails) : query(asked);
      const { holds } = state;
      const rows = await answer;
      state.answered += 1;
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
    times,
    state,
    hear: () => hear(),
    make: (number: number, letter = 'a') => query(insert, [number, letter]),
    tell: () => query('notify govdata_release'),
    unmake: (number: number) => query('delete from releases where number = $1', [number]),
  };
}

/** A database is waited for 50 ms while it hangs, and else for long: what it takes to answer is of no interest then. */
async function hangingOn(t: Test) {
  const known = await knownOn(t, { deaf: true });
  const { times } = known;
  return {
    ...known,
    hangs() {
      const answer = gate();
      known.state.holds = answer.opened;
      times.patienceMs = 50;
      return {
        ends() {
          times.patienceMs = longTimes.patienceMs;
          answer.open();
        },
      };
    },
  };
}

t.test('is read once, and then known', async (t) => {
  const { releases, state, make } = await knownOn(t, { deaf: true });
  t.equal(releases.epoch, undefined);
  t.equal((await releases.current()).release, 0);
  await make(1);
  t.equal((await releases.current()).release, 0, 'until somebody says that there is another');
  t.match(releases.epoch, /^0 {2}2026-11-22$/);
  t.equal(state.read, 1);
});

t.test('a release that is told is known to whoever asks after that', async (t) => {
  const { releases, state, make, tell } = await knownOn(t);
  t.equal((await releases.current()).release, 0);
  await make(1);
  await tell();
  // What tells of it also tells once when it begins to listen.
  while ((await releases.current()).release !== 1 || releases.epoch === undefined) await sleep(5);
  t.equal(releases.epoch, `1 ${'a'.repeat(64)} 2026-11-22`);
  t.equal(state.changed, 1);
});

t.test('what was being read while a release was told is read again', async (t) => {
  const { releases, state, make, hear } = await knownOn(t, { deaf: true });
  const reading = gate();
  state.holds = reading.opened;
  const early = releases.current();
  while (state.answered === 0) await sleep(5);
  await make(1);
  hear();
  const late = releases.current();
  t.equal(releases.epoch, undefined);
  state.holds = Promise.resolve();
  reading.open();
  t.strictSame(
    (await Promise.all([early, late])).map(({ release }) => release),
    [0, 1],
  );
  t.equal(state.read, 2);
});

t.test('untold, it is known within the time for which a reading is believed', async (t) => {
  const { releases, state, make } = await knownOn(t, {
    deaf: true,
    times: { trustedMs: 300, refreshMs: 100 },
  });
  await releases.current();
  await make(1);
  const made = performance.now();
  let asked = made;
  for (let asking = made; (await releases.current()).release === 0; asking = performance.now()) {
    asked = asking;
    await sleep(5);
  }
  t.ok(asked - made <= 300, 'who asks later than that is told');
  t.ok(state.read < 10, 'while the last is believed, one reading after another');
  await sleep(400);
  t.equal(releases.epoch, undefined, 'and nothing is known once nobody asks');
});

t.test('the same number with another content is another release', async (t) => {
  const { releases, state, make, unmake, hear } = await knownOn(t, { deaf: true });
  await make(1);
  t.equal((await releases.current()).release, 1);
  await unmake(1);
  await make(1, 'b');
  hear();
  t.equal((await releases.current()).release, 1);
  t.equal(releases.epoch, `1 ${'b'.repeat(64)} 2026-11-22`);
  t.equal(state.changed, 1);
});

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const hourly = { refreshMs: 3_600_000 };

t.test(
  'while the database is away, what it told of last is told of as stale, until it is back',
  async (t) => {
    const { releases, state, hear, make } = await knownOn(t, { deaf: true, times: hourly });
    await make(1);
    await releases.current();
    const { epoch } = releases;
    t.equal(releases.staleMs, undefined);
    state.fails = refused;
    await sleep(60);
    t.equal(releases.staleMs, undefined, 'nobody knows yet');
    hear();
    t.match(await releases.current(), { release: 1, today: '2026-11-22' });
    t.equal(releases.epoch, epoch);
    t.ok(Number(releases.staleMs) >= 60, 'counted from the reading that succeeded');
    await make(2);
    state.fails = undefined;
    hear();
    // As long as nothing else is known.
    t.equal(releases.epoch, epoch);
    while (releases.staleMs !== undefined) await sleep(5);
    t.match(releases.epoch, /^2 /);
  },
);

t.test(
  'a database that is back is noticed although nobody asks, and is asked no more than it can bear',
  async (t) => {
    const { releases, state, hear } = await knownOn(t, { deaf: true, times: { refreshMs: 50 } });
    await releases.current();
    state.fails = refused;
    hear();
    const begun = performance.now();
    while (state.read < 6) await sleep(5);
    t.ok(performance.now() - begun >= 150, 'all but the first of them wait for their turn');
    state.fails = undefined;
    while (releases.staleMs !== undefined) await sleep(5);
    const { read } = state;
    await sleep(100);
    t.equal(state.read, read, 'nor is it asked any more then');
    t.equal(releases.staleMs, undefined);
    t.ok(releases.epoch);
  },
);

t.test('a database that does not answer is away to those who wait, and heard when it does', async (t) => {
  const { releases, hear, make, hangs } = await hangingOn(t);
  const first = hangs();
  await t.rejects(releases.current(), { code: 'unavailable', retryAfter: 2 }, 'there is nothing to tell');
  await t.rejects(releases.current(), { code: 'unavailable' }, 'nor does anybody else wait');
  first.ends();
  while (releases.epoch === undefined) await sleep(5);
  t.match(await releases.current(), { release: 0 });

  const second = hangs();
  await make(1);
  hear();
  t.match(await releases.current(), { release: 0 });
  t.ok(releases.staleMs);
  t.match(await releases.current(), { release: 0 }, 'and nobody else waits');
  second.ends();
  while (releases.staleMs !== undefined) await sleep(5);
  t.match(await releases.current(), { release: 1 });
});

t.test('a process that is late with its timers knows by its clock that it has waited', async (t) => {
  const { releases, hear, hangs } = await hangingOn(t);
  await releases.current();
  const { epoch } = releases;
  const reading = hangs();
  hear();
  t.equal(releases.epoch, undefined);
  for (const begun = performance.now(); performance.now() - begun <= 60; );
  t.equal(releases.epoch, epoch);
  t.ok(releases.staleMs);
  reading.ends();
  while (releases.staleMs !== undefined) await sleep(5);
});

t.test('what is stale is told no longer than it may be', async (t) => {
  const { releases, times, state, hear } = await knownOn(t, { deaf: true, times: hourly });
  await releases.current();
  state.fails = refused;
  hear();
  t.match(await releases.current(), { release: 0 });
  times.staleMostMs = 20;
  await sleep(40);
  t.equal(releases.epoch, undefined);
  t.equal(releases.staleMs, undefined);
  await t.rejects(releases.current(), refused);
});

t.test(
  'a release that nobody asked about is told of, too, and the day goes on being that of the last answer',
  async (t) => {
    const { releases, state, hear, make } = await knownOn(t, { deaf: true, times: hourly });
    await releases.current();
    await make(1);
    hear();
    while (state.changed === 0) await sleep(5);
    state.fails = refused;
    hear();
    while (releases.staleMs === undefined) await sleep(5);
    t.match(releases.epoch, /^1 .* 2026-11-22$/);
    state.now = new Date('2026-11-22T17:00:00.000Z');
    t.match(releases.epoch, /^1 .* 2026-11-22$/);
    t.match(await releases.current(), { release: 1, today: '2026-11-22' });
    state.fails = undefined;
    hear();
    while (releases.staleMs !== undefined) await sleep(5);
    t.match(releases.epoch, /^1 .* 2026-11-23$/);
  },
);

t.test('a database that answers, and has lost its tables, has nothing that could be told of', async (t) => {
  const { releases, state, hear } = await knownOn(t, { deaf: true });
  await releases.current();
  for (const code of ['42P01', '3D000', '42501']) {
    state.fails = new Error('Failed query', { cause: Object.assign(new Error(code), { code }) });
    hear();
    await t.rejects(releases.current(), state.fails);
    t.equal(releases.epoch, undefined);
    t.equal(releases.staleMs, undefined);
  }
  state.fails = undefined;
  t.match(await releases.current(), { release: 0 });
  t.ok(releases.epoch);
});

t.test('a reading that fails while the last is believed troubles nobody', async (t) => {
  const { releases, state } = await knownOn(t, { deaf: true, times: { trustedMs: 60_000, refreshMs: 0 } });
  await releases.current();
  state.fails = refused;
  t.ok(releases.epoch);
  await sleep(20);
  t.equal((await releases.current()).release, 0);
  t.ok(state.read > 1);
});

t.test('the day ends in Viet Nam', async (t) => {
  const { releases, state } = await knownOn(t, { deaf: true });
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
    const { releases, make, hear } = await knownOn(t, { deaf: true });
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

t.test('what records share is kept by type, and as long as the release is the current one', async (t) => {
  const { releases, make, hear } = await knownOn(t, { deaf: true, times: longTimes });
  t.equal(releases.shared(0, 'Observation'), undefined, 'nobody knows the release yet');
  await releases.current();
  const first = releases.shared(0, 'Observation');
  t.ok(first);
  t.equal(releases.shared(0, 'Observation'), first);
  t.not(releases.shared(0, 'Task'), first);
  t.equal(releases.shared(1, 'Observation'), undefined);
  await make(1);
  hear();
  t.equal((await releases.current()).release, 1);
  t.equal(releases.shared(0, 'Observation'), undefined);
  t.not(releases.shared(1, 'Observation'), first);
});
