/** That what stands in a CSV file can be had back: any rows, by a foreign reader and the rules that are told. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import t from 'tap';
import { columnsOf } from '../../../src/routes/formats/columns.ts';
import { csvOf } from '../../../src/routes/formats/csv.ts';
import { runsOr } from '../../deep.ts';
import { emptyRow, everyType, madeFile, written } from './made.ts';

const columns = columnsOf(everyType);

/** The values of a list, told apart at separators that have no backslash before them. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  for (const [piece] of text.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (piece === separator) parts.push('');
    else parts.push(`${parts.pop()}${piece}`);
  }
  return text === '' ? [] : parts;
}
const plainly = (text: string): string | null => {
  const value = text.replace(/\\([\s\S])/g, '$1').replace(/^'('*[=+\-@\t\r\n＝＋－＠])/, '$1');
  return value === '' ? null : value;
};
const numberOf = (text: string): number | null => (text === '' ? null : Number(text));

/** Text in which what matters to the format is frequent. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '=', '+', '-', '@', '＝', '\t', '\r', '\n', ',', ';', '"', '\\', ' ', '1', 'đ'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => !/\p{Cs}|\0/u.test(one)),
  ),
  minLength: 1,
  maxLength: 12,
});
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one));
const row = fc.record({
  id: text,
  text: orNull(text),
  number: orNull(number),
  integer: orNull(fc.maxSafeInteger()),
  boolean: orNull(fc.boolean()),
  date: orNull(fc.constantFrom('2024-02-29', '1887-01-01')),
  instant: orNull(fc.constant('2026-11-22T05:00:00.123Z')),
  json: orNull(fc.dictionary(text, text, { noNullPrototype: true })),
  // One value that is null cannot be told from none.
  texts: fc.array(orNull(text), { maxLength: 4 }).filter((list) => list.length !== 1 || list[0] !== null),
  numbers: fc.array(number, { maxLength: 4 }),
  groups: fc.array(fc.record({ marks: fc.array(text, { minLength: 1, maxLength: 3 }) }), { maxLength: 3 }),
});

t.test('any rows survive a CSV file, in figures and texts', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const file = (await written(csvOf, madeFile(rows, { sizes: [3, 1] }))).toString('utf8');
      const [header, ...lines] = parse(file, { record_delimiter: '\r\n' });
      t.strictSame(
        header,
        columns.map(({ name }) => name),
      );
      const read = lines.map((cells: string[]) => {
        const at = Object.fromEntries(columns.map(({ name }, index) => [name, cells[index] ?? '']));
        const [cell] = [(name: string): string => String(at[name])];
        return {
          id: plainly(cell('id').replaceAll('\\', '\\\\')),
          text: plainly(cell('text').replaceAll('\\', '\\\\')),
          number: numberOf(cell('number')),
          integer: numberOf(cell('integer')),
          boolean: cell('boolean') === '' ? null : cell('boolean') === 'true',
          date: cell('date') || null,
          instant: cell('instant') || null,
          json: cell('json') === '' ? null : JSON.parse(cell('json')),
          texts: split(cell('texts'), ';').map(plainly),
          numbers: split(cell('numbers'), ';').map(numberOf),
          groups: split(cell('groups_marks'), ';').map((marks) => ({
            marks: split(marks, ',').map(plainly),
          })),
        };
      });
      if (JSON.stringify(read) !== JSON.stringify(rows)) t.strictSame(read, rows);
    }),
    { numRuns: runsOr(200) },
  );
});

t.test(
  'it is CSV of RFC 4180 to the letter: CRLF, quotes where they are needed, no byte order mark',
  async (t) => {
    const rows = [
      { ...emptyRow, text: 'a,b', texts: ['say "x"', 'two\nlines'] },
      { ...emptyRow, id: 'đ', number: -5, numbers: [-1, 2.5] },
      { ...emptyRow, id: 'a\nb', text: 'c\rd' },
    ];
    const bytes = await written(csvOf, madeFile(rows));
    t.equal(
      bytes.toString('utf8'),
      'id,text,number,integer,boolean,date,instant,json,texts,numbers,groups_marks\r\n' +
        'x,"a,b",,,,,,,"say ""x"";two\nlines",,\r\n' +
        'đ,,-5,,,,,,,-1;2.5,\r\n' +
        '"a\nb","c\rd",,,,,,,,,\r\n',
    );
    t.equal(bytes.subarray(0, 3).toString('latin1'), 'id,');
  },
);

t.test('no text is a formula, in a list neither; what is a figure stays one', async (t) => {
  const starts = ['=1', '+1', '-1', '@a', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠a', "'=1", "''+1"];
  const file = (
    await written(
      csvOf,
      madeFile(starts.map((start) => ({ ...emptyRow, text: start, texts: ['a', start], number: -1 }))),
    )
  ).toString('utf8');
  const lines: string[][] = parse(file, { record_delimiter: '\r\n', from_line: 2 });
  t.strictSame(
    lines.map((cells) => [cells[1], cells[8], cells[2]]),
    starts.map((start) => [`'${start}`, `a;'${start}`, '-1']),
  );
  const harmless = ['a=1', "'tis", '1-2', ' =1', "it's"];
  const others = (
    await written(csvOf, madeFile(harmless.map((one) => ({ ...emptyRow, text: one }))))
  ).toString();
  t.strictSame(
    parse(others, { from_line: 2 }).map((cells: string[]) => cells[1]),
    harmless,
  );
});
