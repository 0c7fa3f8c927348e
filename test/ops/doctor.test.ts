/** What the doctor says of a database that is well, and of one that was broken in each way that it looks for. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { checks, type DoctorOptions, examine, type Finding } from '../../src/ops/doctor/doctor.ts';
import { diskAt, diskOutcome } from '../../src/ops/doctor/machine.ts';
import { versionOutcome } from '../../src/ops/doctor/server.ts';
import { govdata } from '../govdata.ts';
import { onServer, testDatabase } from '../helper.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { dateRelease, serviceAt, testNow, writableDatabase } from '../service.ts';
import { SmallDisk, withoutSmallDisk } from '../small-disk.ts';

/** Of a check, what is not ok. */
async function problemsOf(
  database: Database,
  check: string,
  options: DoctorOptions = {},
): Promise<Finding[]> {
  const { findings } = await examine(database, options);
  return findings.filter((finding) => finding.check === check && finding.status !== 'ok');
}

/** A database of the invented country whose releases are of the past. */
async function patient(t: Test): Promise<{ url: string; database: Database }> {
  const made = await writableDatabase(t, 'fixture');
  await dateRelease(made.database, 1, new Date('2025-01-01T00:00:00Z'));
  return made;
}

t.test('finds nothing wrong with a database that is well, and names every check', async (t) => {
  const { url } = await patient(t);
  const { code, out, err } = await govdata(['doctor', '--json'], { url });
  t.equal(code, 0, out);
  t.match(err, 'checking citations\n');
  const { status, findings } = JSON.parse(out);
  // The disk of the machine of the tests is not ours to judge.
  const own = findings.filter(({ check }: Finding) => check !== 'disk');
  t.strictSame(
    own.filter(({ status }: Finding) => status !== 'ok'),
    [],
  );
  t.strictSame(
    findings.map(({ check }: Finding) => check),
    checks.map(({ name }) => name),
  );
  t.ok(['ok', 'warning'].includes(status));
  const page = readFileSync(fileURLToPath(new URL('../../docs/command-line.md', import.meta.url)), 'utf8');
  const rows = [...(page.split('\n## govdata doctor\n')[1] ?? '').matchAll(/^\| ([a-z]+) \| /gm)];
  t.strictSame(
    rows.map(([, name]) => name).filter((name) => name !== 'check' && name !== 'option'),
    checks.map(({ name }) => name),
    'as its page does',
  );
});

t.test('prints each finding with its remedy, and fails on a fault', async (t) => {
  const { url, database } = await patient(t);
  await database.pool.query('drop index observations_order');
  const { code, out, err } = await govdata(['doctor'], { url });
  t.equal(code, 1);
  t.match(out, /^ok {7}connection {2}database govdata_\w+, \d+ of \d+ connections taken$/m);
  t.match(out, /^fault {4}indexes {5}the index observations_order is missing\n {21}Make it again/m);
  t.match(out, /\n\n\d+ ok, \d+ warning, 1 fault\n$/);
  t.match(err, /1 fault found\.\n$/);
  await database.pool.query('drop index observations_period');
  t.match((await govdata(['doctor'], { url })).err, /2 faults found\.\n$/);
});

t.test('connection: refused, misnamed, nearly all taken, and not UTF-8', async (t) => {
  const closed = connect('postgres://nobody@127.0.0.1:1/none', { role: 'writer' });
  t.teardown(() => closed.close());
  const { findings } = await examine(closed);
  t.match(findings, [
    {
      check: 'connection',
      status: 'fault',
      message: /cannot be asked: .*ECONNREFUSED/,
      remedy: /DATABASE_URL/,
    },
  ]);
  t.equal(findings.length, 1, 'nothing else is asked');
  const name = `govdata_latin_${process.pid}`;
  await onServer((server) =>
    server.query(
      `create database ${name} encoding 'LATIN1' locale_provider libc locale 'C' template template0`,
    ),
  );
  const { url } = await testDatabase(t);
  const latin = connect(url.replace(/[^/]*$/, name), { role: 'writer' });
  t.teardown(async () => {
    await latin.close();
    await onServer((server) => server.query(`drop database ${name} with (force)`));
  });
  t.match(await problemsOf(latin, 'connection'), [{ message: /encoded in LATIN1/, remedy: /UTF8/ }]);
});

