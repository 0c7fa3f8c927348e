/** Clients that read slowly or go away, on real sockets, and what is left of them at the database. */
import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { seededDatabase, testNow } from '../service.ts';

/** Its sessions are counted, and its tables locked. */
const ofThisFile = seededDatabase(t);

/** A file that is larger than all that lies between the service and a client that does not read. */
const large = '/v1/places.ndjson?on=any&lang=vi';

async function service(
  t: Test,
  { poolSize = 1, env = {} }: { poolSize?: number; env?: NodeJS.ProcessEnv } = {},
) {
  const { url } = await ofThisFile;
  const database = connect(url, { role: 'reader', poolSize, statementTimeoutMs: 20_000 });
  const log: { level: number; msg: string; [key: string]: unknown }[] = [];
  const app = await buildApp({
    database,
    config: loadConfig(env),
    now: testNow,
    pendingMigrations: async () => 0,
    logTo: { write: (line) => log.push(JSON.parse(line)) },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  const { port } = app.server.address() as AddressInfo;
  const ask = async (path: string, headers = ''): Promise<Socket> => {
    const socket = connectTo({ port, host: '127.0.0.1' }).on('error', () => undefined);
    t.teardown(() => socket.destroy());
    await once(socket, 'connect');
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
    return socket;
  };
  const { pool } = database;
  const isIdle = (): boolean => pool.idleCount === pool.totalCount && pool.waitingCount === 0;
  return { app, log, pool, ask, isIdle, requests: () => log.filter(({ msg }) => msg === 'request') };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

/** That nothing is asked of the database for a while. */
async function settled(isIdle: () => boolean): Promise<void> {
  for (let quiet = 0; quiet < 15; quiet = isIdle() ? quiet + 1 : 0) await sleep(20);
}

t.test('a client that reads a byte a second holds no connection to the database', async (t) => {
  const { app, ask, isIdle, requests } = await service(t);
  const socket = await ask(large);
  await once(socket, 'readable');
  const reading = setInterval(() => socket.read(1), 1000);
  t.teardown(() => clearInterval(reading));
  await settled(isIdle);
  t.equal((await app.inject('/v1/provinces/15')).statusCode, 200, 'the only connection serves others');
  t.notOk(
    requests().some(({ url }) => url === large),
    'and the file is not at its end',
  );
});

t.test(
  'twice as many of them as there are connections keep nobody waiting, in memory that does not grow',
  async (t) => {
    const { app, ask, isIdle } = await service(t, { poolSize: 2 });
    const sockets: Socket[] = [];
    for (let count = 0; count < 4; count++) {
      const socket = await ask(large);
      await once(socket, 'readable');
      sockets.push(socket);
    }
    await settled(isIdle);
    const before = process.memoryUsage().rss;
    for (let second = 0; second < 3; second++) {
      for (const socket of sockets) socket.read(1);
      await sleep(300);
    }
    t.ok(isIdle());
    t.ok(process.memoryUsage().rss - before < 20_000_000);
    t.equal((await app.inject('/v1/provinces/15')).statusCode, 200);
  },
);

t.test(
  'who leaves in the midst of a file is one line of the log, and the connection comes back',
  async (t) => {
    for (const accept of ['identity', 'br']) {
      const { app, ask, log, isIdle, requests } = await service(t);
      const socket = await ask(large, `Accept-Encoding: ${accept}\r\n`);
      await once(socket, 'readable');
      socket.destroy();
      await until(() => requests().length === 1);
      await until(isIdle);
      t.match(requests(), [{ level: 30, aborted: true, status: undefined }]);
      t.strictSame(
        log.filter(({ level }) => level > 30),
        [],
      );
      t.equal((await app.inject('/v1/provinces/15')).statusCode, 200);
    }
  },
);

for (const path of ['/v1/provinces', '/v1/provinces.csv', '/graphql?query={provinces{totalCount}}']) {
  t.test(`who leaves while ${path} is looked up has it cancelled in the database`, async (t) => {
    const { ask, log, isIdle, requests } = await service(t);
    const { url } = await ofThisFile;
    const writer = connect(url, { role: 'writer' });
    const client = await writer.pool.connect();
    const active = async (): Promise<number> => {
      const { rows } = await writer.pool.query(
        `select pid from pg_stat_activity
         where datname = current_database() and application_name = 'govdata reader' and state = 'active'`,
      );
      return rows.length;
    };
    await client.query('begin; lock table place_versions in access exclusive mode');
    const socket = await ask(path);
    await until(async () => (await active()) === 1);
    socket.destroy();
    await until(async () => (await active()) === 0);
    await until(isIdle);
    t.match(requests(), [{ aborted: true }]);
    t.strictSame(
      log.filter(({ level }) => level > 30),
      [],
    );
    await client.query('rollback');
    client.release();
    await writer.close();
  });
}

t.test('a connection on which nothing moves is ended, though an answer waits to be read', async (t) => {
  const { app, ask, isIdle, requests } = await service(t);
  t.equal(app.server.timeout, 60_000);
  app.server.timeout = 500;
  await ask(large);
  await until(() => requests().length === 1);
  t.match(requests(), [{ url: large, aborted: true }]);
  await until(isIdle);
});

t.test('a service that stops waits for a slow reader as long as it is told, and no longer', async (t) => {
  const { app, ask } = await service(t, { env: { CLOSE_GRACE_MS: '300' } });
  const socket = await ask(large);
  await once(socket, 'readable');
  const begin = performance.now();
  await app.close();
  const took = performance.now() - begin;
  t.ok(took >= 300 && took < 3000, `${took} ms`);
});
