/** How answers are sent: what may be kept, several at once, and those that nobody waits for any more. */
import { request } from 'node:http';
import fastify from 'fastify';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { registerGraphql } from '../../src/resolvers/index.ts';
import { limits } from '../../src/schema/config.ts';
import { fixtureService } from '../second-release.ts';
import { noCache, seededDatabase, testNow, testService } from '../service.ts';

const themes = 'query Themes($first: Int) { themes(first: $first) { nodes { ... { id } } } }';
const addressOf = (parameters: Record<string, string>): string =>
  `/graphql?${new URLSearchParams(parameters)}`;

t.test('an answer to GET is known by a tag until a release is published', async (t) => {
  const { app, makeNext } = await fixtureService(t, 1);
  const url = addressOf({ query: themes, variables: '{"first": 1}' });
  const get = (headers: Record<string, string> = {}, address = url) => app.inject({ url: address, headers });
  const first = await get();
  t.equal(first.statusCode, 200);
  const etag = String(first.headers['etag']);
  t.match(first.headers, {
    etag: /^"[\w-]{27}"$/,
    'cache-control': 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400',
    'govdata-release': '1',
    vary: 'accept-encoding, accept',
  });
  const unchanged = await get({ 'if-none-match': `"other", W/${etag}` });
  t.equal(unchanged.statusCode, 304);
  t.equal(unchanged.body, '');
  t.equal(unchanged.headers['etag'], etag);
  t.equal((await get({ 'if-none-match': '*' })).statusCode, 304);
  const head = await app.inject({ method: 'HEAD', url });
  t.match(
    { status: head.statusCode, etag: head.headers['etag'], body: head.body },
    { status: 200, etag, body: '' },
  );

  const others = [
    await get({}, addressOf({ query: themes, variables: '{"first": 2}' })),
    await get({}, addressOf({ query: themes.replace('id', 'flags'), variables: '{"first": 1}' })),
    await get({ accept: 'application/graphql-response+json' }),
  ].map(({ headers }) => headers['etag']);
  t.equal(new Set([etag, ...others]).size, 4, 'other variables, documents and media types are other answers');

  await makeNext();
  const later = await get({ 'if-none-match': etag });
  t.equal(later.statusCode, 200);
  t.equal(later.headers['govdata-release'], '2');
  t.not(later.headers['etag'], etag);
});

t.test('what failed, and what was posted, is kept by nobody', async (t) => {
  const { app } = await testService(t);
  for (const query of ['{ places(first: 0) { totalCount } }', '{ nothing }', '{']) {
    const { headers } = await app.inject({ url: addressOf({ query }), headers: { 'if-none-match': '*' } });
    t.equal(headers['cache-control'], 'no-store', query);
    t.equal(headers['etag'], undefined);
  }
  const posted = await app.inject({ method: 'POST', url: '/graphql', payload: { query: themes } });
  t.equal(posted.headers['cache-control'], 'no-store');
  t.equal(posted.headers['etag'], undefined);
});

t.test(
  'a batch is answered in order, each request by itself, of one release and within one cost',
  async (t) => {
    const { app, reader } = await testService(t);
    const batch = async (...payload: object[]) => {
      const response = await app.inject({ method: 'POST', url: '/graphql', payload });
      t.equal(response.statusCode, 200);
      return response.json();
    };
    let scopes = 0;
    reader.pool.on('acquire', () => {
      scopes += 1;
    });
    const config = { query: '{ config { release } }' };
    t.match(
      await batch(config, { query: '{ nothing }' }, { query: themes, variables: { first: 1 } }, config),
      [
        { data: { config: { release: 1 } } },
        { errors: [{ extensions: { code: 'graphql_invalid' } }] },
        { data: { themes: { nodes: [{}] } }, extensions: { cost: { requested: 2 } } },
        { data: { config: { release: 1 } } },
      ],
    );
    t.equal(scopes, 2, 'one statement for the scope of all, and one for the themes');
    const [type] = await batch({ query: '{ __type(name: "Theme") { name fields { name } } }' });
    t.match(type, { data: { __type: { name: 'Theme' } }, extensions: { cost: { requested: 11 } } });
    const many = { query: '{ places(first: 500) { nodes { tasks(first: 100) { nodes { id } } } } }' };
    const [one, two] = await batch(many, many);
    t.equal(one.errors, undefined);
    t.match(two.errors, [{ message: /up to 102002 records; queryCostMax allows 100000/ }]);
  },
);

