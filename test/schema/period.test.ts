import t from 'tap';
import { isDay } from '../../src/schema/common.ts';
import { parsePeriod, periodProblem } from '../../src/schema/period.ts';

const periods: [text: string, start: string, end: string, label: string][] = [
  ['2023', '2023-01-01', '2023-12-31', '2023'],
  ['2023-09', '2023-09-01', '2023-09-30', '2023-09'],
  ['2024-02', '2024-02-01', '2024-02-29', '2024-02'],
  ['2023-12', '2023-12-01', '2023-12-31', '2023-12'],
  ['2023-10-31', '2023-10-31', '2023-10-31', '2023-10-31'],
  ['2023-01-01/2023-12-31', '2023-01-01', '2023-12-31', '2023'],
  ['2023-02-01/2023-02-28', '2023-02-01', '2023-02-28', '2023-02'],
  ['2023-02-01/2023-02-01', '2023-02-01', '2023-02-01', '2023-02-01'],
  ['2023-01-01/2023-09-30', '2023-01-01', '2023-09-30', '2023-01-01/2023-09-30'],
  ['2020-01-01/2025-12-31', '2020-01-01', '2025-12-31', '2020-01-01/2025-12-31'],
  ['2024-02-01/2024-02-28', '2024-02-01', '2024-02-28', '2024-02-01/2024-02-28'],
];
for (const [text, start, end, label] of periods) {
  t.test(`reads ${text} as ${start} to ${end}, labelled ${label}`, async (t) => {
    t.strictSame(parsePeriod(text), { start, end, label });
    t.equal(periodProblem(text), undefined);
  });
}

t.test('knows which days exist', async (t) => {
  t.ok(isDay('2024-02-29') && isDay('0001-01-01') && isDay('9999-12-31'));
  for (const text of ['2023-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '0000-01-01'])
    t.notOk(isDay(text));
});

t.test('says what is wrong with a period', async (t) => {
  t.equal(periodProblem('2024-13'), 'impossible_date');
  t.equal(periodProblem('0000'), 'impossible_date');
  t.equal(periodProblem('2024-01-01/2024-02-30'), 'impossible_date');
  t.equal(periodProblem('2024-02-02/2024-02-01'), 'period_backwards');
});
