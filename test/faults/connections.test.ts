/** The database goes, freezes, falls silent or is not there yet: what clients see meanwhile, and that all comes back. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { rollback } from '../../src/import/rollback.ts';
import { seed } from '../../src/import/seed.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { secondSeeds } from '../second-release.ts';
import { signalled } from '../server-processes.ts';
import { asked } from './content.ts';
import { known, seededPostgres, serviceOn, suffer, unheardOf } from './faulty-service.ts';
import { Ledger } from './ledger.ts';
import { SilentProxy } from './silent-proxy.ts';

const ledger = new Ledger('connections');
const postgres = await seededPostgres(t);
const { url } = postgres;
/** Of what the database never answers, nobody waits longer than a second more than this. */
const settings = { STATEMENT_TIMEOUT_MS: '1000' };
const service = await serviceOn(t, postgres, { settings });

/** Statements of the service wait for as long as it is not called. */
async function holdUp(): Promise<() => Promise<void>> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin; lock table observations in access exclusive mode');
  return () => client.end();
}

const waiting = (): Promise<{ pid: number }[]> =>
  asked(
    url,
    `select pid from pg_stat_activity where application_name = 'govdata reader' and wait_event_type = 'Lock'`,
  );

t.test('a backend killed in mid-query', async (t) => {
  let release = async (): Promise<void> => undefined;
  await suffer(t, service, ledger, {
    name: 'a backend is ended in the middle of a query',
    async strike() {
      release = await holdUp();
      while ((await waiting()).length === 0) await sleep(10);
      await asked(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'govdata reader'`,
      );
    },
    mend: () => release(),
    known: '200',
    other: '503',
    within: 3000,
  });
});

t.test('kill -9 of a backend under load', async (t) => {
  let release = async (): Promise<void> => undefined;
  await suffer(t, service, ledger, {
    name: '`kill -9` of a backend, upon which PostgreSQL ends all others and recovers',
    async strike() {
      release = await holdUp();
      // What was read last is believed for two seconds: longer than a recovery takes.
      while (!(await waiting()).some(({ pid }) => signalled(pid, 'SIGKILL'))) await sleep(10);
    },
    mend: () => release(),
    known: '200',
    other: '503',
    within: 3000,
    recovers: 5000,
  });
});

for (const mode of ['fast', 'immediate'] as const) {
  t.test(`stop and restart, ${mode}`, async (t) => {
    await suffer(t, service, ledger, {
      name:
        mode === 'fast'
          ? 'the server is stopped, and started again'
          : 'the server is killed with all its backends, and started again',
      strike: () => postgres.stop(mode),
      mend: () => postgres.start(),
      known: '200, stale',
      other: '503',
      within: 3000,
      recovers: 5000,
    });
  });
}

t.test('a frozen server', async (t) => {
  await suffer(t, service, ledger, {
    name: 'the server freezes: it accepts connections, and does nothing',
    strike: () => postgres.freeze(),
    mend: () => postgres.thaw(),
    known: '200, stale',
    other: '503',
    within: 3500,
    recovers: 4000,
  });
});

t.test('half-open connections', async (t) => {
  const proxy = await SilentProxy.before(t, postgres.port);
  const through = new URL(url);
  through.port = `${proxy.port}`;
  const service = await serviceOn(t, postgres, { url: through.href, settings });
  await suffer(t, service, ledger, {
    name: 'the network falls silent: connections are open on this side alone',
    strike: () => proxy.silence(),
    mend: () => proxy.speak(),
    known: '200, stale',
    other: '503',
    within: 3500,
    recovers: 4000,
  });
});

t.test('refused connections at start', async (t) => {
  const late = await OwnPostgres.prepare(t);
  const service = await serviceOn(t, late, { settings });
  const begun = performance.now();
  for (const path of [known, unheardOf(), '/readyz']) {
    const response = await fetch(`${service.address}${path}`);
    t.equal(response.status, 503);
    if (path !== '/readyz') t.equal(response.headers.get('retry-after'), '2');
  }
  const longest = performance.now() - begun;
  t.ok(longest < 2000, `${longest} ms`);
  await seededPostgres(t, late);
  const back = performance.now();
  while ((await fetch(`${service.address}/readyz`)).status !== 200) await sleep(5);
  const recovered = performance.now() - back;
  t.ok(recovered < 2000, `${recovered} ms`);
  for (const path of [known, unheardOf()]) t.equal((await fetch(`${service.address}${path}`)).status, 200);
  ledger.add(
    'connections are refused when the service starts',
    '503',
    '503',
    `${Math.ceil(longest)} ms`,
    `${Math.ceil(recovered)} ms`,
    0,
  );
});

t.test('a broken LISTEN connection', async (t) => {
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  const folder = await secondSeeds(t);
  const released = async (): Promise<number> =>
    Number((await fetch(`${service.address}/v1/provinces/71`)).headers.get('govdata-release'));
  let number = await released();
  await suffer(t, service, ledger, {
    name: 'the connection that hears of releases is ended, and a release is made',
    async strike() {
      await asked(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'govdata listener'`,
      );
      await seed(writer, { folder });
      const made = performance.now();
      while ((await released()) === number) await sleep(5);
      t.ok(performance.now() - made < 2500, 'it is told within two seconds all the same');
    },
    writes: true,
    known: '200',
    other: '200',
    within: 2000,
  });
  await rollback(writer, 1);
  number = await released();
});

t.test('the table of docs/reliability.md', async (t) => ledger.settle(t));
