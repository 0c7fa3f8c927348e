import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { FaultsError } from '../../../src/errors.ts';
import { guessSpec } from '../../../src/import/table/guess/guess.ts';
import { readSpec } from '../../../src/import/table/spec.ts';
import { write } from './grids.ts';
import { figuresBy, filled, guessed, readText } from './guesses.ts';
import { sheetOf, workbook } from './workbooks.ts';

const datasets = new URL('../../../../shared/datasets/', import.meta.url).pathname;
const specs = new URL('../../../seeds/specs/', import.meta.url).pathname;
const skip = existsSync(datasets) ? false : 'the real tables are not at hand: ../shared/datasets';

/** With the description that a person made of it, and what only a person knows to be no places. */
const real: [file: string, spec: string, noPlaces?: string[]][] = [
  ['gso/Area, population and population density by province.csv', 'area-population-density'],
  ['gso/Average population by province.csv', 'average-population'],
  [
    'gso/Foreign direct investment projects licensed in 2016 by province.csv',
    'foreign-direct-investment-2016',
    ['Oil and gas'],
  ],
  ['gso/In-migration rate, out-migration rate and net-migration rate by province.csv', 'migration-rates'],
  ['gso/Index of Industrial production by province.csv', 'industrial-production-index'],
  ['gso/Infant mortality rate by province.csv', 'infant-mortality-rate'],
  [
    'gso/Monthly average income per capita at current prices by income quintile and by province.csv',
    'monthly-income-per-capita',
  ],
  ['gso/Number of administrative units as of 31 December by province.csv', 'administrative-units'],
  ['gso/Number of medical staff under provincial departments of health by province.csv', 'medical-staff'],
  [
    'gso/Number of pupils of general education as of 30 September by province.csv',
    'pupils-of-general-education',
    ['Pupils in universities'],
  ],
  ['gso/Poverty rate by province.csv', 'poverty-rate'],
  ['gso/Production of paddy by province.csv', 'production-of-paddy'],
  ['gso/Retail sales of goods and services at current prices by province.csv', 'retail-sales'],
  ['gso/Turnover of travelling at current prices by province.csv', 'turnover-of-travelling'],
  ['gso/Yield of paddy by province.csv', 'yield-of-paddy'],
  ['pci-2005-2016.csv', 'pci-2005-2016', ['NA']],
];
for (const [file, spec, noPlaces] of real) {
  t.test(`filled in, the guess of ${file} gives the figures of ${spec}.yml`, { skip }, async (t) => {
    const path = join(datasets, file);
    const guess = await guessSpec(path);
    await t.rejects(readText(t, guess), FaultsError, 'until it is filled in it is refused');
    const figures = await figuresBy(await readText(t, filled(guess, noPlaces)), path);
    t.strictSame(figures, await figuresBy(await readSpec(join(specs, `${spec}.yml`)), path));
    t.ok(figures.length > 100);
  });
}

