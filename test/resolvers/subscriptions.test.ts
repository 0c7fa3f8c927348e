/** Subscriptions, as their clients meet them: a service that listens, real sockets, releases by the real writer. */
import fastify from 'fastify';
import { buildSchema, extendSchema, type GraphQLObjectType, parse } from 'graphql';
import t from 'tap';
import { Documents } from '../../src/resolvers/documents.ts';
import { Inquiry } from '../../src/resolvers/inquiry.ts';
import { openSockets } from '../../src/resolvers/sockets.ts';
import { limits } from '../../src/schema/config.ts';
import { printSchema } from '../../src/schema/sdl.ts';
import { onServer } from '../helper.ts';
import { releasedService } from '../second-release.ts';
import { testNow } from '../service.ts';
import { Bare, clientOf, type Event, listeners, listening, subscribe, subscription } from './subscriber.ts';

const numberIn = ({ data }: Event): unknown =>
  (data as { releasePublished: { number: number } }).releasePublished.number;

t.test('a release is heard when it is published, with the counts that /v1/releases has', async (t) => {
  const service = await releasedService(t);
  const { pool } = service.writer;
  const client = clientOf(t, await listening(service.app));
  const events = subscribe(client);
  const first = events.next();
  await listeners(pool, 1);
  await service.makeNext();
  const { data } = (await first).value;
  const { body } = await service.get('/v1/releases?limit=1');
  const [{ number, hash, counts }] = body['items'] as [Record<string, unknown>];
  t.match(data.releasePublished, { number: 2, note: 'The second.', hash, counts });
  t.strictSame(number, 2);
  t.ok(data.releasePublished.counts.added > 0 && data.releasePublished.counts.corrected > 0);
  t.ok(data.releasePublished.byType.length > 3);
  await service.makeNext();
  t.match(await events.next(), { value: { data: { releasePublished: { number: 3, note: 'The third.' } } } });
  await events.return?.();
  await listeners(pool, 0);
});

t.test('`since` tells what was missed, in order, and goes on with what comes', async (t) => {
  const service = await releasedService(t);
  await service.makeNext();
  const client = clientOf(t, await listening(service.app));
  const numbersOf = async (events: AsyncIterableIterator<Event>, count: number) => {
    const numbers: unknown[] = [];
    while (numbers.length < count) numbers.push(numberIn((await events.next()).value));
    return numbers;
  };
  const all = subscribe(client, { since: 0 });
  const some = subscribe(client, { since: 1 });
  const none = subscribe(client, { since: 2 });
  const nulled = subscribe(client, { since: null });
  t.strictSame(await numbersOf(all, 2), [1, 2]);
  t.strictSame(await numbersOf(some, 1), [2]);
  const rest = Promise.all([all, some, none, nulled].map((events) => numbersOf(events, 1)));
  // Its answer comes after those to the four that were sent before it.
  await t.rejects(subscribe(client, { since: 9 }).next());
  await service.makeNext();
  t.strictSame(await rest, [[3], [3], [3], [3]]);
});

t.test('refuses a release that is still to come, and what is no number of a release', async (t) => {
  const service = await releasedService(t);
  const url = await listening(service.app);
  const bare = await Bare.ready(t, url);
  const refuses = async (query: string, variables: object, extensions: object) => {
    bare.subscribe('1', query, variables);
    const { payload } = (await bare.hears('error')) as { payload: [{ extensions: object }] };
    t.match(payload, [{ message: /./, extensions: { status: 400, requestId: /./, ...extensions } }]);
    t.equal(payload.length, 1);
  };
  const bad = { code: 'bad_argument', parameter: 'since' };
  await refuses(
    subscription,
    { since: 2 },
    { ...bad, suggestion: '1', detail: /^There is no release 2 yet; / },
  );
  await refuses(subscription, { since: -1 }, { ...bad, detail: /from 0 to 2147483647, not -1/ });
  await refuses(subscription, { since: 1.5 }, { code: 'bad_argument' });
  await refuses(subscription, { since: '1' }, { code: 'bad_argument' });
  await refuses(subscription, { since: 2_147_483_648 }, { code: 'bad_argument' });
  await refuses('subscription { releasePublished(since: "1") { number } }', {}, bad);
  await refuses(
    'subscription { releasePublished(sinse: 1) { number } }',
    {},
    { code: 'unknown_argument', suggestion: 'since' },
  );
  await listeners(service.writer.pool, 0);
});

