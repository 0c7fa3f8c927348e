/** What holds for every request: ids, the log, masking, limits of size and time. */
import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { buildApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { connect } from '../src/db/client.ts';
import { limits } from '../src/schema/config.ts';
import { isProblem } from './routes/rest.ts';
import { seededDatabase, sharedDatabase } from './service.ts';
import { spoilColumn } from './spoilt.ts';

interface Line {
  level: number;
  msg: string;
  [key: string]: unknown;
}

/** Tables of a database of its own may be locked. */
async function loggedApp(t: Test, env: NodeJS.ProcessEnv = {}, own = false) {
  const { url, reader } = await (own ? seededDatabase(t) : sharedDatabase());
  const log: Line[] = [];
  const app = await buildApp({
    database: reader,
    config: loadConfig(env),
    pendingMigrations: async () => 0,
    logTo: { write: (line) => log.push(JSON.parse(line)) },
  });
  t.teardown(() => app.close());
  return { app, log, url };
}

async function openSocket(t: Test, port: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connectTo(port, '127.0.0.1').on('error', () => undefined);
  t.teardown(() => socket.destroy());
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  await once(socket, 'connect');
  return { socket, answer: once(socket, 'close').then(() => text) };
}

t.test(
  'the id of a request is the one that the client set, if it is harmless, and else a new one',
  async (t) => {
    const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
    const idFor = async (given: string) =>
      (await app.inject({ url: '/healthz', headers: { 'x-request-id': given } })).headers['x-request-id'];
    t.equal(await idFor('abc-1.2:3_Z'), 'abc-1.2:3_Z');
    for (const bad of ['', 'a b', '"', 'a'.repeat(101), '<script>']) {
      t.match(await idFor(bad), /^[\da-f]{8}-[\da-f-]{27}$/, bad);
    }
    t.not(
      (await app.inject('/healthz')).headers['x-request-id'],
      (await app.inject('/healthz')).headers['x-request-id'],
    );
  },
);

t.test('a request is one line in the log, with its id and nothing of its headers', async (t) => {
  const { app, log } = await loggedApp(t);
  const address = await app.listen({ port: 0 });
  const headers = { authorization: 'Bearer s3cret', cookie: 'session=s3cret', 'x-request-id': 'one' };
  await fetch(`${address}/v1/provinces/15?lang=vi`, { headers });
  await fetch(`${address}/healthz`, { headers });
  await sleep(50);
  t.strictSame(
    log.map(({ msg }) => msg),
    [`Server listening at ${address}`, 'request'],
  );
  t.match(log[1], {
    ...{
      level: 30,
      msg: 'request',
      reqId: 'one',
      method: 'GET',
      url: '/v1/provinces/15?lang=vi',
      status: 200,
    },
    ms: Number,
  });
  t.notMatch(JSON.stringify(log), 's3cret');
});

t.test('what supervises the service is logged at debug alone, and a long address is cut', async (t) => {
  const { app, log } = await loggedApp(t, { LOG_LEVEL: 'debug' });
  const address = await app.listen({ port: 0 });
  await fetch(`${address}/readyz?`);
  await fetch(`${address}/v1/provinces?q=${'a'.repeat(1000)}`);
  await sleep(50);
  const lines = log.filter(({ msg }) => msg === 'request');
  t.strictSame(
    lines.map(({ level, status }) => [level, status]),
    [
      [20, 200],
      [30, 400],
    ],
  );
  t.equal(String(lines[1]?.['url']).length, 500);
});

t.test('a request that the client gave up is a line too', async (t) => {
  const { app, log, url } = await loggedApp(t, {}, true);
  await app.listen({ port: 0 });
  const writer = connect(url, { role: 'writer' });
  const client = await writer.pool.connect();
  await client.query('begin; lock table releases in access exclusive mode');
  const { socket } = await openSocket(t, (app.server.address() as AddressInfo).port);
  socket.write('GET /v1/provinces/15 HTTP/1.1\r\nHost: x\r\n\r\n');
  await sleep(200);
  socket.destroy();
  await sleep(100);
  t.match(
    log.find(({ msg }) => msg === 'request'),
    { method: 'GET', url: '/v1/provinces/15', aborted: true, status: undefined },
  );
  await client.query('rollback');
  client.release();
  await writer.close();
});

t.test('an unknown failure is 500 without a word of its cause, which the log has under the id', async (t) => {
  const { app, log, url } = await loggedApp(t, {}, true);
  await spoilColumn(url, 'releases', 'hash');
  const response = await app.inject('/v1/releases');
  isProblem(t, response, {
    code: 'internal',
    detail: 'The service failed. The request id finds the cause in its log.',
  });
  t.notMatch(response.body, /select|hash|does not exist/i);
  const graphql = await app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: '{ releases { nodes { hash } } }' },
  });
  t.match(graphql.json().errors[0].extensions, { code: 'internal' });
  t.notMatch(graphql.body, /select|hash|does not exist/i);
  const [cause] = log.filter(({ level }) => level === 50);
  t.match(cause, {
    reqId: response.headers['x-request-id'],
    code: 'internal',
    err: { code: 'P0001', message: /foresaw/ },
  });
});

