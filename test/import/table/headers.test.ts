import t, { type Test } from 'tap';
import { formOf } from '../../../src/import/table/form.ts';
import { figureColumns, headerOf, seriesOf } from '../../../src/import/table/headers.ts';
import { readSpec } from '../../../src/import/table/spec.ts';
import { matcher, tidy, withoutMarks } from '../../../src/import/table/texts.ts';
import { described, filesOf, oneColumn, statuses } from './made.ts';

const of = async (t: Test, spec: string, headers: string[]) => {
  const { columns, faults } = figureColumns(await readSpec(filesOf(t, spec, '').spec), headers, {
    file: 'made.csv',
    line: 3,
  });
  return {
    columns: columns.map(
      ({ index, header, period, scenario, dimensions, exponent }) =>
        `${index} ${header}: ${period?.label} ${scenario} ${JSON.stringify(dimensions)} e${exponent}`,
    ),
    faults: faults.map(({ code, message, suggestion, line }) =>
      `${line} ${code} ${message} ${suggestion ?? ''}`.trim(),
    ),
    series: columns.map(seriesOf),
  };
};

t.test('the form of a header', async (t) => {
  const known = { statuses: { 'Prel.': 'preliminary', '(*)': 'preliminary' } } as const;
  const groups = { groups: { 'Quintile 1': {}, 'Quintile 10': {}, 'A+B': {} } };
  const said = (form: string, text: string) => {
    const found = formOf(form, known, groups)(text);
    return found && [found.period, found.status, found.group];
  };
  t.strictSame(said('{group} {status} {year}', 'Quintile 10 Prel. 2016'), ['2016', 'Prel.', 'Quintile 10']);
  t.strictSame(said('{group} {status} {year}', 'A+B 2015'), ['2015', undefined, 'A+B']);
  t.strictSame(said('{status} {year}', 'Prel.2016'), ['2016', 'Prel.', undefined]);
  t.strictSame(said('{year} {status} Area (Km2)', '2016 (*) Area (Km2)'), ['2016', '(*)', undefined]);
  t.strictSame(said('{year} {status}  Area (Km2)', '2015 Area (Km2)'), ['2015', undefined, undefined]);
  t.strictSame(said('{year} {status}', '2015'), ['2015', undefined, undefined]);
  t.strictSame(said('{year} {status}', '2016(*)'), ['2016', '(*)', undefined]);
  t.strictSame(said('Q{quarter}/{year}', 'QIV/2015'), ['2015-10-01/2015-12-31', undefined, undefined]);
  t.strictSame(said('Q{quarter}/{year}', 'Q1/2015'), ['2015-01-01/2015-03-31', undefined, undefined]);
  t.strictSame(said('{month}.{year}', '7.2015'), ['2015-07', undefined, undefined]);
  const period = (form: string, text: string) => said(form, text)?.[0];
  for (const text of ['March 2016', 'mar 2016', 'MAR. 2016', '3 2016', '03 2016']) {
    t.equal(period('{month} {year}', text), '2016-03', text);
  }
  t.equal(period('{month}-{year}', 'Sept-2016'), '2016-09');
  t.equal(period('{year} {month}', '2016 May'), '2016-05');
  t.equal(period('Thg {month} {year}', 'Thg 12 2016'), '2016-12');
  t.equal(period('{day}/{month}/{year}', '31/12/2016'), '2016-12-31');
  t.equal(period('{month} {day}, {year}', 'April 1, 2009'), '2009-04-01');
  for (const text of ['Marc 2016', 'Sep. 16 2016', '13 2016', 'Tháng 2016']) {
    t.equal(period('{month} {year}', text), undefined, text);
  }
  t.strictSame(said('Value', 'Value'), [undefined, undefined, undefined]);
  t.equal(said('{year}', 'Prel. 2015'), undefined);
  t.equal(said('{group} {year}', 'Quintile 2 2015'), undefined);
});