t.test('reads the row of a release once, however many are told it', async (t) => {
  const service = await releasedService(t);
  const { pool } = service.reader;
  const url = await listening(service.app);
  const clients = [clientOf(t, url), clientOf(t, url)];
  const streams = clients.flatMap((client) => [subscribe(client), subscribe(client, { since: 0 })]);
  const zero = [1, 3].map(async (at) => numberIn((await streams[at]?.next())?.value));
  t.strictSame(await Promise.all(zero), [1, 1]);
  await listeners(service.writer.pool, 1);
  const statements: string[] = [];
  const query = pool.query.bind(pool);
  t.intercept(pool, 'query', {
    value: (asked: { text: string }) => {
      statements.push(asked.text);
      return query(asked);
    },
  });
  const told = Promise.all(streams.map(async (events) => numberIn((await events.next()).value)));
  await service.makeNext();
  t.strictSame(await told, [2, 2, 2, 2]);
  const late = subscribe(clientOf(t, url), { since: 0 });
  t.strictSame([numberIn((await late.next()).value), numberIn((await late.next()).value)], [1, 2]);
  t.equal(statements.filter((text) => text.includes('"by_type"')).length, 1);
});

t.test('misses no release that is made while the connection that listens is lost', async (t) => {
  const service = await releasedService(t);
  const { pool } = service.writer;
  const name = new URL(service.url).pathname.slice(1);
  const events = subscribe(clientOf(t, await listening(service.app)));
  const next = events.next();
  await listeners(pool, 1);
  // Those that are connected stay so: the writer and the reader.
  await onServer((server) => server.query(`alter database ${name} allow_connections false`));
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'govdata listener'",
    [name],
  );
  await listeners(pool, 0);
  await service.makeNext();
  await onServer((server) => server.query(`alter database ${name} allow_connections true`));
  t.equal(numberIn((await next).value), 2);
});

t.test('one connection listens for all, and none once the last has left, however it left', async (t) => {
  const service = await releasedService(t);
  const { pool } = service.writer;
  const url = await listening(service.app);
  const bare = await Bare.ready(t, url);
  bare.subscribe('1');
  bare.subscribe('2');
  const other = await Bare.ready(t, url);
  other.subscribe('1');
  await listeners(pool, 1);
  bare.say({ id: '1', type: 'complete' });
  bare.say({ id: '2', type: 'complete' });
  other.socket.terminate();
  await listeners(pool, 0);
  // The same name twice in one breath: what graphql-ws forgets is ended with the connection.
  for (const _time of [1, 2, 3]) {
    bare.subscribe('1');
    bare.say({ id: '1', type: 'complete' });
  }
  bare.subscribe('1');
  await listeners(pool, 1);
  bare.socket.close();
  await listeners(pool, 0);
});

