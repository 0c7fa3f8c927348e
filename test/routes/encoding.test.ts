/** Answers as they are packed and tagged, asked for over real connections, since a test client would unpack them. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import t from 'tap';
import { testService } from '../service.ts';

const { app } = await testService(t);
await app.listen({ host: '127.0.0.1', port: 0 });
const { port } = app.server.address() as AddressInfo;

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const asked = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response === undefined) throw new Error('no response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

const graphql = `/graphql?query=${encodeURIComponent('{ communes(first: 30) { nodes { id name { vi } } } }')}`;
/** Of every kind, and past the size from which answers are packed. */
const addresses = [
  '/v1/provinces?limit=10',
  '/v1/communes?limit=50',
  '/v1/provinces.csv',
  '/v1/provinces.ndjson',
  graphql,
  '/openapi.json',
  '/docs/problems',
];
const readers = { br: brotliDecompressSync, gzip: gunzipSync };

for (const address of addresses) {
  t.test(`${address.slice(0, 30)} has the same content in each encoding, and a tag for each`, async (t) => {
    const plain = await ask(address);
    t.equal(plain.headers['content-encoding'], undefined);
    t.match(plain.headers.vary, /^accept-encoding(, accept)?$/);
    const tags = new Set([plain.headers.etag]);
    for (const [encoding, unpack] of Object.entries(readers)) {
      const packed = await ask(address, { 'accept-encoding': encoding });
      t.equal(packed.headers['content-encoding'], encoding);
      t.equal(packed.headers.etag, `${plain.headers.etag?.slice(0, -1)}-${encoding}"`);
      t.equal(packed.headers.vary, plain.headers.vary);
      t.ok(packed.body.length < plain.body.length / 2);
      t.ok(unpack(packed.body).equals(plain.body));
      tags.add(packed.headers.etag);

      const { etag = '' } = packed.headers;
      for (const tag of [etag, `"x", W/${etag}`, '*']) {
        const kept = await ask(address, { 'accept-encoding': encoding, 'if-none-match': tag });
        t.equal(kept.status, 304, tag);
        t.equal(kept.headers.etag, etag);
        t.equal(kept.headers.vary, plain.headers.vary);
        t.equal(kept.body.length, 0);
        for (const name of ['type', 'encoding', 'disposition']) t.notOk(kept.headers[`content-${name}`]);
      }
      t.equal((await ask(address, { 'if-none-match': etag })).status, 200, 'not of what it cannot read');
    }
    t.equal(tags.size, 3);
  });

  t.test(`HEAD of ${address.slice(0, 30)} has the headers of GET`, async (t) => {
    for (const encoding of ['identity', 'br', 'gzip']) {
      const headers = { 'accept-encoding': encoding };
      const [get, head] = [await ask(address, headers), await ask(address, headers, 'HEAD')];
      const lasting = ({
        'x-request-id': _id,
        date: _date,
        'transfer-encoding': _how,
        ...rest
      }: IncomingHttpHeaders) => rest;
      t.equal(head.status, 200);
      t.strictSame(lasting(head.headers), lasting(get.headers));
      t.equal(head.body.length, 0);
      const kept = await ask(address, { ...headers, 'if-none-match': `${get.headers.etag}` }, 'HEAD');
      t.equal(kept.status, 304);
      t.notOk(kept.headers['content-length']);
    }
  });
}

t.test('a short answer is sent as it is, and any problem document says what it depends on', async (t) => {
  const headers = { 'accept-encoding': 'br' };
  const short = await ask('/healthz', headers);
  t.notOk(short.headers['content-encoding']);
  t.equal(short.headers['content-length'], '14');
  const refused = await ask('/v1/communes', { ...headers, accept: 'image/png' });
  t.equal(refused.status, 406);
  t.equal(refused.headers.vary, 'accept-encoding, accept');
  t.strictSame(JSON.parse(refused.body.toString()).available.slice(0, 3), [
    'application/json',
    'application/x-ndjson',
    'text/csv',
  ]);
  const long = await ask(`/v1/search?q=a&lang=${'x'.repeat(3000)}`, headers);
  t.equal(long.status, 400);
  if (long.headers['content-encoding'] === 'br') long.body = brotliDecompressSync(long.body);
  t.match(JSON.parse(long.body.toString()), { code: 'bad_argument', parameter: 'lang' });
});

