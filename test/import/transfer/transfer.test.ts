/** What is exported and loaded on another machine answers there as it did here; what cannot be loaded changes nothing. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import t, { type Test } from 'tap';
import { connect, type Database } from '../../../src/db/client.ts';
import type { Manifest } from '../../../src/import/transfer/manifest.ts';
import { byteProgress } from '../../../src/import/transfer/progress.ts';
import { rootOpenFolder } from '../../db/embedded-helper.ts';
import { onlyDeep } from '../../deep.ts';
import { govdata } from '../../govdata.ts';
import { testDatabase } from '../../helper.ts';
import { sameAnswers } from '../../same-answers.ts';
import { fixtureService, type ReleasedService } from '../../second-release.ts';
import { writableDatabase } from '../../service.ts';
import { emptiedDatabase } from '../country.ts';

const now = (): Date => new Date('2026-11-27T05:00:00Z');

/** Three releases of the invented country, exported. */
let source: ReleasedService;
let exported: string;
t.before(async () => {
  source = await fixtureService(t, 3);
  exported = join(rootOpenFolder(t), 'exports', 'country');
});

const filesIn = (folder: string) => new Map(readdirSync(folder).map((name) => [name, bytesOf(folder, name)]));
const bytesOf = (folder: string, name: string): string => readFileSync(join(folder, name), 'latin1');
const manifestOf = (folder: string): Manifest => JSON.parse(bytesOf(folder, 'manifest.json'));

t.test('writes every table, with checksums, and says how much it was', async (t) => {
  const { code, out, err } = await govdata(['export', exported], { url: source.url });
  t.equal(code, 0, err);
  t.match(out, /^Releases 1 to 3 \([0-9a-f]{12}\) exported to .*country: [0-9]+ rows, 0\.[0-9] MB\.$/m);
  t.match(err, 'writing observations\n');
  const manifest = manifestOf(exported);
  t.match(manifest, { format: 1, schema: /^\d{4}_/, release: 3, hash: /^[0-9a-f]{64}$/ });
  for (const { table, bytes, sha256 } of manifest.files) {
    const file = readFileSync(join(exported, `${table}.csv`));
    t.equal(file.length, bytes, table);
    t.equal(createHash('sha256').update(file).digest('hex'), sha256, table);
  }
  t.equal(readdirSync(exported).length, manifest.files.length + 1);
  t.strictSame(readdirSync(dirname(exported)), ['country'], 'nothing is left beside it');
});

for (const template of ['empty', 'migrated'] as const) {
  t.test(`loaded into a database that was ${template}, every operation answers the same`, async (t) => {
    const { url } = template === 'empty' ? await testDatabase(t) : await emptiedDatabase();
    const { code, out, err } = await govdata(['load', exported], { url });
    t.equal(code, 0, err);
    t.match(out, template === 'empty' ? /loaded, and \d+ migrations applied: \d+ rows/ : /loaded: \d+ rows/);
    if (template === 'empty') {
      const compared = await sameAnswers(t, [source.url, url], { now, clocks: [{}, { release: 1 }] });
      t.ok(compared > 80, `${compared} answers compared`);
    }
    const again = join(rootOpenFolder(t), 'again');
    await govdata(['export', again], { url });
    t.strictSame(filesIn(again), filesIn(exported), 'and exports the same bytes');
    const { out: plan } = await govdata(['migrate', '--dry-run'], { url });
    t.equal(plan, 'Nothing to migrate.\n');
    const { out: seeded } = await govdata(['seed', '--from', source.folder, '--json'], { url });
    t.match(JSON.parse(seeded), { release: 3, made: false }, 'and what it was seeded with is what it holds');
  });
}

