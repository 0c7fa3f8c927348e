/** An import on a disk that is full leaves all as it was, and succeeds once there is room. */
import pg from 'pg';
import t from 'tap';
import { connect } from '../../../src/db/client.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { seed } from '../../../src/import/seed.ts';
import { govdata } from '../../govdata.ts';
import { OwnPostgres } from '../../own-postgres.ts';
import { seedsOf } from '../../service.ts';
import { SmallDisk, withoutSmallDisk } from '../../small-disk.ts';
import { described, filesOf } from './made.ts';

/** More of them than pages that the tables and their indexes have free. */
const months = Array.from({ length: 100 * 12 }, (_, index) => ({
  year: 1925 + Math.floor(index / 12),
  month: (index % 12) + 1,
}));
const table = `Province,Month,Value\n${months.map(({ year, month }) => `Ha Noi,${month}/${year},${month}\n`).join('')}`;
const spec = described(
  "  - {header: Value, indicator: 'indicator:made_up'}",
  "time: {column: Month, form: '{month}/{year}'}",
);

t.test('a disk that is full', { skip: withoutSmallDisk }, async (t) => {
  const postgres = await OwnPostgres.prepare(t);
  const disk = SmallDisk.mount(t, 128, postgres.user);
  await postgres.start();
  const admin = new pg.Client(postgres.url);
  await admin.connect();
  await admin.query(`create tablespace small location '${disk.folder}'`);
  await admin.query('create database small tablespace small');
  await admin.end();
  const url = postgres.urlOf('small');
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  await migrate(database.pool);
  await seed(database, { folder: seedsOf.provinces });
  const held = async () => {
    const { rows } = await database.pool.query(
      `select (select count(*)::int from releases) as releases, (select count(*)::int from datasets) as datasets,
         (select count(*)::int from observations where dataset_id is not null) as figures`,
    );
    return rows[0];
  };
  const before = { releases: 1, datasets: 0, figures: 0 };
  t.strictSame(await held(), before);

  const files = filesOf(t, spec, table);
  const load = () => govdata(['import', 'table', files.table, '--spec', files.spec], { url });
  // Room for the first steps, and not for the last.
  for (const kilobytes of [16, 256, 512]) {
    disk.fill(kilobytes * 1024);
    const { code, err } = await load();
    t.equal(code, 1);
    t.match(err, /The database is short of resources\. could not extend file .*No space left on device/);
    disk.clear();
    t.strictSame(await held(), before, `with ${kilobytes} KiB`);
  }
  const { code, out } = await load();
  t.equal(code, 0);
  t.match(out, /Figures: 1200 added/);
  t.strictSame(await held(), { releases: 2, datasets: 1, figures: months.length });
});