t.test('a guess says what it found, and asks for what nobody can find', async (t) => {
  t.equal(
    await guessed(
      t,
      'Tỷ lệ hộ nghèo phân theo Tỉnh\n\nTỉnh;2019;Sơ bộ 2020;Ước 2021\nCẢ NƯỚC;12,5%;1.234,5%;3\nHà Nội;1,5%;-;2*\nHuế;n/a;2;oops\nĐồng bằng sông Hồng;1;2;3\nTổng số;1;2;3\n;4;5;6\nNguồn: Tổng cục Thống kê, xem chi tiết trong niên giám thống kê hằng năm;;;\n',
      'ho-ngheo.csv',
    ),
    `# A first description of ho-ngheo.csv,
# guessed from its first 9 rows that are not blank. Correct what says "look at this", and fill in what is
# empty: until then it is refused. Then see what it does: govdata import table … --spec … --dry-run

dataset:
  id: dataset:ho-ngheo # look at this: it is part of the ids of all figures
  title: {vi: Tỷ lệ hộ nghèo}
  # publisher:
  # licence:
  # retrievedOn:
  # note:
file:
  encoding: utf-8
  delimiter: ;
  header: [3]
  decimal: ','
  thousands: .
  percent: true
  missing: ['-', n/a] # look at this: 1 × "-", 1 × "n/a"; does any stand for zero?
  footnotes: ['*']
  # look at this: neither a figure nor none: "oops" in row 6
place:
  column: Tỉnh # look at this: of provinces, unless "level" says another
  names: {CẢ NƯỚC: place:viet-nam}
  skip:
    # look at this: rows that are left out; take those out that are places, and add others that are none
    - Đồng bằng sông Hồng
    - 'Nguồn: Tổng cục Thống kê, xem chi tiết trong niên giám*'
    # look at this: are these places?
    # - Tổng số
  # look at this: nothing names the place of rows 9
statuses:
  Sơ bộ: preliminary
  Ước: estimate
# look at this: of an indicator that exists already take the id, below, too, and leave out what describes it here.
indicators:
  - id: indicator:ty_le_ho_ngheo
    name: {vi: Tỷ lệ hộ nghèo}
    definition: # what exactly is counted or measured, such as {en: …}
    unit: # such as percent
    topic: # such as health
    direction: # which way is better: up, down or none
    additive: # whether figures of several places may be summed: true or false
# Ranges are those of the figures that were looked at, rounded: make them what is plausible.
columns:
  - header: '{status} {year}'
    indicator: indicator:ty_le_ho_ngheo
    range: [0, 1300]
`,
  );
});

/** Texts in a sheet, and numbers as numbers. */
const sheet = (rows: readonly (readonly (string | number)[])[]): string =>
  sheetOf(
    rows
      .map((cells, y) =>
        cells
          .map((cell, x) => {
            const at = `r="${'ABCDEFG'[x]}${y + 1}"`;
            if (cell === '') return '';
            return typeof cell === 'number'
              ? `<c ${at}><v>${cell}</v></c>`
              : `<c ${at} t="inlineStr"><is><t>${cell}</t></is></c>`;
          })
          .join(''),
      )
      .map((cells, y) => `<row r="${y + 1}">${cells}</row>`)
      .join(''),
  );
const merged = sheet([
  ['Pupils'],
  [],
  ['Province', 2015, '', 'Prel. 2016', ''],
  ['', 'Boys', 'Girls', 'Boys', 'Girls'],
  ['Ha Noi', 1, 2, 3, 4.5],
  ['Hue', 1234.5, 2, 3, 4],
]);