t.test('reads only the members that are asked for, and counts only where a total is', async (t) => {
  const { url, reader, graphql } = await testService(t, 'real', { own: true });
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  const texts: string[] = [];
  reader.pool.on('acquire', (client) => {
    const send = client.query;
    client.query = ((...args: Parameters<typeof send>) => {
      const [statement] = args as readonly unknown[];
      // Before it the session may be told how to plan.
      if (typeof statement !== 'string') {
        client.query = send;
        texts.push(String(Reflect.get(statement as object, 'text')));
      }
      return send.apply(client, args);
    }) as typeof send;
  });
  const asked = async (query: string): Promise<string> => {
    texts.length = 0;
    const { errors } = await graphql(query);
    t.equal(errors, undefined, query);
    return texts.join('\n');
  };
  const few = await asked('{ tasks(first: 3) { edges { node { name { en } } } } }');
  t.notMatch(few, /count\(\*\)|"all_citations"|"deadline_date"|"body_id"/);
  t.match(few, /"tasks"."name"/);
  t.match(await asked('{ tasks(first: 3) { totalCount } }'), /count\(\*\)/);
  const edge = await asked('{ themes { nodes { tasks(first: 2) { nodes { kind } } } } }');
  t.notMatch(edge, /count\(\*\)|"deadline_date"/);
  t.match(await asked('{ tasks { nodes { deadline { date } } } }'), /"deadline_date"/);
  const spread = await asked(
    '{ themes { nodes { tasks { ...page } } } } fragment page on TaskConnection { totalCount nodes { ... on Task { body { id } } } }',
  );
  t.match(spread, /count\(\*\)/);
  t.match(spread, /"body_id"/);
  t.notMatch(await asked('{ targets(first: 2) { nodes { unit } } }'), /"all_citations"/);
  t.match(await asked('{ targets(first: 2) { nodes { result { status } } } }'), /"all_citations"/);
  const place = (members: string) => asked(`{ place(id: "place_version:087") { ${members} } }`);
  t.notMatch(await place('name { en }'), /"full_name"|recursive above/);
  t.match(await place('fullName { en }'), /"full_name"/);
});

/** A mouth whose database waits for a lock, with little time for a request. */
async function waitingMouth(t: Test, requestMs: number) {
  const { url } = await seededDatabase(t);
  const database = connect(url, { role: 'reader' });
  const writer = connect(url, { role: 'writer' });
  const app = fastify();
  await app.register(registerGraphql, {
    context: { database, now: testNow },
    cache: noCache,
    operations: 'any',
    requestMs,
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
    await writer.close();
  });
  const locker = await writer.pool.connect();
  await locker.query('begin; lock table tasks in access exclusive mode');
  const waiting = async (): Promise<number> => {
    const text =
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    // Within a transaction the view would not change.
    return (await writer.pool.query(text)).rowCount ?? 0;
  };
  const free = async (): Promise<void> => {
    await locker.query('rollback');
    locker.release();
  };
  return { app, waiting, free };
}

t.test('a request that takes too long is given up, in the database too', async (t) => {
  const { app, waiting, free } = await waitingMouth(t, 700);
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: '{ a: tasks { nodes { id } } b: tasks(first: 2) { nodes { id } } }' },
  });
  t.equal(response.statusCode, 503);
  t.equal(response.headers['retry-after'], '2');
  t.strictSame(response.json().errors.length, 1, 'once for all fields');
  t.match(response.json(), {
    errors: [
      {
        message: 'The request took longer than 700 ms, which requestMsMax allows, and was given up.',
        extensions: { code: 'unavailable' },
      },
    ],
  });
  t.equal(await waiting(), 0);
  await free();
});

t.test('what a client that has gone asked for is cancelled', async (t) => {
  const { app, waiting, free } = await waitingMouth(t, limits.requestMsMax);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const bodies: [method: string, path: string, body: string | undefined][] = [
    ['POST', '/graphql', JSON.stringify({ query: '{ tasks { nodes { id } } }' })],
    [
      'POST',
      '/graphql',
      JSON.stringify([{ query: '{ tasks { nodes { id } } }' }, { query: '{ tasks { totalCount } }' }]),
    ],
    ['GET', addressOf({ query: '{ tasks { nodes { id } } }' }), undefined],
  ];
  for (const [method, path, body] of bodies) {
    const asking = request(`${url}${path}`, { method, headers: { 'content-type': 'application/json' } });
    asking.on('error', () => undefined).end(body);
    while ((await waiting()) === 0);
    asking.destroy();
    const since = Date.now();
    while ((await waiting()) > 0);
    // By itself it would give up after two seconds.
    t.ok(Date.now() - since < 1500, `${method} ${path.slice(0, 9)}`);
  }
  await free();
  const after = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ tasks(first: 1) { nodes { id } } }' }),
  });
  t.match(await after.json(), { data: { tasks: { nodes: [{}] } } }, 'the connections are sound');
});
