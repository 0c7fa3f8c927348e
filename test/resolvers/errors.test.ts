import { Writable } from 'node:stream';
import fastify from 'fastify';
import { getIntrospectionQuery } from 'graphql';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { registerGraphql } from '../../src/resolvers/index.ts';
import { limits } from '../../src/schema/config.ts';
import { noCache, seededDatabase, testNow, testService } from '../service.ts';
import { spoilColumn } from '../spoilt.ts';

interface Refusal {
  code: string;
  status?: number;
  parameter?: string;
  suggestion?: string;
}

/** Name of the fault, document, variables, and what it is answered with. */
const refused: [fault: string, query: string, variables: object, answer: Refusal][] = [
  ['a document that ends too soon', '{ config {', {}, { code: 'graphql_syntax' }],
  ['an empty document', '', {}, { code: 'graphql_syntax' }],
  ['a JSON syntax tree', '{"kind":"Document","definitions":[]}', {}, { code: 'graphql_syntax' }],
  ['JSON that is no syntax tree', 'null', {}, { code: 'graphql_syntax' }],
  ['an unknown field', '{ plces { totalCount } }', {}, { code: 'graphql_invalid', suggestion: 'places' }],
  ['a missing selection', '{ places }', {}, { code: 'graphql_invalid' }],
  ['a mutation', 'mutation { config { version } }', {}, { code: 'graphql_invalid' }],
  [
    'an unknown argument',
    '{ places(levl: [district]) { totalCount } }',
    {},
    { code: 'unknown_argument', parameter: 'levl', suggestion: 'level' },
  ],
  [
    'an argument given twice',
    '{ province(code: "15", code: "10") { id } }',
    {},
    { code: 'repeated_argument', parameter: 'code' },
  ],
  ['a missing argument', '{ province { id } }', {}, { code: 'missing_argument', parameter: 'code' }],
  [
    'null for a required one',
    '{ province(code: null) { id } }',
    {},
    { code: 'missing_argument', parameter: 'code' },
  ],
  [
    'a missing variable',
    'query ($c: String!) { province(code: $c) { id } }',
    {},
    { code: 'missing_argument', parameter: 'code' },
  ],
  [
    'a variable that is null',
    'query ($c: String!) { province(code: $c) { id } }',
    { c: null },
    { code: 'missing_argument', parameter: 'code' },
  ],
  ['a number for a code', '{ province(code: 15) { id } }', {}, { code: 'bad_argument', parameter: 'code' }],
  [
    'text for a number',
    '{ places(first: "3") { totalCount } }',
    {},
    { code: 'bad_argument', parameter: 'first' },
  ],
  [
    'a number beyond 32 bits',
    '{ places(first: 3000000000) { totalCount } }',
    {},
    { code: 'bad_argument', parameter: 'first' },
  ],
  [
    'a misspelt word of an enum',
    '{ places(on: "any", level: [country, distrct]) { totalCount } }',
    {},
    { code: 'bad_argument', parameter: 'level', suggestion: 'district' },
  ],
  [
    'a word in quotes',
    '{ places(level: "district") { totalCount } }',
    {},
    { code: 'bad_argument', parameter: 'level', suggestion: 'district' },
  ],
  [
    'a misspelt word in a variable',
    'query ($l: [Level!]) { places(q: "x", level: $l) { totalCount } }',
    { l: ['distrct'] },
    { code: 'bad_argument', parameter: 'level', suggestion: 'district' },
  ],
  [
    'a bad variable that no argument uses',
    'query ($l: Boolean!) { config @include(if: true) { version } a: config @skip(if: $l) { version } }',
    { l: 'maybe' },
    { code: 'bad_argument', parameter: 'if' },
  ],
  [
    'a default value that does not fit',
    'query ($l: Level = distrct) { places(level: [$l]) { totalCount } }',
    {},
    { code: 'bad_argument', suggestion: 'district' },
  ],
  ['too many characters', `{ config { version } } #${'x'.repeat(20_000)}`, {}, { code: 'query_too_large' }],
  ['too many tokens', `{ config { ${'version '.repeat(2000)} } }`, {}, { code: 'query_too_large' }],
  [
    'a fault in a long document',
    `{ config { ${'version '.repeat(2000)} ? } }`,
    {},
    { code: 'graphql_syntax' },
  ],
];

