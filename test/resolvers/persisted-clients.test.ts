/** Persisted operations as clients come by them: the tools that write manifests, and Apollo Client's link. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { parse, print } from 'graphql';
import t, { type Test } from 'tap';
import { schemaFile } from '../../scripts/generate-graphql.ts';
import { govdata } from '../govdata.ts';
import { testService } from '../service.ts';

const run = promisify(execFile);
const schema = fileURLToPath(schemaFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A service that listens, on a database of its own. */
async function listening(t: Test, settings: Record<string, string> = {}) {
  const { app, url } = await testService(t, 'real', { own: true, settings });
  const address = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const register = async (...files: string[]) => {
    const { code, out, err } = await govdata(['operations', 'register', ...files], { url });
    if (code !== 0) throw new Error(err);
    return out;
  };
  const post = async (body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const get = async (parameters: Record<string, string>): Promise<unknown> =>
    (await fetch(`${address}?${new URLSearchParams(parameters)}`)).json();
  return { address, register, post, get };
}

const district = 'district(code: $code) { name { vi } }';
const baoYen = { data: { district: { name: { vi: 'Bảo Yên' } } } };
const variables = { code: '087' };

t.test('what GraphQL Code Generator writes is registered and asked by hash', async (t) => {
  const folder = t.testdir({
    'home.graphql': `query Home($code: String!) { ${district} }`,
    'codegen.json': JSON.stringify({
      schema,
      documents: 'home.graphql',
      generates: {
        './gql/': { preset: 'client', presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } } },
      },
    }),
  });
  const codegen = join(root, 'node_modules/@graphql-codegen/cli/cjs/bin.js');
  await run(process.execPath, [codegen, '--config', 'codegen.json'], { cwd: folder });
  const manifest = join(folder, 'gql/persisted-documents.json');
  const [hash = ''] = Object.keys(JSON.parse(await readFile(manifest, 'utf8')));
  t.match(await readFile(join(folder, 'gql/graphql.ts'), 'utf8'), hash, 'which the typed documents hold');

  const { register, post, get } = await listening(t, { GRAPHQL_OPERATIONS: 'registered' });
  t.match(
    await register(manifest),
    /^\+ {2}[0-9a-f]{12} {2}Home {2}- {2}.*\n1 registered, 0 there already\.\n$/,
  );
  t.match(await post({ documentId: `sha256:${hash}`, variables }), baoYen);
  t.match(await get({ documentId: hash, variables: JSON.stringify(variables) }), baoYen);
  const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hash } });
  t.match(await get({ extensions, variables: JSON.stringify(variables) }), baoYen);
  const { register: elsewhere } = await listening(t);
  const sha1 = join(folder, 'sha1.json');
  const [text = ''] = Object.values<string>(JSON.parse(await readFile(manifest, 'utf8')));
  await writeFile(sha1, JSON.stringify({ [createHash('sha1').update(text).digest('hex')]: text }));
  await t.rejects(elsewhere(sha1), /hashAlgorithm: 'sha256'/, 'its preset algorithm is refused with a word');
});

t.test(
  "what Relay's compiler writes is registered and asked by the id that its artifacts hold",
  async (t) => {
    const folder = t.testdir({
      'package.json': '{"name": "home"}',
      src: { 'Home.js': `graphql\`query HomeQuery($code: String!) { ${district} }\`;\n` },
      __generated__: {},
      'relay.config.json': JSON.stringify({
        src: './src',
        language: 'javascript',
        schema: './schema.graphql',
        artifactDirectory: './__generated__',
        persistConfig: { file: './persisted.json' },
      }),
    });
    await writeFile(join(folder, 'schema.graphql'), await readFile(schema));
    await writeFile(join(folder, 'persisted.json'), '{}');
    const compiler = createRequire(import.meta.url)('relay-compiler') as string;
    await run(compiler, ['relay.config.json'], { cwd: folder });
    const manifest = join(folder, 'persisted.json');
    const [id = ''] = Object.keys(JSON.parse(await readFile(manifest, 'utf8')));
    t.match(id, /^[0-9a-f]{32}$/);
    t.match(await readFile(join(folder, '__generated__/HomeQuery.graphql.js'), 'utf8'), `"id": "${id}"`);

    const { register, post, get } = await listening(t, { GRAPHQL_OPERATIONS: 'registered' });
    t.match(await register(manifest), `  HomeQuery  ${id}  `);
    // Relay asks for the id of every record as well.
    t.match(await post({ documentId: id, variables }), baoYen);
    t.match(await get({ documentId: id, variables: JSON.stringify(variables) }), baoYen);
  },
);

t.test(
  "Apollo Client's link: one request for what is registered, a second one with the text for what is not",
  async (t) => {
    const { address, register } = await listening(t);
    const query = gql`query Home($code: String!) { district(code: $code) { name { vi } } }`;
    const folder = t.testdir({});
    await mkdir(join(folder, 'operations'));
    // Its cache asks for __typename as well: what is registered is what the client sends.
    const sent = print(new InMemoryCache().transformDocument(query));
    await writeFile(join(folder, 'operations/home.graphql'), sent);
    await register(join(folder, 'operations'));
    t.notSame(sent, print(parse(`query Home($code: String!) { ${district} }`)));

    const ask = async (name: string, method: 'GET' | 'POST') => {
      const requests: { method: unknown; named: boolean; text: boolean; status: number }[] = [];
      const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: method === 'GET' }).concat(
        new HttpLink({
          uri: address,
          fetch: async (input, init) => {
            const response = await fetch(input, init);
            const whole = `${String(input)} ${String(init?.body)}`;
            requests.push({
              method: init?.method,
              named: whole.includes('persistedQuery'),
              text: whole.includes('query Home') || whole.includes('query Other'),
              status: response.status,
            });
            return response;
          },
        }),
      );
      const client = new ApolloClient({ link, cache: new InMemoryCache() });
      const document =
        name === 'Home' ? query : gql`query Other($code: String!) { district(code: $code) { id } }`;
      const { data } = await client.query({ query: document, variables });
      client.stop();
      return { data, requests };
    };
    for (const method of ['POST', 'GET'] as const) {
      t.match(await ask('Home', method), {
        data: { district: { name: { vi: 'Bảo Yên' } } },
        requests: { length: 1, 0: { method, named: true, text: false, status: 200 } },
      });
      t.match(await ask('Other', method), {
        data: { district: { id: /^place_version:/ } },
        requests: {
          length: 2,
          0: { method, named: true, text: false, status: 404 },
          1: { method: 'POST', named: true, text: true, status: 200 },
        },
      });
    }
  },
);
