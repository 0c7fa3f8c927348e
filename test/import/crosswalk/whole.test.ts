/** The statistics office's whole table as CSV. The files beside are of workbooks, small tables and what is refused. */
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { seed } from '../../../src/import/seed.ts';
import { onlyDeep } from '../../deep.ts';
import {
  dataset,
  expectedLinks,
  heldBy,
  ofCommunes,
  type Row,
  realCountry,
  rowsOfWholeTable,
  sizesOf,
  textsOf,
  wholeTable,
  withoutTable,
} from './table.ts';

t.test('the whole table', { skip: withoutTable }, async (t) => {
  const country = await realCountry(t);
  const { database, load } = country;
  const seeded = await heldBy(country);
  const rows = rowsOfWholeTable();

  // A small table is run dry, imported twice and kept by a seed in the suite.
  await t.test('a dry run says what a release would have', { skip: onlyDeep }, async (t) => {
    const before = await sizesOf(database);
    t.match(await load(wholeTable, { dryRun: true }), { release: 1, made: false, communes: 10_035 });
    t.equal(await sizesOf(database), before);
  });

  await t.test(
    '10,565 links of 10,035 communes: 530 that nobody knew, the others no longer primary',
    async (t) => {
      const lines: string[] = [];
      const options = {
        retrievedOn: '2025-08-01',
        note: 'The table.',
        log: (line: string) => lines.push(line),
      };
      t.strictSame(await load(wholeTable, options), {
        release: 2,
        made: true,
        rows: 10_571,
        links: { whole: 9596, part: 969 },
        added: 530,
        communes: 10_035,
        areas: ['Khu vực bãi bồi ven biển do huyện Kim Sơn quản lý'],
        counts: { added: 1, revised: 4012, corrected: 0, withdrawn: 0 },
        byType: [
          { type: 'citation', added: 10_571, revised: 0, corrected: 0, withdrawn: 0 },
          { type: 'dataset', added: 1, revised: 0, corrected: 0, withdrawn: 0 },
          { type: 'place_change', added: 0, revised: 4012, corrected: 0, withdrawn: 0 },
        ],
      });
      t.strictSame(lines, ['read 10571 rows of lineage-nso-2025-07-01.csv']);
    },
  );

  const imported = await heldBy(country);
  await t.test('every link of the file is there with its coverage, and no other of a commune', async (t) => {
    const links = ofCommunes(imported.links);
    t.equal(links.length, 10_565);
    t.strictSame(links, expectedLinks(rows));
  });

  await t.test('no place, version or change got another id, and no version another state', async (t) => {
    t.ok(isDeepStrictEqual(imported.places, seeded.places));
    const withoutKind = (changes: string[]) => changes.map((line) => line.split(' ')[0]);
    t.strictSame(withoutKind(imported.changes), withoutKind(seeded.changes));
  });

  await t.test(
    'districts that became special zones are whole, as are those that went into one commune',
    async (t) => {
      const whole = imported.links.filter((link) => /^district .* whole/.test(link));
      for (const link of ['318 > 11948', '471 > 19742', '498 > 20333', '536 > 21548', '755 > 26732']) {
        t.ok(whole.includes(`district ${link} whole ${dataset}`), link);
      }
      t.equal(whole.length, 14);
      t.strictSame(
        imported.links.filter((link) => / (primary|unknown)/.test(link)),
        [],
      );
    },
  );

  await t.test('every row is cited once, by the cell of its old unit, a misprint as printed', async (t) => {
    const cells = await textsOf(
      database,
      `select concat_ws(' ', row_number, column_name, printed) as text from citations
       where dataset_id = '${dataset}' and until_release is null order by row_number`,
    );
    t.equal(cells.length, rows.length);
    const cellOf = ({ old_district: district, old_code_as_published: code, old_name: name }: Row) =>
      code ? `old_code ${code}` : name ? `old_name ${name}` : `old_district ${district}`;
    t.strictSame(
      cells,
      rows.map((row, index) => `${index + 2} ${cellOf(row)}`),
    );
  });

  await t.test(
    'the kind of a change follows its links: what came of a part of one place is a split',
    async (t) => {
      const kinds = (changes: string[]) => changes.map((line) => line.split(' ').slice(0, 2).join(' '));
      const was = new Set(kinds(seeded.changes));
      const changed = kinds(imported.changes).filter((line) => !was.has(line));
      t.equal(changed.filter((line) => line.endsWith(' split')).length, 3);
      t.ok(imported.changes.filter((line) => / split split of 2025-07-01/.test(line)).length === 3);
    },
  );

  await t.test(
    'a second import makes no release, and neither does a seed, which keeps the links',
    { skip: onlyDeep },
    async (t) => {
      const options = { retrievedOn: '2025-08-01' };
      t.match(await load(wholeTable, options), { release: 2, made: false, byType: [], added: 0 });
      t.match(await seed(database), { release: 2, made: false, byType: [] });
      t.strictSame(await heldBy(country), imported);
    },
  );
});
