/** Requests that are answered before there is any routing, over real connections: told apart from others by their head. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { Cache } from '../../src/cache/cache.ts';
import { KeptAnswer } from '../../src/cache/kept-answer.ts';
import { type Gate, gate } from '../gate.ts';
import { loggedService } from './logged-service.ts';

interface Told {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const { signal } = new AbortController();
const service = await loggedService(t);
const { port } = service.app.server.address() as AddressInfo;

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Told> {
  const asked = request({ host: '127.0.0.1', port, path, method, headers }).end(body);
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response === undefined) throw new Error('no response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

/** Without what is of one answer alone. */
const said = ({ status, headers: { date, 'x-request-id': id, ...headers }, body }: Told) => ({
  status,
  headers,
  body: body.toString('latin1'),
});

const graphql = JSON.stringify({ query: '{ provinces(first: 2) { nodes { id } } }' });
const json = { 'content-type': 'application/json', 'content-length': `${graphql.length}` };
const questions: Record<string, [path: string, asked?: Asked]> = {
  'a record': ['/v1/provinces/71'],
  'a page': ['/v1/communes?limit=2'],
  'a page, packed': ['/v1/communes', { headers: { 'accept-encoding': 'br' } }],
  'GraphQL in an address': ['/graphql?query={provinces{nodes{id}}}'],
  'GraphQL in a body': ['/graphql', { method: 'POST', headers: json, body: graphql }],
};

for (const [name, [path, asked]] of Object.entries(questions)) {
  t.test(`${name} is answered again to the byte, without a look at the application`, async (t) => {
    const first = await ask(path, asked);
    t.equal(first.status, 200);
    const before = service.routed();
    const again = await ask(path, asked);
    t.equal(service.routed(), before);
    t.strictSame(said(again), said(first));
    t.match(again.headers['x-request-id'], /^[\w-]{36}$/);
    t.not(again.headers['x-request-id'], first.headers['x-request-id']);
  });
}

t.test('what is packed unpacks to the same', async (t) => {
  const plain = await ask('/v1/communes');
  const packed = await ask('/v1/communes', { headers: { 'accept-encoding': 'br' } });
  t.equal(packed.headers['content-encoding'], 'br');
  t.ok(brotliDecompressSync(packed.body).equals(plain.body));
});

t.test('who has the answer is told so without the application, in the encoding that it has', async (t) => {
  for (const headers of [{}, { 'accept-encoding': 'br' }]) {
    const { headers: got } = await ask('/v1/communes', { headers });
    const before = service.routed();
    const held = await ask('/v1/communes', { headers: { ...headers, 'if-none-match': `${got.etag}` } });
    t.equal(held.status, 304);
    t.equal(service.routed(), before);
    t.equal(held.body.length, 0);
    t.equal(held.headers.etag, got.etag);
    t.equal(held.headers['content-type'], undefined);
    t.equal(held.headers['cache-control'], got['cache-control']);
  }
});

t.test('who asks only with the tag is answered without the application as well', async (t) => {
  const accept = { accept: '*/*' };
  const askAgain = async (path: string) => {
    const { etag } = (await ask(path)).headers;
    const held = { ...accept, 'if-none-match': `${etag}` };
    const first = await ask(path, { headers: held });
    t.equal(first.status, 304);
    const before = service.routed();
    t.strictSame(said(await ask(path, { headers: held })), said(first));
    t.equal(service.routed(), before);
    t.notOk('link' in first.headers || 'content-type' in first.headers);
    return { etag, before };
  };
  await askAgain('/v1/provinces.csv');
  await askAgain('/graphql?query={provinces{nodes{code}}}');
  const path = '/v1/provinces/71?lang=vi';
  const { etag, before } = await askAgain(path);

  t.equal((await ask(path, { headers: accept })).status, 200, 'who has nothing gets the answer');
  t.equal(service.routed(), before + 1);
  t.equal((await ask(path, { headers: { ...accept, 'if-none-match': `"x", ${etag}` } })).status, 304);
  t.equal(service.routed(), before + 2, 'a list of tags is for the application');
  t.equal((await ask(path, { headers: accept })).status, 200);
  t.equal(service.routed(), before + 2, 'and leaves what others are answered with');
});

t.test('the client names its request, and each is a line of the log', async (t) => {
  await ask('/v1/provinces/71');
  const before = service.lines.length;
  const { headers } = await ask('/v1/provinces/71', { headers: { 'x-request-id': 'mine-7' } });
  t.equal(headers['x-request-id'], 'mine-7');
  await service.logged(before + 1);
  t.match(service.lines[before], {
    reqId: 'mine-7',
    method: 'GET',
    url: '/v1/provinces/71',
    status: 200,
    msg: 'request',
  });
});

const special: Record<string, [path: string, asked: Asked, status: number]> = {
  'a list of tags': ['/v1/provinces/71', { headers: { 'if-none-match': '"x", "y"' } }, 200],
  'If-Match': ['/v1/provinces/71', { headers: { 'if-match': '"x"' } }, 412],
  'a head alone': ['/v1/provinces/71', { method: 'HEAD' }, 200],
  'a body of no use': ['/v1/provinces/71', { headers: { 'content-length': '2' }, body: '{}' }, 200],
  'another media type': ['/v1/provinces/71', { headers: { accept: 'text/plain' } }, 406],
  'a long address': [`/v1/provinces/71?q=${'x'.repeat(4100)}`, {}, 400],
  'a body elsewhere': ['/v1/places/lookup', { method: 'POST', headers: json, body: graphql }, 400],
  'a body of another type': [
    '/graphql',
    { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: graphql },
    415,
  ],
  'a body without a type': [
    '/graphql',
    { method: 'POST', headers: { 'content-length': `${graphql.length}` }, body: graphql },
    415,
  ],
  'a large body': [
    '/graphql',
    {
      method: 'POST',
      headers: { ...json, 'content-length': '20000' },
      body: graphql.padEnd(20_000),
    },
    200,
  ],
};

