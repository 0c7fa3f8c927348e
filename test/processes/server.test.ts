/** The process, as a supervisor and its clients meet it: real processes, sockets and databases. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect as connectTo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { migrate } from '../../src/db/migrate.ts';
import { type ServeOptions, serve } from '../../src/server.ts';
import { rootOpenFolder } from '../db/embedded-helper.ts';
import { onServer, testDatabase } from '../helper.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { seededDatabase } from '../service.ts';
import { spawned } from '../spawned.ts';

/** Asks of a service, wherever it runs. */
class Client {
  address = '';

  async get(path: string): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
    const response = await fetch(`${this.address}${path}`);
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body, headers: response.headers };
  }

  /** Asks until the status comes. */
  async becomes(path: string, status: number): Promise<void> {
    while ((await this.get(path)).status !== status) await sleep(50);
  }

  connect(): Socket {
    const { hostname, port } = new URL(this.address);
    return connectTo(Number(port), hostname).on('error', () => undefined);
  }
}

/** A service in this process: all but signals and exit codes. */
class Here extends Client {
  readonly out: string[] = [];
  readonly err: string[] = [];
  close: () => Promise<void> = async () => undefined;

  static async start(t: Test, env: Record<string, string>, setUp?: ServeOptions['setUp']): Promise<Here> {
    const here = new Here();
    t.teardown(() => here.close());
    const service = await serve(loadConfig({ PORT: '0', LOG_LEVEL: 'silent', ...env }), {
      print: (line) => here.out.push(line),
      log: (line) => here.err.push(line),
      ...(setUp === undefined ? {} : { setUp }),
    });
    here.address = service.address;
    here.close = service.close;
    return here;
  }
}

/** A service in a process of its own. */
class There extends Client {
  readonly process: ChildProcess;
  readonly out: string[];
  readonly err: string[];
  readonly exit: Promise<number | string>;

  constructor(t: Test, env: Record<string, string>) {
    super();
    const script = new URL('../serve-process.ts', import.meta.url).pathname;
    const there = spawned(t, [script], env);
    this.process = there.process;
    this.out = there.out;
    this.err = there.err;
    this.exit = there.exit;
  }

  static async start(t: Test, env: Record<string, string>): Promise<There> {
    const there = new There(t, env);
    const line = await there.says(there.out, /^govdata listens on /);
    there.address = line.split(' ').at(-1) ?? '';
    return there;
  }

  async says(lines: string[], pattern: RegExp): Promise<string> {
    for (;;) {
      const line = lines.find((candidate) => pattern.test(candidate));
      if (line !== undefined) return line;
      if (this.process.exitCode !== null) throw new Error(`ended without ${pattern}: ${this.err.join('\n')}`);
      await sleep(10);
    }
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.process.kill(signal);
    return this.exit;
  }
}

/** Makes every question wait for as long as the returned function is not called. */
async function holdUp(url: string): Promise<() => Promise<void>> {
  const writer = connect(url, { role: 'writer' });
  const client = await writer.pool.connect();
  await client.query('begin; lock table releases in access exclusive mode');
  return async () => {
    await client.query('rollback');
    client.release();
    await writer.close();
  };
}

async function timed<T>(work: Promise<T>): Promise<{ ms: number; result: T }> {
  const start = Date.now();
  const result = await work;
  return { ms: Date.now() - start, result };
}

t.test(
  'SIGTERM: a request in flight is answered, and idle or silent sockets do not keep the process',
  async (t) => {
    const { url } = await seededDatabase(t, 'fixture');
    const service = await There.start(t, { DATABASE_URL: url });
    t.match(service.out, [/^govdata listens on http:\/\/127\.0\.0\.1:\d+$/]);
    t.equal(service.out.length, 1);
    const agent = new Agent({ keepAlive: true });
    const [answer] = await once(get(`${service.address}/healthz`, { agent }), 'response');
    answer.resume();
    await once(answer, 'end');
    const silent = service.connect();
    const halfway = service.connect();
    halfway.write('GET /v1/config HTTP/1.1\r\nHost: ');
    const release = await holdUp(url);
    const slow = fetch(`${service.address}/v1/provinces/71`);
    await sleep(300);
    const stopped = timed(service.stop('SIGTERM'));
    await service.says(service.err, /^stopping on SIGTERM$/);
    await sleep(100);
    await t.rejects(fetch(`${service.address}/healthz`), 'nobody new is let in');
    await release();
    const response = await slow;
    t.equal(response.status, 200);
    t.equal(response.headers.get('connection'), 'close');
    t.match(await response.json(), { code: '71' });
    const { ms, result } = await stopped;
    t.equal(result, 0);
    t.ok(ms < 5000, `${ms} ms`);
    for (const socket of [silent, halfway]) socket.destroy();
    agent.destroy();
  },
);

t.test('a second signal ends the process at once', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const service = await There.start(t, { DATABASE_URL: url });
  const release = await holdUp(url);
  const slow = t.rejects(fetch(`${service.address}/v1/provinces/71`));
  await sleep(200);
  service.process.kill('SIGINT');
  await service.says(service.err, /^stopping on SIGINT$/);
  const { ms, result } = await timed(service.stop());
  t.equal(result, 1);
  t.ok(ms < 1000, `${ms} ms`);
  t.ok(service.err.includes('second SIGTERM, exiting'));
  await slow;
  await release();
});

t.test('a defect outside of any request is logged, and the process stops with 1', async (t) => {
  const { url } = await testDatabase(t);
  const service = await There.start(t, { DATABASE_URL: url, TEST_CRASH: '1' });
  t.equal(await service.exit, 1);
  t.match(await service.says(service.err, /^stopping/), /^stopping after a failure: Error: a defect/);
});