t.test(
  'on a server of its own: connections taken, and a disk that is nearly full',
  { skip: withoutSmallDisk },
  async (t) => {
    const own = await OwnPostgres.prepare(t);
    await own.start();
    const disk = SmallDisk.mount(t, 256, own.user);
    const server = new pg.Client(own.url);
    await server.connect();
    t.teardown(() => server.end());
    await server.query(`create tablespace small location '${disk.folder}'`);
    await server.query('create database patient tablespace small');
    const database = connect(own.urlOf('patient'), { role: 'writer' });
    t.teardown(() => database.close());
    t.match(await problemsOf(database, 'disk'), []);
    disk.fill(20e6);
    t.match(await problemsOf(database, 'disk'), [
      { status: 'fault', message: /^(19|20) MB of 268 MB are free in /, remedy: /Make room/ },
    ]);
    disk.clear();
    const others = Array.from({ length: 82 }, () => new pg.Client(own.url));
    for (const other of others) {
      other.on('error', () => undefined);
      await other.connect();
    }
    t.match(await problemsOf(database, 'connection'), [
      { status: 'warning', message: /^8\d of 100 connections are taken$/ },
    ]);
    await Promise.all(others.map((other) => other.end()));
  },
);

t.test('version and disk, where no server of that kind is at hand', async (t) => {
  t.match(versionOutcome('14.9 (Debian)'), {
    problems: [{ status: 'fault', message: 'PostgreSQL 14.9 (Debian) is too old' }],
  });
  t.strictSame(versionOutcome('15.0').problems, []);
  t.match(diskOutcome([{ path: '/data', free: 3e8, total: 9e9 }], 5e8), {
    problems: [
      {
        status: 'warning',
        message: '300 MB of 9000 MB are free in /data, less than the database holds (500 MB)',
      },
    ],
  });
  t.strictSame(await diskAt('/nowhere/on/this/machine'), []);
  t.match(diskOutcome([], 5e8), {
    note: 'the database holds 500 MB; its disk cannot be seen from here',
    problems: [],
  });
});

t.test('migrations: pending, edited, or of another program; then tables are not read', async (t) => {
  const { url } = await testDatabase(t);
  const empty = connect(url, { role: 'writer' });
  t.teardown(() => empty.close());
  const { findings } = await examine(empty);
  const pending = findings.filter(({ check }) => check === 'migrations');
  t.ok(pending.length > 10);
  t.match(pending[0], {
    status: 'fault',
    message: '0000_tables is not applied',
    remedy: 'Run `govdata migrate`.',
  });
  t.notOk(findings.some(({ check }) => check === 'orphans'));
  t.ok(findings.some(({ check }) => check === 'clock'));
  const { database } = await patient(t);
  const { pool } = database;
  await pool.query("update drizzle.__drizzle_migrations set hash = 'x' where id = 2");
  t.match(await problemsOf(database, 'migrations'), [
    { status: 'fault', message: /0001.*edited_migration/, remedy: /never edit/ },
  ]);
  await pool.query('alter table drizzle.__drizzle_migrations rename column hash to sum');
  t.match(await problemsOf(database, 'migrations'), [
    { message: /could not be checked: column "hash" does not exist/ },
  ]);
});

