import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t, { type Test } from 'tap';
import { connect, type Database } from '../../src/db/client.ts';
import { seed } from '../../src/import/seed.ts';
import { programVersion } from '../../src/version.ts';
import { testDatabase } from '../helper.ts';
import { copyOfSeeds, countrySeeds, emptiedDatabase, linesOf } from './country.ts';

const actors = 'actors.yml';
const figures = 'subjects/figures.yml';
const rankChange = / {2}- id: observation:rank-change-2023[\s\S]*?(?= {2}- id: )/;
const none = { added: 0, revised: 0, corrected: 0, withdrawn: 0 };

async function seededCopy(t: Test) {
  const database = await emptiedDatabase();
  const seeds = await copyOfSeeds(t);
  await seed(database, { folder: seeds.folder });
  return { database, ...seeds };
}

async function rowsOf<R extends pg.QueryResultRow>({ pool }: Database, text: string): Promise<R[]> {
  return (await pool.query<R>(text)).rows;
}

async function one<R extends pg.QueryResultRow>(database: Database, text: string): Promise<R | undefined> {
  return (await rowsOf<R>(database, text))[0];
}

t.test('writes the whole country as release 1, and nothing the second time', async (t) => {
  const database = await emptiedDatabase();
  const log: string[] = [];
  const options = { folder: countrySeeds, note: 'The first.', log: (line: string) => void log.push(line) };
  const report = await seed(database, options);
  t.strictSame(log, ['read 51 records from 4 files']);
  t.match(report, { release: 1, made: true, counts: { ...none, added: 53 } });
  t.strictSame(
    report.byType.map(({ type, added }) => `${added} ${type}`),
    [
      '4 body',
      '53 citation',
      '2 contradiction',
      '2 document',
      '1 event',
      '7 indicator',
      '2 instrument',
      '2 motto',
      '17 observation',
      '1 person',
      '2 place_change',
      '8 place_version',
      '4 task',
      '1 theme',
    ],
  );
  t.match(await one(database, 'select * from releases'), {
    number: 1,
    hash: /^[0-9a-f]{64}$/,
    counts: report.counts,
    by_type: report.byType,
    program_version: programVersion,
    note: 'The first.',
  });
  t.strictSame(await seed(database, options), { release: 1, made: false, counts: none, byType: [] });
  t.strictSame(await one(database, 'select count(*)::int from releases'), { count: 1 });
});

t.test('binds each record to the version of its place that was in force', async (t) => {
  const { database } = await seededCopy(t);
  const bound = await rowsOf<{ id: string; version: string }>(
    database,
    "select id, place_version_id as version from records where place_version_id is not null and type <> 'place_version'",
  );
  const versionOf = (id: string) => bound.find((row) => row.id === id)?.version;
  t.equal(versionOf('body:song-hoa-party'), 'place_version:71', 'on the day that "on" says');
  t.equal(versionOf('observation:visitors-9m'), 'place_version:71', "at its period's end");
  t.equal(versionOf('observation:schools-ho-dao'), 'place_version:70001', 'at the end of 2024');
  t.equal(versionOf('person:lan'), 'place_version:701', 'to the only version');
  t.equal(versionOf('observation:visitors-suoi-moi'), 'place_version:70002@2024-01-01', 'to the oldest');
  t.equal(versionOf('body:front'), undefined);
});

t.test(
  'binds a record without a day by the day on which a document that it cites was published',
  async (t) => {
    const { database, folder, replace } = await seededCopy(t);
    await replace(actors, "    on: '2024-01-31'\n", '');
    const faults = await linesOf(() => seed(database, { folder }));
    t.match(faults, [/ambiguous_place_version/], 'document:902 prints no date');
    await replace('documents.yml', /(902_ar.txt\n)/, "$1    publishedOn: '2025-07-02'\n");
    await seed(database, { folder });
    t.strictSame(
      await one(
        database,
        "select place_version_id from bodies where id = 'body:song-hoa-party' and until_release is null",
      ),
      { place_version_id: 'place_version:72@2025-07-01' },
    );
  },
);

t.test('flags what it knows: sides of contradictions, and places older than their versions', async (t) => {
  const { database } = await seededCopy(t);
  const flagged = await rowsOf(database, "select id, flags from records where flags <> '{}' order by id");
  t.strictSame(flagged, [
    { id: 'body:an-khe-education', flags: ['place_inferred'] },
    { id: 'event:conference-2024', flags: ['year_inferred', 'in_contradiction'] },
    { id: 'observation:budget-2023-plan', flags: ['unit_suspect'] },
    { id: 'observation:income-growth-901', flags: ['in_contradiction'] },
    { id: 'observation:income-growth-902', flags: ['place_inferred', 'in_contradiction'] },
    { id: 'observation:visitors-suoi-moi', flags: ['place_version_assumed'] },
    { id: 'person:lan', flags: ['in_contradiction'] },
    { id: 'task:tourism', flags: ['place_version_assumed'] },
  ]);
});

