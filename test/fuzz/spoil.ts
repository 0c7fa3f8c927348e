/** Files as they come from a bad disk, a careless program, or somebody who means harm. */
import type { Draw } from './draw.ts';
import { hostileTexts, nearDays, nearNumbers } from './hostile.ts';

export const oddCells = [
  ...nearNumbers,
  ...nearDays,
  ...hostileTexts.filter((text) => !/[\ud800-\udfff]/.test(text)),
  ...[
    '1e308',
    '-1e308',
    '1e309',
    '1e-308',
    '1e-400',
    '1e99999999999',
    '99999999999999999999.99999999999999999999',
    '-',
  ],
  ...[
    '=1+1',
    '=HYPERLINK("x")',
    '@SUM(A1)',
    '+5',
    '−5',
    '#REF!',
    '1,234',
    '1.234,5',
    '1 234',
    '1\u00a0234',
    '(5)',
    '5%',
  ],
  ...[
    '12345678901234567',
    '0.1234567890123456789',
    '.5',
    '5.',
    '00.5',
    '1'.repeat(400),
    `0.${'0'.repeat(400)}1`,
    '1\n2',
  ],
];

type Spoil = (draw: Draw, bytes: Buffer) => Buffer;

const sliced = (draw: Draw, bytes: Buffer, into: (part: Buffer) => Buffer): Buffer => {
  const from = draw.upTo(bytes.length);
  const to = Math.min(bytes.length, from + draw.upTo(draw.pick([1, 8, 200])));
  return Buffer.concat([bytes.subarray(0, from), into(bytes.subarray(from, to)), bytes.subarray(to)]);
};
const utf16 = (draw: Draw, bytes: Buffer): Buffer => {
  const little = Buffer.from(`${draw.pick(['', '\ufeff'])}${bytes}`, 'utf16le');
  return draw.often(50) ? little : little.swap16();
};

const spoils: readonly Spoil[] = [
  (draw, bytes) => sliced(draw, bytes, (part) => Buffer.from(part.map((byte) => byte ^ (1 << draw.upTo(7))))),
  (draw, bytes) => bytes.subarray(0, draw.upTo(bytes.length)),
  (draw, bytes) => sliced(draw, bytes, () => Buffer.alloc(0)),
  (draw, bytes) => sliced(draw, bytes, (part) => Buffer.concat([part, part])),
  (draw, bytes) => sliced(draw, bytes, () => Buffer.from(draw.pick(oddCells))),
  (draw, bytes) => sliced(draw, bytes, () => Buffer.from(draw.text(), 'latin1')),
  (draw, bytes) =>
    sliced(draw, bytes, () =>
      Buffer.from(
        draw.pick(['00', 'ff', 'c328', 'eda080', 'f4908080', 'efbbbf', '0d', '22', '0d0d0a']),
        'hex',
      ),
    ),
  (draw, bytes) =>
    sliced(draw, bytes, (part) => Buffer.concat([part, Buffer.alloc(draw.pick([5000, 2_000_000]), 'x')])),
  utf16,
  (_draw, bytes) => Buffer.from(`\ufeff${bytes}`),
  (_draw, bytes) => Buffer.from(String(bytes), 'latin1'),
  (_draw, bytes) => Buffer.from(String(bytes).replaceAll('\n', '\r\n')),
  (draw, bytes) => Buffer.from(String(bytes).replaceAll('\n', () => draw.pick(['\n', '\r\n', '\r']))),
];

export function spoiltBytes(draw: Draw, bytes: Buffer): Buffer {
  let spoilt = bytes;
  for (let count = draw.upTo(1); count >= 0; count -= 1) spoilt = draw.pick(spoils)(draw, spoilt);
  return spoilt;
}

type Table = readonly (readonly string[])[];

/** A table with other cells, rows and columns. */
export function spoiltTable(draw: Draw, table: Table): string[][] {
  const rows = table.map((row) => [...row]);
  for (let count = draw.upTo(2); count >= 0; count -= 1) {
    const at = draw.upTo(rows.length - 1);
    const row = rows[at] as string[];
    const column = draw.upTo(Math.max(0, row.length - 1));
    const cell = draw.upTo(3) === 0 ? draw.text() : draw.pick(oddCells);
    const ways: readonly (() => void)[] = [
      () => {
        row[column] = cell;
      },
      () => {
        row[column] = cell;
      },
      () => {
        row[column] = `${row[column]}${draw.pick([' ', '\u00a0', '0', '.0', 'e1', ',5', '*', '"'])}`;
      },
      () => void row.splice(column, 1),
      () => void row.push(cell),
      () => void rows.splice(at, 1, row, [...row]),
      () => void rows.splice(at, rows.length > 1 ? 1 : 0),
      () => void rows.splice(at, 0, []),
      () => {
        const other = draw.upTo(Math.max(0, row.length - 1));
        for (const each of rows) [each[column], each[other]] = [each[other] ?? '', each[column] ?? ''];
      },
    ];
    draw.pick(ways)();
  }
  return rows;
}

/** In quotes where it must be, or anyway. */
export const csvText = (draw: Draw, rows: Table, delimiter: string): string =>
  rows
    .map((row) =>
      row
        .map((cell) =>
          draw.often(3) || /["\n\r]/.test(cell) || cell.includes(delimiter)
            ? `"${cell.replaceAll('"', '""')}"`
            : cell,
        )
        .join(delimiter),
    )
    .map((line) => `${line}${draw.often(5) ? '\r\n' : '\n'}`)
    .join('');
