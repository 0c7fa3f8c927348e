import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { migrate, migrationsFolder, planMigrations } from '../../src/db/migrate.ts';
import { FaultsError, faultLine } from '../../src/errors.ts';
import { testDatabase } from '../helper.ts';

const { url } = await testDatabase(t);
const database = connect(url, { role: 'writer' });
t.teardown(() => database.close());

const plants = 'create table plants (name text);\n--> statement-breakpoint\ncreate table pots (size int);';
const soils = 'create table soils (name text);';

/** A folder as drizzle-kit makes it: the journal beside one file for each migration. */
function folderOf(t: Test, ...migrations: [tag: string, when: number, sql: string][]): string {
  const entries = migrations.map(([tag, when], idx) => ({ idx, version: '7', when, tag, breakpoints: true }));
  const files = Object.fromEntries(migrations.map(([tag, , sql]) => [`${tag}.sql`, sql]));
  const journal = JSON.stringify({ version: '7', dialect: 'postgresql', entries });
  return t.testdir({ ...files, meta: { '_journal.json': journal } });
}

/** One for all tests, as empty as it was made. */
async function emptyDatabase(): Promise<pg.Pool> {
  const { pool } = database;
  await pool.query('drop schema if exists public, drizzle cascade; create schema public');
  return pool;
}

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FaultsError) return error.faults.map(faultLine);
    throw error;
  }
  return [];
}

t.test('plans, applies with a line for each migration, and has nothing to do the second time', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(t, ['0000_plants', 1000, plants], ['0001_soils', 2000, soils]);
  const pending = [
    { tag: '0000_plants', statements: 2 },
    { tag: '0001_soils', statements: 1 },
  ];
  t.strictSame(await planMigrations(pool, folder), { applied: [], pending });

  const lines: string[] = [];
  const start = new Date().toISOString();
  const first = await migrate(pool, { folder, log: (line) => lines.push(line) });
  t.strictSame(lines, ['applying 0000_plants (2 statements)', 'applying 0001_soils (1 statements)']);
  t.strictSame(first.appliedNow, pending);
  t.strictSame(first.pending, []);
  t.strictSame(
    first.applied.map(({ tag }) => tag),
    ['0000_plants', '0001_soils'],
  );
  for (const { appliedAt } of first.applied) {
    t.match(appliedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    t.ok(Math.abs(Date.parse(appliedAt ?? '') - Date.parse(start)) < 60_000, 'within a minute of now');
  }

  const second = await migrate(pool, { folder });
  t.strictSame(second, { ...first, appliedNow: [] });
  t.equal((await pool.query('select * from soils')).rowCount, 0);
});

t.test('applies only what is new when a migration was added', async (t) => {
  const pool = await emptyDatabase();
  await migrate(pool, { folder: folderOf(t, ['0000_plants', 1000, plants]) });
  const folder = folderOf(t, ['0000_plants', 1000, plants], ['0001_soils', 2000, soils]);
  t.strictSame((await migrate(pool, { folder })).appliedNow, [{ tag: '0001_soils', statements: 1 }]);
});

t.test('is safe when four run at once: one applies, three find it done', async (t) => {
  await emptyDatabase();
  const folder = folderOf(t, ['0000_plants', 1000, `select pg_sleep(0.3);\n${plants}`]);
  const databases = [1, 2, 3, 4].map(() => connect(url, { role: 'writer' }));
  const results = await Promise.all(databases.map(({ pool }) => migrate(pool, { folder })));
  await Promise.all(databases.map((database) => database.close()));
  t.equal(results.filter(({ appliedNow }) => appliedNow.length === 1).length, 1);
  t.ok(results.every(({ applied, pending }) => applied.length === 1 && pending.length === 0));
});

t.test('changes nothing when a statement fails, and names its file', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(
    t,
    ['0000_plants', 1000, plants],
    ['0001_bad', 2000, 'create table plants (x int);'],
  );
  t.strictSame(await faultsOf(migrate(pool, { folder })), [
    '0001_bad.sql  migration_failed  relation "plants" already exists; nothing was changed',
  ]);
  t.equal((await planMigrations(pool, folder)).pending.length, 2);
  t.equal((await pool.query("select to_regclass('plants') as made")).rows[0].made, null);
  t.equal((await migrate(pool, { folder: folderOf(t, ['0000_plants', 1000, plants]) })).appliedNow.length, 1);
});

