import type { LightMyRequestResponse } from 'fastify';
import t from 'tap';
import { limits } from '../../src/schema/config.ts';
import { testService } from '../service.ts';

const json = { 'content-type': 'application/json' };
const query = '{ config { release } }';

t.test('answers POST and GET alike', async (t) => {
  const { app } = await testService(t);
  const extensions = { cost: { requested: 0, limit: limits.queryCostMax } };
  const expected = { data: { config: { release: 1 } }, extensions };
  const ask = async (payload: object) =>
    (await app.inject({ method: 'POST', url: '/graphql', payload })).json();
  t.strictSame(await ask({ query }), expected);
  t.strictSame(await ask({ query, variables: null, operationName: null, extensions: null }), expected);
  t.strictSame(
    await ask({ query, variables: {}, operationName: '', extensions: { any: 1 }, id: 7 }),
    expected,
  );

  const get = async (parameters: Record<string, string>) =>
    (await app.inject(`/graphql?${new URLSearchParams(parameters)}`)).json();
  t.strictSame(await get({ query }), expected);
  t.strictSame(
    await get({
      query: 'query A($c: String!) { district(code: $c) { name { vi } } } query B { config { version } }',
      variables: '{"c": "087"}',
      operationName: 'A',
      extensions: 'null',
    }),
    {
      data: { district: { name: { vi: 'Bảo Yên' } } },
      extensions: { cost: { requested: 1, limit: limits.queryCostMax } },
    },
  );
});

t.test('names the media type that the client asks for', async (t) => {
  const { app } = await testService(t);
  const typeOf = async (accept: string) =>
    (await app.inject({ method: 'POST', url: '/graphql', payload: { query }, headers: { accept } })).headers[
      'content-type'
    ];
  t.equal(await typeOf('*/*'), 'application/json; charset=utf-8');
  t.equal(
    await typeOf('application/graphql-response+json, application/json;q=0.9'),
    'application/graphql-response+json; charset=utf-8',
  );
});

t.test('refuses what it cannot read, in the form of a GraphQL answer', async (t) => {
  const { app } = await testService(t);
  const post = (payload: string | Buffer, headers: Record<string, string> = json) =>
    app.inject({ method: 'POST', url: '/graphql', payload, headers });
  const get = (search: string) => app.inject(`/graphql${search}`);
  const refuses = (response: LightMyRequestResponse, status: number, code: string, parameter?: string) => {
    t.equal(response.statusCode, status);
    t.match(response.headers['content-type'], /^application\/json/);
    const { data, errors } = response.json();
    t.equal(data, undefined);
    t.match(errors, [{ message: /./, extensions: { code, status, requestId: /./ } }]);
    t.equal(errors[0].extensions.parameter, parameter, `${code} of ${parameter}`);
  };
  refuses(await post('{"query"'), 400, 'bad_request');
  refuses(await post(''), 400, 'bad_request');
  refuses(await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), 400, 'bad_request');
  refuses(await post('[]'), 400, 'bad_request');
  refuses(await post('null'), 400, 'bad_request');
  refuses(await post('"{ config { version } }"'), 400, 'bad_request');
  refuses(await post('{}'), 400, 'missing_argument', 'query');
  refuses(await post('{"query": 7}'), 400, 'bad_request', 'query');
  refuses(await post(JSON.stringify({ query, variables: [] })), 400, 'bad_request', 'variables');
  refuses(await post(JSON.stringify({ query, extensions: 'x' })), 400, 'bad_request', 'extensions');
  refuses(await post(JSON.stringify({ query, operationName: 7 })), 400, 'bad_request', 'operationName');
  refuses(await post(query, { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
  refuses(await post(query, { 'content-type': 'application/graphql' }), 415, 'unsupported_media_type');
  refuses(await post(`{"query": "${'x'.repeat(limits.bodyBytesMax)}"}`), 413, 'body_too_large');
  refuses(await get(''), 400, 'missing_argument', 'query');
  refuses(await get('?query=%7Bconfig%7Bversion%7D%7D&variables=x'), 400, 'bad_request');
  refuses(await get('?query=a&query=b'), 400, 'repeated_argument', 'query');
  refuses(await get('?query=%ff'), 400, 'bad_request');
});

t.test('answers 405 to other methods', async (t) => {
  const { app } = await testService(t);
  const response = await app.inject({ method: 'PUT', url: '/graphql', payload: { query } });
  t.equal(response.statusCode, 405);
  t.equal(response.headers['allow'], 'GET, HEAD, OPTIONS, POST');
  t.equal(response.json().code, 'method_not_allowed');
});

t.test('serves a page that needs nothing from elsewhere', async (t) => {
  const { app } = await testService(t);
  const seen = new Set<string>();
  const follow = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    seen.add(path);
    const response = await app.inject(path);
    t.equal(response.statusCode, 200, path);
    t.match(response.headers['content-security-policy'], /^default-src 'none';/);
    for (const reference of referencesOf(path, response.body)) await follow(reference);
  };
  await follow('/graphiql');
  t.ok(seen.has('/graphiql/main.js'));
  t.ok(seen.size > 20, `${seen.size} files`);
  t.match((await app.inject('/graphiql')).body, 'endpointURL: `/graphql`');
  const slash = await app.inject('/graphiql/');
  t.equal(slash.headers.location, '/graphiql');
});

/** What a browser would fetch next. */
function referencesOf(path: string, text: string): string[] {
  const patterns: Record<string, RegExp> = {
    '/graphiql': /(?:src|href)="([^"]+)"/g,
    '.js': /(?:from|import)\s*\(?"(\.\/[^"]+)"/g,
    '.css': /url\("?(?!data:)([^")]+)"?\)/g,
  };
  const [, pattern = /$^/g] = Object.entries(patterns).find(([end]) => path.endsWith(end)) ?? [];
  const base = new URL(path === '/graphiql' ? '/graphiql/' : path, 'http://here');
  return [...text.matchAll(pattern)]
    .map(([, reference]) => new URL(`${reference}`, base))
    .filter(({ pathname }) => pathname !== '/graphiql/')
    .map(({ host, pathname }) => (host === 'here' ? pathname : `elsewhere: ${host}`));
}
