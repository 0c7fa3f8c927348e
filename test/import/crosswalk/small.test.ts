/** A small conversion table: what it raises, what it leaves, and what becomes of an import that does not end well. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import t, { type Test } from 'tap';
import { seed } from '../../../src/import/seed.ts';
import {
  areaRow,
  baoYenRows,
  changesOf,
  csvOf,
  dataset,
  fewPlaces,
  fileOf,
  header,
  linksOf,
  misprintedRow,
  placesOf,
  realCountry,
  sizesOf,
  textsOf,
  workbookOf,
  zoneRows,
} from './table.ts';

const smallTable = (t: Test) => fileOf(t, csvOf(baoYenRows()));

t.test('the rows of Bảo Yên raise its links, and leave those of all other places as they were', async (t) => {
  const { database, load } = await realCountry(t);
  const [links, places] = [await linksOf(database), await placesOf(database)];
  t.match(await load(smallTable(t)), {
    release: 2,
    made: true,
    rows: 17,
    links: { whole: 17, part: 0 },
    added: 0,
    communes: 17,
    areas: [],
    counts: { added: 1, revised: 7, corrected: 0, withdrawn: 0 },
  });
  const raised = (await linksOf(database)).filter((link) => !links.includes(link));
  const communes = baoYenRows().map(
    ({ old_code: from, new_code: to }) => `commune ${from} > ${to} whole ${dataset}`,
  );
  const districts = ['02947', '02953', '02962', '02968', '02989', '02998'];
  t.strictSame(raised.sort(), [
    ...communes.sort(),
    // All its communes are there, so that of the district, too, it is known where it went.
    ...districts.map((to) => `district 087 > ${to} part ${dataset}`),
  ]);
  t.equal((await linksOf(database)).length, links.length);
  t.ok(isDeepStrictEqual(await placesOf(database), places));
  t.match(await seed(database), { release: 2, made: false });
});

t.test('a dry run says what a release would have, and writes nothing', async (t) => {
  const { database, load } = await fewPlaces(t);
  const before = await sizesOf(database);
  const counts = { added: 1, revised: 7, corrected: 0, withdrawn: 0 };
  t.match(await load(smallTable(t), { dryRun: true }), { release: 1, made: false, communes: 17, counts });
  t.equal(await sizesOf(database), before);
});

/** Those that a table must have. */
const fewestColumns = header.filter((name) => name !== 'old_code_as_published' && name !== 'note_vi');

t.test('of a district that the table has in part it does not say where it went', async (t) => {
  const { database, load } = await fewPlaces(t);
  const links = await linksOf(database);
  t.match(await load(fileOf(t, csvOf(baoYenRows().slice(0, 16), fewestColumns))), {
    made: true,
    communes: 16,
  });
  const raised = (await linksOf(database)).filter((link) => !links.includes(link));
  t.equal(raised.filter((link) => link.startsWith('commune')).length, 16);
  t.strictSame(
    raised.filter((link) => link.startsWith('district')),
    [],
  );
});

t.test('a workbook with special zones, an area and a misprint: all that is no plain commune', async (t) => {
  const { database, load } = await fewPlaces(t);
  const links = await linksOf(database);
  const path = fileOf(t, await workbookOf([...zoneRows, areaRow, misprintedRow]), 'table.xlsx');
  t.match(await load(path), {
    rows: 6,
    links: { whole: 4, part: 0 },
    added: 0,
    communes: 4,
    areas: ['Khu vực bãi bồi ven biển'],
  });
  t.strictSame(
    (await linksOf(database)).filter((link) => !links.includes(link)),
    [
      `commune 01651 > 01648 whole ${dataset}`,
      `commune 07192 > 07192 whole ${dataset}`,
      `commune 07195 > 07192 whole ${dataset}`,
      `commune 07198 > 07192 whole ${dataset}`,
      `district 207 > 07192 whole ${dataset}`,
      `district 318 > 11948 whole ${dataset}`,
    ],
  );
  t.strictSame(
    await textsOf(
      database,
      `select concat_ws(' ', sheet, row_number, column_name, printed) as text from citations
       where kind = 'cell' and until_release is null order by row_number`,
    ),
    [
      'Bảng chuyển đổi 2 old_code 07192',
      'Bảng chuyển đổi 3 old_code 07195',
      'Bảng chuyển đổi 4 old_code 07198',
      'Bảng chuyển đổi 5 old_district 318',
      'Bảng chuyển đổi 6 old_name Khu vực bãi bồi ven biển',
      'Bảng chuyển đổi 7 old_code 01615',
    ],
  );
});

t.test('a link that the seed does not know changes the kind; withdrawn, it is as before', async (t) => {
  const { database, load } = await fewPlaces(t);
  const changes = await changesOf(database);
  // As if a part of Tân Dương had gone to Nghĩa Đô, and a part only of Xuân Hòa alone to Xuân Hòa.
  const [xuanHoa, tanDuong] = baoYenRows().slice(5);
  const rows = [
    { ...xuanHoa, relation: 'part' },
    { ...tanDuong, relation: 'part' },
    { ...tanDuong, new_code: '02953', new_name: 'Xã Nghĩa Đô', relation: 'part' },
  ];
  t.match(await load(fileOf(t, csvOf(rows))), { links: { whole: 0, part: 3 }, added: 1, communes: 2 });
  const link = `commune 02965 > 02953 part ${dataset}`;
  t.ok((await linksOf(database)).includes(link));
  t.match(await load(fileOf(t, csvOf(baoYenRows()), 'other.csv')), { made: true, added: 0 });
  t.notOk((await linksOf(database)).includes(link));
  t.strictSame(await changesOf(database), changes);
});

t.test('of two imports at once one waits for the other, and only one makes a release', async (t) => {
  const { database, load } = await fewPlaces(t);
  const path = smallTable(t);
  const made = (await Promise.all([load(path), load(path)])).map((report) => report.made);
  t.strictSame(made.sort(), [false, true]);
  t.strictSame(await textsOf(database, 'select max(number)::text as text from releases'), ['2']);
});

t.test('killed midway it leaves everything as it was, and the next one succeeds', async (t) => {
  const { url, database, load } = await fewPlaces(t);
  const path = smallTable(t);
  const before = await sizesOf(database);
  const blocker = await database.pool.connect();
  // Others may read the links, but nobody writes them: the command stops in the middle of its writes.
  await blocker.query('begin; lock table place_links in share row exclusive mode');
  const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, cli, 'import', 'crosswalk', path], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  const exit = once(child, 'exit');
  const waiting = `select 'waits' as text from pg_locks where relation = 'place_links'::regclass and not granted and database = (select oid from pg_database where datname = current_database())`;
  while ((await textsOf(database, waiting)).length === 0 && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  t.strictSame(await exit, [null, 'SIGKILL']);
  await blocker.query('rollback');
  blocker.release();
  t.match(await load(path), { release: 2, made: true });
  const after = await sizesOf(database);
  t.not(after, before);
  const other = await fewPlaces(t);
  await other.load(path);
  t.equal(after, await sizesOf(other.database));
});