t.test('names the folder when what fails is the bookkeeping between the files', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(t, ['0000_drop', 1000, 'drop table drizzle.__drizzle_migrations;']);
  const [line] = await faultsOf(migrate(pool, { folder }));
  t.match(line, /^\S+ {2}migration_failed {2}relation "drizzle.__drizzle_migrations" does not exist/);
});

t.test('refuses a migration that was edited after it had been applied', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(t, ['0000_plants', 1000, plants]);
  await migrate(pool, { folder });
  writeFileSync(join(folder, '0000_plants.sql'), `${plants}\n-- harmless`);
  t.match(await faultsOf(migrate(pool, { folder })), [/^0000_plants.sql {2}edited_migration /]);
});

t.test('refuses a gap: an older migration that was merged after a later one was applied', async (t) => {
  const pool = await emptyDatabase();
  await migrate(pool, { folder: folderOf(t, ['0001_soils', 2000, soils]) });
  const folder = folderOf(t, ['0000_plants', 1000, plants], ['0001_soils', 2000, soils]);
  t.match(await faultsOf(migrate(pool, { folder })), [/^0000_plants.sql {2}migration_gap /]);
});

t.test('refuses a database that is newer than the program, or has what the folder lost', async (t) => {
  const pool = await emptyDatabase();
  const third = 'create table seeds (name text);';
  const all = folderOf(
    t,
    ['0000_plants', 1000, plants],
    ['0001_soils', 2000, soils],
    ['0002_seeds', 3000, third],
  );
  await migrate(pool, { folder: all });
  const folder = folderOf(t, ['0000_plants', 1000, plants]);
  t.match(await faultsOf(planMigrations(pool, folder)), [
    /^newer_database {2}.*1970-01-01T00:00:02.000Z; update this program$/,
    /^newer_database {2}.*1970-01-01T00:00:03.000Z; update this program$/,
  ]);
  const lost = folderOf(t, ['0000_plants', 1000, plants], ['0002_seeds', 3000, third]);
  t.match(await faultsOf(planMigrations(pool, lost)), [
    /^unknown_migration {2}.*00:00:02.000Z that is not in the folder/,
  ]);
  const nothing = folderOf(t);
  t.equal((await faultsOf(planMigrations(pool, nothing))).length, 3);
});

t.test('refuses a folder whose journal and files disagree, with all faults at once', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(
    t,
    ['0000_plants', 3000, plants],
    ['0001_soils', 2000, soils],
    ['0002_lost', 4000, ''],
  );
  rmSync(join(folder, '0002_lost.sql'));
  writeFileSync(join(folder, '0003_stray.sql'), 'select 1');
  t.match(await faultsOf(planMigrations(pool, folder)), [
    /^0001_soils.sql {2}migration_order /,
    /^0002_lost.sql {2}missing_file /,
    /^0003_stray.sql {2}stray_file /,
  ]);
  t.match(await faultsOf(planMigrations(pool, join(folder, 'none'))), [
    /^none {2}missing_file .*_journal.json/,
  ]);
});

t.test('reads a table that drizzle-kit made: the time of applying is unknown, not wrong', async (t) => {
  const pool = await emptyDatabase();
  const folder = folderOf(t, ['0000_plants', 1000, plants]);
  await migrate(pool, { folder });
  await pool.query('alter table drizzle.__drizzle_migrations drop column applied_at');
  t.strictSame((await planMigrations(pool, folder)).applied, [{ tag: '0000_plants', appliedAt: null }]);
});

t.test('finds the migrations of the repository', async (t) => {
  t.equal(migrationsFolder, join(import.meta.dirname, '../../migrations'));
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'));
  const pool = await emptyDatabase();
  const { pending } = await planMigrations(pool);
  t.equal(pending.length, journal.entries.length);
});

t.test('gives up its lock when it fails, so that the next run need not wait', async (t) => {
  const pool = await emptyDatabase();
  await faultsOf(migrate(pool, { folder: folderOf(t, ['0000_bad', 1000, 'nonsense']) }));
  // Other tests hold locks on the same server.
  const { rows } = await pool.query(
    "select count(*)::int as n from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
  t.equal(rows[0].n, 0);
});
