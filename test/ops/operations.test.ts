/** Registering persisted operations: what is taken in, what is refused, and that it is all or nothing. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { FaultsError, faultLine } from '../../src/errors.ts';
import { rollback } from '../../src/import/rollback.ts';
import { seed } from '../../src/import/seed.ts';
import { listOperations, registerOperations, removeOperations } from '../../src/ops/operations.ts';
import { limits } from '../../src/schema/config.ts';
import { testDatabase } from '../helper.ts';
import { copyOfSeeds, countrySeeds, emptiedDatabase, migratedDatabase } from '../import/country.ts';

const release = 'query Release { config { release } }\n';
const version = '{ config { version } }';
const oneAndTwo = 'query One { __typename } query Two { __typename }';
const hashOf = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex');

/** A folder with files of these contents; what they are called from outside. */
async function folderOf(t: Test, files: Record<string, string | Buffer | object>): Promise<string> {
  const folder = t.testdir({});
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    await writeFile(join(folder, name), isText ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

const stored = async ({ pool }: Database): Promise<unknown[]> =>
  (
    await pool.query(
      `select o.*, array(select id from persisted_operation_ids i where i.hash = o.hash order by 1) as ids
      from persisted_operations o order by hash`,
    )
  ).rows;

/** The faults of a command as lines, without the folder. */
async function faultsOf(work: Promise<unknown>, folder: string): Promise<string[]> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof FaultsError)) throw new Error('it was not refused', { cause: error });
  return error.faults.map((fault) => faultLine(fault).replaceAll(`${folder}/`, ''));
}

t.test('takes documents, manifests and folders of them; a second time changes nothing', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, {
    'a/release.graphql': release,
    'a/deep/version.gql': version,
    'a/deep/readme.md': 'not ours',
    'a/relay.json': { [hashOf(release, 'md5')]: release, [hashOf('{ a: __typename }')]: '{ a: __typename }' },
    'apollo.json': {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: hashOf(version), name: '', type: 'query', body: version },
        {
          id: 'x-app:Both.1',
          name: 'One',
          type: 'query',
          body: oneAndTwo,
        },
      ],
    },
    'plain.txt': '{ b: __typename }',
  });
  const files = [join(folder, 'a'), join(folder, 'apollo.json'), join(folder, 'plain.txt')];
  const plan = await registerOperations(database, files, { dryRun: true });
  t.strictSame(await stored(database), [], 'a dry run writes nothing');
  const report = await registerOperations(database, files);
  t.strictSame(report, plan, 'and says what will be done');
  t.match(report, { named: [], unchanged: 0 });
  t.strictSame(
    report.registered.map(({ hash, names, ids, file }) => [hash, names, ids, file.slice(folder.length + 1)]),
    [
      [hashOf(version), [], [], 'a/deep/version.gql'],
      [hashOf(release), ['Release'], [hashOf(release, 'md5')], 'a/relay.json'],
      [hashOf('{ a: __typename }'), [], [], 'a/relay.json'],
      [hashOf(oneAndTwo), ['One', 'Two'], ['x-app:Both.1'], 'apollo.json'],
      [hashOf('{ b: __typename }'), [], [], 'plain.txt'],
    ],
  );
  const before = await stored(database);
  t.equal(before.length, 5);
  t.match(
    before.find((row) => Object(row).hash === hashOf(release)),
    {
      document: release,
      names: ['Release'],
      ids: [hashOf(release, 'md5')],
      registered_at: Date,
    },
  );
  t.strictSame(await registerOperations(database, files), { registered: [], named: [], unchanged: 5 });
  t.strictSame(await stored(database), before);
  t.strictSame(await registerOperations(database, [join(folder, 'a', 'relay.json')]), {
    registered: [],
    named: [],
    unchanged: 2,
  });
});

t.test('adds the id of another client to a document that is there', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'a.graphql': release, 'r.json': { [hashOf(release, 'md5')]: release } });
  await registerOperations(database, [join(folder, 'a.graphql')]);
  t.match(await registerOperations(database, [join(folder, 'r.json')]), {
    registered: [],
    named: [{ hash: hashOf(release), ids: [hashOf(release, 'md5')] }],
    unchanged: 0,
  });
  t.match(await stored(database), [{ file: join(folder, 'a.graphql'), ids: [hashOf(release, 'md5')] }]);
});

t.test('a byte order mark is part of the text', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'a.graphql': `\ufeff${release}` });
  const { registered } = await registerOperations(database, [folder]);
  t.match(registered, [{ hash: hashOf(`\ufeff${release}`), names: ['Release'] }]);
});

