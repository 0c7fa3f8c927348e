/** What is written on the wire by clients of any kind, and what they read: raw sockets. */
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { ErrorCode } from '../../src/errors.ts';
import { testService } from '../service.ts';

const { app } = await testService(t);
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

async function open(t: Test): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the service ends the connection. */
async function exchange(t: Test, text: string): Promise<string> {
  const socket = await open(t);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(Buffer.from(text, 'latin1'));
  await once(socket, 'close');
  return answer;
}

const host = 'Host: x\r\n';
const close = `${host}Connection: close\r\n`;
const post = `POST /graphql HTTP/1.1\r\n${host}Content-Type: application/json\r\n`;
const flood = (count: number, header: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${header(at)}\r\n`).join('');

const refused: Record<string, [request: string, status: number, code: ErrorCode]> = {
  'no Host': ['GET /v1/config HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'bad_request'],
  'two of Host': [`GET /v1/config HTTP/1.1\r\nHost: a\r\n${close}\r\n`, 400, 'bad_request'],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad_request'],
  'a version that there is not': [`GET / HTTP/3.0\r\n${close}\r\n`, 400, 'bad_request'],
  'a handshake of TLS': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'bad_request'],
  'a method that there is not': [`BREW / HTTP/1.1\r\n${close}\r\n`, 400, 'bad_request'],
  'a method that nothing answers': [
    `PROPFIND /v1/config HTTP/1.1\r\n${close}\r\n`,
    405,
    'method_not_allowed',
  ],
  'a wrong method in absolute form': [
    `PUT http://x/v1/config HTTP/1.1\r\n${close}\r\n`,
    405,
    'method_not_allowed',
  ],
  CONNECT: [`CONNECT x:443 HTTP/1.1\r\n${host}\r\n`, 405, 'method_not_allowed'],
  'a NUL in the path': [`GET /v1/pro\0vinces HTTP/1.1\r\n${close}\r\n`, 400, 'bad_request'],
  'an encoded NUL in the path': [`GET /v1/pro%00vinces HTTP/1.1\r\n${close}\r\n`, 404, 'no_such_route'],
  'a way out of the tree': [`GET /v1/../etc/passwd HTTP/1.1\r\n${close}\r\n`, 404, 'no_such_route'],
  'two slashes': [`GET //evil.example/%2e%2e HTTP/1.1\r\n${close}\r\n`, 404, 'no_such_route'],
  'a way out of a folder': [
    `GET /docs/static/../../package.json HTTP/1.1\r\n${close}\r\n`,
    400,
    'bad_request',
  ],
  'an encoded way out': [
    `GET /docs/static/%2e%2e/%2e%2e/package.json HTTP/1.1\r\n${close}\r\n`,
    400,
    'bad_request',
  ],
  'a way out with backslashes': [
    `GET /docs/static/..%5c..%5cpackage.json HTTP/1.1\r\n${close}\r\n`,
    400,
    'bad_request',
  ],
  'a way out of the page of GraphQL': [
    `GET /graphiql/..%2f..%2fpackage.json HTTP/1.1\r\n${close}\r\n`,
    400,
    'bad_request',
  ],
  'a file named NUL': [`GET /docs/static/%00 HTTP/1.1\r\n${close}\r\n`, 400, 'bad_request'],
  'a length that is no number': [`${post}Content-Length: abc\r\n\r\n`, 400, 'bad_request'],
  'a length below zero': [`${post}Content-Length: -1\r\n\r\n`, 400, 'bad_request'],
  'two lengths': [`${post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400, 'bad_request'],
  'length and chunks': [
    `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    400,
    'bad_request',
  ],
  'an unknown transfer encoding': [`${post}Transfer-Encoding: gzip\r\n\r\n`, 400, 'bad_request'],
  'a chunk without a size': [`${post}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`, 400, 'bad_request'],
  'lines that end by LF alone': ['GET /v1/config HTTP/1.1\nHost: x\n\n', 400, 'bad_request'],
  'a space behind a name': ['GET /v1/config HTTP/1.1\r\nHost : x\r\n\r\n', 400, 'bad_request'],
  'a folded header': [`GET /v1/config HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`, 400, 'bad_request'],
  'a hundred headers of a kilobyte': [
    `GET / HTTP/1.1\r\n${host}${flood(100, (at) => `X-${at}: ${'a'.repeat(1000)}`)}\r\n`,
    431,
    'headers_too_large',
  ],
  'what is said behind two thousand headers': [
    `GET /v1/config HTTP/1.1\r\n${host}${flood(2200, () => 'a:')}Accept: image/png\r\nConnection: close\r\n\r\n`,
    406,
    'not_acceptable',
  ],
  'a thousand ranges': [
    `GET /v1/config HTTP/1.1\r\n${close}Accept: ${'a/b;q=0.1,'.repeat(1000)}\r\n\r\n`,
    406,
    'not_acceptable',
  ],
};

