import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import writeWorkbook, { type Sheet } from 'write-excel-file/node';
import { type Columns, readTableFile, type TableFile } from '../../src/import/table-file.ts';
import { linesOf, titleOf } from './country.ts';

const columns: Columns = { required: ['code', 'name'], optional: ['note'] };

function write(t: Test, content: string | Buffer, name = 'table.csv'): string {
  const path = join(t.testdir({}), name);
  writeFileSync(path, content);
  return path;
}

const read = (t: Test, content: string | Buffer, name?: string): Promise<TableFile> =>
  readTableFile(write(t, content, name), columns);

/** Rows as `row: code, name, …`. */
const rowsOf = ({ rows }: TableFile): string[] =>
  rows.map(({ row, cells }) => `${row}: ${Object.values(cells).join(' | ')}`);

const workbook = (...sheets: Pick<Sheet<Buffer>, 'sheet' | 'data'>[]): Promise<Buffer> =>
  writeWorkbook(sheets).toBuffer();

t.test('a CSV file gives its rows with the lines that they stand on, and its checksum', async (t) => {
  const text = 'code,name\n001,Kim Sơn\n002,Nho Quan';
  t.strictSame(await read(t, text), {
    fileName: 'table.csv',
    label: 'table.csv',
    sheet: null,
    sha256: createHash('sha256').update(text).digest('hex'),
    rows: [
      { row: 2, cells: { code: '001', name: 'Kim Sơn' } },
      { row: 3, cells: { code: '002', name: 'Nho Quan' } },
    ],
  });
});

const csv: [what: string, content: string, rows: string[]][] = [
  ['a byte order mark is no part of the first name', '\uFEFFcode,name\n1,A\n', ['2: 1 | A']],
  ['a quoted comma divides no cell', 'code,name\n1,"A, B ""C"""\n', ['2: 1 | A, B "C"']],
  ['lines may end as on Windows', 'code,name\r\n1,A\r\n2,B\r\n', ['2: 1 | A', '3: 2 | B']],
  ['space around a cell is no part of it', 'code , name\n 1,A \n', ['2: 1 | A']],
  ['columns may stand in any order', 'note,name,code\nx,A,1\n', ['2: x | A | 1']],
  ['blank lines are passed over, and counted', '\ncode,name\n\n1,A\n,\n2,B\n\n\n', ['4: 1 | A', '6: 2 | B']],
  ['blank columns at the right are passed over', 'code,name,,\n1,A,,\n2,B\n', ['2: 1 | A', '3: 2 | B']],
];
for (const [what, content, rows] of csv) {
  t.test(`in CSV ${what}`, async (t) => {
    t.strictSame(rowsOf(await read(t, content)), rows);
  });
}

const latin1 = Buffer.from('code,name\n1,A\n2,Kim S\xf3n\n', 'latin1');
const refused: [what: string, content: string | Buffer, faults: string[]][] = [
  [
    'a row with a cell too few, and one with a cell too many',
    'code,name\n1\n2,B\n\n3,C,D\n',
    [
      'table.csv:2  wrong_cells  the row has 1 cells, but there are 2 columns',
      'table.csv:5  wrong_cells  the row has 3 cells, but there are 2 columns',
    ],
  ],
  [
    'a misspelt column',
    'code,nam\n1,A\n',
    [
      'table.csv:1  unknown_column  "nam" is not a column of this table; did you mean "name"?',
      'table.csv:1  missing_column  there is no column "name"',
    ],
  ],
  [
    'columns that are named twice, not known or not named',
    '\ncode,,code,population,name\n1,2,3,4,5\n',
    [
      'table.csv:2  unknown_column  column 2 has no name',
      'table.csv:2  duplicate_column  two columns are named "code"',
      'table.csv:2  unknown_column  "population" is not a column of this table',
    ],
  ],
  [
    'text that is not UTF-8',
    latin1,
    ['table.csv:3  wrong_encoding  the line is not utf-8, which it is said to be'],
  ],
  [
    'a quote without its end',
    'code,name\n1,"A\n',
    ['table.csv:2  csv_syntax  a cell in quotes has no end: is the file cut off?'],
  ],
  ['an empty file', '', ['table.csv  empty_table  there is nothing in the table']],
  ['columns without rows', 'code,name\n,\n', ['table.csv  empty_table  there are columns, but no rows']],
];
for (const [what, content, faults] of refused) {
  t.test(titleOf(what, faults), async (t) => {
    t.strictSame(await linesOf(() => read(t, content)), faults);
  });
}

