import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { type Grid, type GridOptions, type GridRow, openGrid } from '../../../src/import/table/grid/grid.ts';
import { linesOf, titleOf } from '../country.ts';
import { opened, rowsOf, write } from './grids.ts';

const datasets = new URL('../../../../shared/datasets/', import.meta.url).pathname;
const skip = existsSync(datasets) ? false : 'the real tables are not part of the project';

/** Rows as `row: cell | cell`. */
const shown = async (grid: Grid): Promise<string[]> =>
  (await rowsOf(grid)).map(({ row, cells }) => `${row}: ${cells.join(' | ')}`);

t.test('a CSV file is told by its name, its checksum and what was found out about it', async (t) => {
  const text = 'code;name\n001;Kim Sơn\n';
  const { rows, ...grid } = await opened(t, text);
  t.strictSame(grid, {
    fileName: 'table.csv',
    sha256: createHash('sha256').update(text).digest('hex'),
    sheet: null,
    encoding: 'utf-8',
    delimiter: ';',
    label: 'table.csv',
    lastRow: 3,
  });
  const all: (readonly GridRow[])[] = [];
  for await (const batch of rows()) all.push(batch);
  t.strictSame(all, [
    [
      { row: 1, cells: ['code', 'name'] },
      { row: 2, cells: ['001', 'Kim Sơn'] },
    ],
  ]);
});

t.test('a pipe is refused, since a table is read more than once, and so is a device', async (t) => {
  const pipe = join(t.testdir({}), 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero']) {
    t.strictSame(await linesOf(() => openGrid(path)), [
      `missing_file  ${path} cannot be read (a pipe or a device, no file)`,
    ]);
  }
});

const csv: [what: string, content: string, rows: string[]][] = [
  ['a byte order mark is no part of the first cell', '\uFEFFa,b\n1,2\n', ['1: a | b', '2: 1 | 2']],
  [
    'blank lines and lines of blank cells are counted, not given',
    '\na,b\n \n,\n1,2\n\n',
    ['2: a | b', '5: 1 | 2'],
  ],
  [
    'lines may end in either way, or in both',
    'a,b\r\n1,2\n3,4\r\n5,6',
    ['1: a | b', '2: 1 | 2', '3: 3 | 4', '4: 5 | 6'],
  ],
  ['lines may end as on old Macintoshes', 'a,b\r1,2\r', ['1: a | b', '2: 1 | 2']],
  ['cells are not trimmed', ' a ,b\n', ['1:  a  | b']],
  [
    'rows have the cells that they have',
    'A title\na,b,c\n1,2\n1,2,3,4\n1,,\n',
    ['1: A title', '2: a | b | c', '3: 1 | 2', '4: 1 | 2 | 3 | 4', '5: 1 |  | '],
  ],
  ['quotes hold delimiters, quotes and nothing', '"a,b","say ""yes""","",c\n', ['1: a,b | say "yes" |  | c']],
  [
    'a record begins on its first line',
    'a,b\r\n"x\r\n\r\ny",2\r\n\r\n3,4\r\n',
    ['1: a | b', '2: x\n\ny | 2', '6: 3 | 4'],
  ],
  ['a last cell may be quoted without a line end', 'a,b\n1,"2"', ['1: a | b', '2: 1 | 2']],
  ['a table may have one column', 'a\n"1"\n', ['1: a', '2: 1']],
];
for (const [what, content, rows] of csv) {
  t.test(`in CSV ${what}`, async (t) => {
    t.strictSame(await shown(await opened(t, content)), rows);
  });
}

const delimited: [what: string, content: string, delimiter: string][] = [
  ['a semicolon beside decimal commas', '1,5;2,5\n3,5;4,5\n', ';'],
  ['a tab', 'Area, in all\na\tb\n1,5\t2\n', '\t'],
  ['a bar', 'a|b\n1|2\n', '|'],
  ['a comma beside a semicolon in a text', 'a,b\n1,x;y\n2,z\n', ','],
  ['a comma where all that a title divides is in quotes', '"A; b; c"\n"D; e; f"\n1,2\n', ','],
  ['a comma where there is one column', 'a\n1\n', ','],
];
for (const [what, content, delimiter] of delimited) {
  t.test(`the delimiter is found: ${what}`, async (t) => {
    t.equal((await opened(t, content)).delimiter, delimiter);
  });
}

t.test('a delimiter that is stated is used, whatever seems likelier', async (t) => {
  t.strictSame(await shown(await opened(t, 'a,b#c\n"1#"#3\n', { delimiter: '#' })), [
    '1: a,b | c',
    '2: 1# | 3',
  ]);
});

t.test('characters and line ends may lie across the pieces in which a file is read', async (t) => {
  for (const filler of ['x'.repeat(65_533), 'x'.repeat(65_532)]) {
    const [long, ...rest] = await rowsOf(await opened(t, `${filler},ế\r\n"a""b",2\r\n3,4\r\n`));
    t.equal(long?.cells[1], 'ế');
    t.strictSame(rest, [
      { row: 2, cells: ['a"b', '2'] },
      { row: 3, cells: ['3', '4'] },
    ]);
  }
  const quoted = await rowsOf(await opened(t, `"${'x'.repeat(65_532)}""\r\n",2\n3,4`));
  t.equal(quoted[0]?.cells[0]?.slice(-3), 'x"\n');
  const cut = await rowsOf(await opened(t, `"${'x'.repeat(65_533)}\n",2\n3,4`));
  t.strictSame(cut.at(-1), { row: 3, cells: ['3', '4'] });
  t.strictSame(quoted[1], { row: 3, cells: ['3', '4'] });
});

