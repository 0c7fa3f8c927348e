/** Conversion tables that cannot be used: each fault with its row, and nothing is written. */
import t from 'tap';
import { connect } from '../../../src/db/client.ts';
import { importCrosswalk } from '../../../src/import/crosswalk/import.ts';
import { seedsFolder } from '../../../src/import/seed.ts';
import { testDatabase } from '../../helper.ts';
import { seedsOf } from '../../service.ts';
import { linesOf, migratedDatabase, titleOf } from '../country.ts';
import {
  areaRow,
  baoYenRows,
  csvOf,
  fewPlaces,
  fileOf,
  header,
  misprintedRow,
  type Row,
  sizesOf,
  zoneRows,
} from './table.ts';

/** The small table with other cells in some rows, by their numbers; null leaves a row out. */
function tableWith(edits: Readonly<Record<number, Partial<Row>>>, ...more: Partial<Row>[]): string {
  return csvOf([...baoYenRows().map((row, index) => ({ ...row, ...edits[index + 2] })), ...more]);
}

const [phoRang] = baoYenRows();
const zone = zoneRows.at(-1) ?? {};

const words =
  'one of whole, unchanged, renamed, retyped, district_to_special_zone, part, part_area_all_population';

const cases: [what: string, content: string, faults: string[]][] = [
  [
    'an old code that no commune had',
    tableWith({ 2: { old_code: '02948', old_code_as_published: '' } }),
    [
      'table.csv:2  unknown_unit  "old_code" is 02948, but no commune had this code then; did you mean "02947"?',
    ],
  ],
  [
    'a new code that no commune has',
    tableWith({ 3: { new_code: '2954' }, 4: { new_code: '99953' } }),
    [
      'table.csv:3  unknown_unit  "new_code" is 02954, but no commune had this code then; did you mean "02953"?',
      'table.csv:4  unknown_unit  "new_code" is 99953, but no commune had this code then; did you mean "02953"?',
    ],
  ],
  [
    'districts and a province that never were',
    tableWith(
      { 4: { old_district: '988', old_province: '99' }, 5: { old_district: '988', old_code: '99999' } },
      { ...areaRow, old_district: '988' },
    ),
    [
      'table.csv:4  unknown_unit  "old_district" is 988, but no district had this code then; did you mean "087"?',
      'table.csv:5  unknown_unit  "old_district" is 988, but no district had this code then',
      'table.csv:5  unknown_unit  "old_code" is 99999, but no commune had this code then',
      'table.csv:19  unknown_unit  "old_district" is 988, but no district had this code then',
    ],
  ],
  [
    'a row that stands twice',
    tableWith({}, phoRang ?? {}),
    ['table.csv:19  duplicate_row  02947 to 02947 stands in row 2 already'],
  ],
  [
    'a special zone or an area that stands twice',
    csvOf([zone, areaRow, zone, areaRow]),
    [
      'table.csv:4  duplicate_row  318 to 11948 stands in row 2 already',
      'table.csv:5  duplicate_row  Khu vực bãi bồi ven biển to 14698 stands in row 3 already',
    ],
  ],
  [
    'a commune that went over whole beside other rows of it',
    tableWith({}, { ...phoRang, new_code: '02998', new_name: 'Xã Phúc Khánh', relation: 'part' }),
    ['table.csv:2  not_whole  02947 (Phố Ràng) is said to go over whole, but goes to 2 communes'],
  ],
  [
    'an old and a new name of others',
    tableWith({ 5: { old_name: 'Xã Bảo Hà', new_name: 'Xã Cúc Phương' } }),
    [
      'table.csv:5  wrong_name  02953 is "Nghĩa Đô", but the row names "Xã Cúc Phương"',
      'table.csv:5  wrong_name  02956 is "Vĩnh Yên", but the row names "Xã Bảo Hà"; did you mean "02989"?',
    ],
  ],
  [
    'parents of others',
    tableWith({ 6: { old_province: '15' }, 7: { old_district: '086' }, 8: { new_province: '10' } }),
    [
      'table.csv:6  wrong_parent  "old_province" is 15, but district 087 (Bảo Yên) is in 10',
      'table.csv:7  wrong_parent  "old_district" is 086, but commune 02962 (Xuân Hòa) is in 087',
      'table.csv:8  wrong_parent  "new_province" is 10, but commune 02962 (Xuân Hòa) is in 15',
    ],
  ],
  [
    'another word for the relation',
    tableWith({ 9: { relation: 'hole' }, 10: { relation: 'constructor' } }),
    [
      `table.csv:9  unknown_relation  "relation" is "hole", but must be ${words}; did you mean "whole"?`,
      `table.csv:10  unknown_relation  "relation" is "constructor", but must be ${words}`,
    ],
  ],
  [
    'codes that are none',
    tableWith({ 11: { old_code: '2974x' }, 12: { new_code: '' }, 13: { old_district: '0087' } }),
    [
      'table.csv:11  bad_code  "old_code" is "2974x", but must be a code of 5 digits; are the columns shifted?',
      'table.csv:12  bad_code  "new_code" is "", but must be a code of 5 digits; are the columns shifted?',
      'table.csv:13  bad_code  "old_district" is "0087", but must be a code of 3 digits; are the columns shifted?',
    ],
  ],
  [
    'a commune without its code',
    tableWith({ 14: { old_code: '', old_code_as_published: '' }, 15: { old_code: '', old_name: '' } }),
    [
      'table.csv:14  missing_code  "old_code" is empty, but the row names "Xã Việt Tiến"',
      'table.csv:15  missing_code  "old_code" is empty, but the row names nothing',
    ],
  ],
  [
    'a table without a column',
    csvOf(
      baoYenRows(),
      header.filter((name) => name !== 'new_code'),
    ),
    ['table.csv:1  missing_column  there is no column "new_code"'],
  ],
  [
    'another file',
    'What is the meaning of this?\n',
    [
      'table.csv:1  unknown_column  "What is the meaning of this?" is not a column of this table',
      ...header
        .filter((name) => name !== 'old_code_as_published' && name !== 'note_vi')
        .map((name) => `table.csv:1  missing_column  there is no column "${name}"`),
    ],
  ],
];