t.test('the real facts, exported and loaded, export the same bytes again', { skip: onlyDeep }, async (t) => {
  const { url } = await writableDatabase(t);
  const { url: target } = await testDatabase(t, { template: 'migrated' });
  const [here, there] = ['here', 'there'].map((name) => join(rootOpenFolder(t), name)) as [string, string];
  const { out } = await govdata(['export', here, '--json'], { url });
  t.match(JSON.parse(out), { folder: here, replaced: null, release: 1 });
  await govdata(['load', here], { url: target });
  await govdata(['export', there], { url: target });
  const [ours, theirs] = [filesIn(here), filesIn(there)];
  t.ok(Number(ours.get('place_versions.csv')?.length) > 1e6);
  for (const [name, bytes] of ours) t.ok(theirs.get(name) === bytes, name);
});

t.test('up to an earlier release: the data as it was when that was the current one', async (t) => {
  const folder = join(rootOpenFolder(t), 'first');
  await govdata(['export', folder, '--release', '1'], { url: source.url });
  const { url } = await emptiedDatabase();
  t.match(await govdata(['load', folder], { url }), { code: 0, out: /^Release 1 \([0-9a-f]{12}\) loaded/m });
  const then = await writableDatabase(t, 'fixture');
  const [here, there] = ['here', 'there'].map((name) => join(rootOpenFolder(t), name)) as [string, string];
  await govdata(['export', here, '--json'], { url: then.url });
  await govdata(['export', there], { url });
  t.strictSame(filesIn(there), filesIn(here));
  t.strictSame(filesIn(folder), filesIn(here));
  t.match(await govdata(['export', `${folder}-9`, '--release', '9'], { url }), {
    code: 1,
    err: /^There is no release 9; the current one is 1\.\n/m,
  });
  const { url: empty } = await emptiedDatabase();
  t.match(await govdata(['export', `${folder}-0`], { url: empty }), {
    code: 1,
    err: /There is no release yet\.\n/,
  });
  t.strictSame(readdirSync(dirname(folder)), ['first'], 'and nothing is left behind');
});

t.test('a release that is made while it writes is not in it', async (t) => {
  const { url, makeNext, writer } = await fixtureService(t, 1);
  const folder = join(rootOpenFolder(t), 'moment');
  const { done, holder } = await heldExport(t, { url, writer }, folder);
  await holder.query('rollback');
  await makeNext();
  t.equal((await done).code, 0);
  t.equal(manifestOf(folder).release, 1);
  t.equal(bytesOf(folder, 'releases.csv').trim().split('\n').length, 2);
});

/** An export that has come as far as the changes, which it writes last, and waits for the holder of a lock. */
async function heldExport(
  t: Test,
  { url, writer }: Pick<ReleasedService, 'url' | 'writer'>,
  folder: string,
): Promise<{ done: ReturnType<typeof govdata>; holder: pg.Client }> {
  const holder = new pg.Client(url);
  await holder.connect();
  t.teardown(() => holder.end());
  await holder.query('begin; lock table changes in access exclusive mode');
  const done = govdata(['export', folder], { url });
  await waiting(writer, 'copy (select release%');
  return { done, holder };
}

const endSession = (by: pg.ClientBase, statement: string): Promise<unknown> =>
  by.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like $1',
    [statement],
  );

