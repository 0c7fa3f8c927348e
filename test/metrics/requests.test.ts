/** What `/metrics` counts of requests, cache, pool and release, read back as Prometheus reads it. */
import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { boundsOfSeconds } from '../../src/metrics/counts.ts';
import { registryOf } from '../../src/metrics/registry.ts';
import { operationNames } from '../../src/schema/operations.ts';
import { loggedService } from '../cache/logged-service.ts';
import { read } from './scrape.ts';

const service = await loggedService(t);
const { port } = service.app.server.address() as AddressInfo;
const address = `http://127.0.0.1:${port}`;
const registry = registryOf(service.app.measured);

/** What the service says once nothing is in flight: a client may have the answer before the service is through with it. */
async function now() {
  while (service.app.measured.traffic.inFlight > 0) await sleep(2);
  return read(await registry.metrics());
}

/** How much was counted meanwhile, by mouth, operation and status. */
async function counted(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const seriesOf = async () => {
    const samples = (await now()).samples('govdata_requests_total');
    return new Map(
      samples.map(({ labels: of, value }) => [`${of['mouth']} ${of['operation']} ${of['status']}`, value]),
    );
  };
  const before = await seriesOf();
  await work();
  const more = [...(await seriesOf())].map(
    ([name, value]) => [name, value - (before.get(name) ?? 0)] as const,
  );
  return Object.fromEntries(more.filter(([, value]) => value !== 0));
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${address}${path}`, { headers }).then((answer) => answer.text());
const post = (body: unknown) =>
  fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then((answer) => answer.text());

t.test('a request of REST is counted by its operation and status', async (t) => {
  t.strictSame(
    await counted(async () => {
      await get('/v1/provinces/71');
      await get('/v1/provinces/99');
      await get('/v1/provinces?lmit=1');
      await get('/v1/provinces.csv');
    }),
    { 'rest province 200': 1, 'rest province 404': 1, 'rest provinces 400': 1, 'rest provinces 200': 1 },
  );
});

t.test('one that is answered before routing is counted as its mouth called it, a 304 too', async (t) => {
  const path = '/v1/communes?limit=3';
  await get(path);
  const routed = service.routed();
  const before = await now();
  const { headers } = await fetch(`${address}${path}`);
  t.strictSame(
    await counted(async () => {
      for (let index = 0; index < 20; index += 1) await get(path);
      await get(path, { 'if-none-match': `${headers.get('etag')}` });
    }),
    { 'rest communes 200': 20, 'rest communes 304': 1 },
  );
  t.equal(service.routed(), routed);
  const after = await now();
  const lookups = { cache: 'front', result: 'hit' };
  t.equal(
    after.sum('govdata_cache_lookups_total', lookups) - before.sum('govdata_cache_lookups_total', lookups),
    22,
  );
});

t.test(
  'a document of GraphQL is counted by the one operation that it asks for, whatever it is called',
  async (t) => {
    const query = '{ theOnes: provinces(first: 1) { nodes { id } } }';
    t.strictSame(
      await counted(async () => {
        await post({ query });
        await post({ query });
        await get(`/graphql?query=${encodeURIComponent(query)}`);
        await get(`/graphql?query=${encodeURIComponent(query)}`);
      }),
      { 'graphql provinces 200': 4 },
    );
  },
);

t.test('of GraphQL, several operations are one word, and so is what is refused', async (t) => {
  t.strictSame(
    await counted(async () => {
      await post({ query: '{ provinces { nodes { id } } communes { nodes { id } } }' });
      await post({ query: 'query ($is: Boolean!) { ... @include(if: $is) { config { version } } }' });
      await post([{ query: '{ config { contractVersion } }' }, { query: '{ config { contractVersion } }' }]);
      await post({ query: '{ nothing' });
      await post({ query: '{ nothingLikeThis }' });
      await get('/graphql');
    }),
    { 'graphql several 200': 2, 'graphql none 200': 3, 'graphql none 400': 1 },
  );
});

t.test(
  'a client that has the answer of a document is counted, also while nobody knows the document',
  async (t) => {
    const path = `/graphql?query=${encodeURIComponent('{ communes(first: 1) { nodes { id } } }')}`;
    const other = await loggedService(t);
    const { headers } = await other.app.inject(path);
    const held = { 'if-none-match': `"another", ${headers['etag']}` };
    t.strictSame(await counted(() => get(path, held)), { 'graphql none 304': 1 });
    await get(path);
    t.strictSame(await counted(() => get(path, held)), { 'graphql communes 304': 1 });
  },
);

t.test('no path makes a label: what is not there, pages, health and preflights are one each', async (t) => {
  t.strictSame(
    await counted(async () => {
      for (let index = 0; index < 10; index += 1) await get(`/v1/nothing-${index}`);
      await fetch(`${address}/v1/provinces`, { method: 'DELETE' });
      await get('/openapi.json');
      await get('/healthz');
      await get('/readyz');
      await fetch(`${address}/v1/provinces`, { method: 'OPTIONS' });
    }),
    {
      'other unknown 404': 10,
      'other unknown 405': 1,
      'other page 200': 1,
      'other health 200': 2,
      'other page 204': 1,
    },
  );
  const known = new Set<string>([...operationNames, 'none', 'several', 'unknown', 'page', 'health']);
  const labels = (await now())
    .samples('govdata_requests_total')
    .map(({ labels: of }) => `${of['operation']}`);
  t.strictSame(
    labels.filter((label) => !known.has(label)),
    [],
  );
});

t.test('what is no request is counted by its status, and a client that has gone as that', async (t) => {
  t.strictSame(
    await counted(async () => {
      const socket = connect(port, '127.0.0.1');
      socket.end('BREW / HTTP/1.1\r\nHost: x\r\n\r\n');
      await text(socket);
    }),
    { 'other unreadable 400': 1 },
  );
  const gone = await counted(async () => {
    const asked = request(`${address}/v1/places/lookup`, {
      method: 'POST',
      headers: { 'content-length': '10', 'content-type': 'application/json' },
    });
    asked.on('error', () => undefined).write('{');
    while (service.app.measured.traffic.inFlight === 0) await sleep(2);
    const closed = new Promise((resolve) => asked.once('close', resolve));
    asked.destroy();
    await closed;
  });
  t.strictSame(gone, { 'rest placesLookup aborted': 1 });
});

t.test('the time that answers took adds up, bucket by bucket, and a request in flight is told', async (t) => {
  const scrape = await now();
  const name = 'govdata_request_duration_seconds';
  const counts = scrape.samples(`${name}_count`);
  t.ok(counts.length > 5);
  for (const { labels, value } of counts) {
    const alike = { mouth: `${labels['mouth']}`, operation: `${labels['operation']}` };
    const buckets = scrape
      .samples(`${name}_bucket`)
      .filter(({ labels: of }) => of['mouth'] === alike.mouth && of['operation'] === alike.operation);
    t.strictSame(
      buckets.map(({ labels: of }) => of['le']),
      [...boundsOfSeconds.map(String), '+Inf'],
    );
    const sums = buckets.map((bucket) => bucket.value);
    t.strictSame(
      sums,
      sums.toSorted((a, b) => a - b),
    );
    t.equal(sums.at(-1), value);
    const gone = scrape.sum('govdata_requests_total', { ...alike, status: 'aborted' });
    if (alike.operation === 'unreadable') t.equal(value, 0);
    else t.equal(value, scrape.sum('govdata_requests_total', alike) - gone, JSON.stringify(alike));
  }
  t.equal(scrape.sum('govdata_requests_in_flight'), 0);
  service.app.measured.requests.end('other slow', 200, 3_600_000);
  service.app.measured.requests.end('other slow', 101, 3_600_000);
  const slow = await now();
  t.equal(slow.sum(`${name}_sum`, { operation: 'slow' }), 3600);
  t.equal(slow.sum(`${name}_bucket`, { operation: 'slow' }), 1);
  t.equal(slow.sum(`${name}_bucket`, { operation: 'slow', le: '+Inf' }), 1);
});

t.test('says what the cache holds, how busy the pool is, and which release is served', async (t) => {
  const scrape = await now();
  const { answers, front } = service.app.measured.cache;
  t.equal(scrape.sum('govdata_cache_entries', { cache: 'answers' }), answers.size.answers);
  t.equal(scrape.sum('govdata_cache_bytes', { cache: 'front' }), front.size.bytes);
  for (const result of ['hit', 'miss', 'joined'] as const) {
    t.equal(scrape.sum('govdata_cache_lookups_total', { cache: 'answers', result }), answers.lookups[result]);
  }
  t.ok(answers.lookups.hit > 0 && answers.lookups.miss > 0);
  t.equal(scrape.sum('govdata_release_number'), 1);
  t.equal(scrape.sum('govdata_pool_connections_max'), 5);
  const age = scrape.sum('govdata_release_reading_age_seconds');
  t.ok(age > 0 && age < 60, `${age}`);
});

t.test('many at once join who asks already', async (t) => {
  const before = await now();
  await Promise.all(Array.from({ length: 10 }, () => get('/v1/tasks?limit=7')));
  const joined = { cache: 'answers', result: 'joined' };
  t.ok(
    (await now()).sum('govdata_cache_lookups_total', joined) >
      before.sum('govdata_cache_lookups_total', joined),
  );
});

t.test('says of the process what node and Prometheus call by their own names', async (t) => {
  const { names, sum } = await now();
  for (const name of [
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
  ]) {
    t.ok(names.has(name), name);
  }
  t.ok(sum('process_resident_memory_bytes') > 10_000_000);
});
