/** A table of a million rows: all of them become figures, and none is held longer than its batch. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import t from 'tap';
import { importTable } from '../../../src/import/table/import.ts';
import { onlyDeep } from '../../deep.ts';
import { writableDatabase } from '../../service.ts';
import { described, filesOf } from './made.ts';

const million = 1_000_000;
const provinces = ['Ha Noi', 'Can Tho', 'Da Nang', 'Thanh Hoa', 'Nghe An', 'Ha Giang', 'Lao Cai', 'Son La'];
const dayMs = 86_400_000;
const spec = described(
  "  - {header: Value, indicator: 'indicator:made_up'}",
  "time: {column: Day, form: '{year}-{month}-{day}'}\ndimensions: {sex: {column: Sex, values: {All: null, Men: male, Women: female}}}",
);

/** As many rows, none of which says what another says. */
function* lines(count: number): Generator<string> {
  yield 'Province,Day,Sex,Value\n';
  let told = 0;
  for (let time = Date.UTC(1900, 0, 1); ; time += dayMs) {
    const day = new Date(time).toISOString().slice(0, 10);
    for (const province of provinces) {
      for (const sex of ['All', 'Men', 'Women']) {
        if (told === count) return;
        told += 1;
        yield `${province},${day},${sex},${told}\n`;
      }
    }
  }
}

t.test('a million rows', { skip: onlyDeep }, async (t) => {
  const { database } = await writableDatabase(t, 'provinces');
  const files = filesOf(t, spec, '');
  await pipeline(Readable.from(lines(million)), createWriteStream(files.table));
  const before = process.resourceUsage().maxRSS;
  const report = await importTable(database, files.table, { spec: files.spec });
  t.comment(`${Math.round((process.resourceUsage().maxRSS - before) / 1024)} MiB more than before at most`);
  t.match(report, { made: true, figures: { added: million, left: 0 } });
  const { rows } = await database.pool.query<{ sum: string; last: number }>(
    `select sum(value)::numeric(20)::text as sum, max(row_number) as last from observations
     where dataset_id is not null and until_release is null`,
  );
  t.strictSame(rows, [{ sum: '500000500000', last: million + 1 }]);
  t.match(await importTable(database, files.table, { spec: files.spec }), {
    made: false,
    figures: { left: million },
  });
});
