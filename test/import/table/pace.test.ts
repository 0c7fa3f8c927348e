import t from 'tap';
import { leftText, Pace } from '../../../src/import/table/pace.ts';

t.test(
  'a line tells how much a second, and how long it will take; not more often than is wanted',
  async (t) => {
    const lines: string[] = [];
    const often = new Pace((line) => lines.push(line), 0);
    often.tell('reading a.csv', 10, 0.5);
    often.tell('reading a.csv', 20, 1);
    t.match(lines, [
      /^reading a\.csv: 10 figures, \d+ a second, about \d+ s left$/,
      /20 figures, .* about 0 s left$/,
    ]);
    const seldom = new Pace((line) => lines.push(line), 60_000);
    seldom.tell('writing a.csv', 10, 0.5);
    t.equal(lines.length, 2);
  },
);

t.test('what is left is told in seconds, then in minutes', async (t) => {
  t.strictSame([0, 0.2, 89, 90, 725].map(leftText), [
    'about 0 s left',
    'about 1 s left',
    'about 89 s left',
    'about 2 min left',
    'about 12 min left',
  ]);
});
