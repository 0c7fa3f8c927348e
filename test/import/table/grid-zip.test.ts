import t from 'tap';
import { openGrid } from '../../../src/import/table/grid/grid.ts';
import { linesOf, titleOf } from '../country.ts';
import { rowsOf, write } from './grids.ts';
import { filesOf, oneCell, sheetOf, workbook, zipOf } from './workbooks.ts';

/** The archive with something written over the last place where it says so: the list of its files. */
function patched(bytes: Buffer, change: (entry: Buffer) => void, name: string): Buffer {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.lastIndexOf(name) - 46));
  return copy;
}

const sheetPath = 'xl/worksheets/0.xml';
type Refused = [what: string, content: () => Promise<Buffer> | Buffer, fault: RegExp];
const refused: Refused[] = [
  [
    'an old workbook',
    () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    /not_a_workbook {2}the file is an old workbook \(\.xls\), or one with a password: save it as XLSX without a password, or as CSV$/,
  ],
  ['an empty file', () => Buffer.alloc(0), /not_a_workbook/],
  [
    'a text',
    () => Buffer.from('a,b\n1,2\n'),
    /not_a_workbook {2}the file is not an XLSX workbook, or a damaged one \(End of central directory/,
  ],
  ['an archive of something else', () => zipOf({ 'a.txt': 'a' }), /not_a_workbook .*not found inside/],
  ['a workbook without sheets', () => workbook({}), /not_a_workbook .*a damaged one$/],
  [
    'a workbook that is cut off',
    async () => (await workbook({ A: oneCell('1') })).subarray(0, 900),
    /not_a_workbook/,
  ],
  [
    'a cell that refers to no text',
    () => workbook({ A: sheetOf('<row r="1"><c r="A1" t="s"><v>9</v></c></row>') }),
    /not_a_workbook .*row 1, col 1/,
  ],
  [
    'a file in it that is encrypted',
    async () => patched(await workbook({ A: oneCell('1') }), (entry) => entry.writeUInt16LE(1, 8), sheetPath),
    /not_a_workbook .*encrypted/,
  ],
  [
    'a file in it with another checksum',
    async () =>
      patched(await workbook({ A: oneCell('1') }), (entry) => entry.writeUInt32LE(1, 16), sheetPath),
    /not_a_workbook .*xl\/worksheets\/0\.xml in it is damaged\)$/,
  ],
  [
    'files that would be too large',
    async () =>
      patched(
        await workbook({ A: oneCell('1') }),
        (entry) => entry.writeUInt32LE(600 * 1_048_576, 24),
        sheetPath,
      ),
    /workbook_too_large {2}the workbook is too large: its files would be 601 MiB when unpacked$/,
  ],
  [
    'files that come from too little',
    () => zipOf({ ...filesOf({ A: oneCell('1') }), 'xl/media/image.png': Buffer.alloc(17 * 1_048_576) }),
    /workbook_too_large .* its files would be 18 MiB when unpacked$/,
  ],
  [
    'a file that is larger than it says',
    async () =>
      patched(
        await workbook({ A: oneCell('1'.repeat(100_000)) }),
        (entry) => entry.writeUInt32LE(1000, 24),
        sheetPath,
      ),
    /workbook_too_large .*xl\/worksheets\/0\.xml in it is larger than it says$/,
  ],
  [
    'a cell at the far end',
    () => workbook({ A: sheetOf('<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>') }),
    /workbook_too_large .*the cells of xl\/worksheets\/0\.xml in it lie too far apart$/,
  ],
  [
    'a row beyond the end',
    () => workbook({ A: sheetOf('<row r="999999999"><c r="A1"><v>1</v></c></row>') }),
    /workbook_too_large/,
  ],
  // Found by fuzzing: written so that a search for cells does not see what the reader sees.
  ...[
    ['whose tag is long', `<c x="${'a'.repeat(150)}" r="XFD900000"><v>1</v></c>`],
    ['whose tag is long behind its place', `<c r="XFD900000" x="${'a'.repeat(150)}"><v>1</v></c>`],
    ['behind a bracket in its tag', '<c x=">" r="XFD900000"><v>1</v></c>'],
    ['written with an entity', '<c r="XFD&#57;00000"><v>1</v></c>'],
    ['of an odd namespace', '<x-y:c r="XFD900000"><v>1</v></x-y:c>'],
    ['of another row than its own', '<c r="XFD2"><v>1</v></c>'],
  ].map(
    ([what, cell]): Refused => [
      `a cell at the far end ${what}`,
      () => workbook({ A: sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row><row r="900000">${cell}</row>`) }),
      /workbook_too_large .*lie too far apart$/,
    ],
  ),
  [
    'an empty row beyond the end',
    () => workbook({ A: sheetOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"/>') }),
    /workbook_too_large/,
  ],
  ['what is no XML', () => workbook({ A: sheetOf('<row r="1"><c r="A1"><v>1</v></c') }), /not_a_workbook/],
];
for (const [what, content, fault] of refused) {
  t.test(titleOf(what, [`  ${String(fault).match(/[a-z]+_[a-z_]+/)?.[0]}  `]), async (t) => {
    const path = write(t, await content(), 'table.xlsx');
    const lines = await linesOf(() => openGrid(path));
    t.equal(lines.length, 1);
    t.match(lines[0], fault);
  });
}

t.test('what is empty but formatted may lie as far away as it likes', async (t) => {
  const xml = sheetOf(
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>',
  );
  t.strictSame((await rowsOf(await openGrid(write(t, await workbook({ A: xml }), 'table.xlsx'))))[0]?.cells, [
    '1',
  ]);
});

t.test('what is not of the sheets may be stored in any way, and is not unpacked', async (t) => {
  const files = { ...filesOf({ A: oneCell('1') }), 'xl/media/image.png': Buffer.alloc(1000) };
  const stored = await zipOf(files, false);
  const bytes = patched(stored, (entry) => entry.writeUInt32LE(1, 16), 'xl/media/image.png');
  t.match(await openGrid(write(t, bytes, 'table.xlsx')), { sheet: 'A' });
});