t.test('headers of several lines, and texts', async (t) => {
  const lines = [
    ['Province', '2015', '', '2016'],
    ['', ' Total ', 'Male', 'Total', 'Male'],
  ];
  t.strictSame(headerOf(lines, true), ['Province', '2015 Total', '2015 Male', '2016 Total', '2016 Male']);
  t.strictSame(headerOf(lines, false), ['Province', '2015 Total', 'Male', '2016 Total', 'Male']);
  t.equal(tidy(' a\u00a0 b\n'), 'a b');
  t.equal(withoutMarks('Hanoi (1) *', ['*', '(1)']), 'Hanoi');
  t.equal(withoutMarks('*', ['*']), '*', 'a mark alone is a text');
  const skip = matcher(['Red  River', 'Source*']);
  t.strictSame(['Red River', 'Red', 'Source: GSO', 'A Source'].map(skip), [true, false, true, false]);
});

t.test('what stands in each column', async (t) => {
  const spec = described(
    `  - header: '{group} {status} {year}'
    indicator: indicator:made_up
    scale: 1000
    dimensions: {age: all}
    groups: {Total: {}, Male: {sex: male}}
  - header: Plan {year}
    indicator: indicator:made_up
    measure: rank
    scenario: target
  - header: Count
    indicator: indicator:made_up
    period: '2016'`,
    `${statuses}\nignore: [Remark]\nfile: {footnotes: ['(*)']}`,
  );
  const headers = [
    'Province',
    'Total 2015',
    'Total Prel. 2016',
    'Male 2016(*)',
    'Plan 2017',
    'Count',
    'Remark',
    '',
  ];
  t.strictSame(await of(t, spec, headers), {
    columns: [
      '1 Total 2015: 2015 actual {"age":"all"} e3',
      '2 Total Prel. 2016: 2016 preliminary {"age":"all"} e3',
      '3 Male 2016(*): 2016 actual {"age":"all","sex":"male"} e3',
      '4 Plan 2017: 2017 target {} e0',
      '5 Count: 2016 actual {} e0',
    ],
    faults: [],
    series: [
      'made_up-age.all',
      'made_up-age.all',
      'made_up-age.all-sex.male',
      'made_up-rank-target',
      'made_up',
    ],
  });
});

t.test('what does not fit is told', async (t) => {
  const spec = described(
    `${oneColumn}
  - header: '{year} Totel'
    indicator: indicator:made_up
  - header: '2014'
    indicator: indicator:made_up
    period: '2013-02-30'
  - header: Zz
    indicator: indicator:made_up
    period: twenty`,
    statuses,
  );
  const { faults } = await of(t, spec, [
    'Province',
    '2015',
    'Prel. 2015',
    '2014',
    '1066',
    '2016 Total',
    'Zz',
  ]);
  t.strictSame(faults, [
    '3 ambiguous_column column "2014" fits two descriptions: "{status} {year}" and "2014"',
    '3 bad_year column "1066": 1066 is no time that figures are of',
    '3 unknown_column column "2016 Total" is not described; describe it, or name it in "ignore"',
    '3 bad_year column "Zz": twenty is no time that figures are of',
    '18 no_such_column no column fits "{year} Totel"',
    '3 two_columns columns "2015" and "Prel. 2015" are of one series and one time',
  ]);
  const misspelt = described("  - {header: Counts, indicator: 'indicator:made_up', period: '2016'}");
  t.strictSame((await of(t, misspelt, ['Province', 'Count'])).faults, [
    '3 unknown_column column "Count" is not described; describe it, or name it in "ignore" Counts',
    '16 no_such_column no column fits "Counts" Count',
  ]);
  const alike = await of(t, described(oneColumn.replace('{status} ', '')), ['Province', '2015', '2015']);
  t.strictSame(alike.faults, ['3 two_columns columns "2015" and "2015" are of one series and one time']);
  const once = described("  - {header: '{year} Total', indicator: 'indicator:made_up'}");
  t.match((await of(t, once, ['Province', 'Yeer Total'])).faults, [
    /unknown_column .* \{year\} Total$/,
    /no_such_column/,
  ]);
});