t.test('refuses with 400, a code and the argument at fault', async (t) => {
  const { app } = await testService(t);
  for (const [fault, query, variables, answer] of refused) {
    // Twice, since what failed is remembered.
    for (const time of ['first', 'second']) {
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { accept: 'application/graphql-response+json' },
        payload: { query, variables },
      });
      const [error] = response.json().errors;
      t.equal(response.statusCode, 400, `${fault}: 400 the ${time} time`);
      t.match(error.extensions, { status: 400, requestId: /./, ...answer }, `${fault}: ${answer.code}`);
      t.strictSame(
        [error.extensions.parameter, error.extensions.suggestion],
        [answer.parameter, answer.suggestion],
      );
      t.equal(error.message, error.extensions.detail);
      t.notOk(response.json().data);
    }
  }
});

t.test('answers 200 with the code of REST where an argument was executed and found bad', async (t) => {
  const { app } = await testService(t);
  const bad: [query: string, variables: object, answer: Refusal][] = [
    ['{ places(first: 0) { totalCount } }', {}, { code: 'bad_argument', parameter: 'first' }],
    ['{ places(after: "x") { totalCount } }', {}, { code: 'bad_cursor', parameter: 'after' }],
    ['{ search(q: "a\u0000b") { totalCount } }', {}, { code: 'bad_argument', parameter: 'q' }],
    ['{ observations(from: 2024) { totalCount } }', {}, { code: 'bad_argument', parameter: 'from' }],
    [
      '{ themes { nodes { tasks(year: 1) { totalCount } } } }',
      {},
      { code: 'bad_argument', parameter: 'year' },
    ],
    [
      'query ($c: String = "15") { province(code: $c) { id } }',
      { c: null },
      { code: 'missing_argument', parameter: 'code' },
    ],
  ];
  for (const [query, variables, answer] of bad) {
    const response = await app.inject({ method: 'POST', url: '/graphql', payload: { query, variables } });
    t.equal(response.statusCode, 200, query);
    const [error] = response.json().errors;
    t.match(error.extensions, { status: 400, ...answer });
    t.equal(typeof error.path[0], 'string');
    t.match(error.message, new RegExp(`"${answer.parameter}"`), 'in the words of GraphQL');
  }
});

t.test('a path counts rows by number', async (t) => {
  const { graphql } = await testService(t);
  const { errors } = await graphql('{ themes { nodes { tasks(year: 1) { totalCount } } } }');
  t.match(errors, [{ path: ['themes', 'nodes', 0, 'tasks'] }]);
});

t.test('names the limit that a document exceeds, its value and what was asked', async (t) => {
  const { graphql } = await testService(t);
  const told = async (query: string) => {
    const { errors } = await graphql(query);
    return errors?.map(({ message, extensions }) => `${extensions['code']}: ${message}`);
  };
  const long = `{ config { version } } #${'x'.repeat(limits.queryLengthMax)}`;
  t.strictSame(await told(long), [
    `query_too_large: The document has ${long.length} characters; queryLengthMax allows 20000.`,
  ]);
  t.strictSame(await told(`{ config { ${'version '.repeat(2000)} } }`), [
    'query_too_large: The document has 2005 tokens; queryTokensMax allows 2000.',
  ]);
  const nested = (depth: number): string => (depth === 1 ? '{ id }' : `{ parent ${nested(depth - 1)} }`);
  t.strictSame(await told(`{ task(id: "task:x") ${nested(14)} }`), [
    'query_too_large: The document has 15 levels of fields; queryDepthMax allows 14.',
  ]);
  t.equal(await told(`{ task(id: "task:x") ${nested(13)} }`), undefined, 'fourteen levels are allowed');
});

t.test('measures depth through fragments, each once, and leaves circles to their own rule', async (t) => {
  const { graphql } = await testService(t);
  const chain = Array.from(
    { length: 14 },
    (_, n) => `fragment f${n} on Task { parent { ...f${n + 1} ...f${n + 1} } }`,
  );
  const query = `{ task(id: "task:x") { ... on Task { ...f0 } } } ${chain.join(' ')} fragment f14 on Task { id }`;
  const { errors } = await graphql(query);
  t.strictSame(
    errors?.map(({ message }) => message),
    ['The document has 16 levels of fields; queryDepthMax allows 14.'],
  );
  const circle = await graphql(
    '{ task(id: "task:x") { ...f } } fragment f on Task { parent { ...f ...missing } }',
  );
  t.strictSame(
    circle.errors?.map(({ extensions }) => extensions['code']),
    ['graphql_invalid', 'graphql_invalid'],
  );
});

t.test('answers the query that tools use to read the schema, but not an endless one', async (t) => {
  const { graphql } = await testService(t);
  const { data, errors } = await graphql(
    getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
  );
  t.equal(errors, undefined);
  t.match(data, { __schema: { queryType: { name: 'Query' } } });
  const endless = await graphql(
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
  );
  t.match(endless.errors, [{ extensions: { code: 'graphql_invalid' } }]);
});

