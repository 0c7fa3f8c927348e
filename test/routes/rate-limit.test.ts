/** Limits by address, over real connections, alone and with a real Redis that is stopped and frozen. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import t, { type Test } from 'tap';
import { WebSocket } from 'ws';
import { loggedService } from '../cache/logged-service.ts';
import { seededDatabase } from '../service.ts';

const database = await seededDatabase(t, 'fixture');
const serviceOf = (t: Test, settings: Record<string, string> = {}) => loggedService(t, settings, database);

type Service = Awaited<ReturnType<typeof loggedService>>;

interface Asked {
  path?: string;
  /** Which address of this machine it comes from. */
  from?: string;
  headers?: Record<string, string>;
  body?: object;
}

const agents = new Map<string, Agent>();
t.teardown(() => [...agents.values()].map((agent) => agent.destroy()));

async function ask(
  { app }: Service,
  { path = '/v1/provinces', from = '127.0.0.1', headers, body }: Asked = {},
) {
  const agent = agents.get(from) ?? new Agent({ keepAlive: true, localAddress: from });
  agents.set(from, agent);
  const { port } = app.server.address() as AddressInfo;
  const method = body === undefined ? 'GET' : 'POST';
  const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
  const asked = request({
    ...{ host: '127.0.0.1', port, path, agent, method },
    headers: { ...(body && json), ...headers },
  }).end(body && JSON.stringify(body));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const answer = await text(response);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: answer === '' ? {} : JSON.parse(answer),
  };
}

const statuses = async (
  service: Service,
  count: number,
  asked: Asked = {},
): Promise<(number | undefined)[]> => {
  const all: (number | undefined)[] = [];
  for (let at = 0; at < count; at++) all.push((await ask(service, asked)).status);
  return all;
};

t.test(
  'an address is told how many it has left, also where the answer is kept, and one too many is 429',
  async (t) => {
    const service = await serviceOf(t, { RATE_LIMIT: '4' });
    const routed: number[] = [];
    for (const left of [3, 2, 1, 0]) {
      const { status, headers } = await ask(service);
      routed.push(service.routed());
      t.equal(status, 200);
      t.equal(headers['ratelimit-policy'], '"address";q=4;w=60');
      t.match(headers['ratelimit'], new RegExp(`^"address";r=${left};t=(60|5\\d)$`));
    }
    t.equal(routed[3], routed[0], 'all but the first were kept');
    const refused = await ask(service);
    t.match(refused, {
      status: 429,
      headers: {
        'content-type': 'application/problem+json',
        'retry-after': /^(60|5\d)$/,
        'ratelimit-policy': '"address";q=4;w=60',
        ratelimit: /^"address";r=0;t=/,
        'access-control-allow-origin': '*',
      },
      body: {
        type: '/docs/problems/too_many_requests',
        code: 'too_many_requests',
        detail: 'An address may send 4 requests in 60 s; this one has.',
        requestId: /./,
      },
    });
    const query = { query: '{ config { version } }' };
    t.match(await ask(service, { path: '/graphql', body: query }), {
      status: 429,
      body: { errors: [{ extensions: { code: 'too_many_requests' } }] },
    });
    t.equal(
      (await ask(service, { path: '/healthz' })).status,
      200,
      'what supervises the service is not counted',
    );
    t.equal((await ask(service, { from: '127.0.0.2' })).status, 200, 'nor is another address');
  },
);

t.test('where there is no limit, nothing is counted and nothing said', async (t) => {
  const service = await serviceOf(t);
  const { headers } = await ask(service);
  t.notOk(Object.keys(headers).some((name) => name.startsWith('ratelimit')));
});

t.test('a window that is over begins anew', async (t) => {
  const service = await serviceOf(t, { RATE_LIMIT: '2', RATE_LIMIT_SECONDS: '1' });
  t.strictSame(await statuses(service, 3), [200, 200, 429]);
  await sleep(1100);
  t.strictSame(await statuses(service, 1), [200]);
});

t.test('X-Forwarded-For changes nothing unless the proxy that it comes from is named', async (t) => {
  const forged = (at: number): Asked => ({ headers: { 'x-forwarded-for': `203.0.113.${at}` } });
  const nobody = await serviceOf(t, { RATE_LIMIT: '2' });
  const told: (number | undefined)[] = [];
  for (let at = 0; at < 3; at++) told.push((await ask(nobody, forged(at))).status);
  t.strictSame(told, [200, 200, 429], 'of a service that names none');

  const named = await loggedService(t, { RATE_LIMIT: '2', TRUST_PROXY: '127.0.0.1' });
  for (let at = 0; at < 3; at++)
    t.equal((await ask(named, forged(at))).status, 200, 'each client for itself');
  t.strictSame(await statuses(named, 3, forged(9)), [200, 200, 429]);
  const elsewhere: (number | undefined)[] = [];
  for (let at = 0; at < 3; at++) {
    elsewhere.push((await ask(named, { ...forged(100 + at), from: '127.0.0.2' })).status);
  }
  t.strictSame(elsewhere, [200, 200, 429], 'of an address that is not the proxy');
  // A client that writes the header itself, through the proxy, which adds what it sees.
  const chain = (at: number): Asked => ({ headers: { 'x-forwarded-for': `198.51.100.${at}, 203.0.113.77` } });
  const chained: (number | undefined)[] = [];
  for (let at = 0; at < 3; at++) chained.push((await ask(named, chain(at))).status);
  t.strictSame(chained, [200, 200, 429], 'what the client said to the proxy is not believed');
});