async function waiting({ pool }: Database, statement: string): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
      [statement],
    );
    if (rowCount !== 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

t.test(
  'a folder that holds something is left alone, but for an export with --force, which it says',
  async (t) => {
    const { url } = source;
    const folder = t.testdir({ other: { 'letter.txt': 'dear' }, empty: {}, file: 'x' }) as string;
    const other = join(folder, 'other');
    for (const args of [[], ['--force']]) {
      t.match(await govdata(['export', other, ...args], { url }), {
        code: 1,
        out: '',
        err: /^The export cannot be written; nothing was changed\.\nother {2}folder_not_empty /m,
      });
    }
    t.strictSame(readdirSync(other), ['letter.txt']);
    const mine = join(folder, 'empty');
    t.equal((await govdata(['export', mine, '--release', '1'], { url })).code, 0);
    t.match(await govdata(['export', mine], { url }), {
      code: 1,
      err: /holds an export of release 1; --force replaces it/,
    });
    t.match(await govdata(['export', mine, '--force'], { url }), {
      code: 0,
      out: /exported to .*, in place of an export of release 1: /,
      err: /^replacing the export of release 1 in /m,
    });
    t.equal(manifestOf(mine).release, 3);
    for (const [path, word] of [
      [join(folder, 'file'), 'ENOTDIR'],
      [join(folder, 'file', 'below'), 'ENOTDIR'],
      // Its own name is as long as one may be; what is filled first has a longer one.
      [join(folder, 'n'.repeat(250)), 'ENAMETOOLONG'],
    ] as const) {
      t.match(await govdata(['export', path], { url }), {
        code: 1,
        err: new RegExp(`cannot_write {2}${word}`),
      });
    }
    t.strictSame(readdirSync(folder).sort(), ['empty', 'file', 'other']);
  },
);

t.test('a database that goes away in the middle leaves the folder as it was', async (t) => {
  const { url, database: writer } = await writableDatabase(t, 'fixture');
  const folder = join(rootOpenFolder(t), 'gone');
  const { done, holder } = await heldExport(t, { url, writer }, folder);
  await endSession(holder, 'copy (select release%');
  t.match(await done, { code: 1, out: '' });
  t.strictSame(readdirSync(dirname(folder)), []);
});

t.test('says how far it is: of how much, and how long it will take, where that is known', async (t) => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  byteProgress(log, undefined, 0)('writing tasks')(2_500_000);
  byteProgress(log, 4_000_000, 0)('loading tasks')(1_000_000);
  byteProgress(log, 4_000_000)('loading tasks')(1_000_000);
  t.match(lines, ['writing tasks: 2.5 MB in all', /^loading tasks: 1\.0 MB of 4\.0 MB, about \d+ s left$/]);
  t.equal(lines.length, 2, 'and no line more than once a second');
});

/** A copy of the export that can be spoiled. */
function copied(t: Test, change: (edit: Editing) => void = () => undefined): string {
  const folder = rootOpenFolder(t);
  for (const name of readdirSync(exported))
    writeFileSync(join(folder, name), readFileSync(join(exported, name)));
  change({
    path: (name) => join(folder, name),
    manifest: (edit) => {
      const manifest = manifestOf(folder);
      edit(manifest);
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    },
  });
  return folder;
}

interface Editing {
  path: (name: string) => string;
  manifest: (edit: (manifest: Manifest) => void) => void;
}

/** All that the database holds, as the catalogue and the tables count it. */
async function contentOf(url: string): Promise<string> {
  const { pool, close } = connect(url, { role: 'writer' });
  const { rows } = await pool.query(
    `select query_to_xml('select table_schema, table_name, (xpath(''/row/c/text()'', query_to_xml(format(''select count(*) as c from %I.%I'', table_schema, table_name), false, true, '''')))[1]::text as count
       from information_schema.tables where table_schema in (''public'', ''drizzle'') order by 1, 2', true, false, '')::text as content`,
  );
  await close();
  return rows[0].content;
}

async function refusal(t: Test, url: string, folder: string, ...faults: RegExp[]): Promise<void> {
  const before = await contentOf(url);
  for (const args of [['--dry-run'], []]) {
    const { code, out, err } = await govdata(['load', folder, ...args], { url });
    t.equal(code, 1);
    t.equal(out, '');
    t.match(err, /The export cannot be loaded; nothing was changed\.\n/);
    for (const fault of faults) t.match(err, fault);
  }
  t.equal(await contentOf(url), before, 'the database is as it was');
}

