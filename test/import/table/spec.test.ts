import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readSpec } from '../../../src/import/table/spec.ts';
import { columnIndex, exponentOf, lettersOf } from '../../../src/import/table/spec-values.ts';
import { described, faultsOf, filesOf, oneColumn, statuses } from './made.ts';

const read = (t: Test, text: string) => readSpec(filesOf(t, text, '').spec);

t.test('a description is read with its text and its checksum', async (t) => {
  const text = described(oneColumn, statuses);
  const { spec, ...file } = await read(t, text);
  t.match(file, { fileName: 'made.yml', text, sha256: /^[0-9a-f]{64}$/ });
  t.match(spec, { dataset: { id: 'dataset:made' }, columns: [{ indicator: 'indicator:made_up' }] });
});

t.test('everything that is wrong is told at once, with its line', async (t) => {
  const faults = await faultsOf(
    read(
      t,
      `dataset: {id: 'dataset:Made', titel: {en: Made}}
place: {column: Province, level: provinse}
columns:
  - {header: '{year}', indicator: made_up, measure: valu}
`,
    ),
  );
  t.strictSame(faults, [
    'The description of the table cannot be used.',
    'made.yml:1:10  missing_key  "dataset" needs "title"',
    'made.yml:1:15  bad_format  "id" is "dataset:Made", but must be an id such as dataset:…',
    'made.yml:1:31  unknown_key  "titel" is not a key of "dataset"',
    'made.yml:2:34  unknown_word  "level" is "provinse", but must be one of country, province, district, commune; did you mean "province"?',
    'made.yml:4:35  bad_format  "indicator" is "made_up", but must be an id such as indicator:…',
    'made.yml:4:53  unknown_word  "measure" is "valu", but must be one of value, growth, level_ratio, plan_share, rank, rank_change, share; did you mean "value"?',
  ]);
});

t.test('so is what a shape cannot say', async (t) => {
  const columns = `  - {header: '{yeer} {group}', indicator: 'indicator:a', scale: 12, range: [9, 1]}
  - {header: '{status} {year}', indicator: 'indicator:a', period: '2016', groups: {A: {}}, range: [1, 2, 3]}
  - {header: '{year} A {year}', indicator: 'indicator:a'}
  - {header: A, indicator: 'indicator:a'}`;
  const twice = described(columns).replace(
    'columns:',
    `  - {id: 'indicator:made_up', name: {en: A}, definition: {en: A}, unit: a, topic: a, direction: up, additive: true}
columns:`,
  );
  const faults = await faultsOf(read(t, twice));
  t.strictSame(
    faults.map((line) => line.replace(/^made.yml:\d+:\d+ {2}/, '')),
    [
      'The description of the table cannot be used.',
      'unused_indicator  no column is of indicator:made_up',
      'unused_indicator  no column is of indicator:made_up',
      'duplicate_id  indicator:made_up stands twice',
      'unknown_placeholder  "{yeer}" is none of {year}, {quarter}, {month}, {day}, {status}, {group}',
      'group_without_groups  a header with {group} has "groups", and no other has',
      'time_not_once  the time of the figures is said nowhere: it is {year} in the header, or "period", or "time" for all columns',
      'bad_scale  "scale" must be a power of ten, from 0.000001 to 1000000000',
      'bad_range  "range" is two numbers, the lower one first',
      'group_without_groups  a header with {group} has "groups", and no other has',
      'status_without_statuses  "statuses" must say what may stand at {status}',
      'time_not_once  the time of the figures is said more than once: it is {year} in the header, or "period", or "time" for all columns',
      'bad_range  "range" is two numbers, the lower one first',
      'placeholder_twice  "{year}" stands twice',
      'time_not_once  the time of the figures is said nowhere: it is {year} in the header, or "period", or "time" for all columns',
    ],
  );
});

t.test('a file that is no description', async (t) => {
  const { folder } = filesOf(t, '', '');
  const of = async (content: string | Buffer | undefined) => {
    const path = join(folder, 'x.yml');
    if (content !== undefined) writeFileSync(path, content);
    return (await faultsOf(readSpec(content === undefined ? join(folder, 'none.yml') : path)))[1];
  };
  t.match(await of(undefined), /missing_file {2}.*none.yml cannot be read \(ENOENT\)/);
  t.equal(await of(''), 'x.yml:1  empty_spec  the description is empty');
  t.equal(
    await of('- 1'),
    'x.yml:1:1  wrong_type  the description is a list, but must be a map of keys and values',
  );
  t.match(await of('a: ['), /^x.yml:1:5 {2}yaml_syntax/);
  t.match(await of(Buffer.from('a: \u00e9', 'latin1')), /^x.yml:1 {2}invalid_utf8/);
});

t.test('scales are powers of ten', async (t) => {
  t.strictSame([0.001, 1, 10, 1000, 1e9].map(exponentOf), [-3, 0, 1, 3, 9]);
  t.strictSame([0, -10, 12, 1e10, 1e-7, Number.NaN].map(exponentOf), Array(6).fill(undefined));
});

t.test('columns are named by the letters that spreadsheets show', async (t) => {
  t.strictSame(['A', 'Z', 'AA', 'XFD'].map(columnIndex), [0, 25, 26, 16_383]);
  t.strictSame([0, 25, 26, 16_383].map(lettersOf), ['A', 'Z', 'AA', 'XFD']);
  t.strictSame(['', 'a', '1', 'AAAA'].map(columnIndex), Array(4).fill(undefined));
  const told = await faultsOf(
    read(t, described(oneColumn, `${statuses}\nfile: {headers: {A: Province, 2: Sex, b1: Age}}`)),
  );
  t.strictSame(told.slice(1), [
    'made.yml:7:31  bad_column  "2" is no column of a spreadsheet, such as A or AB',
    'made.yml:7:39  bad_column  "b1" is no column of a spreadsheet, such as A or AB',
  ]);
});

t.test('placeholders that say nothing where they stand', async (t) => {
  const told = async (column: string, more: string) =>
    (await faultsOf(read(t, described(column, more)))).map((line) =>
      line.replace(/^.* {2}(?=[a-z_]+ {2})/, ''),
    );
  const value = "  - {header: Value, indicator: 'indicator:made_up'}";
  t.strictSame(await told(value, "time: {column: When, form: '{status} {yeer} {day}'}"), [
    'The description of the table cannot be used.',
    'unknown_placeholder  "{status}" is none of {year}, {quarter}, {month}, {day}',
    'unknown_placeholder  "{yeer}" is none of {year}, {quarter}, {month}, {day}',
    'placeholder_alone  "{day}" says nothing without "{month}"',
  ]);
  t.strictSame(
    await told(
      value.replace('Value', "'Value of {month}'"),
      "time: {column: [Year, Month], form: '{month} {year}'}",
    ),
    [
      'The description of the table cannot be used.',
      'placeholder_alone  "{month}" says nothing without "{year}"',
    ],
  );
});
