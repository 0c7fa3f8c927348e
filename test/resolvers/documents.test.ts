/** Documents that are named rather than sent, and the mode in which only registered ones are answered. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { registerOperations, removeOperations } from '../../src/ops/operations.ts';
import { Documents } from '../../src/resolvers/documents.ts';
import { limits } from '../../src/schema/config.ts';
import { onServer } from '../helper.ts';
import { seededDatabase, testNow, testService } from '../service.ts';

const release = 'query Release { config { release } }';
const district = 'query District($code: String!) { district(code: $code) { name { vi } } }';
const hashOf = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex');
const answered = { data: { config: { release: 1 } } };

/** A service of its own, where these documents are registered; Relay's MD5 is their id. */
async function serviceWith(t: Test, texts: readonly string[], settings: Record<string, string> = {}) {
  let now = testNow();
  const service = await testService(t, 'real', { own: true, settings, now: () => now });
  const writer = connect(service.url, { role: 'writer' });
  t.teardown(() => writer.close());
  const register = async (documents: readonly string[]) => {
    const file = join(t.testdir({}), 'relay.json');
    const manifest = Object.fromEntries(documents.map((text) => [hashOf(text, 'md5'), text]));
    await writeFile(file, JSON.stringify(manifest));
    return registerOperations(writer, [file]);
  };
  await register(texts);
  const post = async (payload: object) => {
    const response = await service.app.inject({ method: 'POST', url: '/graphql', payload });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const get = async (parameters: Record<string, string>) => {
    const response = await service.app.inject(`/graphql?${new URLSearchParams(parameters)}`);
    return { status: response.statusCode, body: response.json() };
  };
  const remove = (text: string) => removeOperations(writer, [hashOf(text)]);
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  return { ...service, post, get, register, remove, pass };
}

const apollo = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });

t.test('answers a document that is named, by POST and GET, in each of the ways', async (t) => {
  const { post, get } = await serviceWith(t, [release, district]);
  const named = [
    { documentId: `sha256:${hashOf(release)}` },
    { documentId: hashOf(release) },
    { documentId: hashOf(release, 'md5') },
    { extensions: apollo(hashOf(release)) },
    { query: '', documentId: hashOf(release) },
    { query: null, documentId: hashOf(release) },
    { query: release, documentId: hashOf(release, 'md5') },
    { query: release, documentId: null, extensions: apollo(hashOf(release)) },
    { documentId: hashOf(release, 'md5'), extensions: apollo(hashOf(release)) },
    { query: release, extensions: { persistedQuery: null } },
  ];
  for (const payload of named) {
    t.match(await post(payload), { status: 200, body: answered }, JSON.stringify(payload));
  }
  t.match(await get({ documentId: `sha256:${hashOf(release)}` }), { status: 200, body: answered });
  t.match(await get({ extensions: JSON.stringify(apollo(hashOf(release))) }), { body: answered });
  const variables = { code: '087' };
  const byName = { documentId: hashOf(district), operationName: 'District' };
  const expected = { status: 200, body: { data: { district: { name: { vi: 'Bảo Yên' } } } } };
  t.match(await post({ ...byName, variables }), expected);
  t.match(await get({ ...byName, variables: JSON.stringify(variables) }), expected);
});

t.test(
  'a name that nothing is registered under: says so in the words of the protocol, and what to do',
  async (t) => {
    const { post, get, register } = await serviceWith(t, []);
    const { status, body, headers } = await post({ extensions: apollo(hashOf(release)) });
    t.equal(status, 404);
    t.match(headers['content-type'], /json/);
    t.equal(body.data, undefined);
    t.strictSame(Object.keys(body.errors[0]), ['message', 'extensions']);
    t.match(body.errors, [
      {
        message: /^PersistedQueryNotFound$/,
        extensions: {
          code: 'operation_not_found',
          status: 404,
          detail: `No operation is registered under sha256:${hashOf(release)}. Send the document itself, with its SHA-256 or alone. \`govdata operations register\` registers a file.`,
          requestId: /./,
        },
      },
    ]);
    t.match((await get({ documentId: 'home' })).body.errors[0].extensions, {
      code: 'operation_not_found',
      detail: /under the id "home"/,
    });
    t.match(
      await post({ query: release, documentId: 'home' }),
      { status: 404 },
      'nobody knows that it is the same',
    );

    t.match(await post({ query: release, extensions: apollo(hashOf(release)) }), { body: answered });
    t.match(
      await post({ extensions: apollo(hashOf(release)) }),
      { status: 404 },
      'the server registers nothing',
    );
    await register([release]);
    t.match(
      await post({ extensions: apollo(hashOf(release)) }),
      { body: answered },
      'but sees at once what is',
    );
  },
);