t.test('extensions, indexes and the statistics that they are chosen by', async (t) => {
  const { database } = await patient(t);
  const { pool } = database;
  await pool.query('drop extension pg_trgm cascade');
  t.match(await problemsOf(database, 'extensions'), [
    { status: 'fault', message: 'the extension pg_trgm is missing', remedy: /create extension pg_trgm/ },
  ]);
  t.ok(
    (await problemsOf(database, 'indexes')).some(
      ({ message }) => message === 'the index tasks_folded is missing',
    ),
  );
  await pool.query(
    "create extension pg_trgm; update pg_index set indisvalid = false where indexrelid = 'tasks_place'::regclass",
  );
  t.match((await problemsOf(database, 'indexes')).at(-1), {
    status: 'fault',
    message: 'the index tasks_place is invalid',
    remedy: 'Run `reindex index tasks_place`.',
  });
  const { url, database: other } = await patient(t);
  await other.pool.query("insert into identities select 'task:' || n, 1 from generate_series(1, 3000) n");
  await other.pool.query("update pg_class set reltuples = -1 where relname = 'identities'");
  const off = connect(`${url}?options=-c%20enable_indexscan%3Doff`, { role: 'writer' });
  t.teardown(() => off.close());
  t.match(await problemsOf(off, 'indexes'), [
    { status: 'warning', message: /^enable_indexscan is off/ },
    { status: 'warning', message: /^the table identities was never analyzed/, remedy: 'Run `analyze`.' },
  ]);
});

t.test('rights: a role that reads, one that may not read all, and one that may write some', async (t) => {
  const { url, database } = await patient(t);
  const role = `govdata_doctor_${process.pid}`;
  await database.pool.query(
    `create role ${role} login password 'doctor'; grant usage on schema drizzle to ${role};
     grant select on all tables in schema public, drizzle to ${role}`,
  );
  t.teardown(() => onServer((server) => server.query(`drop role ${role}`)));
  const address = Object.assign(new URL(url), { username: role, password: 'doctor' });
  const reader = connect(address.href, { role: 'writer' });
  t.teardown(async () => {
    await reader.close();
    await database.pool.query(`drop owned by ${role}`);
  });
  const { findings } = await examine(reader);
  t.match(
    findings.find(({ check }) => check === 'rights'),
    { status: 'ok', message: `${role} may read, and only that` },
  );
  await database.pool.query(
    `revoke select on themes, tasks from ${role}; grant insert, update on events to ${role}`,
  );
  t.match(await problemsOf(reader, 'rights'), [
    { status: 'fault', message: `${role} may not read tasks, themes`, remedy: /grant select/ },
    { status: 'warning', message: /may write some tables, and not bodies, / },
  ]);
  t.match(await problemsOf(reader, 'orphans'), [
    { message: /could not be checked: permission denied for table/ },
  ]);
});

t.test('releases: none, a number that is missing, one of a time to come', async (t) => {
  const { database } = await patient(t);
  const { pool } = database;
  await dateRelease(database, 1, new Date(Date.now() + 3_600_000));
  t.match(await problemsOf(database, 'releases'), [
    { status: 'fault', message: /^release 1 was made at a time/ },
  ]);
  await dateRelease(database, 1, testNow());
  await pool.query(
    "insert into releases select 3, '2025-01-02', hash, counts, by_type, program_version, note from releases",
  );
  t.match(
    await problemsOf(database, 'releases'),
    [{ status: 'fault', message: /^of 3 releases 1 are missing$/ }, {}].slice(0, 1),
  );
  await pool.query('truncate releases cascade');
  t.match(await problemsOf(database, 'releases'), [
    { status: 'warning', message: 'there is no release yet' },
  ]);
});

t.test('orphans: rows that name nothing, or what has ended, and rules that are gone', async (t) => {
  const { database } = await patient(t);
  const { pool } = database;
  await pool.query('alter table tasks drop constraint tasks_body_id_identities_id_fk');
  await pool.query("update tasks set body_id = 'body:nobody' where id = 'task:tourism'");
  await pool.query(
    `insert into releases select 2, '2025-01-02', hash, counts, by_type, program_version, note from releases;
     update events set until_release = 2 where id = 'event:conference-2024'`,
  );
  const found = await problemsOf(database, 'orphans');
  t.match(
    found.map(({ message }) => message),
    [
      /^tasks\.body_id: 1 rows name what does not exist, such as body:nobody$/,
      ...found.slice(1, -1).map(() => / of the current release name what has ended, such as /),
      'the foreign key tasks_body_id_identities_id_fk is missing or was never validated',
    ],
  );
  t.ok(found.some(({ message }) => message.includes('such as event:conference-2024')));
});

