import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t, { type Test } from 'tap';
import { isAlive } from '../../src/db/cluster.ts';
import { openEmbedded } from '../../src/db/embedded.ts';
import { FaultsError, faultLine } from '../../src/errors.ts';
import { Holder, rootOpenFolder } from './embedded-helper.ts';

const unlessRoot = process.getuid?.() === 0 ? false : 'needs root to become another user';
const silent = (): void => undefined;
/** For tests that need no fresh one: each leaves the server stopped. */
const home = join(rootOpenFolder(t), 'a home');
const newHome = (t: Test): string => join(rootOpenFolder(t), 'home');
const pidFile = (home: string): string => join(home, 'postgres-18/data/postmaster.pid');
const postmaster = (home: string): number => Number(readFileSync(pidFile(home), 'utf8').split('\n')[0]);

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof FaultsError ? error.faults.map(faultLine) : [`no FaultsError: ${error}`];
}

t.test('is PostgreSQL 18 with checksums, in UTF-8, and knows Vietnamese letters', async (t) => {
  const server = await openEmbedded(home, silent);
  t.equal(server.joined, false);
  const [row] = await query(
    server.url,
    `select current_setting('server_version_num')::int / 10000 as version, lower('ĐẮK LẮK') as lower,
      current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
      current_setting('fsync') as fsync`,
  );
  t.strictSame(row, { version: 18, lower: 'đắk lắk', encoding: 'UTF8', checksums: 'on', fsync: 'on' });
  await query(server.url, 'create extension unaccent; create extension btree_gist; create extension pg_trgm');
  await t.resolves(query(server.url, "select show_trgm('đ')"));
  await server.close();
});

t.test('lets nobody in from elsewhere, nor without the password that only its owner can read', async (t) => {
  const server = await openEmbedded(home, silent);
  const [row] = await query(
    server.url,
    `select current_setting('listen_addresses') as tcp, current_setting('unix_socket_directories') as sockets,
      (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as methods`,
  );
  t.strictSame(row, { tcp: '127.0.0.1', sockets: '', methods: 'scram-sha-256' });
  for (const password of ['', 'guess']) {
    const url = new URL(server.url);
    url.password = password;
    await t.rejects(query(url.href, 'select 1'), /password/);
  }
  t.equal(statSync(join(home, 'postgres-18/password')).mode & 0o777, 0o600);
  t.equal(statSync(join(home, 'postgres-18')).mode & 0o777, 0o700);
  t.notMatch(readFileSync(join(home, 'postgres-18/password'), 'utf8'), /\s/);
  await server.close();
});