t.test('stores figures, periods, bases, dimensions and readings as the files have them', async (t) => {
  const { database } = await seededCopy(t);
  const stored = (id: string) =>
    one(database, `select to_jsonb(o) as row from observations o where id = 'observation:${id}'`);
  t.match(await stored('visitors-9m'), {
    row: {
      value: 1.5,
      period_start: '2023-01-01',
      period_end: '2023-09-30',
      period_cumulative: true,
      period_label: '2023-01-01/2023-09-30',
      scope: 'all visitors',
      folded: 'all visitors',
      dimensions: {},
    },
  });
  t.match(await stored('villages-2023'), {
    row: { value: null, numerator: 9, denominator: 10, basis_kind: null },
  });
  t.match(await stored('poverty-women'), {
    row: { period_label: '2023-09', dimensions: { sex: 'female', quintile: 'lowest' } },
  });
  t.match(await stored('budget-2023-plan'), {
    row: {
      basis_kind: 'plan',
      basis_start: '2023-01-01',
      basis_end: '2023-12-31',
      basis_issuer_id: 'body:an-khe-party',
      readings: [{ field: 'value', printed: '104%', probable: '140%' }, { probable: null }],
    },
  });
  t.match(await stored('budget-2023-level'), { row: { basis_kind: 'earlier_period', basis_start: null } });
  t.match(await stored('villages-recognised'), { row: { value_code: 'recognised', folded: 'recognised' } });
});

t.test('stores links: indicators in both directions, roles and localities in order', async (t) => {
  const { database } = await seededCopy(t);
  t.strictSame(await rowsOf(database, 'select from_id, to_id from indicator_links order by 1'), [
    { from_id: 'indicator:budget', to_id: 'indicator:income' },
    { from_id: 'indicator:income', to_id: 'indicator:budget' },
  ]);
  t.strictSame(
    await rowsOf(database, 'select role, body_id, ordinal from task_bodies order by role, ordinal'),
    [
      { role: 'responsible', body_id: 'body:an-khe-education', ordinal: 1 },
      { role: 'responsible', body_id: 'body:an-khe-party', ordinal: 2 },
      { role: 'supporting', body_id: 'body:front', ordinal: 1 },
    ],
  );
  t.strictSame(
    await rowsOf(
      database,
      "select place_version_id from task_places where task_id = 'task:schools' order by ordinal",
    ),
    [{ place_version_id: 'place_version:70001' }, { place_version_id: 'place_version:70002@2024-01-01' }],
  );
});

t.test(
  'counts what was added, revised and withdrawn; old states stay, with the release that ended them',
  async (t) => {
    const { database, folder, replace } = await seededCopy(t);
    await replace(figures, 'value: 1204', 'value: 1205');
    await replace(figures, rankChange, '');
    await replace(figures, 'id: observation:index-trend', 'id: observation:index-improved');
    const { byType, ...report } = await seed(database, { folder });
    t.strictSame(report, {
      release: 2,
      made: true,
      counts: { added: 1, revised: 1, corrected: 0, withdrawn: 2 },
    });
    t.strictSame(byType, [
      { type: 'citation', added: 1, revised: 0, corrected: 0, withdrawn: 2 },
      { type: 'observation', added: 1, revised: 1, corrected: 0, withdrawn: 2 },
    ]);
    t.strictSame(
      await rowsOf(
        database,
        `select since_release, until_release, value::float from observations
       where id = 'observation:budget-2023' order by since_release`,
      ),
      [
        { since_release: 1, until_release: 2, value: 1204 },
        { since_release: 2, until_release: null, value: 1205 },
      ],
    );
  },
);

t.test('takes an id back that was withdrawn, and makes the same hash of the same data', async (t) => {
  const { database, folder, replace } = await seededCopy(t);
  const before = await readFile(join(folder, figures));
  await replace(figures, rankChange, '');
  await seed(database, { folder });
  await writeFile(join(folder, figures), before);
  t.match(await seed(database, { folder }), { release: 3, made: true, counts: { ...none, added: 1 } });
  t.strictSame(
    await rowsOf(
      database,
      `select since_release, until_release from observations
       where id = 'observation:rank-change-2023' order by since_release`,
    ),
    [
      { since_release: 1, until_release: 2 },
      { since_release: 3, until_release: null },
    ],
  );
  const hashes = await rowsOf<{ hash: string }>(database, 'select hash from releases order by number');
  t.equal(hashes[0]?.hash, hashes[2]?.hash);
  t.not(hashes[0]?.hash, hashes[1]?.hash);
});

t.test(
  'counts who gained or lost a link as revised, from either end of a link between indicators',
  async (t) => {
    const { database, folder, replace } = await seededCopy(t);
    await replace(actors, '    supporting: [body:front]\n', '');
    await replace(figures, '    possiblySameAs: [indicator:budget]\n', '');
    await replace(figures, 'possiblySameAs: [indicator:income]', 'possiblySameAs: [indicator:schools]');
    await replace('places.yml', 'coverage: part', 'coverage: unknown');
    const { byType } = await seed(database, { folder });
    t.strictSame(
      byType.map(({ type, revised }) => ({ type, revised })),
      [
        { type: 'indicator', revised: 3 },
        { type: 'place_change', revised: 1 },
        { type: 'task', revised: 1 },
      ],
    );
  },
);