t.test('what is missing or altered is told, all of it at once, and changes nothing', async (t) => {
  const { url } = await emptiedDatabase();
  const folder = copied(t, ({ path, manifest }) => {
    rmSync(path('events.csv'));
    writeFileSync(path('themes.csv'), bytesOf(exported, 'themes.csv').replace('2024', '2025'));
    manifest(({ files }) => {
      const tasks = files.findIndex(({ table }) => table === 'tasks');
      files.splice(tasks, 1);
      files.push({ ...(files[0] as Manifest['files'][number]), table: 'pg_class' });
      files.push(files[0] as Manifest['files'][number]);
    });
  });
  await refusal(
    t,
    url,
    folder,
    /^events\.csv {2}missing_file {2}it cannot be read \(ENOENT\)$/m,
    /^themes\.csv {2}altered_file {2}it has \d+ bytes and the checksum /m,
    /^tasks\.csv {2}missing_file {2}the manifest does not list it$/m,
    /^pg_class\.csv {2}unknown_file {2}/m,
    /^releases\.csv {2}unknown_file {2}/m,
  );
});

t.test('what is no export, or one of another time, is refused', async (t) => {
  const { url } = await emptiedDatabase();
  await refusal(t, url, t.testdir({}), /manifest\.json {2}missing_file .* is no export.*ENOENT/);
  const said = (text: string) => copied(t, ({ path }) => writeFileSync(path('manifest.json'), text));
  await refusal(t, url, said('{"format": 1'), /manifest\.json {2}altered_file /);
  await refusal(t, url, said('{"format": 1}'), /manifest\.json {2}altered_file /);
  await refusal(t, url, said('{"format": 2}'), /manifest\.json {2}unknown_format .*format 2/);
  const newer = copied(t, ({ manifest }) =>
    manifest((one) => {
      one.schema = '0999_of_tomorrow';
      one.program = '9.0.0';
    }),
  );
  await refusal(t, url, newer, /newer_schema {2}the export is of 0999_of_tomorrow, by govdata 9\.0\.0/);
  const older = copied(t, ({ manifest }) =>
    manifest((one) => {
      one.schema = '0004_place_names';
    }),
  );
  await refusal(
    t,
    url,
    older,
    /older_schema {2}the export is of 0004_place_names, and the database is past that/,
  );
});

t.test('a database that holds releases, or whose migrations were edited, is refused', async (t) => {
  await refusal(
    t,
    source.url,
    exported,
    /database_not_empty {2}the database holds releases already, up to 3/,
  );
  const { url } = await testDatabase(t, { template: 'migrated' });
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  await database.pool.query("update drizzle.__drizzle_migrations set hash = 'x' where id = 1");
  await refusal(t, url, exported, /0000_tables\.sql {2}edited_migration /);
  await database.pool.query('alter table drizzle.__drizzle_migrations rename column hash to sum');
  const { code, err } = await govdata(['load', exported], { url });
  t.equal(code, 1);
  t.match(err, 'column "hash" does not exist', 'and what nobody foresaw is told as it is');
});

/** As whoever alters a file and the manifest too. */
function forged(t: Test, name: string, change: (text: string) => string): string {
  return copied(t, ({ path, manifest }) => {
    const text = change(bytesOf(exported, name));
    writeFileSync(path(name), text, 'latin1');
    manifest(({ files }) => {
      const file = files.find(({ table }) => `${table}.csv` === name) as Manifest['files'][number];
      file.sha256 = createHash('sha256').update(text, 'latin1').digest('hex');
    });
  });
}