t.test('answers nothing but subscriptions, which pass the same checks as over HTTP', async (t) => {
  const service = await releasedService(t);
  const bare = await Bare.ready(t, await listening(service.app));
  const refuses = async (query: string, extensions: object, more: object = {}) => {
    bare.say({ id: '1', type: 'subscribe', payload: { query, ...more } });
    const { payload } = await bare.hears('error');
    t.match(payload, [{ message: /./, extensions: { requestId: /./, ...extensions } }], query.slice(0, 50));
  };
  const invalid = { code: 'graphql_invalid', status: 400 };
  await refuses('{ config { release } }', { ...invalid, detail: /Send a query to \/graphql over HTTP\.$/ });
  const two = `subscription A { releasePublished { number } } query B { config { version } }`;
  await refuses(two, { ...invalid, detail: /"operationName"/ });
  await refuses(two, { ...invalid, detail: /Send a query/ }, { operationName: 'B' });
  await refuses(two, { ...invalid, detail: /"operationName"/ }, { operationName: 'C' });
  await refuses('subscription { releasePublished { nomber } }', invalid);
  await refuses('subscription { releasePublished { number } node: releasePublished { hash } }', invalid);
  await refuses('subscription {', { code: 'graphql_syntax' });
  await refuses(`subscription { releasePublished { number } } #${'x'.repeat(limits.queryLengthMax)}`, {
    code: 'query_too_large',
    detail: /queryLengthMax/,
  });
  await refuses(`subscription { releasePublished { ${'number '.repeat(limits.queryTokensMax + 1)} } }`, {
    code: 'query_too_large',
    detail: /queryTokensMax/,
  });
  const deep = `${'... { '.repeat(3)}releasePublished { number }${' }'.repeat(3)}`;
  await refuses(`subscription { ${deep} ...F } fragment F on Subscription { ...F }`, invalid);
  t.equal(bare.socket.readyState, bare.socket.OPEN);
});

t.test('over HTTP, a subscription is refused with the way to have it', async (t) => {
  const { app, graphql } = await releasedService(t);
  const refusal = { code: 'graphql_invalid', status: 400, detail: /over a WebSocket at \/graphql/ };
  const { data, errors } = await graphql('subscription { releasePublished { number } }');
  t.equal(data, undefined);
  t.match(errors, [{ extensions: refusal }]);
  const response = await app.inject(
    `/graphql?query=${encodeURIComponent('subscription { releasePublished { number } }')}`,
  );
  t.match(response.json(), { errors: [{ extensions: refusal }] });
  const query = 'subscription A { releasePublished { number } } query B { config { release } }';
  const payload = { query, operationName: 'B' };
  const other = await app.inject({ method: 'POST', url: '/graphql', payload });
  t.strictSame(other.json().data, { config: { release: 1 } });
});

t.test('a database that is away is told as it is over HTTP', async (t) => {
  const { writer, app } = await releasedService(t);
  const bare = await Bare.ready(t, await listening(app));
  await writer.pool.query('alter table releases rename to hidden');
  bare.subscribe('1');
  const { payload } = await bare.hears('error');
  t.match(payload, [{ extensions: { code: 'unavailable', status: 503, requestId: /./ } }]);
  await writer.pool.query('alter table hidden rename to releases');
  bare.subscribe('1', subscription, { since: 0 });
  t.match(await bare.hears('next'), { payload: { data: { releasePublished: { number: 1 } } } });
});

t.test('what fails below an event has the body of any error, and the next event is told', async (t) => {
  const { reader, writer, makeNext } = await releasedService(t);
  const schema = extendSchema(buildSchema(printSchema()), parse('extend type Release { half: Int }'));
  const release = schema.getType('Release') as GraphQLObjectType;
  Object.assign(release.getFields()['half'] as object, {
    resolve: async ({ number }: { number: number }, _args: object, { inquiry }: { inquiry: object }) => {
      if (!(inquiry instanceof Inquiry)) throw new Error('no inquiry');
      return (await reader.pool.query('select 4 / ($1 - 2) as half', [number])).rows[0].half;
    },
  });
  const app = fastify();
  t.teardown(() => app.close());
  const context = { database: reader, now: testNow };
  app.get('/graphql', {
    ...(await openSockets(app, { schema: () => schema, documents: new Documents(context, 'any'), context })),
    handler: async () => '',
  });
  const query = 'subscription { releasePublished { number half } }';
  const events = subscribe(clientOf(t, await listening(app)), {}, query);
  const first = events.next();
  await listeners(writer.pool, 1);
  await makeNext();
  const { value } = await first;
  t.strictSame(value.data, { releasePublished: { number: 2, half: null } });
  t.match(value.errors, [
    { path: ['releasePublished', 'half'], extensions: { code: 'bad_argument', status: 400, requestId: /./ } },
  ]);
  await makeNext();
  t.strictSame((await events.next()).value, { data: { releasePublished: { number: 3, half: 4 } } });
});
