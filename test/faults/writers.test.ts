/** Commands that are killed at any moment leave the state before or the state after, and the next run succeeds. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { openEmbedded } from '../../src/db/embedded.ts';
import { rootOpenFolder } from '../db/embedded-helper.ts';
import { isDeep } from '../deep.ts';
import { govdata } from '../govdata.ts';
import { copyOf, testDatabase } from '../helper.ts';
import { seedsWith } from '../import/country.ts';
import { baoYenRows, csvOf, fileOf } from '../import/crosswalk/table.ts';
import { fewCommunes } from '../import/few-communes.ts';
import { described, filesOf, oneColumn } from '../import/table/made.ts';
import { processesOf, signalled } from '../server-processes.ts';
import { seededDatabase, seedsOf } from '../service.ts';
import { spawned } from '../spawned.ts';
import { asked } from './content.ts';
import { isWriting, Ledger } from './ledger.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const kills = isDeep ? 20 : 1;
const ledger = new Ledger('writers');

/** What is there, but for the moments at which it came: the schema, how much of each, and the hash of each release. */
async function stateOf(url: string): Promise<string> {
  const of = async (text: string): Promise<string> =>
    (await asked<{ state: string }>(url, text))[0]?.state ?? '';
  const tables = await asked<{ name: string }>(
    url,
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  );
  // The table of migrations alone, which is empty then, changes nothing.
  if (tables.length === 0) return 'not migrated';
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*) from ${name}`);
  return [
    await of('select count(*)::text as state from drizzle.__drizzle_migrations'),
    await of(
      `select md5(string_agg(concat_ws(' ', table_name, column_name, data_type), ',' order by table_name, column_name)) as state
       from information_schema.columns where table_schema = 'public'`,
    ),
    await of(
      `select string_agg(name || ' ' || count, ',' order by name) as state from (${counts.join(' union all ')}) t`,
    ),
    await of(
      `select coalesce(string_agg(number || ' ' || hash, ',' order by number), '') as state from releases`,
    ),
  ].join('\n');
}

/** Ids that were published: nothing that befalls a writer may take one away. */
async function idsOf(url: string): Promise<Set<string>> {
  const [{ there } = { there: null }] = await asked<{ there: string | null }>(
    url,
    `select to_regclass('identities')::text as there`,
  );
  const rows = there === null ? [] : await asked<{ id: string }>(url, 'select id from identities');
  return new Set(rows.map(({ id }) => id));
}

const sessions = (url: string, busyOnly = false): Promise<{ pid: number }[]> =>
  asked(
    url,
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'govdata writer'
     ${busyOnly ? "and state <> 'idle'" : ''}`,
  );

/** Kills it when it has been connected for a part of the time that it takes. */
async function killedAfter(t: Test, url: string, command: readonly string[], ms: number): Promise<void> {
  const child = spawned(t, [cli, ...command], { DATABASE_URL: url });
  let isOver = false;
  const exit = child.exit.then(() => {
    isOver = true;
  });
  while (!isOver && (await sessions(url)).length === 0) await sleep(5);
  await Promise.race([sleep(ms), exit]);
  child.process.kill('SIGKILL');
  await exit;
  // Its session may still be busy with what it was told last.
  while ((await sessions(url)).length > 0) await sleep(10);
}

interface Writing {
  name: string;
  command: (t: Test) => Promise<string[]>;
  /** The name of a database as it is before. */
  source: (t: Test) => Promise<string>;
}

const nameOf = ({ url }: { url: string }): string => new URL(url).pathname.slice(1);
const empty = async (t: Test): Promise<string> => nameOf(await testDatabase(t));
const migrated = async (t: Test): Promise<string> => nameOf(await testDatabase(t, { template: 'migrated' }));
const seeded = async (t: Test): Promise<string> => nameOf(await seededDatabase(t, 'fixture'));
const provinces = async (t: Test): Promise<string> => nameOf(await seededDatabase(t, 'provinces'));
const communes = async (t: Test): Promise<string> => (await fewCommunes(t)).name;

const corrections = `corrections:
  - {id: correction:c1, fact: observation:budget-2023, expect: {value: 1204}, set: {value: 1240}, reason: Read again., date: '2026-11-22'}
`;
const years = Array.from({ length: 40 }, (_, index) => 1980 + index);
const table = `Province,${years.join(',')}\nHa Noi,${years.join(',')}\nSon La,${years.join(',')}\n`;

const writings: Writing[] = [
  { name: 'migrate', source: empty, command: async () => ['migrate'] },
  { name: 'seed', source: migrated, command: async () => ['seed', '--from', seedsOf.fixture] },
  {
    name: 'import table',
    source: provinces,
    async command(t) {
      const files = filesOf(t, described(oneColumn.replace('{status} ', '')), table);
      return ['import', 'table', files.table, '--spec', files.spec];
    },
  },
  {
    name: 'import crosswalk',
    source: communes,
    command: async (t) => ['import', 'crosswalk', fileOf(t, csvOf(baoYenRows()))],
  },
  {
    name: 'seed, with a correction',
    source: seeded,
    command: async (t) => ['seed', '--from', await seedsWith(t, corrections)],
  },
  {
    name: 'rollback',
    async source(t) {
      const { url } = await copyOf(t, await seeded(t));
      const { code, err } = await govdata(['seed', '--from', await seedsWith(t, corrections)], { url });
      if (code !== 0) throw new Error(err);
      return nameOf({ url });
    },
    command: async () => ['rollback', '1'],
  },
];