const fitting: [what: string, content: string, says: RegExp[], figures: string[]][] = [
  [
    'quarters, and commas between thousands that might be decimal marks',
    'Province,Q1/2023,Q2/2023\nHa Noi,"1,234","2,345"\nHue,"1,000",..\n',
    [
      /thousands: ',' # look at this: or are figures such as 1,234 fractions\?/,
      /header: Q\{quarter\}\/\{year\}/,
    ],
    [
      '2 Q1/2023 ha noi 2023-01-01/2023-03-31 1234 actual',
      '2 Q2/2023 ha noi 2023-04-01/2023-06-30 2345 actual',
      '3 Q1/2023 hue 2023-01-01/2023-03-31 1000 actual',
    ],
  ],
  [
    'months, spaces between thousands, and numbers of rows',
    'STT,Province,Total (persons) 01/2023,Total (persons) 12/2023\n1,Ha Noi,1 234,0\n2,Hue,3,0\n',
    [/"persons" is printed/, /ignore:\n +# look.*\n +- STT/, /thousands: ' '\n/],
    [
      '2 Total (persons) 01/2023 ha noi 2023-01 1234 actual',
      '2 Total (persons) 12/2023 ha noi 2023-12 0 actual',
      '3 Total (persons) 01/2023 hue 2023-01 3 actual',
      '3 Total (persons) 12/2023 hue 2023-12 0 actual',
    ],
  ],
  [
    'a time, a dimension, notes and quantities in columns, where nothing is known of the words',
    'Province,Sex,Note,1st (*),Time,1st,Pay\nHa Noi,Male,a x,2005,2015,,2\nHa Noi,Female,b y,1,2015,,2\nHue,Male,c,1,2016,,2\nHue,Female,d,1,2016,,0\n',
    [
      /time: \{column: Time\}/,
      /sex:\n +column: Sex\n +values:\n +Male: male/,
      /footnotes: \[\(\*\)\]/,
      /id: indicator:indicator_1st\n/,
    ],
    [],
  ],
  [
    'a time that has another form than years',
    'Province,Month,Pay\nHa Noi,1/2015,1\nHue,2/2015,2\n',
    [/time: \{column: Month, form: '\{month\}\/\{year\}'\}/],
    ['2 Pay ha noi 2015-01 1 actual', '3 Pay hue 2015-02 2 actual'],
  ],
  [
    'years that are part of a name beside those of the figures, and texts whose words are alike',
    'Province,A-a at 2010 prices 2014,A a at 2010 prices 2014,A-a at 2010 prices 2015,A a at 2010 prices 2015\nHa Noi,1,2,3,4\n',
    [/header: '\{group\} \{year\}'/, /\{group: a_a_at_2010_prices_2\}/],
    [
      '2 A-a at 2010 prices 2014 ha noi 2014 1 actual',
      '2 A a at 2010 prices 2014 ha noi 2014 2 actual',
      '2 A-a at 2010 prices 2015 ha noi 2015 3 actual',
      '2 A a at 2010 prices 2015 ha noi 2015 4 actual',
    ],
  ],
  [
    'columns with a time and one without, and texts with different years',
    'Province,Area,Boys 2014,Girls 2015,(*) Men 2015\nHa Noi,1,2,3,4\nBRVT,1,2,3,4\n',
    [
      /# skip:\n +# +# look at this: are these places\?\n +# +- BRVT/,
      /period: # look at this: nothing says the time/,
    ],
    [],
  ],
];
for (const [what, content, says, figures] of fitting) {
  t.test(`a guess is made of ${what}`, async (t) => {
    const path = write(t, content);
    const guess = await guessSpec(path);
    for (const one of says) t.match(guess, one);
    if (figures.length > 0) t.strictSame(await figuresBy(await readText(t, filled(guess)), path), figures);
  });
}

t.test('a header of two lines with merged cells is found in a workbook', async (t) => {
  const path = write(t, await workbook({ Notes: sheet([['a']]), Data: merged }), 'table.xlsx');
  const guess = await guessSpec(path, { sheet: 'Data' });
  t.match(guess, /sheet: Data\n {2}header: \[3, 4\]\n {2}merged: true #/);
  t.strictSame(await figuresBy(await readText(t, filled(guess)), path), [
    '5 2015 Boys ha noi 2015 1 actual',
    '5 2015 Girls ha noi 2015 2 actual',
    '5 Prel. 2016 Boys ha noi 2016 3 preliminary',
    '5 Prel. 2016 Girls ha noi 2016 4.5 preliminary',
    '6 2015 Boys hue 2015 1234.5 actual',
    '6 2015 Girls hue 2015 2 actual',
    '6 Prel. 2016 Boys hue 2016 3 preliminary',
    '6 Prel. 2016 Girls hue 2016 4 preliminary',
  ]);
});

t.test('a line of times above the header is part of it, and the unit of all figures is not', async (t) => {
  const path = write(
    t,
    await workbook({
      Data: sheet([
        ['', '', 'Unit: persons'],
        ['', 2015],
        ['Province', 'Boys', 'Girls'],
        ['Hue', 1, 0],
        ['Source: GSO'],
      ]),
    }),
  );
  const guess = await guessSpec(path);
  t.match(guess, /header: \[2, 3\]\n {2}merged: true[\s\S]*- 'Source: GSO'/);
  t.strictSame(await figuresBy(await readText(t, filled(guess)), path), [
    '4 2015 Boys hue 2015 1 actual',
    '4 2015 Girls hue 2015 0 actual',
  ]);
});

t.test('groups after the time, all of which one is, and a file with a long name', async (t) => {
  const content = 'Province,2014 Total,2014 Boys,Est. 2015 Total,Est. 2015 Boys\nHa Noi,1,2,3,4\n';
  const guess = await guessed(t, content, 'number-of-pupils-of-general-education-by-province.csv');
  t.match(guess, /id: dataset:number-of-pupils-of-general-education-by #/);
  t.match(guess, /header: '\{status\} \{year\} \{group\}'[\s\S]*Total: \{\}\n +Boys: \{group: boys\}/);
});

t.test('quantities have entries of their own', async (t) => {
  const guess = await guessed(
    t,
    'Province,2014 Birth rate,2014 Death rate,2015 Birth rate,2015 Death rate\nHa Noi,1,2,3,4\n',
  );
  t.match(guess, /header: '\{year\} Birth rate'[\s\S]*header: '\{year\} Death rate'/);
});

const told: [what: string, content: string | Buffer, says: RegExp][] = [
  [
    'a mark that only some years have',
    'Province,2014,2015,2016 (*)\nHa Noi,1,2,3\n',
    /\(\*\): # look at this: actual, prel/,
  ],
  [
    'a mark that all years have',
    'Province,2014 (*),2015 (*)\nHa Noi,1,2\n',
    /footnotes: \[\(\*\)\][\s\S]*header: '\{year\}'/,
  ],
  [
    'a place column without a header',
    ';2015;2016\nHa Noi;1;2\nHue;1;2\n',
    /headers: \{A: Place\} .*\nplace:\n {2}column: Place /,
  ],
  [
    'a place column without a header below a title',
    'Births\n;2015;2016\nHa Noi;0;0\nHue;0;0\n',
    /title: \{en: Births\}[\s\S]*range: \[0, 0\]/,
  ],
  [
    'a note that is shorter than the rows',
    'Province,1/2015,Q1/2016\nHa Noi,0,2\nHue,0,2005\nDa Nang,1,2\nNote\n',
    /skip:\n.*\n +- Note\n/,
  ],
  [
    'a time that the title alone says',
    'Projects of 2016\nProvince,Projects,Capital (*)\nHa Noi,1,2\n',
    /period: '2016' # look at this: the header says no/,
  ],
  [
    'a day that the title says',
    'Pupils as of 30 September\nProvince,2015\nHa Noi,1\n',
    /period: '\{year\}-09-30' # look/,
  ],
  ['a day in Vietnamese', 'Dân số có đến 1/7\nTỉnh,2015\nHà Nội,1\n', /period: '\{year\}-07-01' # look/],
  ['figures without a header', 'Province,2015,\nHa Noi,1,2\n', /# look at this: column C has no header/],
  [
    'an encoding that the file does not say',
    Buffer.from('Province,2015\nH\xe0 N\xf4i,1\n', 'latin1'),
    /windows-1252 # look at this: the file is not UTF-8, and this fits, as may others; is it right in "Hà Nôi"\?/,
  ],
  ['figures too great for a range', 'Province,2015\nHa Noi,9e300\n', /indicator: indicator:\w+\n$/],
  [
    'many strange texts',
    'Province,2015\nA,1\nB,2\nC,3\nD,4\nE,5\nF,6\nG,7\nH,a\nI,b\nJ,c\nK,d\nL,e\nM,f\n',
    /"e" in row 13, …/,
  ],
];
for (const [what, content, says] of told) {
  t.test(`a guess tells of ${what}`, async (t) => {
    t.match(await guessed(t, content), says);
  });
}

t.test('of a long table the beginning is enough', async (t) => {
  const rows = Array.from({ length: 2500 }, (_, index) => `Ha Noi,${index < 2100 ? index : 'none'}\n`);
  t.notMatch(await guessed(t, `Province,2015\n${rows.join('')}`), /none"/);
});

const refused: [what: string, content: string | Buffer, fault: string][] = [
  ['a letter', 'This is a letter.\nIt has no table, at all.\n', 'no_figures'],
  ['figures without a header above', 'Ha Noi,1,2\nHue,1,2\n', 'no_header'],
  ['figures without names', 'a,b\n1,2\n3,4\n', 'no_places'],
  ['names, and figures whose header is blank', 'Province,\nHa Noi,1\nHue,2\n', 'no_figures'],
  ['nothing', '', 'empty_table'],
];
for (const [what, content, code] of refused) {
  t.test(`no guess is made of ${what}`, async (t) => {
    await t.rejects(guessed(t, content), { name: 'FaultsError', faults: [{ code }] });
  });
}