t.test('answers the operation that is named, also when both were asked before', async (t) => {
  const { app } = await testService(t);
  const query = 'query One { config { version } } query Two { config { today } }';
  const ask = async (operationName: string | null) =>
    (await app.inject({ method: 'POST', url: '/graphql', payload: { query, operationName } })).json();
  for (let time = 0; time < 3; time += 1) {
    t.strictSame((await ask('Two')).data, { config: { today: '2026-11-22' } });
    t.strictSame(Object.keys((await ask('One')).data.config), ['version']);
  }
  t.match(await ask('Three'), { errors: [{ extensions: { code: 'graphql_invalid', status: 400 } }] });
  t.match(await ask(null), { errors: [{ extensions: { code: 'graphql_invalid', status: 400 } }] });
});

t.test('does not repeat a long value in full', async (t) => {
  const { graphql } = await testService(t);
  const { errors } = await graphql(`{ places(first: "${'x'.repeat(5000)}") { totalCount } }`);
  t.equal(errors?.[0]?.message.length, 500);
});

t.test('tells at most ten faults of a document', async (t) => {
  const { graphql } = await testService(t);
  const { errors } = await graphql(
    `{ config { ${Array.from({ length: 50 }, (_, n) => `no${n}`).join(' ')} } }`,
  );
  t.equal(errors?.length, 11, 'ten, and that there are more');
});

/** The GraphQL mouth alone, on any database, with what it logs. */
async function mouthOn(t: Test, url: string) {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(String(line)));
      done();
    },
  });
  const database = connect(url, { role: 'reader' });
  const app = fastify({ logger: { level: 'error', stream }, genReqId: () => 'request-7' });
  await app.register(registerGraphql, {
    context: { database, now: testNow },
    cache: noCache,
    operations: 'any',
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  const ask = (query: string) => app.inject({ method: 'POST', url: '/graphql', payload: { query } });
  return { ask, lines };
}

t.test('masks a failure of its own, and logs what was behind it with the id of the request', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  await spoilColumn(url, 'releases', 'hash');
  const { ask, lines } = await mouthOn(t, url);
  const response = await ask('{ a: config { version } b: theme(id: "theme:x") { id } }');
  t.equal(response.statusCode, 500, 'nothing could be answered');
  t.match(response.json(), {
    data: null,
    errors: [
      {
        message: /^The service failed\./,
        extensions: { code: 'internal', status: 500, requestId: 'request-7' },
      },
    ],
  });
  t.notMatch(response.body, /select|releases|foresaw/i, 'no SQL gets out');
  t.equal(lines.length, 1, 'one line, though two fields failed');
  t.match(lines[0], {
    level: 50,
    reqId: 'request-7',
    code: 'internal',
    err: { stack: /nobody foresaw this/ },
  });
});

t.test('answers 200 where only a part failed', async (t) => {
  const { url } = await seededDatabase(t);
  await spoilColumn(url, 'mottos', 'kind');
  const { ask } = await mouthOn(t, url);
  const response = await ask('{ config { release } motto(id: "motto:bao-yen-high-resolve") { kind } }');
  t.equal(response.statusCode, 200);
  t.match(response.json(), {
    data: { config: { release: 1 }, motto: null },
    errors: [{ path: ['motto'], extensions: { code: 'internal' } }],
  });
});

t.test('masks a value that the schema does not know', async (t) => {
  const { url } = await seededDatabase(t);
  await damage(url, "alter table mottos drop constraint mottos_kind_word; update mottos set kind = 'jingle'");
  const { ask, lines } = await mouthOn(t, url);
  const response = await ask('{ mottos(first: 1) { nodes { kind } } }');
  t.match(response.json().errors, [
    { path: ['mottos', 'nodes', 0, 'kind'], extensions: { code: 'internal' } },
  ]);
  t.match(lines[0], { err: { message: /cannot represent value: "jingle"/ } });
});

async function damage(url: string, sql: string): Promise<void> {
  const database = connect(url, { role: 'writer' });
  await database.pool.query(sql);
  await database.close();
}

t.test('answers 503 and when to come again while the database is away', async (t) => {
  const { ask, lines } = await mouthOn(t, 'postgres://postgres@127.0.0.1:1/nowhere');
  const response = await ask('{ province(code: "15") { id } }');
  t.equal(response.statusCode, 503);
  t.equal(response.headers['retry-after'], '2');
  t.match(response.json(), {
    data: { province: null },
    errors: [{ extensions: { code: 'unavailable', status: 503 } }],
  });
  t.equal(lines.length, 1);
});
