/** What a service tells a collector of its requests, over both mouths, read as the collector reads it. */
import { once } from 'node:events';
import { request as ask } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { collectorOf } from '../../src/config/traces.ts';
import { loadConfig } from '../../src/config.ts';
import { openTracing } from '../../src/tracing/open.ts';
import { programVersion } from '../../src/version.ts';
import { loggedService } from '../cache/logged-service.ts';
import { seededDatabase } from '../service.ts';
import { collector, type ReceivedSpan } from './collector.ts';

// Spans leave soon after they have ended.
process.env['OTEL_BSP_SCHEDULE_DELAY'] = '50';

const server = 2;
const client = 3;

async function tracedService(t: Test, settings: Record<string, string> = {}) {
  const collecting = await collector(t);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collecting.url, ...settings };
  const config = loadConfig(env);
  const log: string[] = [];
  const tracing = openTracing(`${collectorOf(config)}`, config, (line) => log.push(line));
  t.teardown(() => tracing.close());
  const service = await loggedService(t, settings, undefined, tracing);
  const { port } = service.app.server.address() as AddressInfo;
  let count = 0;
  return {
    ...service,
    collecting,
    log,
    tracing,
    port,
    /** Asks under an id of its own, which is told. */
    async ask(path: string, init: RequestInit = {}) {
      const id = `traced-${++count}`;
      const headers = { ...(init.headers as Record<string, string>), 'x-request-id': id };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
      return { id, status: answer.status, headers: answer.headers, body: await answer.text() };
    },
  };
}
type Traced = Awaited<ReturnType<typeof tracedService>>;

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const rootOf = (spans: ReceivedSpan[]) => spans.find(({ kind }) => kind === server) as ReceivedSpan;
const statementsOf = (spans: ReceivedSpan[]) => spans.filter(({ kind }) => kind === client);
const spansOf = async ({ collecting }: Traced, { id }: { id: string }) => collecting.of(id);

const service = await tracedService(t);

t.test('a request of REST is a span, and each statement that is run for it one below', async (t) => {
  const spans = await spansOf(service, await service.ask('/v1/provinces/71?on=2024-01-01'));
  const root = rootOf(spans);
  t.match(root, {
    name: 'GET /v1/provinces/:code',
    parentSpanId: undefined,
    status: { code: 0 },
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/v1/provinces/:code',
      'http.response.status_code': 200,
      'url.path': '/v1/provinces/71',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
      'govdata.request_id': /^traced-/,
      'govdata.release': 1,
      'govdata.kept': false,
    },
    resource: { 'service.name': 'govdata', 'service.version': programVersion, 'process.pid': process.pid },
  });
  const statements = statementsOf(spans);
  t.ok(statements.length > 0);
  for (const { name, parentSpanId, attributes } of statements) {
    t.match(name, /^SELECT \w+$/);
    t.equal(parentSpanId, root.spanId);
    t.strictSame(attributes, {
      'db.system.name': 'postgresql',
      'db.operation.name': 'SELECT',
      'db.query.summary': name,
      'db.collection.name': name.replace('SELECT ', ''),
    });
  }
  t.notMatch(JSON.stringify(spans), '2024-01-01', 'nothing that was asked with is told');
});

t.test('an answer found before routing is a span as well, and so is a 304', async (t) => {
  const path = '/v1/communes?limit=2';
  const { headers } = await service.ask(path);
  const routed = service.routed();
  const again = await spansOf(service, await service.ask(path));
  const held = await spansOf(
    service,
    await service.ask(path, { headers: { 'if-none-match': `${headers.get('etag')}` } }),
  );
  t.equal(service.routed(), routed);
  for (const [spans, status] of [
    [again, 200],
    [held, 304],
  ] as const) {
    t.equal(spans.length, 1);
    t.match(rootOf(spans), {
      name: 'GET /v1/communes',
      attributes: { 'govdata.kept': true, 'govdata.release': 1, 'http.response.status_code': status },
    });
  }
});