t.test('a file that is not there, or a folder, is refused as missing_file', async (t) => {
  const folder = t.testdir({});
  t.strictSame(await linesOf(() => readTableFile(join(folder, 'no.csv'), columns)), [
    `missing_file  ${folder}/no.csv cannot be read (ENOENT)`,
  ]);
  t.strictSame(await linesOf(() => readTableFile(folder, columns)), [
    `missing_file  ${folder} cannot be read (EISDIR)`,
  ]);
});

t.test(
  'a workbook gives texts: of numbers their digits, of dates the day, of empty cells nothing',
  async (t) => {
    const bytes = await workbook({
      sheet: 'Bảng',
      data: [
        ['code', 'name', 'note'],
        [{ value: 2947, type: Number }, ' Phố Ràng ', null],
        [{ value: '02950' }, { value: new Date('2025-07-01T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }],
        [{ value: true, type: Boolean }, 'x', 'y'],
      ],
    });
    const file = await read(t, bytes, 'table.xlsx');
    t.match(file, { fileName: 'table.xlsx', sheet: 'Bảng', label: 'table.xlsx [Bảng]' });
    t.equal(file.sha256, createHash('sha256').update(bytes).digest('hex'));
    t.strictSame(rowsOf(file), ['2: 2947 | Phố Ràng | ', '3: 02950 | 2025-07-01 | ', '4: true | x | y']);
  },
);

t.test('rows of a sheet are counted as a spreadsheet shows them, blank ones too', async (t) => {
  const data = [[], ['code', 'name'], [], ['1', 'A'], [null, ' '], ['2', 'B'], [], [' ']];
  t.strictSame(rowsOf(await read(t, await workbook({ sheet: 'A', data }), 'table.xlsx')), [
    '4: 1 | A',
    '6: 2 | B',
  ]);
});

t.test('of several sheets the first with the columns is read, whatever the file is called', async (t) => {
  const data = [
    ['name', 'code'],
    ['A', '1'],
  ];
  const bytes = await workbook(
    { sheet: 'Ghi chú', data: [['This is a note.']] },
    { sheet: 'Trống', data: [] },
    { sheet: 'Một', data },
    { sheet: 'Hai', data },
  );
  t.match(await read(t, bytes, 'table.xlsm'), { sheet: 'Một', rows: [{ row: 2 }] });
});

t.test('of a workbook without the columns the first sheet is at fault', async (t) => {
  const bytes = await workbook(
    { sheet: 'Một', data: [[], ['code', 'Name']] },
    { sheet: 'Hai', data: [['x']] },
  );
  t.strictSame(await linesOf(() => read(t, bytes, 'table.xlsx')), [
    'table.xlsx [Một]:2  unknown_column  "Name" is not a column of this table; did you mean "name"?',
    'table.xlsx [Một]:2  missing_column  there is no column "name"',
  ]);
});

t.test('a cell beyond the columns of a sheet is refused as wrong_cells, a blank one is none', async (t) => {
  const data = [['code', 'name'], ['1', 'A', ' '], ['', '2', 'B'], ['3']];
  t.strictSame(await linesOf(async () => read(t, await workbook({ sheet: 'A', data }), 'table.xlsx')), [
    'table.xlsx [A]:3  wrong_cells  the row has 3 cells, but there are 2 columns',
  ]);
});

t.test('what only looks like a workbook is refused as not_a_workbook', async (t) => {
  const text = Buffer.from('code,name\n1,A\n');
  t.strictSame(await linesOf(() => read(t, text, 'table.XLSX')), [
    'table.XLSX  not_a_workbook  the file is not an XLSX workbook, or a damaged one (End of central directory record signature not found. Either not a zip file, or file is truncated.)',
  ]);
  const archive = Buffer.from('PK\u0003\u0004 and no more');
  t.strictSame(await linesOf(() => read(t, archive)), [
    'table.csv  not_a_workbook  the file is not an XLSX workbook, or a damaged one (End of central directory record signature not found. Either not a zip file, or file is truncated.)',
  ]);
  t.strictSame(await linesOf(async () => read(t, await workbook({ sheet: 'A', data: [] }), 'table.xlsx')), [
    'table.xlsx [A]  empty_table  there is nothing in the table',
  ]);
});
