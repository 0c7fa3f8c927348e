import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { keepImported } from '../../../src/import/imported.ts';
import { listReleases } from '../../../src/import/releases.ts';
import { rollback } from '../../../src/import/rollback.ts';
import { seed } from '../../../src/import/seed.ts';
import { importTable } from '../../../src/import/table/import.ts';
import { seedsOf, writableDatabase } from '../../service.ts';
import { described, faultsOf, filesOf, load, oneColumn, statuses } from './made.ts';
import { sheetOf, workbook } from './workbooks.ts';

const spec = described(oneColumn, statuses);
const table = `Province,2015,Prel. 2016
Ha Noi,1.5,2
TP Ho Chi Minh,3,
"Thua Thien - Hue",4,5
`;

t.test('a table becomes figures, each with its cell, in one release', async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const held = async () =>
    (
      await database.pool.query<{ line: string }>(
        `select concat_ws(' ', id, place_version_id, period_label, scenario, value, unit, row_number, column_name, flags) as line
         from observations where dataset_id = 'dataset:made' and until_release is null order by id collate "C"`,
      )
    ).rows.map(({ line }) => line.replace('observation:made-', ''));
  const figures = [
    'ha-noi-01-made_up-2015 place_version:01@2008-08-01 2015 actual 1.5 persons 2 2015 {}',
    'ha-noi-01-made_up-2016 place_version:01@2008-08-01 2016 preliminary 2 persons 2 Prel. 2016 {}',
    'ho-chi-minh-79-made_up-2015 place_version:79 2015 actual 3 persons 3 2015 {}',
    'thua-thien-hue-46-made_up-2015 place_version:46 2015 actual 4 persons 4 2015 {}',
    'thua-thien-hue-46-made_up-2016 place_version:46 2016 preliminary 5 persons 4 Prel. 2016 {}',
  ];

  t.match(await load(t, database, spec, table, { dryRun: true }), { made: false, figures: { added: 5 } });
  t.strictSame(await held(), [], 'a preview writes nothing');
  const lines: string[] = [];
  const report = await load(t, database, spec, table, { log: (line) => lines.push(line), progressMs: 0 });
  t.match(report, {
    release: 2,
    made: true,
    figures: { added: 5, revised: 0, withdrawn: 0, left: 0 },
    leftOut: { missing: 1, rows: 0 },
    counts: { added: 7, revised: 0, withdrawn: 0 },
    file: { name: 'made.csv', encoding: 'utf-8', delimiter: ',', sheet: null },
  });
  t.match(lines.shift(), /^reading made.csv: 5 figures, \d+ a second, about \d+ s left$/);
  t.match(lines.pop(), /^writing made.csv: 5 figures, \d+ a second, about 0 s left$/);
  t.strictSame(lines, ['read 5 figures of made.csv', 'writing what differs of 5 figures']);
  t.strictSame(await held(), figures);

  t.match(await load(t, database, spec, table), { made: false, figures: { left: 5 } }, 'the same makes none');
  t.match(await seed(database, { folder: seedsOf.provinces }), { made: false }, 'and a seed leaves it alone');

  const later = table
    .replace('Prel. 2016', '2016')
    .replace('"Thua Thien - Hue",4,5', 'Can Tho,400,6')
    .replace('3,', '3.0,');
  const revised = await load(t, database, spec, later, { note: 'Of the next year.' });
  t.match(revised, {
    release: 3,
    figures: { added: 2, revised: 1, withdrawn: 2, left: 2 },
    breaks: [{ row: 4, column: '2016', before: 400, after: 6, since: '2015' }],
  });
  t.strictSame(await held(), [
    'can-tho-92-made_up-2015 place_version:92 2015 actual 400 persons 4 2015 {}',
    'can-tho-92-made_up-2016 place_version:92 2016 actual 6 persons 4 2016 {}',
    'ha-noi-01-made_up-2015 place_version:01@2008-08-01 2015 actual 1.5 persons 2 2015 {}',
    'ha-noi-01-made_up-2016 place_version:01@2008-08-01 2016 actual 2 persons 2 2016 {}',
    'ho-chi-minh-79-made_up-2015 place_version:79 2015 actual 3 persons 3 2015 {}',
  ]);
  const changed = await load(t, database, spec, later.replace('1.5', '9'), { dryRun: true });
  t.match(changed.largest, [
    { id: 'observation:made-ha-noi-01-made_up-2015', row: 2, before: 1.5, after: 9 },
  ]);

  t.match(await rollback(database, 2), {
    release: 4,
    made: true,
    counts: { added: 2, revised: 2, withdrawn: 2 },
  });
  t.strictSame(await held(), figures, 'a rollback brings back what the file before had');
  const releases = (await listReleases(database)).reverse();
  t.strictSame(
    releases.map(({ note }) => note),
    [null, 'Import of made.csv by made.yml.', 'Of the next year.', 'Rollback to release 2.'],
  );
  t.equal(releases[3]?.hash, releases[1]?.hash);
  t.match(await rollback(database, 1), { counts: { added: 0, withdrawn: 7 } });
  t.strictSame(await held(), []);
});