t.test('refuses a document that is not the one that is named', async (t) => {
  const { post } = await serviceWith(t, [release, district]);
  const differing = [
    { query: district, extensions: apollo(hashOf(release)) },
    { query: district, documentId: `sha256:${hashOf(release)}` },
    { query: district, documentId: hashOf(release, 'md5') },
    { query: `${release}\n`, documentId: hashOf(release) },
    { documentId: hashOf(district), extensions: apollo(hashOf(release)) },
    { query: release, documentId: hashOf(release), extensions: apollo(hashOf(district)) },
  ];
  for (const payload of differing) {
    const { status, body } = await post(payload);
    t.equal(status, 400);
    t.match(body.errors, [{ message: /SHA-256/, extensions: { code: 'operation_mismatch' } }]);
  }
});

t.test('refuses names that are none', async (t) => {
  const { post } = await serviceWith(t, []);
  const wrong: [payload: object, parameter: string][] = [
    [{ documentId: 7 }, 'documentId'],
    [{ documentId: '' }, 'documentId'],
    [{ documentId: 'a b' }, 'documentId'],
    [{ documentId: 'a'.repeat(201) }, 'documentId'],
    [{ documentId: `sha256:${hashOf(release).toUpperCase()}` }, 'documentId'],
    [{ documentId: `sha256:${hashOf(release).slice(1)}` }, 'documentId'],
    [{ documentId: `md5:${hashOf(release, 'md5')}` }, 'documentId'],
    [{ query: release, documentId: "x' or 1=1" }, 'documentId'],
    [{ extensions: { persistedQuery: 'x' } }, 'extensions.persistedQuery'],
    [{ extensions: apollo(hashOf(release), 2) }, 'extensions.persistedQuery.version'],
    [{ extensions: { persistedQuery: {} } }, 'extensions.persistedQuery.version'],
    [{ extensions: apollo('abc') }, 'extensions.persistedQuery.sha256Hash'],
    [{ extensions: apollo([hashOf(release)]) }, 'extensions.persistedQuery.sha256Hash'],
    [{ query: 7, documentId: hashOf(release) }, 'query'],
  ];
  for (const [payload, parameter] of wrong) {
    const { status, body } = await post(payload);
    t.equal(status, 400);
    t.match(body.errors, [{ extensions: { code: 'bad_request', parameter } }], JSON.stringify(payload));
  }
  t.match(await post({ extensions: {} }), {
    status: 400,
    body: { errors: [{ extensions: { code: 'missing_argument', parameter: 'query' } }] },
  });
});

t.test('what a named document lacks or exceeds is told as of one that is sent', async (t) => {
  const dear = '{ places(first: 500) { nodes { children(first: 500) { nodes { id } } } } }';
  const { post } = await serviceWith(t, [dear, district, 'query A { __typename } query B { __typename }']);
  const codeOf = async (text: string, rest: object = {}) =>
    (await post({ documentId: hashOf(text), ...rest })).body.errors?.[0].extensions.code;
  t.equal(await codeOf(dear), 'query_too_large');
  t.equal(await codeOf(district), 'missing_argument');
  const both = 'query A { __typename } query B { __typename }';
  t.equal(await codeOf(both), 'graphql_invalid');
  t.equal(await codeOf(both, { operationName: 'A' }), undefined);
});

t.test(
  'a registered document is read once, and no longer answered within the stated time after it was removed',
  async (t) => {
    const { post, remove, pass, register } = await serviceWith(t, [release]);
    const ask = async () => (await post({ documentId: hashOf(release) })).status;
    t.equal(await ask(), 200);
    await remove(release);
    pass(limits.removedOperationSecondsMax * 1000 - 1);
    t.equal(await ask(), 200, 'from memory');
    pass(1);
    t.equal(await ask(), 404);
    await register([release]);
    t.equal(await ask(), 200);
    await remove(release);
    pass(-1);
    t.equal(await ask(), 404, 'a clock that was set back makes nothing fresh');
  },
);

