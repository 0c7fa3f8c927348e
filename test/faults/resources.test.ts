/** The database is there and lacks something: connections, time, room, rights, or the schema. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { serverUser } from '../../src/db/cluster.ts';
import { migrate, migrationsFolder } from '../../src/db/migrate.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { govdata } from '../govdata.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { secondSeeds } from '../second-release.ts';
import { SmallDisk, withoutSmallDisk } from '../small-disk.ts';
import { asked } from './content.ts';
import { seededPostgres, serviceOn, suffer, unheardOf } from './faulty-service.ts';
import { Ledger } from './ledger.ts';

const ledger = new Ledger('resources');
const postgres = await seededPostgres(t, undefined, 'max_connections=24');
const { url } = postgres;
const service = await serviceOn(t, postgres);

async function sessionOf(
  t: { teardown(end: () => unknown): unknown },
  statement: string,
): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  t.teardown(() => client.end());
  await client.query(statement);
  return client;
}

const bodyOf = async ({ address }: { address: string }, path: string): Promise<unknown> =>
  (await fetch(`${address}${path}`)).json();

const locked = (table: string): string => `begin; lock table ${table} in access exclusive mode`;

t.test('a locked table', async (t) => {
  let holder: pg.Client | undefined;
  await suffer(t, service, ledger, {
    name: 'a table is locked by maintenance',
    async strike() {
      holder = await sessionOf(t, locked('observations'));
    },
    async holds() {
      t.match(await bodyOf(service, unheardOf()), { detail: 'The database is busy with maintenance.' });
    },
    mend: () => holder?.query('rollback'),
    known: '200',
    other: '503',
    within: 3500,
  });
});

t.test('a query past its timeout, and a pool that such queries exhaust', async (t) => {
  const settings = { STATEMENT_TIMEOUT_MS: '700', POOL_SIZE: '2' };
  const hurried = await serviceOn(t, postgres, { settings });
  let holder: pg.Client | undefined;
  await suffer(t, hurried, ledger, {
    name: 'a query takes longer than `STATEMENT_TIMEOUT_MS`, and is cancelled in the database',
    async strike() {
      holder = await sessionOf(t, locked('observations'));
    },
    async holds() {
      t.match(await bodyOf(hurried, unheardOf()), { detail: 'The query took too long and was cancelled.' });
      const left = await asked(
        url,
        `select query from pg_stat_activity where application_name = 'govdata reader' and state = 'active'
           and now() - query_start > interval '900 ms'`,
      );
      t.strictSame(left, [], 'none goes on');
    },
    mend: () => holder?.query('rollback'),
    known: '200',
    other: '503',
    within: 2000,
  });

  let isSlow = true;
  let slow: Promise<unknown> = Promise.resolve();
  await suffer(t, hurried, ledger, {
    name: 'slow queries take all connections of the pool',
    async strike() {
      await holder?.query(locked('tasks'));
      let asker = 0;
      const askSlowly = async (): Promise<void> => {
        while (isSlow) {
          asker += 1;
          await (await fetch(`${hurried.address}/v1/tasks?q=word${asker}`)).text();
        }
      };
      slow = Promise.all(Array.from({ length: 16 }, askSlowly));
    },
    async mend() {
      isSlow = false;
      await holder?.query('rollback');
      await slow;
    },
    known: '200',
    other: '503',
    within: 4500,
    recovers: 4500,
  });
});

t.test('all connections of the server are taken', async (t) => {
  const others: pg.Client[] = [];
  const admin = await sessionOf(t, 'select');
  // Whoever is faster gets the place of a session that is ended, and one that is being opened is not seen yet.
  const take = async (): Promise<number> => {
    const { rowCount } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'govdata %'`,
    );
    for (let isRoom = true; isRoom; ) {
      const client = new pg.Client(url);
      client.on('error', () => undefined);
      isRoom = await client.connect().then(
        () => true,
        (error: { code?: string }) => error.code !== '53300',
      );
      if (isRoom) others.push(client);
    }
    return rowCount ?? 0;
  };
  let isTaken = true;
  let taking: Promise<void> = Promise.resolve();
  await suffer(t, service, ledger, {
    name: '`max_connections` are taken by others',
    async strike() {
      while ((await take()) > 0);
      taking = (async () => {
        while (isTaken) await Promise.all([take(), sleep(50)]);
      })();
    },
    async mend() {
      isTaken = false;
      await taking;
      await Promise.all(others.map((client) => client.end()));
    },
    known: '200, stale',
    other: '503',
    within: 3000,
    recovers: 4000,
  });
});

t.test('a read-only database', async (t) => {
  const folder = await secondSeeds(t);
  const setReadOnly = async (value: 'on' | 'off'): Promise<void> => {
    await asked(url, `alter system set default_transaction_read_only = ${value}`);
    await asked(url, 'select pg_reload_conf()');
  };
  await suffer(t, service, ledger, {
    name: 'the database becomes read-only',
    strike: () => setReadOnly('on'),
    async holds() {
      await sleep(100);
      const { code, err } = await govdata(['seed', '--from', folder], { url });
      t.equal(code, 1);
      t.match(err, /read-only transaction/, 'who writes is told so');
    },
    mend: () => setReadOnly('off'),
    known: '200',
    other: '200',
    // The command runs in this process, too.
    within: 5000,
  });
});

t.test('a schema that is newer than the program', async (t) => {
  const table = 'drizzle.__drizzle_migrations';
  const ready = () => bodyOf(service, '/readyz');
  await suffer(t, service, ledger, {
    name: 'the schema is newer than the program, and fits it still',
    async strike() {
      await asked(url, `insert into ${table} (hash, created_at) values ('later', 4102444800000)`);
    },
    async holds() {
      t.match(await ready(), { ready: false, checks: { database: 'ok', migrations: /newer|cannot be/ } });
    },
    async mend() {
      await asked(url, `delete from ${table} where hash = 'later'`);
    },
    known: '200',
    other: '200',
    within: 2000,
  });
  t.match(await ready(), { ready: true });
});

t.test('a schema that is older than the program, until it is migrated', async (t) => {
  const folder = t.testdir({});
  cpSync(migrationsFolder, folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  for (const { tag } of journal.entries.splice(9)) rmSync(join(folder, `${tag}.sql`));
  writeFileSync(file, JSON.stringify(journal));
  await asked(url, 'create database older');
  const older = postgres.urlOf('older');
  const writer = connect(older, { role: 'writer' });
  t.teardown(() => writer.close());
  await migrate(writer.pool, { folder });
  const service = await serviceOn(t, postgres, { url: older });
  const { address } = service;

  const begun = performance.now();
  const statuses = new Set<number>();
  let longest = 0;
  const lists = operationNames
    .map(operationOf)
    .filter(({ kind, path }) => kind === 'list' && !/[{]/.test(path));
  for (const { path, method } of lists.filter((one) => one.args.required?.length !== 1)) {
    const asked = performance.now();
    const response = await fetch(`${address}/v1${path}`, { method: method ?? 'GET' });
    longest = Math.max(longest, performance.now() - asked);
    if (response.status === 503) {
      t.equal(response.headers.get('retry-after'), '2');
      t.match(await response.json(), { detail: 'The database has not been migrated yet.' }, path);
    }
    statuses.add(response.status);
  }
  t.notOk(
    [...statuses].some((status) => status >= 500 && status !== 503),
    `${[...statuses]}`,
  );
  t.ok(performance.now() - begun < 10_000);
  t.match(await bodyOf(service, '/readyz'), {
    ready: false,
    checks: { migrations: /pending/ },
  });
  await migrate(writer.pool);
  const migrated = performance.now();
  for (const { path } of lists) {
    const { status } = await fetch(`${address}/v1${path}`);
    t.notOk(status >= 500, path);
  }
  const recovered = performance.now() - migrated;
  ledger.add(
    'the schema is older than the program',
    '503',
    '503',
    `${Math.ceil(longest)} ms`,
    `${Math.ceil(recovered)} ms`,
    0,
  );
});

const full = [
  'the disk of the data is full',
  'the disk of the write-ahead log is full: the server gives up',
] as const;

t.test('a disk that is full', { skip: withoutSmallDisk }, async (t) => {
  const disk = SmallDisk.mount(t, 256, await serverUser());
  const postgres = await seededPostgres(t, await OwnPostgres.prepare(t, disk.folder));
  const service = await serviceOn(t, postgres);
  await suffer(t, service, ledger, {
    name: full[0],
    async strike() {
      disk.fill(0);
      await t.rejects(asked(postgres.url, 'create table big as select generate_series(1, 1000000)'), {
        code: '53100',
      });
    },
    mend: () => disk.clear(),
    known: '200',
    other: '200',
    within: 2000,
  });

  const isUp = () =>
    asked(postgres.url, 'select').then(
      () => true,
      () => false,
    );
  await suffer(t, service, ledger, {
    name: full[1],
    async strike() {
      disk.fill(0);
      const write = "select pg_logical_emit_message(true, 'a writer', repeat('x', 8000000))";
      for (let isWritten = true; isWritten; ) {
        isWritten = await asked(postgres.url, write).then(
          () => true,
          () => false,
        );
      }
    },
    async mend() {
      disk.clear();
      if (!(await isUp())) await postgres.start();
    },
    known: '200, stale',
    other: '503',
    within: 3000,
    recovers: 5000,
  });
});

t.test('the table of docs/reliability.md', async (t) => ledger.settle(t, withoutSmallDisk ? full : []));