t.test('rows come in batches of at most 1000, and again when asked again', async (t) => {
  const grid = await opened(t, Array.from({ length: 2500 }, (_, index) => `${index};x\n`).join(''));
  const counts: number[] = [];
  for await (const rows of grid.rows()) counts.push(rows.length);
  t.ok(counts.every((count) => count <= 1000));
  t.equal(
    counts.reduce((sum, count) => sum + count),
    2500,
  );
  t.strictSame((await rowsOf(grid)).at(-1), { row: 2500, cells: ['2499', 'x'] });
});

const refused: [what: string, content: string | Buffer, options: GridOptions, fault: string][] = [
  ['an empty file', '', {}, 'table.csv  empty_table  there is nothing in the table'],
  ['a file of blank cells', '\n;;;\n \n', {}, 'table.csv  empty_table  there is nothing in the table'],
  [
    'a quote without its end',
    'a,b\n1,2\n3,"4\n5,6\n',
    {},
    'table.csv:3  csv_syntax  a cell in quotes has no end: is the file cut off?',
  ],
  [
    'a quote within a cell',
    'a,b\n\n1,2"\n',
    {},
    'table.csv:3  csv_syntax  a quote stands within a cell that does not begin with one',
  ],
  ['text after a quote', 'a,"b"c\n', {}, 'table.csv:1  csv_syntax  a cell goes on after its closing quote'],
  [
    'a record that is too long',
    `a,b\n"${'x\n'.repeat(600_000)}`,
    {},
    'table.csv:2  csv_syntax  the record is longer than 1048576 characters: does a cell in quotes lack its end?',
  ],
  [
    'a delimiter of two characters',
    'a,b',
    { delimiter: '::' },
    'table.csv  bad_delimiter  the delimiter must be one character, and no quote: "::" is not',
  ],
  [
    'a sheet of a file that has none',
    'a,b',
    { sheet: 'Bảng' },
    'table.csv  no_such_sheet  the spec names the sheet "Bảng", but the file is no workbook',
  ],
];
for (const [what, content, options, fault] of refused) {
  t.test(titleOf(what, [fault]), async (t) => {
    t.strictSame(await linesOf(async () => rowsOf(await opened(t, content, options))), [fault]);
  });
}

t.test('a file that is not there, or a folder, is refused as missing_file', async (t) => {
  const folder = t.testdir({});
  t.strictSame(await linesOf(() => openGrid(join(folder, 'no.csv'))), [
    `missing_file  ${folder}/no.csv cannot be read (ENOENT)`,
  ]);
  t.strictSame(await linesOf(() => openGrid(folder)), [`missing_file  ${folder} cannot be read (EISDIR)`]);
});

t.test('a file that goes while it is read is told as it is', async (t) => {
  const path = write(t, 'a,b\n1,2\n');
  const grid = await openGrid(path);
  rmSync(path);
  await t.rejects(rowsOf(grid), { code: 'ENOENT' });
});

t.test('the tables of the statistics office are read as they are published', { skip }, async (t) => {
  const names = readdirSync(datasets, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.csv'),
  );
  t.equal(names.length, 16);
  for (const name of names) {
    const legacy = basename(name) === 'Number of administrative units as of 31 December by province.csv';
    const grid = await openGrid(join(datasets, name), legacy ? { encoding: 'windows-1252' } : {});
    const rows = await rowsOf(grid);
    const office = name.startsWith('gso');
    t.equal(grid.delimiter, office ? ';' : ',', name);
    t.equal(rows[0]?.cells.length, office ? 1 : 15, name);
    t.equal(rows[1]?.row, office ? 3 : 2, name);
    t.equal(new Set(rows.slice(1).map(({ cells }) => cells.length)).size, 1, name);
  }
});

t.test('any table is read as it was written, wherever the pieces of the file end', async (t) => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ế', ' ', '"', ';', ',', '\n', '𝒳'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  const quoted = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const filler = `${'x'.repeat(65_500)};`;
  await fc.assert(
    fc.asyncProperty(table, fc.nat(60), fc.constantFrom('\n', '\r\n'), async (rows, shift, end) => {
      const body = rows.map((cells) => `${cells.map(quoted).join(';')}${end}`).join('');
      const path = write(t, `${filler}${'y'.repeat(shift)}${end}${body}`);
      const expected: GridRow[] = [];
      let row = 2;
      for (const cells of rows) {
        if (cells.some((text) => text.trim() !== '')) expected.push({ row, cells });
        row += cells.join('').split('\n').length;
      }
      const [, ...read] = await rowsOf(await openGrid(path, { delimiter: ';' }));
      t.strictSame(read, expected);
    }),
    { seed: 20261128, numRuns: 100 },
  );
});
