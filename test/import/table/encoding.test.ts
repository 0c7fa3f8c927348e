import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type GridOptions, openGrid } from '../../../src/import/table/grid/grid.ts';
import { linesOf, titleOf } from '../country.ts';
import { opened, rowsOf } from './grids.ts';

const datasets = new URL('../../../../shared/datasets/', import.meta.url).pathname;
const skip = existsSync(datasets) ? false : 'the real tables are not part of the project';
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

const encoded: [what: string, content: Buffer, stated: string | undefined, encoding: string, cell: string][] =
  [
    ['UTF-16 by its mark', wide('\uFEFFHuế,2\r\n'), undefined, 'utf-16le', 'Huế'],
    ['the other UTF-16 by its mark', wide('\uFEFFHuế,2\r\n').swap16(), undefined, 'utf-16be', 'Huế'],
    ['UTF-16 without a mark when stated', wide('Huế,2\n'), 'UTF-16', 'utf-16le', 'Huế'],
    [
      'windows-1252 when stated',
      Buffer.from('v\xe0 \x80 \x96,2\n', 'latin1'),
      'latin1',
      'windows-1252',
      'và € –',
    ],
    ['windows-1258 when stated', Buffer.from('S\xf5n,2\n', 'latin1'), 'windows-1258', 'windows-1258', 'Sơn'],
    ['UTF-8 when stated, with its mark', Buffer.from('\uFEFFHuế,2\n'), 'utf8', 'utf-8', 'Huế'],
  ];
for (const [what, content, stated, encoding, cell] of encoded) {
  t.test(`text is read in ${what}`, async (t) => {
    const grid = await opened(t, content, stated === undefined ? {} : { encoding: stated });
    t.equal(grid.encoding, encoding);
    t.strictSame(await rowsOf(grid), [{ row: 1, cells: [cell, '2'] }]);
  });
}

const listed = /\(utf-8, utf-16le, .*, …\)/;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const refused: [what: string, content: string | Buffer, options: GridOptions, fault: string][] = [
  [
    'an encoding that is none',
    'a,b',
    { encoding: 'windows-125' },
    'table.csv  unknown_encoding  the spec says that the file is "windows-125", which is no encoding known here (…); did you mean "windows-1250"?',
  ],
  [
    'bytes that are not UTF-8',
    latin1('a,b\n1,2\r\nv\xe0,4\n'),
    {},
    'table.csv:3  unknown_encoding  the line is not UTF-8, and the spec states no other encoding (…); did you mean "encoding: windows-1252"?',
  ],
  [
    'bytes that are neither UTF-8 nor windows-1252',
    latin1('a,b\n1,\x81\xff\n'),
    {},
    'table.csv:2  unknown_encoding  the line is not UTF-8, and the spec states no other encoding (…)',
  ],
  [
    'bytes that are not as stated',
    latin1('a,b\n1,\xd2\n'),
    { encoding: 'windows-1253' },
    'table.csv:2  wrong_encoding  the line is not windows-1253, which it is said to be',
  ],
  [
    'a file that is not as its mark says',
    latin1('\xef\xbb\xbfa,b\n1,\xd2'),
    {},
    'table.csv:2  wrong_encoding  the line is not utf-8, as the mark at the beginning says',
  ],
  [
    'a mark that contradicts the spec',
    wide('\uFEFFa,b'),
    { encoding: 'utf-8' },
    'table.csv:1  wrong_encoding  the file begins with the mark of utf-16le, but the spec says that it is utf-8; did you mean "encoding: utf-16le"?',
  ],
  [
    'NUL characters',
    'a,b\n1,\0\n',
    {},
    'table.csv:2  not_text  the line has NUL characters: the file is no text, or its encoding has to be stated',
  ],
  [
    'UTF-16 without a mark',
    wide('a,b\n'),
    {},
    'table.csv:1  not_text  the line has NUL characters: the file is no text, or its encoding has to be stated; did you mean "encoding: utf-16le"?',
  ],
  [
    'the other UTF-16 without a mark',
    wide('a,b\n').swap16(),
    {},
    'table.csv:1  not_text  the line has NUL characters: the file is no text, or its encoding has to be stated; did you mean "encoding: utf-16be"?',
  ],
  [
    'what is no text at all',
    latin1('\x89PNG\r\n\x1a\n\0\0\0'),
    {},
    'table.csv:1  not_text  the line has NUL characters: the file is no text, or its encoding has to be stated',
  ],
];
for (const [what, content, options, fault] of refused) {
  t.test(titleOf(what, [fault]), async (t) => {
    const lines = await linesOf(() => opened(t, content, options));
    t.strictSame(
      lines.map((line) => line.replace(listed, '(…)')),
      [fault],
    );
  });
}

t.test('a fault far into a long file is told with its line', async (t) => {
  const line = '12345;Hà Nội;"x\ny"\r\n';
  const good = Buffer.from(line.repeat(20_000));
  const lines = await linesOf(() => opened(t, Buffer.concat([good, latin1('1;v\xe0;\n')])));
  t.match(lines[0], /^table\.csv:40001 {2}unknown_encoding/);
  const grid = await opened(t, Buffer.concat([good, Buffer.from('1;"x')]));
  t.match((await linesOf(() => rowsOf(grid)))[0], /^table\.csv:40001 {2}csv_syntax/);
});

t.test('the one of them that is not UTF-8 is refused until its encoding is stated', { skip }, async (t) => {
  const path = join(datasets, 'gso', 'Number of administrative units as of 31 December by province.csv');
  const [fault = ''] = await linesOf(() => openGrid(path));
  t.match(fault, /\.csv:\d+ {2}unknown_encoding .*did you mean "encoding: windows-1252"\?$/);
});