t.test(
  'a request that comes while it stops is answered on its open connection, which then closes',
  async (t) => {
    const { url } = await seededDatabase(t, 'fixture');
    const service = await Here.start(t, { DATABASE_URL: url });
    const release = await holdUp(url);
    const socket = service.connect();
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write('GET /v1/config HTTP/1.1\r\nHost: x\r\n\r\n');
    await sleep(200);
    const other = service.connect();
    let late = '';
    other.on('data', (chunk) => {
      late += chunk;
    });
    await once(other, 'connect');
    const stopped = service.close();
    other.write('GET /v1/releases HTTP/1.1\r\nHost: x\r\n\r\n');
    await sleep(200);
    await release();
    await Promise.all([once(socket, 'close'), once(other, 'close')]);
    for (const answer of [text, late]) {
      t.match(answer, /^HTTP\/1\.1 200 OK/);
      t.match(answer, /connection: close/i);
    }
    await stopped;
  },
);

t.test('requests that take longer than the grace are cut off', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const service = await Here.start(t, { DATABASE_URL: url, CLOSE_GRACE_MS: '300' });
  const release = await holdUp(url);
  const slow = t.rejects(fetch(`${service.address}/v1/provinces/71`));
  await sleep(200);
  const { ms } = await timed(service.close());
  t.ok(ms >= 300 && ms < 6000, `${ms} ms`);
  await slow;
  await release();
});

t.test('a port or address that cannot be had is one clear sentence', async (t) => {
  const { url } = await testDatabase(t);
  const first = await Here.start(t, { DATABASE_URL: url });
  const { port } = new URL(first.address);
  await t.rejects(Here.start(t, { DATABASE_URL: url, PORT: port }), {
    name: 'FaultsError',
    message: `Cannot listen on port ${port} of 127.0.0.1: another process listens there; set PORT.`,
  });
  await t.rejects(Here.start(t, { DATABASE_URL: url, HOST: '192.0.2.1' }), {
    name: 'FaultsError',
    message: /^Cannot listen on port 0 of 192\.0\.2\.1: .*EADDRNOTAVAIL/,
  });
});

t.test(
  'an embedded database is set up by a writer, served by readers, and stops with the service',
  async (t) => {
    const home = rootOpenFolder(t);
    const service = await Here.start(t, { GOVDATA_HOME: home }, async ({ pool }) => {
      await migrate(pool);
    });
    t.match(await service.get('/readyz'), { status: 503, body: { checks: { migrations: 'ok' } } });
    await service.close();
    const [folder] = readdirSync(home).filter((name) => name.startsWith('postgres-'));
    t.notOk(existsSync(join(home, `${folder}`, 'data', 'postmaster.pid')));
    const failing = async () => {
      throw new Error('no seeds');
    };
    await t.rejects(Here.start(t, { GOVDATA_HOME: home }, failing), { message: 'no seeds' });
    t.notOk(
      existsSync(join(home, `${folder}`, 'data', 'postmaster.pid')),
      'nor is it left behind by a failure',
    );
  },
);

t.test('the database of DATABASE_URL is never set up, and no session of the service can write', async (t) => {
  const { url, name } = await testDatabase(t, { template: 'migrated' });
  const service = await Here.start(t, { DATABASE_URL: url }, async () => {
    throw new Error('it was set up');
  });
  await service.get('/v1/provinces');
  const sessions = () =>
    onServer((server) =>
      server.query(
        'select distinct application_name from pg_stat_activity where datname = $1 order by application_name',
        [name],
      ),
    );
  // What listens connects beside the first question.
  while ((await sessions()).rows.length < 2) await sleep(20);
  t.strictSame(
    (await sessions()).rows.map((row) => row.application_name),
    ['govdata listener', 'govdata reader'],
  );
});

t.test('without its server it starts, answers 503, and recovers from all that befalls it', async (t) => {
  const postgres = await OwnPostgres.prepare(t);
  // What is kept would be told for two seconds more.
  const service = await There.start(t, { DATABASE_URL: postgres.url, CACHE_MB: '0' });
  const isDown = async (within: number) => {
    for (const path of ['/v1/provinces', '/readyz']) {
      const { ms, result } = await timed(service.get(path));
      t.equal(result.status, 503, path);
      t.ok(ms < within, `${path}: ${ms} ms`);
    }
    t.equal((await service.get('/healthz')).status, 200);
  };
  await isDown(1000);

  await postgres.start();
  const { status, body } = await service.get('/v1/provinces');
  t.equal(status, 503);
  t.equal(body['detail'], 'The database has not been migrated yet.');
  const writer = connect(postgres.url, { role: 'writer' });
  await migrate(writer.pool);
  await writer.close();
  t.equal((await service.get('/v1/provinces')).status, 200);

  postgres.freeze();
  // Two seconds to connect, four for an answer on a connection that is open.
  await isDown(4500);
  postgres.thaw();
  await service.becomes('/v1/provinces', 200);

  for (const mode of ['fast', 'immediate'] as const) {
    await postgres.stop(mode);
    await isDown(1000);
    await postgres.start();
    await service.becomes('/v1/provinces', 200);
  }
  t.match(await service.get('/readyz'), { body: { checks: { database: 'ok', migrations: 'ok' } } });

  t.equal(await service.stop(), 0);
  const log = service.err.join('\n');
  t.match(log, /a database connection was lost/);
  t.notMatch(log, new URL(postgres.url).password, 'the password is in no log');
});

t.test('a database whose host has no address yet is 503 as well', async (t) => {
  const service = await Here.start(t, { DATABASE_URL: 'postgres://u:p@database.invalid/d' });
  t.match(await service.get('/v1/provinces'), {
    status: 503,
    body: { code: 'unavailable', detail: 'The database cannot be reached.' },
  });
});
