/** While the database is away: what is kept is told of in both mouths, and says so; what is not is 503. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { seededPostgres, serviceOn } from '../faults/faulty-service.ts';

const postgres = await seededPostgres(t);
const { address } = await serviceOn(t, postgres);

interface Asked {
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

async function ask(path: string, asked: Asked = {}) {
  const response = await fetch(`${address}${path}`, asked);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const post = (body: object): Asked => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const query = '{ provinces(first: 2) { nodes { id } } }';
const inAddress = (text: string): string => `/graphql?${new URLSearchParams({ query: text })}`;
const plain = { 'accept-encoding': 'identity' };

const known: [name: string, path: string, asked?: Asked][] = [
  ['a page', '/v1/provinces', { headers: plain }],
  ['a page, packed', '/v1/communes', { headers: { 'accept-encoding': 'br' } }],
  ['a record', '/v1/provinces/71'],
  ['GraphQL in an address', inAddress(query)],
  ['GraphQL in a body', '/graphql', post({ query })],
];
/** Those that only the application can tell to be known. */
const alike: [name: string, path: string, asked?: Asked][] = [
  ['for a page with another header', '/v1/provinces', { headers: { ...plain, accept: 'application/json' } }],
  ['for a head', '/v1/provinces', { headers: plain, method: 'HEAD' }],
  [
    'for GraphQL with another header',
    inAddress(query),
    { headers: { accept: 'application/json, */*;q=0.1' } },
  ],
  ['for GraphQL in a body with other spaces', '/graphql', { ...post({}), body: `{ "query":  "${query}" }` }],
];
const unknown: [name: string, path: string, asked?: Asked][] = [
  ['a page', '/v1/provinces?limit=7'],
  ['a code that never existed', '/v1/provinces/99'],
  ['a file', '/v1/provinces.csv'],
  [
    'GraphQL in an address',
    inAddress('{ bodies { nodes { id } } }'),
    { headers: { accept: 'application/graphql-response+json' } },
  ],
  ['GraphQL in a body', '/graphql', post({ query: '{ bodies { nodes { id } } }' })],
];

const isStale = (headers: Headers): boolean => headers.has('age');

t.test('what was there goes on, and says since when it may be wrong', async (t) => {
  const before = new Map<string, Awaited<ReturnType<typeof ask>>>();
  for (const [name, path, asked] of known) {
    await ask(path, asked);
    before.set(name, await ask(path, asked));
  }
  const file = (await ask('/v1/provinces.csv', { headers: plain })).headers.get('etag') ?? '';
  t.notOk([...before.values()].some(({ headers }) => isStale(headers) || headers.has('cache-status')));

  await postgres.stop('immediate');
  while (!isStale((await ask('/v1/provinces', { headers: plain })).headers)) await sleep(20);
  await sleep(1100);

  const marks = (headers: Headers) => {
    const { age, status } = { age: Number(headers.get('age')), status: headers.get('cache-status') };
    t.ok(age >= 1 && age < 60, `${age}`);
    t.equal(status, `govdata; hit; ttl=-${age}; detail="the database is away"`);
  };
  for (const [name, path, asked] of known) {
    const { status, headers, body } = await ask(path, asked);
    t.equal(status, 200, name);
    t.equal(body, before.get(name)?.body);
    t.equal(headers.get('etag'), before.get(name)?.headers.get('etag'));
    marks(headers);
    const isPosted = asked?.method === 'POST';
    t.equal(headers.get('cache-control'), isPosted ? 'no-store' : 'public, max-age=0, stale-if-error=86400');
  }
  for (const [name, path, asked] of alike) {
    const { status, headers } = await ask(path, asked);
    t.equal(status, 200, name);
    marks(headers);
  }
  const etag = String(before.get('a page')?.headers.get('etag'));
  for (const [path, tags] of [
    ['/v1/provinces', etag],
    ['/v1/provinces', `"x", ${etag}`],
    ['/v1/provinces.csv', file],
  ] as const) {
    const { status, headers } = await ask(path, { headers: { ...plain, 'if-none-match': tags } });
    t.equal(status, 304, tags);
    marks(headers);
  }
  for (const [name, path, asked] of unknown) {
    const { status, headers } = await ask(path, asked);
    t.equal(status, 503, name);
    t.equal(headers.get('retry-after'), '2');
    t.equal(headers.get('cache-control'), 'no-store');
    t.notOk(isStale(headers));
  }
  t.equal((await ask('/readyz')).status, 503, 'who has another node asks that one');
});

t.test('once the database is back nothing is marked any more, nor was that kept', async (t) => {
  await postgres.start();
  const back = performance.now();
  while (isStale((await ask('/v1/provinces', { headers: plain })).headers)) await sleep(20);
  t.ok(performance.now() - back < 2000);
  for (const [name, path, asked] of [...known, ...alike, ...unknown]) {
    const { status, headers } = await ask(path, asked);
    t.equal(status, path.endsWith('99') ? 404 : 200, name);
    t.notOk(isStale(headers) || headers.has('cache-status'), name);
  }
});