for (const [what, [request, status, code]] of Object.entries(refused)) {
  t.test(`${what} is ${status} ${code}, as a problem document`, async (t) => {
    const answer = await exchange(t, request);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    t.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    t.match(head, /^content-type: application\/problem\+json/im);
    t.equal(answer.match(/^HTTP\/1\.1 /gm)?.length, 1);
    t.match(JSON.parse(body), { type: `/docs/problems/${code}`, code, status, requestId: /./ });
    const isConnect = request.startsWith('CONNECT ');
    t.equal(/^access-control-allow-origin: \*$/im.test(head), !isConnect, 'pages of others can read it');
  });
}

const answered: Record<string, [request: string, statuses: string[]]> = {
  'HTTP/1.0 without Host': ['GET /v1/config HTTP/1.0\r\n\r\n', ['200']],
  'an absolute address': [`GET http://x/v1/config HTTP/1.1\r\n${close}\r\n`, ['200']],
  'OPTIONS of the whole service': [`OPTIONS * HTTP/1.1\r\n${close}\r\n`, ['204']],
  'another method on the whole service': [`DELETE * HTTP/1.1\r\n${close}\r\n`, ['404']],
  'an unknown Expect': [`GET /v1/config HTTP/1.1\r\n${close}Expect: tea\r\n\r\n`, ['200']],
  'an offer of HTTP/2': [
    `GET /v1/config HTTP/1.1\r\n${host}Upgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n`,
    ['200'],
  ],
  'conditions that are garbage': [
    `GET /v1/config HTTP/1.1\r\n${close}If-None-Match: ${'"'.repeat(7001)}\r\nIf-Modified-Since: x\r\nRange: y\r\n\r\n`,
    ['200'],
  ],
  'a header that comes twice': [
    `GET /v1/config HTTP/1.1\r\n${close}If-None-Match: "a"\r\nIf-None-Match: *\r\nAccept: a/b\r\nAccept: */*\r\n\r\n`,
    ['200'],
  ],
  'three requests at once': [
    `GET /v1/config HTTP/1.1\r\n${host}\r\nGET /v1/nope HTTP/1.1\r\n${host}\r\nGET /v1/config?x HTTP/1.1\r\n${close}\r\n`,
    ['200', '404', '400'],
  ],
};

for (const [what, [request, statuses]] of Object.entries(answered)) {
  t.test(`${what}: ${statuses.join(', ')}`, async (t) => {
    const answer = await exchange(t, request);
    t.strictSame(
      [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
      statuses,
    );
  });
}

t.test('garbage behind a request is no part of the answer that is on its way', async (t) => {
  const socket = await open(t);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(`GET /v1/communes.ndjson HTTP/1.1\r\n${host}\r\n`);
  await once(socket, 'data');
  socket.write('GARBAGE\r\n\r\n');
  await once(socket, 'close');
  t.match(answer, /^HTTP\/1\.1 200 OK/);
  t.notMatch(answer, 'problem');
});

t.test('a client that breaks off its body disturbs nobody', async (t) => {
  const socket = await open(t);
  socket.write(`${post}Content-Length: 100\r\n\r\n{`);
  await sleep(50);
  socket.resetAndDestroy();
  await sleep(50);
  t.equal((await app.inject('/healthz')).statusCode, 200);
});