t.test(
  'an operation of GraphQL is a span, by its kind and name, between request and statements',
  async (t) => {
    const query = 'query Named($n: Int!) { provinces(first: $n) { nodes { id children { totalCount } } } }';
    const spans = await spansOf(service, await service.ask('/graphql', post({ query, variables: { n: 3 } })));
    const root = rootOf(spans);
    t.match(root, { name: 'POST /graphql', attributes: { 'govdata.release': 1 } });
    const operation = spans.find(({ name }) => name === 'query') as ReceivedSpan;
    t.equal(operation.parentSpanId, root.spanId);
    t.strictSame(operation.attributes, {
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Named',
      'govdata.operation': 'provinces',
    });
    t.ok(statementsOf(spans).some(({ parentSpanId }) => parentSpanId === operation.spanId));
    const again = await spansOf(service, await service.ask('/graphql', post({ query, variables: { n: 3 } })));
    t.match(again, [{ name: 'POST /graphql', attributes: { 'govdata.kept': true } }]);
    t.equal(again.length, 1);
  },
);

t.test(
  'what a document is refused for is the code of its error, and the request is no failure',
  async (t) => {
    const spans = await spansOf(service, await service.ask('/graphql', post({ query: '{ nothing }' })));
    t.match(rootOf(spans), { status: { code: 0 }, attributes: { 'http.response.status_code': 200 } });
    t.match(
      spans.find(({ name }) => name === 'GraphQL'),
      { status: { code: 2 }, attributes: { 'error.type': 'graphql_invalid' } },
    );
    const anonymous = await spansOf(
      service,
      await service.ask('/graphql', post({ query: '{ provinces(first: 0) { totalCount } }' })),
    );
    t.match(
      anonymous.find(({ name }) => name === 'query'),
      {
        status: { code: 2 },
        attributes: { 'error.type': 'bad_argument', 'graphql.operation.name': undefined },
      },
    );
  },
);

t.test('a body of REST, an address that there is not, and one that cannot be read are spans', async (t) => {
  const lookup = await service.ask('/v1/places/lookup', post({ items: [{ name: 'Hà Nội' }] }));
  t.match(rootOf(await spansOf(service, lookup)), {
    name: 'POST /v1/places/lookup',
    attributes: { 'govdata.release': 1 },
  });
  const nowhere = rootOf(await spansOf(service, await service.ask('/v1/nothing')));
  t.match(nowhere, {
    name: 'GET',
    status: { code: 0 },
    attributes: { 'http.response.status_code': 404, 'url.path': '/v1/nothing' },
  });
  t.notHas(nowhere.attributes, 'http.route');
  const unreadable = rootOf(await spansOf(service, await service.ask('/v1/%zz')));
  t.match(unreadable, { name: 'GET', attributes: { 'http.response.status_code': 400 } });
  const odd = ask({
    host: '127.0.0.1',
    port: service.port,
    path: '/',
    method: 'PURGE',
    headers: { 'x-request-id': 'odd' },
  });
  odd.on('error', () => undefined).end();
  await once(odd, 'response').then(([answer]) => answer.resume());
  t.match(rootOf(await service.collecting.of('odd')), { attributes: { 'http.request.method': '_OTHER' } });
});

