import fc from 'fast-check';
import t from 'tap';
import {
  areApart,
  fraction,
  intervalOf,
  joined,
  liesIn,
  opposite,
  type Sharp,
} from '../../src/schema/figure.ts';

const sharps: Sharp[] = ['eq', 'ge', 'gt', 'le', 'lt'];

/** Whether a number is one that the comparator allows, told without intervals. */
const allows: Record<Sharp, (number: number, figure: number) => boolean> = {
  eq: (number, figure) => number === figure,
  ge: (number, figure) => number >= figure,
  gt: (number, figure) => number > figure,
  le: (number, figure) => number <= figure,
  lt: (number, figure) => number < figure,
};
/** Fine enough that every interval of small whole numbers that holds a number holds one of these. */
const samples = Array.from({ length: 41 }, (_, index) => index / 2 - 10);

t.test(
  'intervals hold what their comparators allow: apart and within are as trying numbers says',
  async (t) => {
    const qualified = fc.tuple(fc.constantFrom(...sharps), fc.integer({ min: -4, max: 4 }));
    fc.assert(
      fc.property(qualified, qualified, ([one, a], [other, b]) => {
        const [first, second] = [intervalOf(one, fraction(a)), intervalOf(other, fraction(b))];
        const both = samples.some((number) => allows[one](number, a) && allows[other](number, b));
        t.equal(areApart(first, second), !both, `${one} ${a}, ${other} ${b}`);
        const within = samples.every((number) => !allows[one](number, a) || allows[other](number, b));
        t.equal(liesIn(first, second), within, `${one} ${a} within ${other} ${b}`);
      }),
      { seed: 20261125, numRuns: 300 },
    );
  },
);

t.test('two qualified figures are joined to what holds of their sum, or to nothing', async (t) => {
  t.equal(joined('eq', 'eq'), 'eq');
  t.equal(joined('eq', 'lt'), 'lt');
  t.equal(joined('ge', 'eq'), 'ge');
  t.equal(joined('ge', 'ge'), 'ge');
  t.equal(joined('ge', 'gt'), 'gt');
  t.equal(joined('lt', 'le'), 'lt');
  t.equal(joined('ge', 'le'), null);
  t.strictSame(
    sharps.map((one) => opposite[one]),
    ['eq', 'le', 'lt', 'ge', 'gt'],
  );
});