t.test('a body that is too large, of another media type, or malformed is refused', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  app.post('/echo', async ({ body }) => body);
  const post = (payload: string, type = 'application/json') =>
    app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': type }, payload });
  isProblem(t, await post(JSON.stringify('a'.repeat(limits.bodyBytesMax))), {
    code: 'body_too_large',
    detail: 'The request body is larger than the service reads.',
  });
  isProblem(t, await post('a,b', 'text/csv'), {
    code: 'unsupported_media_type',
    detail: 'Send the request body as application/json.',
  });
  isProblem(t, await post('{'), { code: 'bad_request', detail: 'The request body is not valid JSON.' });
  t.equal((await post('{"a":1}')).statusCode, 200);
});

t.test('what is thrown without being an error is a failure of ours', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  app.get('/odd', async () => {
    throw 'a string';
  });
  app.get('/teapot', async () => {
    throw Object.assign(new Error('select secret'), { statusCode: 302 });
  });
  for (const url of ['/odd', '/teapot']) {
    isProblem(t, await app.inject(url), { code: 'internal', detail: /^The service failed/ });
  }
});

t.test('what is not HTTP is refused in the same form, before there is a request', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  await app.listen({ port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const cases = [
    ['GARBAGE\r\n\r\n', 400, 'bad_request', 'The request is not valid HTTP.'],
    ['GET /v1/search?q=Bảo HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad_request', 'must be percent-encoded.'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large', '16 KiB'],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers_too_large', '16 KiB'],
  ] as const;
  for (const [request, status, code, detail] of cases) {
    const { socket, answer } = await openSocket(t, port);
    socket.write(request);
    const [head, body] = (await answer).split('\r\n\r\n');
    t.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    t.match(head, /content-type: application\/problem\+json/);
    t.match(JSON.parse(`${body}`), { type: `/docs/problems/${code}`, status, code, requestId: /./ });
    t.ok(JSON.parse(`${body}`).detail.includes(detail));
  }
});

t.test('a client that is too slow with its headers or its body is cut off with 408', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  await app.listen({ port: 0 });
  t.ok(app.server.headersTimeout <= 10_000);
  t.ok(app.server.requestTimeout <= 30_000);
  app.server.headersTimeout = 300;
  app.server.requestTimeout = 600;
  const { port } = app.server.address() as AddressInfo;
  const body =
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
  for (const start of ['', 'GET / HTTP/1.1\r\nHost:', body]) {
    const { socket, answer } = await openSocket(t, port);
    socket.write(start);
    t.match(await answer, /^HTTP\/1\.1 408 Request Timeout\r\n.*"code":"request_timeout"/s);
  }
});

t.test('a client that resets its connection disturbs nobody', async (t) => {
  const { app } = await loggedApp(t, { LOG_LEVEL: 'silent' });
  await app.listen({ port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const refused = once(app.server, 'clientError');
  const { socket } = await openSocket(t, port);
  socket.write('GET / HTTP/1.1\r\nHo');
  await sleep(50);
  socket.resetAndDestroy();
  t.match(await refused, [{ code: 'ECONNRESET' }]);
  t.equal((await app.inject('/healthz')).statusCode, 200);
});
