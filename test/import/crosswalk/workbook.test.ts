/** The statistics office's whole table as a workbook, as it printed it, and a later file that says less. */
import t from 'tap';
import { seed } from '../../../src/import/seed.ts';
import { onlyDeep } from '../../deep.ts';
import {
  baoYenRows,
  csvOf,
  dataset,
  expectedLinks,
  fileOf,
  header,
  heldBy,
  ofCommunes,
  realCountry,
  rowsOfWholeTable,
  textsOf,
  withoutTable,
  workbookOf,
} from './table.ts';

/** The same rows as CSV are in the suite, and a small workbook too. */
const skip = withoutTable || onlyDeep;

t.test('the whole table as a workbook', { skip }, async (t) => {
  const country = await realCountry(t);
  const { database, load } = country;
  const seeded = await heldBy(country);
  const rows = rowsOfWholeTable();

  await t.test('a workbook with codes as numbers gives the same links, from its sheet', async (t) => {
    const path = fileOf(t, await workbookOf(rows), 'table.xlsx');
    t.match(await load(path), { release: 2, made: true, added: 530, communes: 10_035 });
    t.strictSame(ofCommunes((await heldBy(country)).links), expectedLinks(rows));
    t.strictSame(
      await textsOf(
        database,
        `select distinct concat_ws(' ', dataset_id, sheet) as text from citations
         where kind = 'cell' and until_release is null`,
      ),
      [`${dataset} Bảng chuyển đổi`],
    );
  });

  await t.test('the misprints of the raw table are read as what the seed files say', async (t) => {
    const raw = rows.map((row) => ({ ...row, old_code: row.old_code_as_published }));
    const columns = header.filter((name) => name !== 'old_code_as_published' && name !== 'note_vi');
    const report = await load(fileOf(t, csvOf(raw, columns)), { dryRun: true });
    t.match(report, { made: false, added: 0, communes: 10_035, links: { whole: 9596, part: 969 } });
    // Without a sheet all citations differ, but no change of places does.
    t.strictSame(
      report.byType.map(({ type }) => type),
      ['citation', 'dataset'],
    );
  });

  await t.test('rows that a later table no longer has give their links back to the seed', async (t) => {
    const rest = baoYenRows();
    t.match(await load(fileOf(t, csvOf(rest))), { release: 3, made: true, added: 0, communes: 17 });
    const held = await heldBy(country);
    t.strictSame(ofCommunes(held.links.filter((link) => link.includes(dataset))), expectedLinks(rest));
    const unimported = (links: string[]) =>
      links.map((link) => link.replace(/ \w+( dataset:.*)?$/, '')).sort();
    t.strictSame(unimported(held.links), unimported(seeded.links));
    t.strictSame(
      held.links.filter((link) => !link.includes(dataset)),
      seeded.links.filter((link) => held.links.includes(link)),
    );
    t.strictSame({ ...held, links: [] }, { ...seeded, links: [] });
    t.match(await seed(database), { release: 3, made: false });
  });
});