t.test('takes a manifest without a document for what it is', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'empty.json': {} });
  t.strictSame(await registerOperations(database, [folder]), { registered: [], named: [], unchanged: 0 });
});

t.test('refuses all that is wrong at once, with file, line, column and a guess', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, {
    'bad/a.graphql': 'query A {\n  config { relase }\n  nothing\n}\n\nquery A { config { release } }',
    'bad/b.graphql': '{ config { release }',
    'bad/c.gql': '# é\r\nquery C {\r\n  ...Elsewhere\r\n}',
    'bad/d.graphql': 'fragment Elsewhere on Query { config { release } }',
    'bad/e.graphql': Buffer.from([0x23, 0x0a, 0xff]),
    'bad/e2.graphql': `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: __typename`).join(' ')} }`,
    'bad/f.graphql': `{ __typename } #${'x'.repeat(limits.queryLengthMax)}`,
    'bad/g.graphql': `{ ${'a '.repeat(limits.queryTokensMax)} }`,
    'bad/h.graphql': `${'{a'.repeat(limits.queryTokensMax * 4)}`,
    'bad/i.graphql': '{ __typename } # \0',
    'bad/j.graphql': 'type Query { a: Int }',
    'bad/k.graphql': '',
    'bad/l.graphql': '{ places(level: [distrikt]) { nodes { id } } }',
    'good.graphql': release,
  });
  await mkdir(join(folder, 'none'));
  const paths = ['bad', 'good.graphql', 'none', 'gone.json'].map((name) => join(folder, name));
  const tooMany = 'the document has more tokens than queryTokensMax allows, 2000';
  t.strictSame(await faultsOf(registerOperations(database, paths), folder), [
    'none  empty_folder  the folder has no file with the extension .graphql, .gql, .json',
    'gone.json  missing_file  there is no such file or folder',
    'bad/e.graphql:2  invalid_utf8  the line is not valid UTF-8',
    'bad/a.graphql:2:12  graphql_invalid  Cannot query field "relase" on type "Config"; did you mean "release"?',
    'bad/a.graphql:3:3  graphql_invalid  Cannot query field "nothing" on type "Query"',
    'bad/a.graphql:1:7  graphql_invalid  There can be only one operation named "A"',
    'bad/b.graphql:1:21  graphql_syntax  Syntax Error: Expected Name, found <EOF>',
    'bad/c.gql:3:6  graphql_invalid  Unknown fragment "Elsewhere": it must stand in the same document',
    'bad/d.graphql:1:1  no_operation  the document has fragments only; they belong into the files of the operations that use them',
    'bad/e2.graphql:1:1  query_too_large  The document has 31 fields of Query; queryRootFieldsMax allows 30',
    'bad/f.graphql:1:1  query_too_large  the document has 20016 characters; queryLengthMax allows 20000',
    `bad/g.graphql:1:4001  query_too_large  ${tooMany}`,
    `bad/h.graphql:1:2001  query_too_large  ${tooMany}`,
    'bad/i.graphql:1:18  null_character  the text holds U+0000',
    'bad/j.graphql:1:1  graphql_invalid  The "Query" definition is not executable',
    'bad/k.graphql:1:1  graphql_syntax  Syntax Error: Unexpected <EOF>',
    'bad/l.graphql:1:18  graphql_invalid  Value "distrikt" does not exist in "Level" enum; did you mean "district"?',
  ]);
  t.strictSame(await stored(database), [], 'and writes nothing, the good one included');
});

t.test(
  'found by fuzzing: a manifest whose lines end with a return alone is read like any other',
  async (t) => {
    const database = await emptiedDatabase();
    const json = JSON.stringify({ [hashOf(version)]: version, [hashOf(release)]: release }, null, 1);
    const folder = await folderOf(t, { 'a.json': json.replaceAll('\n', '\r') });
    t.match(await registerOperations(database, [folder]), { registered: { length: 2 } });
  },
);

t.test('of very many faults the first are told, and how many there are', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'a.graphql': `{ ${'x\n'.repeat(60)} }` });
  const error = await registerOperations(database, [folder]).catch((thrown: unknown) => thrown);
  t.match(error, { message: /nothing was changed/, more: 11, faults: { length: 50 } });
});

