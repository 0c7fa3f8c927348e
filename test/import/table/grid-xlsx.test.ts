import { createHash } from 'node:crypto';
import t from 'tap';
import writeWorkbook from 'write-excel-file/node';
import { openGrid } from '../../../src/import/table/grid/grid.ts';
import { xlsxOf } from '../../../src/routes/formats/xlsx.ts';
import { emptyRow, madeFile, written } from '../../routes/formats/made.ts';
import { linesOf } from '../country.ts';
import { rowsOf, write } from './grids.ts';
import { oneCell, sheetOf, workbook } from './workbooks.ts';

t.test('a sheet is told by its name, its checksum and its rows, which may be asked for again', async (t) => {
  const bytes = await writeWorkbook([
    { sheet: 'Bảng', data: [['code', 'name'], [], [{ value: '02950' }, { value: 12.5, type: Number }]] },
  ]).toBuffer();
  const { rows, ...grid } = await openGrid(write(t, bytes, 'table.dat'));
  t.strictSame(grid, {
    fileName: 'table.dat',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sheet: 'Bảng',
    encoding: null,
    delimiter: null,
    label: 'table.dat [Bảng]',
    lastRow: 3,
  });
  for (const again of [1, 2]) {
    t.strictSame(
      await rowsOf({ ...grid, rows }),
      [
        { row: 1, cells: ['code', 'name'], numeric: new Set() },
        { row: 3, cells: ['02950', '12.5'], numeric: new Set([1]) },
      ],
      `${again}`,
    );
  }
});

const cells: [what: string, xml: string, text: string][] = [
  ['a shared string with its spaces', '<c r="A1" t="s"><v>0</v></c>', ' Phố Ràng '],
  ['a shared string in several scripts', '<c r="A1" t="s"><v>1</v></c>', 'Kim Sơn'],
  ['an inline string', '<c r="A1" t="inlineStr"><is><t>a &amp; b</t></is></c>', 'a & b'],
  ['a number', '<c r="A1"><v>1234567.5</v></c>', '1234567.5'],
  ['a number in the long form of some writers', '<c r="A1"><v>0.10000000000000001</v></c>', '0.1'],
  ['a number with an exponent', '<c r="A1"><v>1.5E-9</v></c>', '1.5e-9'],
  ['a percentage, which is the number behind it', '<c r="A1" s="2"><v>0.125</v></c>', '0.125'],
  ['a date', '<c r="A1" s="1"><v>45839</v></c>', '2025-07-01'],
  ['a date with a time, which is the day', '<c r="A1" s="3"><v>45839.75</v></c>', '2025-07-01'],
  ['a date of its own type', '<c r="A1" t="d"><v>2025-07-01</v></c>', '2025-07-01'],
  ['a number that is formatted as a date, and none', '<c r="A1" s="1"><v>1e12</v></c>', 'Invalid Date'],
  ['a boolean', '<c r="A1" t="b"><v>1</v></c>', 'true'],
  ['the last result of a formula', '<c r="A1"><f>1+2</f><v>3</v></c>', '3'],
  ['the last result of a formula that is a text', '<c r="A1" t="str"><f>"a"</f><v>a</v></c>', 'a'],
  ['an error', '<c r="A1" t="e"><f>B9</f><v>#REF!</v></c>', '#REF!'],
  ['an error in other quotes', `<c r="A1" t='e'><v>#REF!</v></c>`, '#REF!'],
];
for (const [what, xml, text] of cells) {
  t.test(`a cell gives the text of ${what}`, async (t) => {
    const [row] = await rowsOf(
      await openGrid(write(t, await workbook({ A: sheetOf(`<row r="1">${xml}</row>`) }))),
    );
    t.equal(row?.cells[0], text);
  });
}

t.test('of merged cells the first has the text, and blank rows are counted', async (t) => {
  const rows = `<row r="2"><c r="B2" t="s"><v>1</v></c><c r="C2"/></row>
    <row r="4"><c r="A4" t="inlineStr"><is><t> </t></is></c></row>
    <row r="5"><c r="A5"><f>1</f></c><c r="C5" t="b"><v>0</v></c></row>`;
  const xml = sheetOf(rows, '<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>');
  t.strictSame(await rowsOf(await openGrid(write(t, await workbook({ A: xml }), 'table.xlsx'))), [
    { row: 2, cells: ['', 'Kim Sơn', ''], numeric: new Set() },
    { row: 5, cells: ['', '', 'false'], numeric: new Set() },
  ]);
});

t.test('rows of a long sheet come in batches', async (t) => {
  const row = (at: number): string =>
    at > 1000 && at <= 2000 ? '' : `<row r="${at}"><c r="A${at}"><v>${at}</v></c></row>`;
  const xml = sheetOf(Array.from({ length: 2500 }, (_, index) => row(index + 1)).join(''));
  const counts: number[] = [];
  for await (const rows of (await openGrid(write(t, await workbook({ A: xml }), 'table.xlsx'))).rows())
    counts.push(rows.length);
  t.strictSame(counts, [1000, 500]);
});

t.test('of several sheets the one that is named is read, else the first that is not empty', async (t) => {
  const bytes = await workbook({ Hình: undefined, Trống: sheetOf(''), Một: oneCell('1'), Hai: oneCell('2') });
  const path = write(t, bytes, 'table.xlsx');
  t.match(await openGrid(path), { sheet: 'Một', label: 'table.xlsx [Một]' });
  t.strictSame((await rowsOf(await openGrid(path, { sheet: 'Hai' })))[0]?.cells, ['2']);
  t.strictSame(await linesOf(() => openGrid(path, { sheet: 'Mot' })), [
    'table.xlsx  no_such_sheet  the workbook has no sheet "Mot", but "Hình", "Trống", "Một", "Hai"; did you mean "Một"?',
  ]);
  for (const sheet of ['Hình', 'Trống']) {
    t.strictSame(await linesOf(() => openGrid(path, { sheet })), [
      `table.xlsx [${sheet}]  empty_table  there is nothing in the table`,
    ]);
  }
});

t.test('a workbook without anything is refused as empty_table', async (t) => {
  const path = write(t, await workbook({ Một: sheetOf(''), Hai: sheetOf('') }), 'table.xlsx');
  t.strictSame(await linesOf(() => openGrid(path)), [
    'table.xlsx [Một]  empty_table  there is nothing in the table',
  ]);
});

t.test('a workbook that this service has given is read, whatever its texts hold', async (t) => {
  const rows = [
    {
      ...emptyRow,
      id: '0012',
      text: ' _x0041_ & "Hà Nội"\n',
      number: 1234.5,
      boolean: false,
      date: '2025-07-01',
    },
  ];
  const path = write(t, await written(xlsxOf, madeFile(rows)), 'table.xlsx');
  const [names, ...read] = await rowsOf(await openGrid(path, { sheet: 'themes' }));
  const cell = (name: string) => read[0]?.cells[names?.cells.indexOf(name) ?? -1];
  t.equal(read.length, 1);
  t.strictSame(['id', 'text', 'number', 'boolean', 'date', 'json'].map(cell), [
    '0012',
    ' _x0041_ & "Hà Nội"\n',
    '1234.5',
    'false',
    '2025-07-01',
    '',
  ]);
});