t.test(
  'a second one joins, and the last to leave stops the server, even when the starter left first',
  async (t) => {
    const home = newHome(t);
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const first = await openEmbedded(home, log);
    const second = await openEmbedded(home, log);
    t.strictSame([first.joined, second.joined], [false, true]);
    t.equal(first.url, second.url);
    await first.close();
    t.strictSame(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
    await second.close();
    t.notOk(existsSync(pidFile(home)));
    t.match(lines, [/^initialising/, /^started/, /^joined/, /^stopped/]);

    const again = await openEmbedded(home, silent);
    t.equal(again.url, first.url, 'the address stays the same');
    await again.close();
  },
);

t.test('when the port of the last start is taken, it takes another one', async (t) => {
  const first = await openEmbedded(home, silent);
  await first.close();
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
  const second = await openEmbedded(home, silent);
  t.not(second.url, first.url);
  t.strictSame(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
  await second.close();
  squatter.close();
});

t.test('of three processes that start at once on an empty folder one starts and two join', async (t) => {
  const home = newHome(t);
  const holders = [new Holder(home), new Holder(home), new Holder(home)];
  const opened = await Promise.all(holders.map((holder) => holder.says(/^open /)));
  t.strictSame(opened.map((line) => line.split(' ')[1]).sort(), ['joined', 'joined', 'started']);
  t.equal(new Set(opened.map((line) => line.split(' ')[2])).size, 1);
  await Promise.all(holders.map((holder) => holder.close()));
  t.notOk(existsSync(pidFile(home)), 'the last one stopped it');
  t.equal(holders.filter(({ lines }) => lines.includes('log stopped the embedded database')).length, 1);
});

t.test('after kill -9 of the service the next start joins what was left, and nothing is lost', async (t) => {
  const service = new Holder(home);
  await query(await service.url(), 'create table kept (n int); insert into kept values (42)');
  await service.kill();
  t.ok(isAlive(postmaster(home)));
  const next = await openEmbedded(home, silent);
  t.equal(next.joined, true);
  t.strictSame(await query(next.url, 'select n from kept'), [{ n: 42 }]);
  await next.close();
  t.notOk(existsSync(pidFile(home)), 'and the last to leave stops it');
});

t.test('after kill -9 of service and server the next start recovers, and nothing is lost', async (t) => {
  const service = new Holder(home);
  await query(await service.url(), 'create table saved (n int); insert into saved values (42)');
  await service.kill();
  process.kill(postmaster(home), 'SIGKILL');
  const next = await openEmbedded(home, silent);
  t.equal(next.joined, false);
  t.strictSame(await query(next.url, 'select n from saved'), [{ n: 42 }]);
  await next.close();
});

t.test('a server that is killed under a living service comes back at the same address', async (t) => {
  const lines: string[] = [];
  const server = await openEmbedded(home, (line) => lines.push(line));
  process.kill(postmaster(home), 'SIGKILL');
  await until(() => lines.filter((line) => line.startsWith('started')).length === 2);
  t.strictSame(await query(server.url, 'select 1 as one'), [{ one: 1 }]);
  await server.close();
  t.match(lines, [/^started/, 'the embedded database went away', /^started/, /^stopped/]);
});

t.test('a server that cannot come back is tried again until it can', async (t) => {
  const data = join(home, 'postgres-18/data');
  const lines: string[] = [];
  const server = await openEmbedded(home, (line) => lines.push(line));
  const pid = postmaster(home);
  renameSync(data, `${data}.away`);
  process.kill(pid, 'SIGKILL');
  await until(() => lines.some((line) => line.startsWith('the embedded database does not start: ')));
  renameSync(`${data}.away`, data);
  await until(() => lines.filter((line) => /^(started|joined)/.test(line)).length === 2);
  t.strictSame(await query(server.url, 'select 1 as one'), [{ one: 1 }]);
  await server.close();
  t.equal(lines.at(-1), 'stopped the embedded database');
});

t.test('close() does not hang or throw when the server is gone', async (t) => {
  const lines: string[] = [];
  const server = await openEmbedded(home, (line) => lines.push(line));
  const pid = postmaster(home);
  const closing = server.close();
  process.kill(pid, 'SIGKILL');
  await t.resolves(closing);
  await until(() => !isAlive(pid));
  await t.resolves(server.close(), 'nor when it was closed already');
  t.match(lines.at(-1), /^left the embedded database: /);
});

t.test('close() gives up after two seconds when the server is frozen', async (t) => {
  const lines: string[] = [];
  const server = await openEmbedded(home, (line) => lines.push(line));
  const backends = await query(
    server.url,
    "select pid from pg_stat_activity where application_name = 'govdata presence'",
  );
  const pids = [postmaster(home), ...backends.map(({ pid }) => Number(pid))];
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  const start = Date.now();
  await server.close();
  t.ok(Date.now() - start < 4000);
  t.equal(lines.at(-1), 'left the embedded database: Query read timeout');
  for (const pid of pids) process.kill(pid, 'SIGCONT');
  await (await openEmbedded(home, silent)).close();
});

t.test('when initdb was killed half-way it is done again', async (t) => {
  const home = newHome(t);
  const service = new Holder(home);
  await service.says(/^log initialising/);
  const begun = `postgres-18.making-${service.process.pid}-`;
  const half = join(home, readdirSync(home).find((name) => name.startsWith(begun)) ?? '');
  await until(() => existsSync(join(half, 'data/PG_VERSION')));
  await service.kill();
  t.notOk(existsSync(join(home, 'postgres-18')));
  const next = await openEmbedded(home, silent);
  t.strictSame(await query(next.url, 'select 1 as one'), [{ one: 1 }]);
  t.notOk(existsSync(half));
  await next.close();
});

t.test(
  'Ctrl-C reaches the service but not the server, so that it can answer what it had begun',
  async (t) => {
    const service = new Holder(home);
    await service.url();
    process.kill(-(service.process.pid ?? Number.NaN), 'SIGINT');
    await service.says(/^answered$/);
    await service.says(/^closed$/);
    t.notOk(existsSync(pidFile(home)));
  },
);

t.test('as a plain user', { skip: unlessRoot }, async (t) => {
  const nobody = { uid: 65534, gid: 65534 };
  const folder = rootOpenFolder(t);
  chownSync(folder, nobody.uid, nobody.gid);
  const home = join(folder, 'home');

  t.test('it runs as that user', async (t) => {
    const service = new Holder(home, nobody);
    await query(await service.url(), 'create table kept (n int); insert into kept values (42)');
    t.equal(statSync(`/proc/${postmaster(home)}`).uid, nobody.uid);
    await service.close();
    t.notOk(existsSync(pidFile(home)));
  });

  t.test('root who opens that folder runs the server as its owner', async (t) => {
    const server = await openEmbedded(home, silent);
    t.equal(statSync(`/proc/${postmaster(home)}`).uid, nobody.uid);
    const joiner = new Holder(home, nobody);
    t.match(await joiner.says(/^open /), /^open joined/);
    await server.close();
    await joiner.close();
    t.notOk(existsSync(pidFile(home)));
  });

  t.test('others cannot read the password', async (t) => {
    const stranger = new Holder(home, { uid: 1, gid: 1 });
    await t.rejects(stranger.url(), /ended without/);
  });
});

t.test('does not take another server for its own, not even one with the same password', async (t) => {
  const [homeA, homeB] = [newHome(t), newHome(t)];
  const a = await openEmbedded(homeA, silent);
  const b = await openEmbedded(homeB, silent);
  await b.close();
  const passwordOfA = readFileSync(join(homeA, 'postgres-18/password'), 'utf8');
  await query(a.url, `alter role govdata password '${new URL(b.url).password}'`);
  const lines = readFileSync(pidFile(homeA), 'utf8').split('\n');
  const stale = ['999999999', join(homeB, 'postgres-18/data'), ...lines.slice(2)].join('\n');
  writeFileSync(pidFile(homeB), stale, { mode: 0o644 });
  const again = await openEmbedded(homeB, silent);
  t.equal(again.joined, false);
  t.not(again.url, a.url);
  await again.close();
  await query(
    a.url.replace(passwordOfA, new URL(b.url).password),
    `alter role govdata password '${passwordOfA}'`,
  );
  await a.close();
});

t.test('a folder that cannot be started says why and what to do, in one line', async (t) => {
  const home = newHome(t);
  await (await openEmbedded(home, silent)).close();
  writeFileSync(join(home, 'postgres-18/data/postgresql.conf'), 'nonsense here\n');
  const lines = await faultsOf(openEmbedded(home, silent));
  t.equal(lines.length, 1);
  t.match(
    lines[0],
    /^embedded_database {2}.*could not start server.*postgresql.conf.*; set DATABASE_URL to use/s,
  );
  t.notMatch(lines[0], /\n/);
});

t.test('a home that cannot be made says so', async (t) => {
  const file = join(rootOpenFolder(t), 'file');
  writeFileSync(file, '');
  t.match(await faultsOf(openEmbedded(join(file, 'home'), silent)), [/ENOTDIR.*; set DATABASE_URL/]);
});

t.test('a platform without a binary gets one line that says to set DATABASE_URL', async (t) => {
  t.intercept(process, 'platform', { value: 'sunos' });
  const nowhere = join(rootOpenFolder(t), 'home');
  t.strictSame(await faultsOf(openEmbedded(nowhere, silent)), [
    `embedded_database  ${nowhere}: there is no PostgreSQL for sunos-${process.arch} in node_modules; ` +
      'set DATABASE_URL to use a PostgreSQL of your own',
  ]);
  t.notOk(existsSync(nowhere));
});