t.test('refuses manifests that are not what they say', async (t) => {
  const database = await emptiedDatabase();
  const apollo = { format: 'apollo-persisted-query-manifest', version: 1 };
  const escaped = '{\n\t# "é" \\ \ud83d\ude00\n config { relase } }';
  const json = `{\n"sha256:${hashOf(escaped)}": ${JSON.stringify(escaped).replace('é', '\\u00e9')}\n}`;
  const column = 1 + `${json.split('\n')[1]}`.indexOf('relase');
  const folder = await folderOf(t, {
    'a.json': { [hashOf(version)]: release, [hashOf(version, 'md5')]: release },
    'b.json': { [hashOf(version, 'sha1')]: version },
    'c.json': { name: '{ __typename }' },
    'd.json': { ...apollo, version: 2, operations: [] },
    'e.json': '{"a": "{ __typename }",\n }',
    'f.json': 'hash: text',
    'g.json': `{"${hashOf(version)}": "${version}",\n "${hashOf(version)}": "${version}"}`,
    'h.json': [release],
    'i.json': {
      ...apollo,
      operations: [
        { id: 'a b', body: version },
        { id: 'same', body: version },
        { id: 'same', body: release },
      ],
    },
    'j.json': json,
  });
  const what =
    'unknown_manifest  it is no manifest: {hash: text}, as GraphQL Code Generator and Relay write it, or that of Apollo, version 1';
  t.match(await faultsOf(registerOperations(database, [folder]), folder), [
    `a.json:2:3  hash_mismatch  the SHA-256 of the text is ${hashOf(release)}`,
    `a.json:3:3  hash_mismatch  the MD5 of the text is ${hashOf(release, 'md5')}`,
    /^b\.json:2:3 {2}sha1_hash {2}SHA-1 is not taken: set .*'sha256'.*'SHA256'/,
    /^c\.json:2:3 {2}unknown_hash {2}the key is not the SHA-256 of the text, or its MD5/,
    `d.json  ${what}`,
    /^e\.json:2:2 {2}invalid_json {2}Expected double-quoted property name/,
    /^f\.json {2}invalid_json {2}Unexpected token/,
    'g.json:2:2  invalid_json  Map keys must be unique',
    `h.json  ${what}`,
    /^i\.json:6:13 {2}bad_id {2}an id has letters, digits/,
    'i.json:15:16  taken_id  the id "same" is that of another document (i.json)',
    `j.json:2:${column}  graphql_invalid  Cannot query field "relase" on type "Config"; did you mean "release"?`,
  ]);
  t.strictSame(await stored(database), []);
});

t.test('refuses the id of another document that is registered', async (t) => {
  const database = await emptiedDatabase();
  const apolloOf = (body: string) => ({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: 'home', body }],
  });
  const folder = await folderOf(t, {
    'a.json': apolloOf(release),
    'b.json': apolloOf(version),
    'c.gql': '{',
  });
  await registerOperations(database, [join(folder, 'a.json')]);
  const taking = registerOperations(database, [join(folder, 'b.json'), join(folder, 'c.gql')]);
  t.strictSame(await faultsOf(taking, folder), [
    'c.gql:1:2  graphql_syntax  Syntax Error: Expected Name, found <EOF>',
    `b.json:7:16  taken_id  the id "home" is that of another document (${hashOf(release)})`,
  ]);
  t.match(await stored(database), [{ hash: hashOf(release), ids: ['home'] }]);
});

t.test('lists and removes by hash, by its beginning, and by the id of a client', async (t) => {
  const database = await emptiedDatabase();
  t.strictSame(await listOperations(database), []);
  const texts = ['query A { __typename }', 'query B { __typename }', 'query C { __typename }'];
  const [a = '', b = '', c = ''] = texts;
  const folder = await folderOf(t, {
    'all.json': { [hashOf(a)]: a, [hashOf(b)]: b, [hashOf(c, 'md5')]: c },
    'd.gql': '{ __typename }',
  });
  await registerOperations(database, [folder]);
  const listed = await listOperations(database);
  t.match(listed, [
    { hash: hashOf('{ __typename }'), names: [], ids: [], file: join(folder, 'd.gql') },
    { hash: hashOf(a), names: ['A'], characters: 22, registeredAt: /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/ },
    { names: ['B'] },
    { names: ['C'], ids: [hashOf(c, 'md5')] },
  ]);

  const wrong = ['A', hashOf(b).replace(/^.../, 'xyz'), hashOf(b).slice(0, 7), hashOf(a)];
  t.strictSame(await faultsOf(removeOperations(database, wrong), folder), [
    `unknown_operation  nothing is registered under "A"; did you mean "${hashOf(a).slice(0, 12)}"?`,
    `unknown_operation  nothing is registered under "${wrong[1]}"; did you mean "${hashOf(b)}"?`,
    `unknown_operation  nothing is registered under "${wrong[2]}"`,
  ]);
  const names = [`sha256:${hashOf(a)}`, hashOf(b).slice(0, 8), hashOf(c, 'md5'), hashOf(a)];
  const plan = await removeOperations(database, names, { dryRun: true });
  t.strictSame(await listOperations(database), listed, 'nothing is removed yet');
  const removed = await removeOperations(database, names);
  t.strictSame(removed, plan);
  t.strictSame(removed, listed.slice(1));
  t.match(await stored(database), [{ hash: hashOf('{ __typename }') }]);
  const { rowCount } = await database.pool.query('select from persisted_operation_ids');
  t.equal(rowCount, 0, 'ids go with their document');
});