t.test('a workbook, with two lines of header, dimensions in a column and time in another', async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const cell = (text: string | number, at: string) =>
    typeof text === 'number'
      ? `<c r="${at}"><v>${text}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = [
    ['A title'],
    ['Province', 'Month', 'Sex', 'Persons', 'Share'],
    ['', '', '', 'in thousands', 'of all'],
    ['Hà Nội', '7/2015', 'M', 1.25, 50],
    ['Hà Nội', '7/2015', 'F', '1 250,5', 250],
    ['Regions *', '7/2015', 'F', 'x', 'x'],
  ];
  const sheet = sheetOf(
    rows
      .map(
        (row, y) =>
          `<row r="${y + 1}">${row.map((text, x) => cell(text, `${'ABCDE'[x]}${y + 1}`)).join('')}</row>`,
      )
      .join(''),
  );
  const text = described(
    `  - {header: Persons in thousands, indicator: 'indicator:made_up', scale: 1000, dimensions: {age: all}}
  - {header: Share of all, indicator: 'indicator:made_up', measure: share, unit: percent, range: [0, 100]}`,
    `  skip: [Regions]
  names: {Nobody: 'place:can-tho-92'}
time: {column: Month, form: '{month}/{year}'}
dimensions: {sex: {column: Sex, values: {M: male, F: female}}}
file: {sheet: Data, header: [2, 3], merged: true, decimal: ',', thousands: ' ', footnotes: ['*']}`,
  );
  const report = await load(t, database, text, await workbook({ Data: sheet }), { name: 'made.xlsx' });
  t.match(report, {
    figures: { added: 4 },
    leftOut: { rows: 1, missing: 0 },
    file: { sheet: 'Data', encoding: null },
  });
  t.match(report.outOfRange, {
    count: 1,
    first: [{ row: 5, column: 'Share of all', place: 'Hà Nội', value: '250' }],
  });
  const { rows: found } = await database.pool.query<{ line: string }>(
    `select concat_ws(' ', id, value::float8, unit, measure, dimensions, sheet) as line from observations where dataset_id is not null order by id collate "C"`,
  );
  t.strictSame(
    found.map(({ line }) => line),
    [
      'observation:made-ha-noi-01-made_up-age.all-sex.female-2015-07 1250500 persons value {"age": "all", "sex": "female"} Data',
      'observation:made-ha-noi-01-made_up-age.all-sex.male-2015-07 1250 persons value {"age": "all", "sex": "male"} Data',
      'observation:made-ha-noi-01-made_up-share-sex.female-2015-07 250 percent share {"sex": "female"} Data',
      'observation:made-ha-noi-01-made_up-share-sex.male-2015-07 50 percent share {"sex": "male"} Data',
    ],
  );
});

t.test(
  'columns without a header or with one of another, codes for places, and times of several parts',
  async (t) => {
    const { database } = await writableDatabase(t, 'provinces');
    const held = async (spec: string, table: string) => {
      await load(t, database, spec, table);
      const { rows } = await database.pool.query<{ line: string }>(
        `select concat_ws(' ', id, value::float8, column_name) as line from observations
       where dataset_id = 'dataset:made' and until_release is null order by id collate "C"`,
      );
      return rows.map(({ line }) => line.replace('observation:made-', ''));
    };
    const unnamed = described(
      `  - {header: 'Men {year}', indicator: 'indicator:made_up', dimensions: {sex: male}}
  - {header: 'Women {year}', indicator: 'indicator:made_up', dimensions: {sex: female}}`,
      'file: {headers: {A: Province, B: Men 2015, C: Women 2015, D: Kind}}\nignore: [Kind]',
    );
    t.strictSame(await held(unnamed, ',2015,2015,\nHa Noi,1,2,x\n'), [
      'ha-noi-01-made_up-sex.female-2015 2 Women 2015',
      'ha-noi-01-made_up-sex.male-2015 1 Men 2015',
    ]);
    t.strictSame(await faultsOf(load(t, database, unnamed, ',2015,2015\nHa Noi,1,2\n')), [
      'The table does not fit its description.',
      'made.yml:6:59  no_such_column  the header of made.csv has 3 columns, and so no column D',
    ]);
    const parts = described(
      "  - {header: Value, indicator: 'indicator:made_up'}",
      `  by: code\n  names: {XX: 'place:viet-nam'}\ntime: {column: [Year, Month], form: '{year} {month}'}`,
    );
    const table =
      'Province,Year,Month,Value\n01,2015,Jan,1\n1,2015,February,2\n79,2015,3,3\nXX,2015,Mar.,4\n';
    t.strictSame(await held(parts, table), [
      'ha-noi-01-made_up-2015-01 1 Value',
      'ha-noi-01-made_up-2015-02 2 Value',
      'ho-chi-minh-79-made_up-2015-03 3 Value',
      'viet-nam-made_up-2015-03 4 Value',
    ]);
    const days = parts.replace("[Year, Month], form: '{year} {month}'", "Day, form: '{day}/{month}/{year}'");
    t.strictSame(
      await faultsOf(
        load(t, database, parts, 'Province,Year,Month,Value\n03,2015,Jan,1\nHa Noi,2015,Mai,1\n'),
      ),
      [
        'The table cannot be used; nothing was written.',
        'made.csv:2  unknown_place  no province has the code "03"',
        'made.csv:3  bad_year  "Year" and "Month" is "2015 Mai", which is no time that figures are of',
      ],
    );
    t.strictSame(await faultsOf(load(t, database, days, 'Province,Day,Value\n01,30/2/2015,1\n')), [
      'The table cannot be used; nothing was written.',
      'made.csv:2  bad_year  "Day" is "30/2/2015", which is no time that figures are of',
    ]);
  },
);

t.test('a place that a person has decided on is bound to its nearest version, and flagged', async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const text = described(
    oneColumn,
    `  names: {Old Ha Tay: 'place:ha-tay-28', Hue: 'place:thua-thien-hue-46'}\n${statuses}`,
  );
  await load(t, database, text, 'Province,2007,2012\nOld Ha Tay,1,2\nHue,3,4\n');
  const { rows } = await database.pool.query<{ line: string }>(
    `select concat_ws(' ', place_version_id, period_label, flags) as line from observations where dataset_id is not null order by id collate "C"`,
  );
  t.strictSame(
    rows.map(({ line }) => line),
    [
      'place_version:28 2007 {}',
      'place_version:28 2012 {place_version_assumed}',
      'place_version:46 2007 {}',
      'place_version:46 2012 {}',
    ],
  );
});

t.test(
  'names that several tables print stand in a file of their own, and those of the table come first',
  async (t) => {
    const { database } = await writableDatabase(t, 'provinces');
    const files = filesOf(
      t,
      described(oneColumn, `  names: {South: 'place:can-tho-92'}\n  namesFile: names.yml\n${statuses}`),
      'Province,2015\nCountry,1\nSouth,2\n',
    );
    const load = (names: string | undefined) => {
      const path = join(files.folder, 'names.yml');
      if (names !== undefined) writeFileSync(path, names);
      return importTable(database, files.table, { spec: files.spec });
    };
    t.match((await faultsOf(load(undefined)))[1], /missing_file .*names\.yml cannot be read \(ENOENT\)/);
    t.strictSame((await faultsOf(load('Country: 1\nSouth: nowhere\n'))).slice(1), [
      'names.yml:1:10  unquoted  "Country": 1 is read as a number here; put it in quotes: \'1\'',
      'names.yml:2:8  bad_format  "South" is "nowhere", but must be an id such as place:…',
    ]);
    t.strictSame((await faultsOf(load(''))).slice(1), [
      'names.yml:1  empty_spec  the file of names is empty',
    ]);
    t.strictSame((await faultsOf(load('Country: place:nowhere\n'))).slice(1), [
      'names.yml:1:1  unknown_place  place:nowhere is no place of the current release',
    ]);
    t.match(await load('Country: place:viet-nam\nSouth: place:da-nang-48\n'), { figures: { added: 2 } });
    const { rows } = await database.pool.query<{ id: string; spec: string }>(
      `select o.id, d.spec from observations o join datasets d on d.id = o.dataset_id order by o.id collate "C"`,
    );
    t.strictSame(
      rows.map(({ id }) => id),
      ['observation:made-can-tho-92-made_up-2015', 'observation:made-viet-nam-made_up-2015'],
    );
    t.match(rows[0]?.spec, /\n# names\.yml:\n# Country: place:viet-nam\n# South: place:da-nang-48\n$/);
    const bare = filesOf(
      t,
      described(oneColumn, `  namesFile: names.yml\n${statuses}`),
      'Province,2015\nCountry,1\n',
    );
    writeFileSync(join(bare.folder, 'names.yml'), 'Country: place:viet-nam\n');
    t.match(await importTable(database, bare.table, { spec: bare.spec, dryRun: true }), {
      figures: { left: 1, withdrawn: 1 },
    });
    t.match(
      await load('Country: place:viet-nam\n'),
      { made: true, figures: { left: 2 } },
      'other names, another description',
    );
  },
);

t.test('what is wrong in the rows is told with the row, and nothing is written', async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const told = async (text: string, rows: string) =>
    (await faultsOf(load(t, database, text, rows))).map((line) => line.replace('made.csv:', ''));
  t.strictSame(
    await told(
      spec,
      `Province,2015,2016
Ha Nio,1,2
Ha Tay,1,
Can Tho,"1,5",2 %
Can Tho,1
Can Tho,1,2,3
Thanh Hoa,x,2
`,
    ),
    [
      'The table cannot be used; nothing was written.',
      '2  unknown_place  no province is called "Ha Nio"',
      '3  unknown_place  "Ha Tay" was no province in 2015; did you mean "place:ha-tay-28"?',
      '4  bad_number  column "2015": "1,5" has a comma where the spec says that the decimal mark is a dot',
      '4  bad_number  column "2016": "2 %" has a percent sign, which the spec does not allow here',
      '5  wrong_cells  the row has 2 cells, but there are 3 columns',
      '6  wrong_cells  the row has 4 cells, but there are 3 columns',
      '7  bad_number  column "2015": "x" has "x", which is no part of a number',
    ],
  );
  // Found by fuzzing: the first was served as another number, the second ended the command with a trace of calls.
  t.strictSame(await told(spec, `Province,2015\nCan Tho,12345678901234567\nHa Noi,${'1'.repeat(400)}\n`), [
    'The table cannot be used; nothing was written.',
    '2  too_many_digits  column "2015": 12345678901234567 would be served as 12345678901234568, since a figure is a JSON number',
    `3  too_many_digits  column "2015": ${'1'.repeat(40)} would be served as Infinity, since a figure is a JSON number`,
  ]);
  t.strictSame(await told(spec, 'Province,2015\nCan Tho,1\nCần Thơ,2\nHa Noi,3\n'), [
    'The table cannot be used; nothing was written.',
    '3  duplicate_cell  2 cells are of one place, series and time: row 2, "2015"; row 3, "2015"',
  ]);
  t.strictSame(await told(spec, '2015,Province\n1\n'), [
    'The table cannot be used; nothing was written.',
    '2  wrong_cells  the row has 1 cells, but there are 2 columns',
  ]);
  const long = described(
    `  - {header: Rank, indicator: 'indicator:made_up', measure: rank}`,
    `time: {column: Year}\ndimensions: {sex: {column: Sex, values: {M: male}}}\n`,
  );
  t.strictSame(
    await told(
      long,
      'Province,Year,Sex,Rank\nCan Tho,15,M,1\nCan Tho,1066,M,1\nCan Tho,2015,X,1\nCan Tho,2015,M,1.5\nDa Nang,2015,M,0\nHa Noi,2015,M,3\n',
    ),
    [
      'The table cannot be used; nothing was written.',
      '2  bad_year  "Year" is "15", which is no time that figures are of',
      '3  bad_year  "Year" is "1066", which is no time that figures are of',
      '4  unknown_value  "Sex" is "X", which the description does not have',
      '5  bad_rank  column "Rank": 1.5 is no rank, which is a whole number from 1',
      '6  bad_rank  column "Rank": 0 is no rank, which is a whole number from 1',
    ],
  );
  t.strictSame(await told(long, 'Provinze,Rank\nCan Tho,1\n'), [
    'The table does not fit its description.',
    '1  unknown_column  column "Provinze" is not described; describe it, or name it in "ignore"',
  ]);
  t.strictSame(await told(long, 'Province,Rank\nCan Tho,1\n'), [
    'The table does not fit its description.',
    '1  missing_column  there is no column "Year"',
    '1  missing_column  there is no column "Sex"',
  ]);
  const manyDimensions = described(
    `  - {header: '{year}', indicator: 'indicator:made_up', dimensions: {${'abcdefgh'
      .split('')
      .map((one) => `${one}: ${one.repeat(20)}`)
      .join(', ')}}}`,
  );
  t.match(await told(manyDimensions, 'Province,2015\nCan Tho,1\n'), [
    'The table cannot be used; nothing was written.',
    /long_id {2}the id .* has more than 150 characters/,
  ]);
  const allLeftOut = described(
    oneColumn,
    `  skip: ['*']\n  names: {Nobody: 'place:can-tho-92'}\n${statuses}`,
  );
  t.strictSame(await told(allLeftOut, 'Province,2015\nCan Tho,1\n'), [
    'The table cannot be used; nothing was written.',
    'made.csv  no_figures  there is no figure in the table; does the description leave all of it out?',
  ]);
  const blank = described(oneColumn, `${statuses}\nfile: {header: [2]}`);
  t.strictSame(await told(blank, 'A title\n\nProvince,2015\n'), [
    'The table does not fit its description.',
    'made.yml:7:8  no_header  line 2 of made.csv is blank, and so no header',
  ]);
  const beyond = described(oneColumn, `${statuses}\nfile: {header: [9]}`);
  t.match((await told(beyond, 'Province,2015\nCan Tho,1\n'))[1], /no_header {2}line 9 of made.csv is blank/);
  const { rows } = await database.pool.query('select from releases');
  t.equal(rows.length, 1);
});

t.test(
  'indicators and places of a description that nothing has, or that the seed files have otherwise',
  async (t) => {
    const { database } = await writableDatabase(t, 'provinces');
    const told = async (text: string) => faultsOf(load(t, database, text, 'Province,2015\nCan Tho,1\n'));
    t.match(
      await told(
        spec
          .replace(/indicators:[\s\S]*columns:/, 'columns:')
          .replace('indicator: indicator:made_up', 'indicator: indicator:unheard_of'),
      ),
      [
        'The description of the table cannot be used.',
        /unknown_indicator {2}indicator:unheard_of is no indicator of the current release; describe it under "indicators"/,
      ],
    );
    t.match(await told(spec.replaceAll('indicator:made_up', 'indicator:poverty_rate')), [
      'The description of the table cannot be used.',
      /other_unit {2}indicator:poverty_rate is in the seed files, in percent/,
    ]);
    t.match(await told(described(oneColumn, `  names: {A: 'place:nowhere'}\n${statuses}`)), [
      'The description of the table cannot be used.',
      /made.yml:6:11 {2}unknown_place {2}place:nowhere is no place of the current release/,
    ]);
    const communes = described(oneColumn, `  level: commune\n${statuses}`);
    t.match(
      (await told(communes.replace('Province', 'Province')))[1],
      /unknown_place {2}no commune is called "Can Tho"/,
    );
    const ambiguous = await faultsOf(load(t, database, communes, 'Province,2023\nTân Lập,1\n'));
    t.match(ambiguous[1], /unknown_place {2}"Tân Lập" is the name of \d+ units of 2023: place:/);
  },
);

t.test('an indicator goes with the last table that brings it, and one of the seed files stays', async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const other = spec.replace('dataset:made', 'dataset:other').replaceAll('Made up', 'Made up too');
  const indicator = async () =>
    (
      await database.pool.query<{ name: string; cited: string }>(
        `select i.name->>'en' as name, (select string_agg(c.dataset_id, ' ' order by c.dataset_id) from citations c where c.fact_id = i.id and c.until_release is null) as cited
         from indicators i where i.id = 'indicator:made_up' and i.until_release is null`,
      )
    ).rows[0];
  await load(t, database, spec, table);
  await load(t, database, other, table);
  t.strictSame(await indicator(), { name: 'Made up too', cited: 'dataset:made dataset:other' });
  const seeded = (text: string) =>
    text
      .replace(/indicators:[\s\S]*columns:/, 'columns:')
      .replaceAll('indicator:made_up', 'indicator:poverty_rate');
  t.match(await load(t, database, seeded(other), table), {
    byType: [{ type: 'citation' }, { type: 'dataset' }, { type: 'observation' }],
  });
  t.strictSame(await indicator(), { name: 'Made up too', cited: 'dataset:made' });
  await load(t, database, seeded(spec), table);
  t.equal(await indicator(), undefined);
  const declared = seeded(spec).replace(
    'columns:',
    `indicators:
  - {id: 'indicator:poverty_rate', name: {en: Other}, definition: {en: Other}, unit: percent, topic: a, direction: up, additive: true}
columns:`,
  );
  t.match(
    await load(t, database, declared, table),
    { byType: [{ type: 'dataset', revised: 1 }] },
    'the description alone has changed',
  );
  t.match(await seed(database, { folder: seedsOf.provinces }), { made: false });
});

t.test('a seed file that names an indicator of a table takes it over', async (t) => {
  const held = new Map([
    ['indicators', [{ id: 'indicator:a' }, { id: 'indicator:b' }]],
    [
      'citations',
      [
        { id: 'c', fact_id: 'indicator:a', dataset_id: 'd' },
        { id: 'e', fact_id: 'indicator:b', dataset_id: 'd' },
      ],
    ],
    ['datasets', [{ id: 'd' }]],
  ] as const);
  const kept = keepImported(new Map([['indicators', [{ id: 'indicator:a', code: 'a' }]]]), held);
  t.strictSame(kept.get('indicators'), [{ id: 'indicator:a', code: 'a' }, { id: 'indicator:b' }]);
  t.strictSame(kept.get('citations'), [{ id: 'e', fact_id: 'indicator:b', dataset_id: 'd' }]);
});