t.test('tables that cannot be used', async (t) => {
  const { database, load } = await fewPlaces(t);
  const before = await sizesOf(database);
  for (const [what, content, faults] of cases) {
    await t.test(titleOf(what, faults), async (t) => {
      t.strictSame(await linesOf(() => load(fileOf(t, content))), faults);
    });
  }
  await t.test('shifted columns: the first faults and how many more there are', async (t) => {
    const rows = [...baoYenRows(), ...baoYenRows()];
    const shifted = rows.map((row) => {
      const cells = header.map((name) => row[name]);
      return Object.fromEntries(header.map((name, at) => [name, cells[at - 1] ?? '']));
    });
    const refused = load(fileOf(t, csvOf(shifted)));
    const error = await refused.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    t.match(error, {
      message: 'The table cannot be used; nothing was written.',
      more: 52,
      faults: { length: 50, 49: { line: 18 } },
    });
    t.strictSame((await linesOf(() => load(fileOf(t, csvOf(shifted))))).slice(0, 3), [
      `table.csv:2  unknown_relation  "relation" is "Xã Bảo Yên", but must be ${words}`,
      'table.csv:2  bad_code  "old_province" is "", but must be a code of 2 digits; are the columns shifted?',
      'table.csv:2  bad_code  "new_province" is "Thị trấn Phố Ràng", but must be a code of 2 digits; are the columns shifted?',
    ]);
  });
  await t.test('typed facts that cannot be used', async (t) => {
    const seeds = t.testdir({ gazetteer: { 'a.yml': 'crosswalks: []' } });
    const load2 = (folder: string) => linesOf(() => load(fileOf(t, csvOf(baoYenRows())), { seeds: folder }));
    t.strictSame(await load2(seeds), [
      'gazetteer/a.yml:1:1  unknown_section  "crosswalks" is not a section of a seed file',
    ]);
    t.strictSame(await load2(seedsOf.fixture), [
      `missing_folder  there is no folder ${seedsOf.fixture}/gazetteer`,
    ]);
  });
  await t.test('a misprint that no typed fact explains is a fault', async (t) => {
    const seeds = t.testdir({ gazetteer: {} });
    const lines = (row: Partial<Row>) => linesOf(() => load(fileOf(t, csvOf([row])), { seeds }));
    t.strictSame(await lines(misprintedRow), [
      'table.csv:2  wrong_name  01615 is "Hồng Quang", but the row names "Xã Mỹ Hưng"; did you mean "01651"?',
    ]);
    t.match(
      (await lines({ ...misprintedRow, old_code: '91651', old_name: 'Xã Xuân Trúc Lâm' })).join(),
      /unknown_unit .*; did you mean "\d{5}"\?$/,
    );
  });
  t.equal(await sizesOf(database), before, 'nothing was written');
});

t.test('rows about units that no change of the day made or ended are refused as no_change', async (t) => {
  const { database, load } = await fewPlaces(t);
  await database.pool.query(
    `delete from place_links where to_id = 'place_version:02998@2025-07-01' and from_id like '%029%'
     or from_id in (select id from place_versions where level = 'district' and code = '318')`,
  );
  t.strictSame(await linesOf(() => load(fileOf(t, csvOf([...baoYenRows().slice(-1), zone])))), [
    'table.csv:2  no_change  the database has no change of 2025-07-01 that made or ended commune 02998 (Phúc Khánh)',
    'table.csv:3  no_change  the database has no change of 2025-07-01 that made or ended district 318 (Bạch Long Vĩ)',
  ]);
});

t.test('a database without places, or without tables, is refused', async (t) => {
  const path = fileOf(t, csvOf(baoYenRows()));
  await t.rejects(importCrosswalk(await migratedDatabase(t), path, { seeds: seedsFolder }), {
    message: 'The database holds no places. Run `govdata seed` first.',
  });
  const bare = connect((await testDatabase(t)).url, { role: 'writer' });
  t.teardown(() => bare.close());
  await t.rejects(importCrosswalk(bare, path, { seeds: seedsFolder }), {
    message: 'The database is not migrated. Run `govdata migrate` first.',
  });
});