t.test('of IPv6 a network of 64 bits counts as one, and IPv4 within it as IPv4', async (t) => {
  const service = await serviceOf(t, { RATE_LIMIT: '2', TRUST_PROXY: 'loopback' });
  const from = (address: string) => ask(service, { headers: { 'x-forwarded-for': address } });
  const left = async (address: string) => `${(await from(address)).headers['ratelimit']}`.split(';')[1];
  t.equal(await left('2001:db8:1:2::1'), 'r=1');
  t.equal(await left('2001:db8:1:2:ffff::9'), 'r=0');
  t.equal(await left('2001:db8:1:3::1'), 'r=1');
  t.equal(await left('::ffff:203.0.113.5'), 'r=1');
  t.equal(await left('203.0.113.5'), 'r=0');
  t.equal(await left('no address at all'), 'r=1', 'whatever a proxy says is a name');
});

/** Of those that are open, each is in the list. */
const opened: WebSocket[] = [];

const socketsOf = async (t: Test, service: Service, count: number): Promise<(number | string)[]> => {
  const { port } = service.app.server.address() as AddressInfo;
  const all: (number | string)[] = [];
  for (let at = 0; at < count; at++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => undefined);
    const answer = await new Promise<number | string>((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (_request, response: IncomingMessage) => {
        response.resume().once('end', () => resolve(Number(response.statusCode)));
      });
    });
    all.push(answer);
    if (answer !== 'open') continue;
    opened.push(socket);
    t.teardown(() => socket.terminate());
  }
  return all;
};

t.test('a WebSocket counts as one request when it is opened', async (t) => {
  const service = await serviceOf(t, { RATE_LIMIT: '3' });
  t.strictSame(await socketsOf(t, service, 2), ['open', 'open']);
  t.strictSame(await statuses(service, 2), [200, 429]);
  t.strictSame(await socketsOf(t, service, 1), [429]);
});

t.test('an address has as many WebSockets as it may, and another one once one is closed', async (t) => {
  opened.splice(0);
  const service = await serviceOf(t, { SOCKETS_PER_ADDRESS: '2' });
  t.strictSame(await socketsOf(t, service, 4), ['open', 'open', 429, 429]);
  for (const socket of opened.splice(0, 2)) {
    socket.close();
    await once(socket, 'close');
  }
  await sleep(100);
  t.strictSame(await socketsOf(t, service, 1), ['open']);
  t.strictSame(await socketsOf(t, service, 2), ['open', 429]);
});

t.test('one connection more than a process takes is closed at once; 0 takes as many as come', async (t) => {
  const answersOf = async (settings: Record<string, string>): Promise<string[]> => {
    const service = await serviceOf(t, settings);
    const { port } = service.app.server.address() as AddressInfo;
    const answers: string[] = [];
    for (let count = 0; count < 3; count++) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      t.teardown(() => socket.destroy());
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      const told = once(socket, 'data').then(String);
      const closed = once(socket, 'close').then(() => 'closed');
      answers.push((await Promise.race([told, closed])).slice(0, 15));
    }
    await service.app.close();
    return answers;
  };
  t.strictSame(await answersOf({ CONNECTIONS_MAX: '2' }), ['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'closed']);
  t.strictSame(await answersOf({ CONNECTIONS_MAX: '0' }), Array(3).fill('HTTP/1.1 200 OK'));
});

const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const withoutRedis = await new Promise<string | false>((resolve) => {
  const { hostname, port } = new URL(redisUrl);
  const socket = connect(Number(port), hostname);
  socket.once('error', () => resolve('no Redis listens at TEST_REDIS_URL, or at 127.0.0.1:6379'));
  socket.once('connect', () => {
    socket.destroy();
    resolve(false);
  });
});

/** Keys of its own, which are gone when the test ends. */
function ownPrefix(t: Test): string {
  const prefix = `govdata-test-${process.pid}-${Date.now()}:`;
  t.teardown(async () => {
    const redis = new Redis(redisUrl);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(keys);
    await redis.quit();
  });
  return prefix;
}

/** What lies between the service and Redis, and can be cut and frozen. */
async function wireTo(t: Test) {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  const state = { frozen: false };
  const server = createServer((socket) => {
    const redis = connect(Number(port), hostname);
    for (const one of [socket, redis]) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => sockets.delete(one));
    }
    socket.on('data', (data) => state.frozen || redis.write(data));
    redis.on('data', (data) => state.frozen || socket.write(data));
  });
  const listen = async (at: number) => once(server.listen(at, '127.0.0.1'), 'listening');
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  t.teardown(cut);
  return { url: `redis://127.0.0.1:${own}`, state, cut, mend: () => listen(own) };
}

