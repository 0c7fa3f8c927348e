/** One id for a request: in the header, in the body of an error and in every line of the log, whoever answers it. */
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { loggedService } from './cache/logged-service.ts';

const service = await loggedService(t);
const { port } = service.app.server.address() as AddressInfo;
const address = `http://127.0.0.1:${port}`;

/** All that was logged under an id, once the request has ended. */
async function linesOf(id: string, count: number): Promise<Record<string, unknown>[]> {
  for (;;) {
    const lines = service.lines.filter(({ reqId }) => reqId === id);
    if (lines.length >= count) return lines;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const post = (body: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Where in its answer a mouth says the id; undefined: it has no body that says it. */
type Said = (body: Record<string, unknown>) => unknown;
const ofProblem: Said = ({ requestId }) => requestId;
const ofGraphql: Said = ({ errors }) =>
  (errors as { extensions: { requestId: string } }[]).map(({ extensions }) => extensions.requestId)[0];

const questions: Record<string, [path: string, status: number, asked?: RequestInit, said?: Said]> = {
  'an answer': ['/v1/provinces/71', 200],
  'an answer found before routing': ['/v1/provinces/71', 200],
  'a bad argument of REST': ['/v1/provinces?lmit=1', 400, {}, ofProblem],
  'what never existed': ['/v1/provinces/99', 404, {}, ofProblem],
  'an address that there is not': ['/v1/nothing', 404, {}, ofProblem],
  'a body of REST that is no JSON': ['/v1/places/lookup', 400, { ...post(1), body: '{' }, ofProblem],
  'a syntax error of GraphQL': ['/graphql', 200, post({ query: '{' }), ofGraphql],
  'a field that there is not': ['/graphql', 200, post({ query: '{ nothing }' }), ofGraphql],
  'a bad argument of GraphQL': [
    '/graphql',
    200,
    post({ query: '{ provinces(first: 0) { totalCount } }' }),
    ofGraphql,
  ],
  'a body of GraphQL that is no JSON': ['/graphql', 400, { ...post(1), body: '{' }, ofGraphql],
  'an answer of GraphQL': ['/graphql', 200, post({ query: '{ config { contractVersion } }' })],
  'one of GraphQL found before routing': ['/graphql', 200, post({ query: '{ config { contractVersion } }' })],
};

let count = 0;
for (const [name, [path, status, asked = {}, said]] of Object.entries(questions)) {
  t.test(`${name} bears the id of the client, or one of its own`, async (t) => {
    const given = `client-${++count}.a:b_c`;
    const routed = service.routed();
    const mine = await fetch(`${address}${path}`, {
      ...asked,
      headers: { ...(asked.headers as Record<string, string>), 'x-request-id': given },
    });
    t.equal(mine.status, status);
    t.equal(mine.headers.get('x-request-id'), given);
    if (name.includes('before routing')) t.equal(service.routed(), routed);
    const body = await mine.text();
    if (said !== undefined) t.equal(said(JSON.parse(body)), given);
    t.match(await linesOf(given, 1), [{ msg: 'request', url: path, status }]);

    const other = await fetch(`${address}${path}`, {
      ...asked,
      headers: { ...(asked.headers as Record<string, string>), 'x-request-id': 'not harmless\t' },
    });
    const id = `${other.headers.get('x-request-id')}`;
    t.match(id, /^[0-9a-f-]{36}$/);
    const text = await other.text();
    if (said !== undefined) t.equal(said(JSON.parse(text)), id);
    t.equal((await linesOf(id, 1)).length, 1);
  });
}

t.test('what cannot be read as a request has an id too, in header, body and log', async (t) => {
  for (const [line, status, code] of [
    ['BREW / HTTP/1.1\r\nHost: x', 400, 'bad_request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}`, 431, 'headers_too_large'],
    ['CONNECT x:443 HTTP/1.1\r\nHost: x', 405, 'method_not_allowed'],
  ] as const) {
    const socket = connect(port, '127.0.0.1');
    socket.write(`${line}\r\n\r\n`);
    const answer = await text(socket);
    const id = `${/^x-request-id: (\S+)\r$/im.exec(answer)?.[1]}`;
    t.match(JSON.parse(`${answer.split('\r\n\r\n')[1]}`), { requestId: id, status, code });
    t.match(await linesOf(id, 1), [{ msg: 'refused before it was a whole request', status, code }]);
  }
});