t.test('keeps a bounded number and size of documents in memory', async (t) => {
  const { context, reader, url } = await seededDatabase(t, 'fixture');
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  const small = Array.from({ length: 1100 }, (_, at) => `query S${at} { __typename }`);
  const large = Array.from({ length: 250 }, (_, at) => `query L${at} { __typename } #${'x'.repeat(19_000)}`);
  const file = join(t.testdir({}), 'all.json');
  await writeFile(
    file,
    JSON.stringify(Object.fromEntries([...small, ...large].map((text) => [hashOf(text), text]))),
  );
  await registerOperations(writer, [file]);
  let statements = 0;
  reader.pool.on('acquire', () => {
    statements += 1;
  });
  const documents = new Documents(context, 'any');
  const statementsFor = async (texts: readonly string[]): Promise<number> => {
    statements = 0;
    for (const text of texts) await documents.read({ documentId: hashOf(text) });
    return statements;
  };
  t.equal(await statementsFor(small), 1100);
  t.equal(await statementsFor(small.slice(-1000)), 0, 'the last thousand are kept');
  t.equal(await statementsFor(small.slice(99, 100)), 1, 'and none before');
  t.equal(await statementsFor(large), 250);
  t.equal(await statementsFor(large.slice(-200)), 0, 'as many as take four million characters');
  t.equal(await statementsFor(large.slice(0, 30)), 30);
  t.equal(await statementsFor(small.slice(-1)), 1, 'large ones have pushed out the small');
});

t.test('many who ask at once for what is not kept yet are all answered', async (t) => {
  const { post } = await serviceWith(t, [release]);
  const all = await Promise.all(Array.from({ length: 20 }, () => post({ documentId: hashOf(release) })));
  t.ok(all.every(({ body }) => body.data.config.release === 1));
});

t.test(
  'answers 503 while the database is away, and without it what needs no look-up is still refused',
  async (t) => {
    const { post, url } = await serviceWith(t, [release]);
    await onServer((server) => server.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`));
    t.match(await post({ documentId: hashOf(release) }), {
      status: 503,
      headers: { 'retry-after': '2' },
      body: { errors: [{ extensions: { code: 'unavailable' } }] },
    });
    t.match(await post({ query: district, documentId: hashOf(release) }), { status: 400 });
  },
);

t.test(
  'with GRAPHQL_OPERATIONS=registered answers what is registered, named or sent, and nothing else',
  async (t) => {
    const { app, post, get, register, remove, pass } = await serviceWith(t, [release], {
      GRAPHQL_OPERATIONS: 'registered',
    });
    const allowed = [
      { documentId: hashOf(release) },
      { documentId: hashOf(release, 'md5') },
      { extensions: apollo(hashOf(release)) },
      { query: release },
      { query: release, extensions: apollo(hashOf(release)) },
      { query: release, documentId: hashOf(release, 'md5') },
    ];
    for (const payload of allowed) t.match(await post(payload), { status: 200, body: answered });
    t.match(await get({ query: release }), { status: 200, body: answered });

    const introspection = '{ __schema { queryType { name } } }';
    const others = [district, `${release} `, introspection, '{ __typename }', '{', ''];
    for (const query of others) {
      t.match(
        await post({ query }),
        {
          status: 403,
          body: {
            errors: [
              {
                message: new RegExp(
                  `GRAPHQL_OPERATIONS=registered.*${hashOf(query)}.*govdata operations register FILE`,
                ),
                extensions: { code: 'operation_not_registered', status: 403 },
              },
            ],
          },
        },
        query,
      );
    }
    t.match(await get({ query: district }), { status: 403 });
    t.match(await post({ query: district, extensions: apollo(hashOf(district)) }), { status: 403 });
    t.match((await post({ extensions: apollo(hashOf(district)) })).body.errors, [
      {
        message: 'PersistedQueryNotFound',
        extensions: {
          detail: /The service answers registered operations only\. `govdata operations register`/,
        },
      },
    ]);
    // UTF-8 has no half of a pair: such a text has the hash of another one, and that is what is answered.
    await register([`${release} # \ufffd`]);
    t.match(await post({ query: `${release} # \ud800` }), { status: 200, body: answered });
    await remove(release);
    pass(limits.removedOperationSecondsMax * 1000);
    t.match(await post({ query: release }), { status: 403 });
    t.match((await app.inject('/graphiql')).body, 'registered operations only');
  },
);

t.test('a registered document is answered while the register cannot be asked, and no other is', async (t) => {
  const { post, pass, url } = await serviceWith(t, [release], { GRAPHQL_OPERATIONS: 'registered' });
  const named = { documentId: hashOf(release) };
  t.match(await post(named), { status: 200, body: answered });
  pass(limits.removedOperationSecondsMax * 1000);
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  const holder = await writer.pool.connect();
  await holder.query('begin; lock table persisted_operations in access exclusive mode');
  t.match(await post(named), { status: 200, body: answered });
  const { status, headers } = await post({ query: district });
  t.equal(status, 503);
  t.equal(headers['retry-after'], '2');
  await holder.query('rollback');
  holder.release();
});