const linesOf = ({ lines }: Service): unknown[] =>
  lines.filter(({ level }) => Number(level) > 30).map(({ msg }) => msg);

/** Requests that come while a service starts may be counted before it has reached Redis. */
async function reached(service: Service): Promise<void> {
  do await sleep(300);
  while (`${linesOf(service).at(-1)}`.includes('Redis is away'));
  service.lines.splice(0);
}

t.test('processes that share a Redis count together', { skip: withoutRedis }, async (t) => {
  const settings = { RATE_LIMIT: '4', REDIS_URL: redisUrl, REDIS_PREFIX: ownPrefix(t) };
  const [one, other] = [await serviceOf(t, settings), await loggedService(t, settings)];
  await Promise.all([one, other].map(reached));
  t.strictSame(await statuses(one, 3), [200, 200, 200]);
  t.strictSame(await statuses(other, 3), [200, 429, 429]);
  t.strictSame(await statuses(one, 1), [429]);
  const redis = new Redis(redisUrl);
  const ttl = await redis.ttl(`${settings.REDIS_PREFIX}requests:127.0.0.1`);
  t.ok(ttl > 0 && ttl <= 60, 'and leave nothing behind');
  await redis.quit();
});

t.test(
  'while Redis is away a process counts for itself and answers at once; it says so once, and when Redis is back',
  { skip: withoutRedis },
  async (t) => {
    const wire = await wireTo(t);
    const settings = { RATE_LIMIT: '3', REDIS_URL: wire.url, REDIS_PREFIX: ownPrefix(t) };
    const service = await serviceOf(t, settings);
    await reached(service);
    t.strictSame(await statuses(service, 3), [200, 200, 200]);
    await wire.cut();
    await sleep(50);
    t.strictSame(await statuses(service, 4), [200, 200, 200, 429], 'it begins to count anew');
    await sleep(300);
    t.match(linesOf(service), [/^requests are counted by this process alone, since Redis is away: /]);
    await wire.mend();
    while (linesOf(service).length < 2) await sleep(20);
    t.equal(linesOf(service)[1], 'requests are counted in Redis again');
    t.strictSame(await statuses(service, 1), [429], 'where it has had all that it may');
  },
);

t.test('a Redis that does not answer holds nobody up for long', { skip: withoutRedis }, async (t) => {
  const wire = await wireTo(t);
  const settings = { RATE_LIMIT: '1000', REDIS_URL: wire.url, REDIS_PREFIX: ownPrefix(t) };
  const service = await serviceOf(t, settings);
  await reached(service);
  wire.state.frozen = true;
  // Who leaves while it is counted is forgotten.
  const leaving = connect((service.app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(leaving, 'connect');
  leaving.write('GET /v1/provinces HTTP/1.1\r\nHost: x\r\n\r\n');
  await sleep(50);
  leaving.destroy();
  const begun = performance.now();
  t.strictSame(await statuses(service, 10), Array(10).fill(200));
  const took = performance.now() - begun;
  t.ok(took < 1500, `${took} ms: the first waits, and the others do not`);
  t.match(linesOf(service), [/since Redis is away: Command timed out$/]);
  t.equal(service.lines.filter(({ msg, aborted }) => msg === 'request' && aborted).length, 0);
});

t.test(
  'a service starts while Redis is away, and never logs its password',
  { skip: withoutRedis },
  async (t) => {
    const nowhere = await serviceOf(t, {
      RATE_LIMIT: '2',
      REDIS_URL: 'redis://counter:hunter2@127.0.0.1:1/0',
    });
    t.strictSame(await statuses(nowhere, 3), [200, 200, 429]);
    const wrong = redisUrl.replace('redis://', 'redis://counter:hunter2@');
    const refused = await loggedService(t, { RATE_LIMIT: '2', REDIS_URL: wrong });
    while (linesOf(refused).length === 0) await sleep(20);
    t.strictSame(await statuses(refused, 3), [200, 200, 429]);
    t.match(linesOf(refused), [/since Redis is away: /]);
    t.notMatch(JSON.stringify([nowhere.lines, refused.lines]), /hunter2/);
  },
);
