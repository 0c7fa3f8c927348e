/** WebSockets at /graphql: who may open one, what the protocol allows, and how each ends. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import pg from 'pg';
import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { registerGraphql } from '../../src/resolvers/index.ts';
import { limits } from '../../src/schema/config.ts';
import { noCache, seededDatabase, testNow } from '../service.ts';
import { Bare, clientOf, listeners, listening, subscribe, subscription } from './subscriber.ts';

/** Its sessions are counted, and its tables locked. */
const ofThisFile = seededDatabase(t);

type Line = Record<string, unknown>;

async function loggedApp(t: Test, env: NodeJS.ProcessEnv = {}) {
  const { reader, url: database } = await ofThisFile;
  const log: Line[] = [];
  const app = await buildApp({
    database: reader,
    config: loadConfig(env),
    pendingMigrations: async () => 0,
    logTo: { write: (line) => log.push(JSON.parse(line)) },
    now: testNow,
  });
  t.teardown(() => app.close());
  return { app, log, database, pool: reader.pool, url: await listening(app) };
}

interface Refused {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: { errors: [{ message: string; extensions: Line }] };
}

/** How the upgrade is answered, if not by a WebSocket. */
async function refusalOf(t: Test, url: string, headers: Record<string, string> = {}): Promise<Refused> {
  const { socket } = new Bare(t, url, ['graphql-transport-ws'], { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) };
}

t.test('what is no WebSocket of the protocol is closed with the code that says so', async (t) => {
  const { url, log } = await loggedApp(t);
  const closes = async (bare: Bare, code: number, reason: string) =>
    t.strictSame(await bare.closed, { code, reason });
  await closes(await Bare.open(t, url, 'graphql-ws'), 4406, 'Subprotocol not acceptable');
  const nothing = new Bare(t, url, []);
  await closes(nothing, 4406, 'Subprotocol not acceptable');

  const unready = await Bare.open(t, url);
  unready.subscribe('1');
  await closes(unready, 4401, 'Unauthorized');
  const twice = await Bare.ready(t, url);
  twice.say({ type: 'connection_init' });
  await closes(twice, 4429, 'Too many initialisation requests');
  const same = await Bare.ready(t, url);
  same.subscribe('1');
  same.subscribe('1');
  await closes(same, 4409, 'Subscriber for 1 already exists');

  for (const said of [
    'x',
    '{',
    '[]',
    '7',
    '{"type":"start"}',
    '{"type":"next"}',
    '{"type":"subscribe","id":"1"}',
  ]) {
    const bare = await Bare.ready(t, url);
    bare.socket.send(said);
    await closes(bare, 4400, 'Invalid message received');
  }
  const serverOnly = await Bare.ready(t, url);
  serverOnly.say({ type: 'next', id: '1', payload: { data: null } });
  serverOnly.say({ type: 'ping' });
  await closes(serverOnly, 4400, 'Invalid message received');

  const large = await Bare.ready(t, url);
  large.say({ type: 'ping', payload: { text: 'x'.repeat(limits.messageBytesMax) } });
  t.match(await large.closed, { code: 1009 });
  const badUtf8 = await Bare.ready(t, url);
  badUtf8.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  t.match(await badUtf8.closed, { code: 1007 });

  t.strictSame(
    log.filter(({ level }) => Number(level) >= 40),
    [],
    'a client that does wrong is no fault of the service',
  );
});