t.test('does not count a fact as revised whose citations alone have changed', async (t) => {
  const { database, folder, replace } = await seededCopy(t);
  await replace(
    'places.yml',
    'citations: [{package: tiny',
    "citations: [{resolution: '9/2025'}, {package: tiny",
  );
  const report = await seed(database, { folder });
  t.strictSame(report.counts, none);
  t.strictSame(report.byType, [{ type: 'citation', added: 1, revised: 1, corrected: 0, withdrawn: 0 }]);
  t.ok(report.made, 'yet it is a release');
});

t.test('takes a reordered list of flags for no change', async (t) => {
  const { database, folder, replace } = await seededCopy(t);
  await replace(actors, 'flags: [year_inferred]', 'flags: [in_contradiction, year_inferred]');
  t.match(await seed(database, { folder }), { made: false });
});

t.test('shows what a release would change without making it', async (t) => {
  const { database, folder, replace } = await seededCopy(t);
  await replace(figures, 'value: 1204', 'value: 1205');
  t.match(await seed(database, { folder, dryRun: true }), {
    release: 1,
    made: false,
    counts: { ...none, revised: 1 },
  });
  t.strictSame(await one(database, 'select max(number) from releases'), { max: 1 });
});

t.test('finds nothing to do in an empty folder, and has no release then', async (t) => {
  const database = await emptiedDatabase();
  const folder = t.testdir();
  t.strictSame(await seed(database, { folder }), { release: null, made: false, counts: none, byType: [] });
});

t.test('refuses while migrations are pending, and says what to run', async (t) => {
  const database = connect((await testDatabase(t)).url, { role: 'writer' });
  t.teardown(() => database.close());
  await t.rejects(seed(database, { folder: countrySeeds }), {
    message: 'The database is not migrated. Run `govdata migrate` first.',
  });
  const faults = await linesOf(() => seed(database, { folder: countrySeeds }));
  t.equal(faults[0], '0000_tables.sql  pending_migration  it is not applied');
});

t.test('tells listeners the number of a release', async (t) => {
  const database = await emptiedDatabase();
  const listener = new pg.Client(database.url);
  await listener.connect();
  t.teardown(() => listener.end());
  await listener.query('listen govdata_release');
  const heard = once(listener, 'notification');
  await seed(database, { folder: countrySeeds });
  t.match(await heard, [{ channel: 'govdata_release', payload: '1' }]);
});

t.test('lets the second of two at once wait, and find nothing to do', async (t) => {
  const first = await emptiedDatabase();
  const second = connect(first.url, { role: 'writer' });
  t.teardown(() => second.close());
  const reports = await Promise.all(
    [first, second, first].map((database) => seed(database, { folder: countrySeeds })),
  );
  t.strictSame(
    reports.map(({ release }) => release),
    [1, 1, 1],
  );
  t.equal(reports.filter(({ made }) => made).length, 1);
});

t.test('leaves nothing behind when the database refuses a row', async (t) => {
  const database = await emptiedDatabase();
  await database.pool.query('alter table citations add constraint no_more check (paragraph < 5)');
  await t.rejects(seed(database, { folder: countrySeeds }), { message: /no_more/ });
  t.strictSame(await one(database, 'select count(*)::int from identities'), { count: 0 });
  await database.pool.query('alter table citations drop constraint no_more');
  t.match(await seed(database, { folder: countrySeeds }), { release: 1 });
});

t.test('changes nothing when it is killed midway, and the next run succeeds', async (t) => {
  const database = await emptiedDatabase();
  const holder = new pg.Client(database.url);
  await holder.connect();
  t.teardown(() => holder.end());
  // Lets the seed read the citations, but not write them: it stops after the rows of other tables.
  await holder.query('begin; lock table citations in share mode');
  const child = seedInAnotherProcess(t, database.url);
  const sessions = (condition: string) =>
    rowsOf(
      database,
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
    );
  const midway = "wait_event_type = 'Lock' and query like 'insert into citations%'";
  await until(async () => (await sessions(midway)).length === 1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await holder.query('rollback');
  await until(async () => (await sessions("query like 'insert into citations%'")).length === 0);
  for (const table of ['releases', 'identities', 'place_versions', 'citations']) {
    t.strictSame(await one(database, `select count(*)::int from ${table}`), { count: 0 }, table);
  }
  t.match(await seed(database, { folder: countrySeeds }), { release: 1, made: true });
});

function seedInAnotherProcess(t: Test, url: string): ChildProcess {
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, cli, 'seed', '--from', countrySeeds], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  t.teardown(() => child.kill('SIGKILL'));
  return child;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}