const faultsOf = (name: string): [killed: string, twice: string] => [
  `\`govdata ${name}\` is killed`,
  `\`govdata ${name}\` runs twice at once`,
];
/** A correction is a seed, too, and an import is killed by another test as well. */
const left =
  isDeep || isWriting ? [] : writings.filter(({ name }) => ['seed', 'import table'].includes(name));

for (const { name, command, source } of writings.filter((one) => !left.includes(one))) {
  t.test(`govdata ${name}, killed and twice at once`, async (t) => {
    const args = await command(t);
    const from = await source(t);
    const whole = await copyOf(t, from);
    const before = await stateOf(whole.url);
    const ids = await idsOf(whole.url);
    const begun = performance.now();
    const first = await govdata(args, { url: whole.url });
    const takes = performance.now() - begun;
    t.equal(first.code, 0, first.err);
    const after = await stateOf(whole.url);
    t.not(after, before);

    const found = { before: 0, after: 0 };
    let lost = 0;
    for (let run = 0; run < kills; run += 1) {
      const { url } = await copyOf(t, from);
      await killedAfter(t, url, args, Math.random() * takes);
      const state = await stateOf(url);
      t.ok([before, after].includes(state), `killed, run ${run}: ${state}`);
      found[state === before ? 'before' : 'after'] += 1;
      const now = await idsOf(url);
      lost += [...ids].filter((id) => !now.has(id)).length;
      const again = await govdata(args, { url });
      t.equal(again.code, 0, again.err);
      t.equal(await stateOf(url), after, 'the next run succeeds, or finds it done');
    }
    t.equal(lost, 0);

    const { url } = await copyOf(t, from);
    const both = await Promise.all([govdata(args, { url }), govdata(args, { url })]);
    t.strictSame(
      both.map(({ code }) => code),
      [0, 0],
      both.map(({ err }) => err).join('\n'),
    );
    t.equal(await stateOf(url), after, 'one writes, and the other finds it done');
    t.comment(`${name}: ${found.before} times the state before, ${found.after} times the state after`);
    const [killed, twice] = faultsOf(name);
    ledger.add(killed, 'the state before, or the state after', 'does it, or finds it done', lost);
    ledger.add(twice, 'the state after', 'finds it done', 0);
  });
}

/** As if the machine had lost its power: the command, and every process of its server. */
async function powerLoss(t: Test, home: string, command: readonly string[], ms: number): Promise<void> {
  const child = spawned(t, [cli, ...command], { DATABASE_URL: '', GOVDATA_HOME: home });
  let isOver = false;
  const exit = child.exit.then(() => {
    isOver = true;
  });
  while (!isOver && !child.err.some((line) => /^(started|joined) the embedded/.test(line))) await sleep(5);
  await Promise.race([sleep(ms), exit]);
  const pids = processesOf(join(home, 'postgres-18/data'));
  child.process.kill('SIGKILL');
  for (const pid of pids) signalled(pid, 'SIGKILL');
  await exit;
}

t.test('the embedded database loses its power', async (t) => {
  const home = join(rootOpenFolder(t), 'home');
  const { GOVDATA_HOME: homeBefore = '' } = process.env;
  process.env['GOVDATA_HOME'] = home;
  t.teardown(() => {
    process.env['GOVDATA_HOME'] = homeBefore;
  });
  const stateIn = async (): Promise<{ state: string; ids: Set<string> }> => {
    const { url, close } = await openEmbedded(home, () => undefined);
    try {
      return { state: await stateOf(url), ids: await idsOf(url) };
    } finally {
      await close();
    }
  };
  t.equal((await govdata(['migrate'])).code, 0);
  // Each has something to do after the one before it.
  const first = ['seed', '--from', seedsOf.fixture];
  const turns = [
    ['rollback', '1'],
    ['seed', '--from', await seedsWith(t, corrections)],
  ];
  let lost = 0;
  for (let run = 0; run < kills; run += 1) {
    const command = run === 0 ? first : (turns[run % turns.length] as string[]);
    const before = await stateIn();
    await powerLoss(t, home, command, Math.random() * 1500);
    const found = await stateIn();
    const again = await govdata(command);
    t.equal(again.code, 0, again.err);
    const after = await stateIn();
    t.ok([before.state, after.state].includes(found.state), `${command[0]}, run ${run}: ${found.state}`);
    t.not(after.state, before.state);
    lost += [...before.ids].filter((id) => !found.ids.has(id)).length;
  }
  t.equal(lost, 0);
  ledger.add(
    'the embedded database loses its power: all processes are killed while a command writes',
    'the state before, or the state after',
    'does it, or finds it done',
    lost,
  );
});

t.test('the table of docs/reliability.md', async (t) =>
  ledger.settle(
    t,
    left.flatMap(({ name }) => faultsOf(name)),
  ),
);
