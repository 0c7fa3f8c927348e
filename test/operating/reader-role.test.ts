/** The service under a role that can do nothing but read, made by the very SQL that administrators are given. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import t from 'tap';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { migrate } from '../../src/db/migrate.ts';
import { seed } from '../../src/import/seed.ts';
import { serve } from '../../src/server.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { seedsOf } from '../service.ts';
import { answersOf } from './every-answer.ts';

const root = new URL('../../', import.meta.url);
const sql = readFileSync(new URL('deploy/reader.sql', root), 'utf8');

const server = await OwnPostgres.prepare(t);
await server.start();
const owner = connect(server.url, { role: 'writer' });
t.teardown(() => owner.close());
await migrate(owner.pool);
await seed(owner, { folder: seedsOf.fixture });
// As psql does it with what it is given by --set.
await owner.pool.query(sql.replace(":'password'", pg.escapeLiteral("it's secret")));

const readerUrl = new URL(server.url);
readerUrl.username = 'govdata_reader';
readerUrl.password = encodeURIComponent("it's secret");

t.test('docs/operations.md prints the SQL that is run here', async (t) => {
  t.ok(readFileSync(new URL('docs/operations.md', root), 'utf8').includes(`\`\`\`sql\n${sql}\`\`\`\n`));
});

t.test('is ready, and answers every operation as under the owner', async (t) => {
  const quiet = { print: () => undefined, log: () => undefined };
  const serviceAt = async (url: string) => {
    const settings = { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' };
    const service = await serve(loadConfig(settings), quiet);
    t.teardown(() => service.close());
    return service.address;
  };
  const address = await serviceAt(readerUrl.href);
  const ready = await fetch(`${address}/readyz`);
  t.strictSame(await ready.json(), {
    ready: true,
    checks: { load: 'ok', database: 'ok', migrations: 'ok', data: 'ok' },
  });
  const answers = await answersOf(address);
  t.ok(Object.keys(answers).length > 30);
  t.strictSame(
    Object.values(answers).filter(({ status }) => status !== 200),
    [],
  );
  t.strictSame(answers, await answersOf(await serviceAt(server.url)));
});

t.test('can write nowhere, whatever it is made to say', async (t) => {
  const reader = new pg.Client(readerUrl.href);
  await reader.connect();
  t.teardown(() => reader.end());
  await reader.query('set default_transaction_read_only = off');
  for (const statement of [
    "insert into persisted_operations (hash) values ('x')",
    'update releases set note = null',
    'delete from observations',
    'truncate documents',
    'create table of_mine (id int)',
    'drop table places',
    'insert into drizzle.__drizzle_migrations (hash, created_at) values (1, 1)',
  ]) {
    await t.rejects(reader.query(statement), { code: /^(42501|42P01)$/ }, statement);
  }
});

t.test('reads tables that are made later, too', async (t) => {
  await owner.pool.query('create table made_later (id int)');
  const reader = connect(readerUrl.href, { role: 'reader' });
  t.teardown(() => reader.close());
  t.strictSame((await reader.pool.query('select * from made_later')).rows, []);
});
