import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { seed } from '../../src/import/seed.ts';
import { setUp } from '../../src/import/setup.ts';
import { status } from '../../src/import/status.ts';
import { testDatabase } from '../helper.ts';
import { countrySeeds, emptiedDatabase, migratedDatabase } from './country.ts';

const tags = [
  '0000_tables',
  '0001_constraints_and_views',
  '0002_place_links',
  '0003_current_place_links',
  '0004_place_names',
  '0005_corrections_and_changes',
  '0006_feed_of_changes',
  '0007_order_of_observations',
  '0008_persisted_operations',
  '0009_imported_figures',
  '0010_figures_by_place',
];
const schema = { current: tags.at(-1), pending: [] };

async function emptyDatabase(t: Test) {
  const database = connect((await testDatabase(t)).url, { role: 'writer' });
  t.teardown(() => database.close());
  return database;
}

t.test('names what is pending in an empty database', async (t) => {
  t.strictSame(await status(await emptyDatabase(t)), {
    schema: { current: null, pending: tags },
    release: null,
    records: {},
    documents: [],
  });
});

t.test('has no release in a database that is migrated only', async (t) => {
  t.strictSame(await status(await emptiedDatabase()), {
    schema,
    release: null,
    records: {},
    documents: [],
  });
});

t.test('counts current records by type, and citations by document and type of fact', async (t) => {
  const database = await emptiedDatabase();
  await seed(database, { folder: countrySeeds, note: 'The first.' });
  const report = await status(database);
  t.match(report, {
    schema,
    release: {
      number: 1,
      createdAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      hash: /^[0-9a-f]{64}$/,
      note: 'The first.',
    },
    records: {
      body: 4,
      citation: 53,
      contradiction: 2,
      document: 2,
      observation: 17,
      place_version: 8,
      task: 4,
    },
  });
  t.strictSame(report.documents[1], {
    id: 'document:902',
    fileName: '902_ar.txt',
    citations: { body: 1, indicator: 3, instrument: 2, observation: 6, contradiction: 1, place_version: 1 },
  });
});

t.test('sets up an empty database: migrates, seeds, and says so', async (t) => {
  const database = await emptyDatabase(t);
  const log: string[] = [];
  await setUp(database, (line) => log.push(line), countrySeeds);
  t.match(log, [
    ...tags.map((tag) => new RegExp(`^applying ${tag}`)),
    'read 51 records from 4 files',
    'release 1 made',
  ]);
  t.match(await status(database), { schema, release: { number: 1 } });
});

t.test('goes on with a setup that was interrupted before the seed', async (t) => {
  const database = await emptiedDatabase();
  await setUp(database, () => undefined, countrySeeds);
  t.match(await status(database), { release: { number: 1 } });
});

t.test('leaves a database alone that has a release', async (t) => {
  const database = await emptiedDatabase();
  await seed(database, { folder: countrySeeds });
  const log: string[] = [];
  await setUp(database, (line) => log.push(line));
  t.strictSame(log, []);
  t.match(await status(database), { release: { number: 1 } });
});

t.test('says what to run where migrations are pending', async (t) => {
  const database = await migratedDatabase(t);
  await database.pool.query('delete from drizzle.__drizzle_migrations where id > 1');
  const log: string[] = [];
  await setUp(database, (line) => log.push(line));
  t.strictSame(log, [`${tags.length - 1} migrations are pending: run \`govdata migrate\``]);
});
