/** More requests than a database of two slow connections can answer, over real connections, in both mouths. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { listeners } from '../resolvers/subscriber.ts';
import { seededDatabase, testNow } from '../service.ts';

/** What a look at the indicators takes longer from now on, in seconds, as on a disk that is busy. */
async function slowDown(url: string, seconds: number): Promise<void> {
  const writer = connect(url, { role: 'writer' });
  await writer.pool.query(`
    alter table indicators rename to indicators_stored;
    create view indicators as
      with slow as materialized (select pg_sleep(${seconds}))
      select stored.* from indicators_stored stored, slow`);
  await writer.close();
}

async function slowService(t: Test, settings: Record<string, string>) {
  const { url } = await seededDatabase(t, 'fixture');
  await slowDown(url, 0.1);
  const database = connect(url, { role: 'reader', poolSize: 2 });
  const app = await buildApp({
    database,
    // How busy the machine is besides is not the question here.
    config: loadConfig({ LOG_LEVEL: 'silent', EVENT_LOOP_DELAY_MS: '0', HEAP_PERCENT: '0', ...settings }),
    now: testNow,
    pendingMigrations: async () => 0,
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  await fetch(`${address}/v1/config`);
  await listeners(database.pool, 1);
  return { app, address, pool: database.pool };
}

interface Told {
  status: number;
  ms: number;
  retryAfter: string | undefined;
  code: string | undefined;
}

const agent = new Agent({ keepAlive: true });
t.teardown(() => agent.destroy());

async function ask(address: string, body?: object): Promise<Told> {
  const begun = performance.now();
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const method = body === undefined ? 'GET' : 'POST';
  const asked = request(address, body === undefined ? { agent } : { agent, method, headers });
  asked.end(body && JSON.stringify(body));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const json = JSON.parse(await text(response));
  return {
    status: Number(response.statusCode),
    ms: performance.now() - begun,
    retryAfter: response.headers['retry-after'],
    code: json.code ?? json.errors?.[0].extensions.code,
  };
}

let asked = 0;
/** No question is asked twice: none is answered from what is kept. */
function askNew(address: string): Promise<Told> {
  const at = asked++;
  const [page, mouth] = [1 + (at % 500), at % 2];
  if (mouth === 0) return ask(`${address}/v1/indicators?limit=${page}&lang=${at % 1000 < 500 ? 'vi' : 'en'}`);
  return ask(`${address}/graphql`, { query: `{ i${at}: indicators(first: ${page}) { nodes { id } } }` });
}

/** Clients that ask one after the other for a while, and wait a little where they are refused. */
async function load(address: string, clients: number, ms: number): Promise<Told[]> {
  const told: Told[] = [];
  const end = performance.now() + ms;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const answer = await askNew(address);
      told.push(answer);
      if (answer.status !== 200) await sleep(250);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return told;
}

/** The time within which so large a part of them was told. */
function msOf(told: Told[], part: number): number {
  const times = told.map(({ ms }) => ms).sort((one, other) => one - other);
  return Math.round(Number(times[Math.floor(times.length * part)]));
}
const shown = (told: Told[]): string =>
  `${told.length}: half within ${msOf(told, 0.5)} ms, 95 % within ${msOf(told, 0.95)} ms`;

/** As a service that has been up for a while: it has seen what a request takes. */
async function warm(address: string): Promise<void> {
  for (let count = 0; count < 6; count++) await Promise.all([askNew(address), askNew(address)]);
}

t.test(
  'what is let in is answered in time, and the rest is 503 overloaded at once, with Retry-After',
  async (t) => {
    const { address, pool, app } = await slowService(t, { QUEUE_MS: '500' });
    const kept = `${address}/v1/provinces?limit=3`;
    await ask(kept);
    await warm(address);
    const watched: Told[] = [];
    const watching = { on: true };
    const watch = (async () => {
      while (watching.on) {
        for (const one of [`${address}/healthz`, kept]) watched.push(await ask(one));
        await sleep(20);
      }
    })();
    const readiness: Told[] = [];
    const watchReadiness = (async () => {
      for (; watching.on; await sleep(20)) readiness.push(await ask(`${address}/readyz`));
    })();
    const told = await load(address, 40, 3000);
    watching.on = false;
    await Promise.all([watch, watchReadiness]);
    const answered = told.filter(({ status }) => status === 200);
    const shed = told.filter(({ status }) => status !== 200);
    t.comment(`answered ${shown(answered)}; shed ${shown(shed)}; kept and /healthz ${shown(watched)}`);
    t.ok(answered.length >= 10, 'as many are answered as two connections can');
    t.ok(shed.length > answered.length);
    t.strictSame(
      [...new Set(shed.map(({ status, code, retryAfter }) => `${status} ${code} ${retryAfter}`))],
      ['503 overloaded 2'],
      'in both mouths, and nobody who was let in waited in vain',
    );
    t.ok(msOf(answered, 0.5) < 1500, 'what is let in is answered in time');
    t.ok(msOf(shed, 0.5) < 500, 'what is not is told so at once');
    t.ok(
      watched.every(({ status }) => status === 200),
      'what is kept is answered, and /healthz too',
    );
    t.ok(msOf(watched, 0.5) < 500, 'at once');
    t.ok(
      readiness.some(({ status }) => status === 503),
      'and /readyz says so',
    );
    while (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) await sleep(20);
    t.equal((await askNew(address)).status, 200, 'once it is over, all is as before');
    t.match((await app.inject('/readyz')).json(), { ready: true, checks: { load: 'ok' } });
  },
);

t.test('without the limit the same clients wait for seconds, and many in vain', async (t) => {
  const { address } = await slowService(t, { QUEUE_MS: '0' });
  await warm(address);
  const told = await load(address, 40, 1500);
  t.comment(shown(told));
  t.ok(msOf(told, 0.5) > 1500);
  t.ok(told.some(({ code }) => code === 'unavailable'));
  t.notOk(told.some(({ code }) => code === 'overloaded'));
});

t.test('a process that is late with all that it does says so, but for what supervises it', async (t) => {
  const { address } = await slowService(t, { EVENT_LOOP_DELAY_MS: '20' });
  const end = performance.now() + 3500;
  const answers: Promise<Told>[] = [];
  while (performance.now() < end) {
    for (const until = performance.now() + 100; performance.now() < until; );
    answers.push(ask(`${address}/openapi.json`));
    await sleep(1);
  }
  const told = await Promise.all(answers);
  const late = told.filter(({ status }) => status === 503);
  t.ok(late.length > 0);
  t.match(late[0], { code: 'overloaded', retryAfter: '2' });
  t.match(await ask(`${address}/readyz`), { status: 503 });
  t.match(await ask(`${address}/healthz`), { status: 200 });
  while ((await ask(`${address}/readyz`)).status === 503) await sleep(100);
  t.match(await ask(`${address}/openapi.json`), { status: 200 });
});