t.test('a ping of the client is answered, with what it holds', async (t) => {
  const { url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const bare = await Bare.ready(t, url);
  bare.say({ type: 'ping', payload: { at: 7 } });
  t.strictSame(await bare.hears('pong'), { type: 'pong', payload: { at: 7 } });
  bare.say({ type: 'pong' });
  bare.socket.ping('frame');
  t.equal(String((await once(bare.socket, 'pong'))[0]), 'frame');
});

t.test('a connection has as many subscriptions as are advertised', async (t) => {
  const { app, url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const config = (await app.inject('/v1/config')).json();
  const most = config.limits.subscriptionsMax;
  t.equal(most, limits.subscriptionsMax);
  const bare = await Bare.ready(t, url);
  for (let id = 1; id <= most; id += 1) {
    bare.subscribe(`${id}`, subscription, { since: 0 });
    await bare.hears('next');
  }
  bare.subscribe('more');
  const { id, payload } = await bare.hears('error');
  t.equal(id, 'more');
  const extensions = {
    code: 'too_many_subscriptions',
    status: 429,
    detail: /subscriptionsMax/,
    requestId: /./,
  };
  t.match(payload, [{ extensions }]);
  bare.say({ id: '1', type: 'complete' });
  bare.subscribe('more');
  // What is asked after it is answered after it; a second refusal would come first.
  bare.subscribe('invalid', '{');
  t.match(await bare.hears('error'), { id: 'invalid' });
});

t.test(
  'what is asked and not yet answered counts, so that one connection cannot take the database',
  async (t) => {
    const { url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
    const bare = await Bare.ready(t, url);
    const [most, more] = [limits.subscriptionsMax, 30];
    for (let id = 1; id <= most + more; id += 1) {
      const persistedQuery = { version: 1, sha256Hash: `${id}`.padStart(64, '0') };
      bare.say({ id: `${id}`, type: 'subscribe', payload: { query: '', extensions: { persistedQuery } } });
    }
    const codes: (string | undefined)[] = [];
    for (let id = 1; id <= most + more; id += 1) {
      const { payload } = await bare.hears('error');
      codes.push((payload as { extensions: { code: string } }[])[0]?.extensions.code);
    }
    const count = (code: string) => codes.filter((one) => one === code).length;
    t.equal(count('too_many_subscriptions'), more);
    t.equal(count('operation_not_found'), most);
  },
);

t.test('a node has as many connections as are advertised; one more is 503 before it is opened', async (t) => {
  const { app, url, log } = await loggedApp(t);
  const crowd = await Promise.all(Array.from({ length: limits.socketsMax }, async () => Bare.open(t, url)));
  const { status, headers, body } = await refusalOf(t, url);
  t.equal(status, 503);
  t.equal(headers['retry-after'], '5');
  t.equal(headers.connection, 'close');
  t.match(body.errors, [{ extensions: { code: 'unavailable', detail: /socketsMax/, requestId: /./ } }]);
  t.equal((await app.inject('/healthz')).statusCode, 200, 'requests are answered as before');
  crowd[0]?.socket.close();
  await crowd[0]?.closed;
  await Bare.open(t, url);
  t.equal(log.filter(({ msg }) => msg === 'request').at(-1)?.['status'], 101);
});

t.test('pages of other origins than CORS_ORIGIN may not connect', async (t) => {
  const { url } = await loggedApp(t, { CORS_ORIGIN: 'https://example.org', LOG_LEVEL: 'silent' });
  const { host } = new URL(url);
  for (const origin of ['https://example.com', 'http://example.org', 'null', `http://${host}0`]) {
    const { status, body } = await refusalOf(t, url, { origin });
    t.equal(status, 403, origin);
    t.match(body.errors, [{ extensions: { code: 'origin_not_allowed', detail: 'https://example.org' } }]);
  }
  for (const headers of [{ origin: 'https://example.org' }, { origin: `http://${host}` }, {}]) {
    const { socket } = await Bare.open(t, url, undefined, { headers });
    t.equal(socket.readyState, socket.OPEN);
  }
  const open = await loggedApp(t, { LOG_LEVEL: 'silent' });
  await Bare.open(t, open.url, undefined, { headers: { origin: 'https://example.com' } });
});

/** With little time, so that a test need not wait. */
async function hastyApp(
  t: Test,
  times: { socketInitMs: number; keepAliveMs: number; keepAliveAnswerMs: number },
) {
  const { reader } = await ofThisFile;
  const app: FastifyInstance = fastify();
  t.teardown(() => app.close());
  await app.register(registerGraphql, {
    cache: noCache,
    operations: 'any',
    context: { database: reader, now: testNow },
    times,
  });
  return listening(app);
}

t.test('who does not begin, or does not answer a ping, is cut off', async (t) => {
  const url = await hastyApp(t, { socketInitMs: 200, keepAliveMs: 100, keepAliveAnswerMs: 100 });
  const idle = await Bare.open(t, url);
  t.strictSame(await idle.closed, { code: 4408, reason: 'Connection initialisation timeout' });
  const deaf = new Bare(t, url, ['graphql-transport-ws'], { autoPong: false });
  await once(deaf.socket, 'open');
  deaf.say({ type: 'connection_init' });
  const alive = await Bare.ready(t, url);
  t.match(await deaf.closed, { code: 1006 });
  for (let count = 0; count < 5; count += 1) await once(alive.socket, 'ping');
  t.equal(alive.socket.readyState, alive.socket.OPEN);
});

t.test('the times are those that are advertised', async (t) => {
  const { url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const start = Date.now();
  const { code } = await (await Bare.open(t, url)).closed;
  t.equal(code, 4408);
  t.ok(Date.now() - start >= limits.socketInitMs - 50);
});

t.test('who asks and does not read is cut off, before much is kept for it', async (t) => {
  const { url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const bare = await Bare.ready(t, url);
  bare.socket.pause();
  const payload = { text: 'x'.repeat(limits.messageBytesMax - 100) };
  const closed = once(bare.socket, 'close');
  let sent = 0;
  while (bare.socket.readyState === bare.socket.OPEN && sent < 2000) {
    const flushed = new Promise((resolve) =>
      bare.socket.send(JSON.stringify({ type: 'ping', payload }), resolve),
    );
    await Promise.race([flushed, closed]);
    sent += 1;
  }
  bare.socket.resume();
  await closed;
  t.ok(sent < 2000, `${sent} messages`);
});

t.test(
  'stops: clients are told 1001, those that do not answer are cut off, answers in flight are given',
  async (t) => {
    const { app, url, database, pool, log } = await loggedApp(t);
    const events = subscribe(clientOf(t, url));
    const next = events.next();
    const told = await Bare.ready(t, url);
    told.subscribe('1');
    const silent = await openSilently(t, url);
    await listeners(pool, 1);
    const heldUp = new pg.Client(database);
    await heldUp.connect();
    await heldUp.query('begin; lock table releases in access exclusive mode');
    const slow = fetch(`${url.replace('ws', 'http')}?query={config{release}}`);
    await once(app.server, 'request');

    const failed = t.rejects(next, { code: 1001 });
    const late = await openQuietly(t, url);
    const start = Date.now();
    const stopped = app.close();
    const refused = answerOn(late, handshake);
    t.strictSame(await told.closed, { code: 1001, reason: 'The service is stopping' });
    await failed;
    t.match(await refused, /^HTTP\/1\.1 503 [\s\S]+The service is stopping/, 'nobody new is let in');
    await heldUp.query('rollback');
    t.match(await (await slow).json(), { data: { config: { release: 1 } } });
    await stopped;
    t.ok(Date.now() - start < 4000, `${Date.now() - start} ms`);
    if (!silent.closed) await once(silent, 'close');
    await listeners(pool, 0);
    await heldUp.end();
    const lines = log.filter(({ msg }) => msg === 'request').map(({ status }) => status);
    t.strictSame(lines.sort(), [101, 101, 101, 200, 503]);
  },
);

t.test('stops within the grace, if that is shorter', async (t) => {
  const { app, url } = await loggedApp(t, { CLOSE_GRACE_MS: '100', LOG_LEVEL: 'silent' });
  const silent = await openSilently(t, url);
  const start = Date.now();
  await app.close();
  t.ok(Date.now() - start < 1500, `${Date.now() - start} ms`);
  if (!silent.closed) await once(silent, 'close');
});

/** A client that makes a WebSocket and then says nothing any more, not even that it was closed. */
async function openSilently(t: Test, url: string): Promise<Socket> {
  const socket = await openQuietly(t, url);
  socket.write(handshake);
  await once(socket, 'readable');
  socket.resume();
  return socket;
}

const upgradeOf = (path: string, ...headers: string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: here',
    'Connection: keep-alive, Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    ...headers,
    '\r\n',
  ].join('\r\n');

const handshake = upgradeOf('/graphql', 'Upgrade: websocket', 'Sec-WebSocket-Protocol: graphql-transport-ws');

/** All that is answered to what is written. */
async function answerTo(t: Test, url: string, text: string): Promise<string> {
  return answerOn(await openQuietly(t, url), text);
}

async function openQuietly(t: Test, url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function answerOn(socket: Socket, text: string): Promise<string> {
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const last = 'GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n';

t.test(
  'an upgrade to anything else is read as the request that it also is, and the connection goes on',
  async (t) => {
    const { url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
    const statusesOf = async (text: string) =>
      [...(await answerTo(t, url, text)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    t.strictSame(await statusesOf(upgradeOf('/graphiql', 'Upgrade: websocket') + last), ['200', '200']);
    t.strictSame(await statusesOf(upgradeOf('/graphqls', 'Upgrade: websocket') + last), ['404', '200']);
    t.strictSame(
      await statusesOf(upgradeOf('/v1/themes', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__') + last),
      ['200', '200'],
    );
    t.strictSame(await statusesOf(upgradeOf('/graphql', 'Upgrade: h2c') + last), ['400', '200']);
    const ask = upgradeOf('/graphql', 'Upgrade: websocket').replace('GET', 'DELETE');
    t.strictSame(await statusesOf(ask + last), ['405', '200']);
    t.match(
      await answerTo(t, url, `${upgradeOf('/graphqls', 'Upgrade: websocket', 'Connection: close')}`),
      /no_such_route/,
    );

    const query = JSON.stringify({ query: '{ config { release } }' });
    const body = [`Content-Type: application/json`, `Content-Length: ${query.length}`];
    const post = upgradeOf('/graphql', 'Upgrade: h2c', ...body).replace('GET', 'POST');
    t.match(await answerTo(t, url, post + query + last), '{"data":{"config":{"release":1}},');
  },
);

t.test('a handshake that is none is refused, and leaves no connection', async (t) => {
  const { app, url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const handshake = upgradeOf(
    '/graphql',
    'Upgrade: websocket',
    'Sec-WebSocket-Protocol: graphql-transport-ws',
  );
  t.match(await answerTo(t, url, handshake.replace('Version: 13', 'Version: 7')), /^HTTP\/1\.1 400 /);
  t.match(await answerTo(t, url, handshake.replace('dGhl', 'x')), /^HTTP\/1\.1 400 /);
  t.match(await answerTo(t, url, handshake.replace('transport-ws', 'transport-ws, ,')), /^HTTP\/1\.1 400 /);
  // In one breath with a request that is still being answered.
  const both = await answerTo(t, url, `GET /v1/themes HTTP/1.1\r\nHost: here\r\n\r\n${handshake}`);
  t.notMatch(both, '101');
  const gone = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  gone.write(handshake);
  gone.resetAndDestroy();
  await app.close();
});

t.test('GET without an upgrade, HEAD, OPTIONS and other methods answer as before', async (t) => {
  const { app, url } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const { statusCode, headers } = await app.inject({ method: 'OPTIONS', url: '/graphql' });
  t.equal(statusCode, 204);
  t.equal(headers['allow'], 'GET, HEAD, OPTIONS, POST');
  t.equal((await app.inject({ method: 'PUT', url: '/graphql' })).statusCode, 405);
  t.match((await app.inject('/graphql?query={config{release}}')).json(), {
    data: { config: { release: 1 } },
  });
  const [response] = (await once(get(url.replace('ws', 'http')), 'response')) as [IncomingMessage];
  response.resume();
  t.equal(response.statusCode, 400);
});

t.test('the page subscribes at the same address, by the same protocol, and may connect to it', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  const { body, headers } = await app.inject('/graphiql');
  t.match(body, 'subscriptionsEndpoint: `/graphql`');
  t.match(body, 'initialSubscriptionRequestHandlerId: `graphql-ws`');
  t.match(headers['content-security-policy'], /;connect-src 'self';/);
});