t.test('citations: none, of no document, past its end, with other words, of no table', async (t) => {
  const { database } = await patient(t);
  const { pool } = database;
  const cited = "select id from citations where kind = 'text' and printed is not null order by id";
  await pool.query(
    `insert into releases select 2, '2025-01-02', hash, counts, by_type, program_version, note from releases;
     update citations set sha256 = repeat('0', 64) where id = (${cited} limit 1);
     update citations set paragraph = 99 where id = (${cited} limit 1 offset 1);
     update citations set until_release = 2 where fact_id = 'task:tourism';
     update documents set until_release = 2 where id = 'document:902';
     insert into identities values ('dataset:none', 1), ('citation:none', 1);
     insert into citations (id, since_release, fact_id, ordinal, kind, inferred, dataset_id, row_number, column_name)
       values ('citation:none', 1, 'task:tourism', 9, 'cell', '{}', 'dataset:none', 1, 'x')`,
  );
  const before = (await problemsOf(database, 'citations')).map(({ message }) => message);
  t.match(before.join('\n'), /facts cite a paragraph that their document does not have/);
  t.match(before.join('\n'), /1 facts print other words than they were taken from/);
  t.match(
    before.join('\n'),
    /1 facts cite a table that the current release does not have, such as task:tourism/,
  );
  t.match(before.join('\n'), /facts cite a document that the current release does not have/);
  await pool.query("update citations set until_release = 2 where id = 'citation:none'");
  t.match(
    (await problemsOf(database, 'citations')).map(({ message }) => message)[0],
    /^1 facts have no citation, such as task:tourism$/,
  );
});

t.test('clock: a little apart, and far apart, either way', async (t) => {
  const { database } = await patient(t);
  const at = (ms: number) => problemsOf(database, 'clock', { now: () => new Date(Date.now() + ms) });
  t.strictSame(await at(0), []);
  t.match(await at(10_000), [{ status: 'warning', message: /1?\d\.\d s apart$/, remedy: /NTP/ }]);
  t.match(await at(-90_000), [{ status: 'fault', message: /(89|90)\.\d s apart$/ }]);
});

t.test('nodes: one that agrees, one of another release, one that fails, one that is not there', async (t) => {
  const { url, database } = await patient(t);
  const listen = async (address: string) => {
    const { app } = await serviceAt(t, address, testNow);
    return app.listen({ host: '127.0.0.1', port: 0 });
  };
  const same = await listen(url);
  t.match(await govdata(['doctor', '--node', same, '--node', `${same}/`], { url }), {
    code: 0,
    out: /^ok {7}nodes {7}2 answer release 1 \([0-9a-f]{12}\)$/m,
  });
  const { url: emptyUrl } = await testDatabase(t, { template: 'migrated' });
  const broken = createServer((_, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => broken.once('listening', resolve));
  t.teardown(() => new Promise((resolve) => broken.close(resolve)));
  const failing = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
  const other = await patient(t);
  const newer = await listen(other.url);
  await other.database.pool.query(
    "insert into releases select 2, '2025-01-02', repeat('a', 64), counts, by_type, program_version, note from releases",
  );
  const nodes = [newer, failing, 'http://127.0.0.1:1', await listen(emptyUrl)];
  t.match(await problemsOf(database, 'nodes', { nodes }), [
    { status: 'fault', message: / answers release 2 \(aaaaaaaaaaaa\), the database holds release 1 / },
    { status: 'fault', message: / answers (500|503)/, remedy: /readyz/ },
    { status: 'fault', message: / cannot be asked: fetch failed/ },
    { status: 'fault', message: / answers / },
  ]);
  t.match(await govdata(['doctor', '--node', 'data.example', '--node', 'http://'], { url }), {
    code: 1,
    out: '',
    err: /bad_address {2}"data\.example" is not an address like .*\nbad_address {2}"http:\/\/"/,
  });
});