t.test('who reads no encoding that there is, not even none, is told which there are', async (t) => {
  for (const none of ['*;q=0', 'identity;q=0', 'zstd, identity;q=0']) {
    for (const address of ['/v1/communes', '/openapi.json', '/healthz']) {
      const { status, body } = await ask(address, { 'accept-encoding': none });
      t.equal(status, 406);
      t.match(JSON.parse(body.toString()), { code: 'not_acceptable', available: ['br', 'gzip', 'identity'] });
    }
  }
  t.equal(
    (await ask('/v1/communes', { 'accept-encoding': 'gzip, identity;q=0' })).headers['content-encoding'],
    'gzip',
  );
});

t.test('no part of an answer is served, and the answer says so where one could wish for it', async (t) => {
  for (const address of ['/v1/provinces.csv', '/docs/static/swagger-ui.css']) {
    for (const encoding of ['identity', 'br']) {
      const whole = await ask(address, { range: 'bytes=0-9', 'accept-encoding': encoding });
      t.equal(whole.status, 200);
      t.equal(whole.headers['accept-ranges'], 'none');
      t.ok(whole.body.length > 1000);
    }
  }
});

t.test('the first lines of a file are there before the rest is made, packed or not', async (t) => {
  for (const encoding of ['identity', 'br', 'gzip']) {
    const asked = request({
      host: '127.0.0.1',
      port,
      path: '/v1/places.csv?on=any',
      headers: { 'accept-encoding': encoding },
    });
    const [response]: IncomingMessage[] = await once(asked.end(), 'response');
    const [first] = await once(response as IncomingMessage, 'data');
    t.ok(first.length < 20_000, `${encoding}: ${first.length} bytes`);
    asked.destroy();
  }
});

t.test('what is asked for by If-Match is answered, or is 412 when it is another by now', async (t) => {
  for (const address of ['/v1/provinces', '/v1/provinces.csv', graphql, '/openapi.json']) {
    const { headers } = await ask(address);
    t.equal((await ask(address, { 'if-match': `${headers.etag}` })).status, 200);
    t.equal((await ask(address, { 'if-match': '*' })).status, 200);
    const refused = await ask(address, { 'if-match': '"other"' });
    t.ok(refused.body.toString().includes('"code":"precondition_failed"'));
    t.ok(refused.status === 412 || address === graphql);
    const dated = {
      'if-modified-since': 'Wed, 25 Nov 2099 00:00:00 GMT',
      'if-unmodified-since': 'x',
      'if-range': '"y"',
    };
    t.equal((await ask(address, dated)).status, 200, 'nothing here has a date of its own');
  }
});

t.test('a condition counts where there is an answer, and If-Match goes first', async (t) => {
  const { headers } = await ask('/v1/provinces');
  const both = { 'if-match': '"other"', 'if-none-match': `${headers.etag}` };
  t.equal((await ask('/v1/provinces', both)).status, 412);
  t.equal((await ask('/v1/provinces/99', { 'if-match': '"other"' })).status, 404);
  const style = await ask('/docs/static/swagger-ui.css', { 'if-match': '"other"' });
  t.equal(style.status, 412);
  t.match(JSON.parse(style.body.toString()), { code: 'precondition_failed' });
});

t.test('an encoding that is refused is not sent, whatever else would be read', async (t) => {
  for (const [accepted, encoding] of [
    ['gzip;q=0, *', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, br;q=0, *', undefined],
    ['gzip;q=2', undefined],
    ['*', 'br'],
  ] as const) {
    const { status, headers } = await ask('/v1/communes', { 'accept-encoding': accepted });
    t.strictSame([status, headers['content-encoding']], [200, encoding], accepted);
    const again = { 'accept-encoding': accepted, 'if-none-match': `${headers.etag}` };
    t.equal((await ask('/v1/communes', again)).status, 304);
  }
});

t.test('an answer without a tag is left out for nobody', async (t) => {
  t.equal((await ask('/healthz', { 'if-none-match': '*' })).status, 200);
});