for (const [name, [path, asked, status]] of Object.entries(special)) {
  t.test(`${name} is for the application: ${status}`, async (t) => {
    await ask('/v1/provinces/71');
    const before = service.routed();
    t.equal((await ask(path, asked)).status, status);
    t.equal(service.routed(), before + 1);
  });
}

t.test('errors are not answered again, in either mouth', async (t) => {
  const wrong = JSON.stringify({ query: '{ provinces(first: 0) { nodes { id } } }' });
  const headers = { ...json, 'content-length': `${wrong.length}` };
  for (const [path, asked] of [
    ['/v1/provinces/99', {}],
    ['/graphql?query={nothing}', {}],
    ['/graphql', { method: 'POST', headers, body: wrong }],
  ] as [string, Asked][]) {
    await ask(path, asked);
    const before = service.routed();
    await ask(path, asked);
    t.equal(service.routed(), before + 1, path);
  }
});

t.test('HTTP/1.0, and two hosts, are for the application too', async (t) => {
  await ask('/v1/provinces/71');
  for (const [head, status] of [
    ['GET /v1/provinces/71 HTTP/1.0\r\n', 200],
    ['GET /v1/provinces/71 HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n', 400],
  ] as const) {
    const socket = connect(port, '127.0.0.1');
    socket.end(`${head}\r\n`);
    t.match(await text(socket), new RegExp(`^HTTP/1.1 ${status} `));
  }
});

/** A server whose application answers all alike, and offers that. */
async function offering(t: Test, { freshMs, ...options }: { freshMs?: number; bytes?: number } = {}) {
  let [epoch, routed]: [string | undefined, number] = ['1', 0];
  let staleMs: number | undefined;
  let known = Promise.resolve();
  const cache = new Cache({
    bytes: 100_000,
    ...options,
    epoch: () => epoch,
    known: () => known,
    staleMs: () => staleMs,
    postedTo: '/graphql',
    follow: () => 'id',
  });
  const server = createServer(
    cache.front.before(async (asked, answer) => {
      routed += 1;
      const before = cache.front.epoch;
      const kept = await cache.answers.answer('key', signal, async () => new KeptAnswer('{}'));
      cache.front.offer(asked, {
        key: 'key',
        counted: 'rest config',
        epoch: before,
        ...(freshMs && { freshMs }),
      });
      answer.setHeader('vary', ['accept', 'accept-encoding']);
      cache.front.remember(asked, answer.getHeaders(), 2);
      answer.end(await kept.in('identity'));
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    cache,
    become(now: string | undefined) {
      epoch = now;
    },
    /** Until the gate is opened, what holds is being found out. */
    wonder(): Gate {
      epoch = undefined;
      const reading = gate();
      known = reading.opened;
      return reading;
    },
    url,
    /** How often the application was asked in so many requests. */
    async routedOf(requests: number): Promise<number> {
      const before = routed;
      for (let index = 0; index < requests; index += 1) t.equal(await (await fetch(url)).text(), '{}');
      return routed - before;
    },
  };
}

t.test(
  'what was begun in one release is never sent in another, nor while nobody knows the release',
  async (t) => {
    const { become, routedOf, cache } = await offering(t);
    t.equal(await routedOf(3), 1);
    become('2');
    t.equal(await routedOf(3), 1);
    become(undefined);
    t.equal(await routedOf(3), 3);
    become('2');
    t.equal(await routedOf(3), 0);
    cache.clear();
    t.equal(await routedOf(3), 1);
  },
);

t.test('what is kept waits for what holds, and is not turned away meanwhile', async (t) => {
  const { become, routedOf, wonder, url } = await offering(t);
  t.equal(await routedOf(1), 1);

  const known = wonder();
  const waiting = routedOf(1);
  const gone = new AbortController();
  const left = fetch(url, { signal: gone.signal });
  await sleep(50);
  gone.abort();
  await t.rejects(left, { name: 'AbortError' });
  await sleep(50);
  become('1');
  known.open();
  t.equal(await waiting, 0);

  const unknown = wonder();
  const asked = routedOf(1);
  await sleep(50);
  unknown.open();
  t.equal(await asked, 1, 'nor for ever');
});

t.test('an answer is asked for again once it is no longer fresh, or its bytes are gone', async (t) => {
  const { routedOf, cache } = await offering(t, { freshMs: 200 });
  t.equal(await routedOf(3), 1);
  await sleep(250);
  t.equal(await routedOf(1), 1);
  cache.answers.clear();
  t.equal(await routedOf(1), 1);
});

t.test('once the service stops all is for the application, which knows how to say so', async (t) => {
  const { routedOf, cache } = await offering(t);
  t.equal(await routedOf(2), 1);
  t.match(cache.front.size, { requests: 1 });
  cache.front.close();
  t.equal(await routedOf(3), 3);
  t.strictSame(cache.front.size, { requests: 0, bytes: 0 });
});

t.test('without bytes all is for the application', async (t) => {
  const { routedOf, cache } = await offering(t, { bytes: 0 });
  t.equal(await routedOf(3), 3);
  t.strictSame(cache.front.size, { requests: 0, bytes: 0 });
  cache.clear();
});
