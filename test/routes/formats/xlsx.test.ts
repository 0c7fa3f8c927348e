import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import readWorkbook from 'read-excel-file/node';
import t from 'tap';
import { type Column, columnsOf, kindOf } from '../../../src/routes/formats/columns.ts';
import { textOfCell } from '../../../src/routes/formats/csv.ts';
import { xlsxOf } from '../../../src/routes/formats/xlsx.ts';
import { letters } from '../../../src/routes/formats/xlsx-sheet.ts';
import { testService } from '../../service.ts';
import { knownList, listNames, sameRows } from './lists.ts';
import { emptyRow, everyType, madeFile, written } from './made.ts';

type Sheets = Record<string, unknown[][]>;

async function sheetsOf(bytes: Buffer): Promise<Sheets> {
  const sheets = await readWorkbook(bytes, { trim: false });
  return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** What a cell should hold, by what JSON says. */
function cellOf(column: Column, value: unknown): unknown {
  const text = textOfCell(column)(value);
  if (text === '') return null;
  if (column.depth > 0 || column.type === 'text' || column.type === 'json') return text;
  if (column.type === 'date') return text < '1900-03-01' ? text : new Date(text).toISOString();
  return column.type === 'instant' ? new Date(text).toISOString() : value;
}

const read = (cell: unknown): unknown => (cell instanceof Date ? cell.toISOString() : cell);

t.test('every list is served as a workbook that reads back to what JSON says', async (t) => {
  const service = await testService(t);
  for (const name of listNames) {
    const list = await knownList(service, name);
    const { columns, address } = list;
    const { statusCode, headers, rawPayload } = await service.app.inject(address('.xlsx'));
    t.equal(statusCode, 200, name);
    t.match(headers['content-type'], /spreadsheetml/);
    const {
      [name]: [heading, ...data] = [],
      columns: described = [],
      about = [],
    } = await sheetsOf(rawPayload);
    t.strictSame(
      heading,
      columns.map((column) => column.name),
    );
    const wanted = list.rows.map((row) => row.map((value, index) => cellOf(columns[index] as Column, value)));
    sameRows(
      t,
      data.map((row) => row.map(read)),
      { ...list, rows: wanted },
      'read-excel-file',
    );
    t.strictSame(
      described.slice(1),
      columns.map((column) => [column.name, kindOf(column), column.description]),
    );
    t.match(Object.fromEntries(about), {
      release: '1',
      day: '2026-11-22',
      licence: 'Apache-2.0',
      'cells cut': /^0 /,
    });
  }
});

const columns = columnsOf(everyType);
const place = (name: string): number => columns.findIndex((column) => column.name === name);

t.test('a cell is what the value is: figures, days, moments, truth; texts are never formulas', async (t) => {
  const rows = [
    {
      ...emptyRow,
      id: '0012',
      text: '=1+1',
      number: -5.25,
      integer: 0,
      boolean: false,
      date: '2024-02-29',
      instant: '2026-11-22T05:00:00.123Z',
      json: { a: [1] },
      texts: ['a;b', null, 'c\\'],
      numbers: [1, -2],
      groups: [{ marks: ['x', 'y,z'] }, { marks: [] }],
    },
    { ...emptyRow, id: ' lead', date: '1900-02-28', boolean: true, number: 1e21 },
    { ...emptyRow, date: '1900-03-01' },
  ];
  const bytes = await written(xlsxOf, madeFile(rows));
  const { themes: [, ...data] = [] } = await sheetsOf(bytes);
  t.strictSame(
    data.map((row) => row.map(read)),
    [
      [
        '0012',
        '=1+1',
        -5.25,
        0,
        false,
        '2024-02-29T00:00:00.000Z',
        '2026-11-22T05:00:00.123Z',
        '{"a":[1]}',
        'a\\;b;;c\\\\',
        '1;-2',
        'x,y\\,z;',
      ],
      [' lead', null, 1e21, null, true, '1900-02-28', null, null, null, null, null],
      ['x', null, null, null, null, '1900-03-01T00:00:00.000Z', null, null, null, null, null],
    ],
  );
  t.notMatch(bytes.toString('latin1'), '<f>');
});

t.test('what XML cannot hold is escaped as spreadsheets do, and what looks like an escape too', async (t) => {
  const text = 'a\u0000\u0001 \r\n\t _x0041_ _X00e1_ _x_ <&>\u0085\uFFFE\uD800 đ𝒳';
  const { themes: [, row = []] = [] } = await sheetsOf(
    await written(xlsxOf, madeFile([{ ...emptyRow, text }])),
  );
  t.equal(row[place('text')], text);
  const file = await written(xlsxOf, madeFile([{ ...emptyRow, text }]));
  const sheet = inflateRawSync(file.subarray(file.indexOf('sheet1.xml') + 'sheet1.xml'.length)).toString(
    'utf8',
  );
  t.match(
    sheet,
    'a_x0000__x0001_ _x000D_\n\t _x005F_x0041_ _x005F_X00e1_ _x_ &lt;&amp;&gt;_x0085__xFFFE__xD800_ đ𝒳',
  );
});

t.test('a text that is too long for a cell says how long it is, and the workbook how many are', async (t) => {
  const [fits, long] = ['x'.repeat(32_767), `${'x'.repeat(32_696)}${'𝒳'.repeat(100)}`];
  const bytes = await written(xlsxOf, madeFile([fits, long].map((text) => ({ ...emptyRow, text }))));
  const { themes: [, first = [], second = []] = [], about = [] } = await sheetsOf(bytes);
  t.equal(first[place('text')], fits);
  const cut = String(second[place('text')]);
  t.ok(cut.length === 32_767 || cut.length === 32_766, `${cut.length}`);
  t.match(cut, /[x𝒳] \[…\] \(32896 characters, too many for a cell: see the other formats\)$/u);
  t.notMatch(cut, /\p{Cs}/u);
  t.match(Object.fromEntries(about), { 'cells cut': /^1 / });
});

t.test('rows that no sheet has room for go on on the next', async (t) => {
  const rows = Array.from({ length: 1001 }, (_, index) => ({ ...emptyRow, integer: index }));
  const sheets = await sheetsOf(await buffer(xlsxOf(madeFile(rows), 2)));
  t.strictSame(Object.keys(sheets), ['themes', 'themes 2', 'themes 3', 'columns', 'about']);
  t.strictSame(
    ['themes', 'themes 2', 'themes 3'].map((name) => sheets[name]?.length),
    [501, 501, 2],
  );
  t.strictSame(sheets['themes 3']?.[1]?.[place('integer')], 1000);
  const full = await sheetsOf(await buffer(xlsxOf(madeFile(rows.slice(0, 500)), 2)));
  t.strictSame(Object.keys(full), ['themes', 'columns', 'about'], 'none is begun for nothing');
  const empty = await sheetsOf(await buffer(xlsxOf(madeFile([]))));
  t.strictSame(empty['themes'], [columns.map(({ name }) => name)]);
});

t.test('columns are lettered as in spreadsheets', async (t) => {
  t.strictSame([0, 25, 26, 51, 52, 701, 702, 16_383].map(letters), [
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
    'XFD',
  ]);
});