t.test('a trace that a client has begun goes on, and one that it does not sample is not told', async (t) => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const parent = (flags: string) => ({ headers: { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` } });
  const root = rootOf(await spansOf(service, await service.ask('/v1/provinces/71?lang=vi', parent('01'))));
  t.match(root, { traceId, parentSpanId: 'b7ad6b7169203331' });
  const unsampled = await service.ask('/v1/provinces/71?lang=en', parent('00'));
  const graphql = await service.ask('/graphql', {
    ...post({ query: '{ provinces(first: 9) { totalCount } }' }),
    headers: { 'content-type': 'application/json', ...parent('00').headers },
  });
  await spansOf(service, await service.ask('/healthz'));
  for (const { id } of [unsampled, graphql]) {
    t.notOk(service.collecting.spans.some(({ attributes }) => attributes['govdata.request_id'] === id));
  }
});

t.test('the lines of the log that a request makes bear its trace and span', async (t) => {
  for (const path of ['/v1/provinces/71?lang=vi', '/v1/provinces/71?lang=vi', '/v1/none']) {
    const asked = await service.ask(path);
    const { traceId, spanId } = rootOf(await spansOf(service, asked));
    const lines = service.lines.filter(({ reqId }) => reqId === asked.id);
    t.match(lines, [{ msg: 'request', trace_id: traceId, span_id: spanId }]);
  }
  service.app.log.info('of nobody');
  t.notHas(service.lines.at(-1), 'trace_id');
});

t.test('a client that has gone is told as that', async (t) => {
  const socket = connectTo(service.port, '127.0.0.1');
  socket.write(
    'POST /v1/places/lookup HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  while (service.app.measured.traffic.inFlight === 0) await sleep(2);
  socket.destroy();
  const root = rootOf(await service.collecting.of('gone'));
  t.match(root, { status: { code: 0 }, attributes: { 'error.type': 'aborted' } });
  t.notHas(root.attributes, 'http.response.status_code');
});

t.test(
  'a statement that fails is told by its SQLSTATE, the request by its status, the log under the trace',
  async (t) => {
    const own = await seededDatabase(t, 'fixture');
    const collecting = await collector(t);
    const config = loadConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collecting.url}/own/path` });
    const tracing = openTracing(`${collectorOf(config)}`, config, () => undefined);
    t.teardown(() => tracing.close());
    const { app, lines } = await loggedService(t, {}, own, tracing);
    const { port } = app.server.address() as AddressInfo;
    const { connect } = await import('../../src/db/client.ts');
    const writer = connect(own.url, { role: 'writer' });
    await writer.pool.query('alter table indicators rename to indicators_gone');
    await writer.close();
    const answer = await fetch(`http://127.0.0.1:${port}/v1/indicators`, {
      headers: { 'x-request-id': 'failed' },
    });
    t.equal(answer.status, 503);
    const spans = await collecting.of('failed');
    t.match(rootOf(spans), { status: { code: 2 }, attributes: { 'error.type': '503' } });
    t.match(
      statementsOf(spans).find(({ status }) => status.code === 2),
      { attributes: { 'error.type': '42P01' } },
    );
    const { traceId } = rootOf(spans);
    const told = lines.filter(({ reqId }) => reqId === 'failed');
    t.ok(told.length >= 2);
    for (const line of told) t.equal(line['trace_id'], traceId);
    t.equal(collecting.requests[0]?.path, '/own/path');
  },
);

t.test('what is run for nobody is no trace: a question past the server, and what is no error', async (t) => {
  const before = service.collecting.spans.length;
  await service.app.inject('/v1/provinces/71?lang=vi&on=2025-01-01');
  await service.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: '{ provinces(first: 8) { totalCount } }' },
  });
  await sleep(200);
  t.equal(service.collecting.spans.length, before);
  const { tracing } = service;
  const thrown = await new Promise((resolve) => {
    const handler = tracing.before(() =>
      tracing.statement('select 1', () => Promise.reject('odd')).catch(resolve),
    );
    const request = { method: undefined, headers: {}, url: '/', httpVersion: '1.1' };
    const response = {
      once: (_name: string, end: () => void) => setImmediate(end),
      writableFinished: true,
      statusCode: 200,
    };
    Reflect.apply(handler, undefined, [request, response]);
  });
  t.equal(thrown, 'odd');
  const failed = () =>
    statementsOf(service.collecting.spans).find(({ attributes }) => attributes['error.type'] === 'unknown');
  while (failed() === undefined) await sleep(20);
  t.match(failed(), { name: 'SELECT', attributes: { 'db.query.summary': 'SELECT' } });
});

t.test(
  'says what it is called, bears the headers that the collector wants, and samples as it is told',
  async (t) => {
    const named = await tracedService(t, {
      OTEL_SERVICE_NAME: 'figures',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=a%20test',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20s3cret',
      OTEL_TRACES_SAMPLER: 'always_on',
    });
    const { resource } = rootOf(await spansOf(named, await named.ask('/healthz')));
    t.match(resource, { 'service.name': 'figures', 'deployment.environment.name': 'a test' });
    t.match(named.collecting.requests, [{ path: '/v1/traces', headers: { authorization: 'Bearer s3cret' } }]);
    for (const [sampler, ratio] of [
      ['always_off', '1'],
      ['parentbased_always_off', '1'],
      ['traceidratio', '0'],
      ['parentbased_traceidratio', '0.0'],
    ] as const) {
      const silent = await tracedService(t, { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio });
      await silent.ask('/v1/provinces');
      await silent.app.close();
      await silent.tracing.close();
      t.strictSame(silent.collecting.spans, [], sampler);
    }
  },
);