t.test('a beginning that several hashes have is refused', async (t) => {
  const database = await migratedDatabase(t);
  // No two SHA-256 with 8 digits in common are at hand: the table is made to take any.
  await database.pool.query(`alter table persisted_operations drop constraint persisted_operations_hash;
    insert into persisted_operations (hash, names, document, file)
    values ('0123456789a', '{}', '{a}', 'a.gql'), ('0123456789b', '{}', '{b}', 'b.gql')`);
  t.strictSame(await faultsOf(removeOperations(database, ['012345678']), ''), [
    'ambiguous_hash  "012345678" begins more than one hash: 0123456789a, 0123456789b',
  ]);
});

t.test('the database itself takes no document under a hash that is not its own', async (t) => {
  const { pool } = await emptiedDatabase();
  const put = (hash: string) =>
    pool.query(`insert into persisted_operations (hash, names, document, file) values ($1, '{}', $2, 'a')`, [
      hash,
      '{ é }',
    ]);
  await t.rejects(put(hashOf('{ e }')), /persisted_operations_hash/);
  await put(hashOf('{ é }'));
  await t.rejects(
    pool.query('insert into persisted_operation_ids select hash, hash from persisted_operations'),
    /persisted_operation_ids_id/,
  );
});

t.test('says what to run where migrations are pending', async (t) => {
  const database = connect((await testDatabase(t)).url, { role: 'writer' });
  t.teardown(() => database.close());
  const unmigrated = { message: 'The database is not migrated. Run `govdata migrate` first.' };
  await t.rejects(registerOperations(database, []), unmigrated);
  await t.rejects(listOperations(database), unmigrated);
  await t.rejects(removeOperations(database, []), unmigrated);
});

t.test('releases know nothing of it: seeding and going back leave it as it is', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'r.json': { [hashOf(release, 'md5')]: release } });
  await registerOperations(database, [folder]);
  const before = await stored(database);
  await seed(database, { folder: countrySeeds });
  const { folder: seeds, replace } = await copyOfSeeds(t);
  await replace('actors.yml', 'en: Party Committee of An Khe}', 'en: Committee of the Party of An Khe}');
  t.match(await seed(database, { folder: seeds }), { release: 2, made: true });
  t.match(await rollback(database, 1, {}), { release: 3, made: true });
  t.strictSame(await stored(database), before);
});

t.test('of two at once one waits; both succeed', async (t) => {
  const one = await emptiedDatabase();
  const second = connect(one.url, { role: 'writer' });
  t.teardown(() => second.close());
  const folder = await folderOf(t, { 'a.gql': release, 'b.gql': version, 'c.gql': '{ __typename }' });
  const pathsOf = (...names: string[]) => names.map((name) => join(folder, name));
  const reports = await Promise.all([
    registerOperations(one, pathsOf('a.gql', 'b.gql')),
    registerOperations(second, pathsOf('b.gql', 'c.gql')),
  ]);
  t.equal(reports.flatMap(({ registered }) => registered).length, 3, 'nothing is registered twice');
  t.equal(
    reports.reduce((sum, { unchanged }) => sum + unchanged, 0),
    1,
  );
  t.equal((await stored(one)).length, 3);
});

t.test('changes nothing when it is killed midway, and the next run succeeds', async (t) => {
  const database = await emptiedDatabase();
  const folder = await folderOf(t, { 'a.gql': version, 'r.json': { [hashOf(release, 'md5')]: release } });
  const holder = new pg.Client(database.url);
  await holder.connect();
  t.teardown(() => holder.end());
  // Lets the command read the ids, but not write them: it stops after the documents.
  await holder.query('begin; lock table persisted_operation_ids in share mode');
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, cli, 'operations', 'register', folder], {
    env: { ...process.env, DATABASE_URL: database.url },
    stdio: 'ignore',
  });
  t.teardown(() => child.kill('SIGKILL'));
  const sessions = async (condition: string) =>
    (
      await database.pool.query(`select from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query like 'insert into persisted_operation_ids%' and ${condition}`)
    ).rowCount;
  while ((await sessions("wait_event_type = 'Lock'")) !== 1) await sleep(50);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await holder.query('rollback');
  while ((await sessions('true')) !== 0) await sleep(50);
  t.strictSame(await stored(database), []);
  t.match(await registerOperations(database, [folder]), { registered: { length: 2 } });
});