t.test('what the tables refuse is told with its line, and all is taken back, migrations too', async (t) => {
  const { url } = await testDatabase(t);
  const before = await contentOf(url);
  const load = (folder: string) => govdata(['load', folder], { url });
  const word = forged(t, 'bodies.csv', (text) => text.replace(/,committee,|,party_committee,/, ',nonsense,'));
  t.match(await load(word), {
    code: 1,
    err: /^bodies\.csv {2}unloadable_file .*violates check constraint.*line \d/m,
  });
  const head = forged(t, 'bodies.csv', (text) => text.replace('kind', 'sort'));
  t.match(await load(head), { code: 1, err: /^bodies\.csv {2}unloadable_file .*header/m });
  const wrong = copied(t, ({ manifest }) =>
    manifest((one) => {
      one.release = 7;
    }),
  );
  t.match(await load(wrong), {
    code: 1,
    err: /^manifest\.json {2}altered_file {2}it says release 7, but the files hold 3/m,
  });
  const none = forged(t, 'releases.csv', (text) => `${text.split('\n')[0]}\n`);
  t.match(await load(none), { code: 1, err: /unloadable_file/ });
  t.equal(await contentOf(url), before, 'the database is as it was: not even migrated');
  t.match(await govdata(['load', exported, '--dry-run'], { url }), {
    code: 0,
    out: /could be loaded, and \d+ migrations applied; nothing was changed/,
  });
  t.equal(await contentOf(url), before);
  t.match(JSON.parse((await load(exported).then(() => govdata(['releases', '--json'], { url }))).out), {
    length: 3,
  });
});

t.test(
  'found by fuzzing: a text too long for an index, and a device in the place of a file, are refused',
  async (t) => {
    const { url } = await emptiedDatabase();
    const before = await contentOf(url);
    const digits = createHash('shake256', { outputLength: 20_000 }).update('').digest('hex');
    const long = forged(t, 'identities.csv', (text) => text.replace('body:', `body:${digits}`));
    t.match(await govdata(['load', long], { url }), {
      code: 1,
      err: /^identities\.csv {2}unloadable_file {2}index row requires .* line 2$/m,
    });
    for (const name of ['tasks.csv', 'manifest.json']) {
      const folder = copied(t, ({ path }) => {
        rmSync(path(name));
        symlinkSync('/dev/zero', path(name));
      });
      await refusal(
        t,
        url,
        folder,
        new RegExp(`^${name} {2}missing_file {2}.*\\(a pipe or a device, no file\\)$`, 'm'),
      );
    }
    t.equal(await contentOf(url), before);
  },
);

t.test('of two at once, one loads, and the other hears that it came second', async (t) => {
  const database = await emptiedDatabase();
  const { url } = database;
  const holder = await database.pool.connect();
  await holder.query('begin; lock table releases in exclusive mode');
  const both = [
    govdata(['load', exported, '--json'], { url }),
    govdata(['load', exported, '--json'], { url }),
  ];
  await waiting(database, 'copy releases%');
  await waiting(database, 'select pg_advisory_lock%');
  await holder.query('rollback');
  holder.release();
  const results = await Promise.all(both);
  t.strictSame(results.map(({ code }) => code).sort(), [0, 1]);
  t.match(results.find(({ code }) => code === 1)?.err, /database_not_empty/);
  t.match(JSON.parse(results.find(({ code }) => code === 0)?.out ?? ''), {
    loaded: true,
    release: 3,
    migrations: [],
  });
});

t.test('a file that is altered after it was checked, or a session that ends, leaves nothing', async (t) => {
  const database = await emptiedDatabase();
  const { url } = database;
  const before = await contentOf(url);
  const holder = await database.pool.connect();
  const folder = copied(t);
  await holder.query('begin; lock table releases in exclusive mode');
  const altered = govdata(['load', folder], { url });
  await waiting(database, 'copy releases%');
  writeFileSync(join(folder, 'tasks.csv'), `${bytesOf(folder, 'tasks.csv').split('\n')[0]}\n`);
  await holder.query('rollback');
  t.match(await altered, { code: 1, err: /^tasks\.csv {2}altered_file /m });
  await holder.query('begin; lock table changes in exclusive mode');
  const ended = govdata(['load', exported], { url });
  await waiting(database, 'copy changes%');
  await endSession(holder, 'copy changes%');
  t.match(await ended, { code: 1, out: '' });
  await holder.query('rollback');
  holder.release();
  t.equal(await contentOf(url), before);
  t.equal((await govdata(['load', exported], { url })).code, 0, 'the next one succeeds');
});
