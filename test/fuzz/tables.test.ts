/**
 * Tables and conversion tables, spoilt in any way: what is taken is stored as it stands there, anything else is refused.
 * `GOVDATA_TEST_SEED` repeats what `npm run test:deep` tries.
 */
import { writeFileSync } from 'node:fs';
import t from 'tap';
import { runsOr } from '../deep.ts';
import { asked, sumOf } from '../faults/content.ts';
import { govdata } from '../govdata.ts';
import { baoYenRows, header, type Row } from '../import/crosswalk/table.ts';
import { described, oneColumn } from '../import/table/made.ts';
import { seededDatabase } from '../service.ts';
import { check, file, shownBytes, Targets } from './imports.ts';
import { workbookFrom } from './sheets.ts';
import { csvText, spoiltBytes, spoiltTable } from './spoil.ts';

const years = [2019, 2020, 2021, 2022];
const table = [
  ['Province', ...years.map(String)],
  ...['Ha Noi', 'Son La', 'Lao Cai', 'Nghe An'].map((name, row) => [
    name,
    ...years.map((year) => `${year * (row + 1)}.5`),
  ]),
];
const spec = described(oneColumn.replace('{status} ', ''));

/** `-12.50e1` → `-125`: the same for the same number, however it is written. */
function canonical(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([-+\u2212]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign === '' || sign === '+' ? '' : '-'}${significant}e${power}`;
}

/** Read by hand, where no quotes make that difficult: every figure stands in the cell that it names, and each cell is one. */
async function tableFaults(
  url: string,
  bytes: Buffer,
  out: { encoding: string | null; delimiter: string | null },
): Promise<string[]> {
  const { encoding, delimiter } = out;
  if (encoding === null || delimiter === null) return [];
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('"')) return [];
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.split(delimiter).map((cell) => cell.trim()));
  const [head = []] = lines.filter((cells) => cells.some((cell) => cell !== ''));
  const figures = await asked<{ row: number; column: string; value: string }>(
    url,
    'select row_number as row, column_name as column, value::text as value from observations where dataset_id is not null and until_release is null',
  );
  const wrong = figures.filter(({ row, column, value }) => {
    const cell = lines[row - 1]?.[head.indexOf(column)] ?? 'nothing';
    return canonical(cell) !== canonical(value);
  });
  const columns = head.flatMap((cell, index) => (/^\d{4}$/.test(cell) ? [index] : []));
  const cells = lines
    .filter((line) => line !== head)
    .flatMap((line) => columns.filter((index) => (line[index] ?? '') !== ''));
  return [
    ...wrong.map((one) => `stored otherwise: ${JSON.stringify(one)}`),
    ...(cells.length === figures.length ? [] : [`${figures.length} figures of ${cells.length} cells`]),
  ];
}

t.test(
  'a table or its description, spoilt: the figures are those of the cells, or nothing is written',
  async (t) => {
    const { url } = await seededDatabase(t, 'provinces');
    const targets = new Targets(async () => url, false);
    await check(t, runsOr(20, 2), targets, async (draw) => {
      const rows = draw.often(80) ? spoiltTable(draw, table) : table;
      const isWorkbook = draw.often(35);
      const delimiter = draw.pick([',', ';', '\t']);
      const plain = isWorkbook ? await workbookFrom(draw, rows) : Buffer.from(csvText(draw, rows, delimiter));
      const bytes = isWorkbook || draw.often(50) ? plain : spoiltBytes(draw, plain);
      const description = draw.often(20) ? spoiltBytes(draw, Buffer.from(spec)) : Buffer.from(spec);
      const [name, by] = [file(isWorkbook ? 'made.xlsx' : 'made.csv'), file('made.yml')];
      writeFileSync(name, bytes);
      writeFileSync(by, description);
      const isOwn = description.equals(Buffer.from(spec));
      return {
        args: ['import', 'table', name, '--spec', by],
        stored: async () => {
          const again = await govdata(['import', 'table', name, '--spec', by, '--json'], { url });
          if (again.code !== 0) return [`the second time it is refused: ${again.err}`];
          const { made, file: read } = JSON.parse(again.out);
          return [
            ...(made ? ['the second time it makes a release'] : []),
            ...(isOwn ? await tableFaults(url, bytes, read) : []),
          ];
        },
        shown: () => `${shownBytes(bytes)} ${isOwn ? '' : shownBytes(description)}`,
      };
    });
  },
);

t.test('a conversion table, spoilt, is refused with its rows, or could be imported', async (t) => {
  const { url } = await seededDatabase(t);
  const targets = new Targets(async () => url, false);
  const columns = header.slice(0, 9);
  const rows = [[...columns], ...baoYenRows().map((row: Row) => columns.map((name) => row[name]))];
  await check(t, runsOr(3, 0.2), targets, async (draw) => {
    const spoilt = draw.often(70) ? spoiltTable(draw, rows) : rows;
    const isWorkbook = draw.often(40);
    const plain = isWorkbook ? await workbookFrom(draw, spoilt) : Buffer.from(csvText(draw, spoilt, ','));
    const bytes = isWorkbook || draw.often(50) ? plain : spoiltBytes(draw, plain);
    const name = file(isWorkbook ? 'conversion.xlsx' : 'conversion.csv');
    writeFileSync(name, bytes);
    const stored = async (): Promise<string[]> =>
      (await targets.get()).before === (await sumOf(url)) ? [] : ['a dry run wrote'];
    return { args: ['import', 'crosswalk', name, '--dry-run'], stored, shown: () => shownBytes(bytes) };
  });
});
