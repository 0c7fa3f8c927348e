/** Every pair of comparators, in a table and against a model that tries numbers one by one. */
import fc from 'fast-check';
import t from 'tap';
import { judgeFigure, wantedOf } from '../../src/queries/target-judging.ts';
import { Comparator } from '../../src/schema/common.ts';
import { fraction } from '../../src/schema/figure.ts';
import { Direction } from '../../src/schema/indicator.ts';
import type { TargetStatus } from '../../src/schema/target.ts';

const comparators = Comparator.enum as Comparator[];
const directions = Direction.enum as Direction[];

const judge = (target: [Comparator, number], result: [Comparator, number], direction: Direction) => {
  const qualified = ([comparator, value]: [Comparator, number]) => ({ comparator, at: fraction(value) });
  const { status, rule } = judgeFigure(qualified(target), qualified(result), direction);
  return `${status} ${rule}`;
};

t.test('a target against an exact result: below, at and above the figure', async (t) => {
  const table: [target: Comparator, direction: Direction, below: string, at: string, above: string][] = [
    ['eq', 'up', 'missed at_least', 'met at_least', 'exceeded at_least'],
    ['eq', 'down', 'exceeded at_most', 'met at_most', 'missed at_most'],
    ['eq', 'none', 'missed exactly', 'met exactly', 'missed exactly'],
    ['ge', 'up', 'missed at_least', 'met at_least', 'exceeded at_least'],
    ['ge', 'down', 'missed at_least', 'met at_least', 'exceeded at_least'],
    ['le', 'up', 'exceeded at_most', 'met at_most', 'missed at_most'],
    ['le', 'none', 'exceeded at_most', 'met at_most', 'missed at_most'],
    ['gt', 'up', 'missed open_bound', 'missed open_bound', 'met open_bound'],
    ['lt', 'down', 'met open_bound', 'missed open_bound', 'missed open_bound'],
    ['approx', 'up', 'undecided approximate_figure', 'met approximate_target', 'exceeded approximate_target'],
    [
      'approx',
      'down',
      'exceeded approximate_target',
      'met approximate_target',
      'undecided approximate_figure',
    ],
    [
      'approx',
      'none',
      'undecided approximate_figure',
      'met approximate_target',
      'undecided approximate_figure',
    ],
  ];
  for (const [target, direction, ...expected] of table) {
    const found = [9, 10, 11].map((value) => judge([target, 10], ['eq', value], direction));
    t.strictSame(found, expected, `${target} 10, ${direction} is better`);
  }
});

t.test('a target of at least 10 against a bound: below, at and above the figure', async (t) => {
  const unsure = 'undecided bound_cannot_tell';
  const [met, missed, exceeded] = ['met', 'missed', 'exceeded'].map((status) => `${status} bound_decides`);
  const table: [result: Comparator, below: string, at: string, above: string][] = [
    ['ge', unsure, met as string, exceeded as string],
    ['gt', unsure, exceeded as string, exceeded as string],
    ['le', missed as string, unsure, unsure],
    ['lt', missed as string, missed as string, unsure],
  ];
  for (const [result, ...expected] of table) {
    const found = [9, 10, 11].map((value) => judge(['ge', 10], [result, value], 'none'));
    t.strictSame(found, expected, `${result} 9, 10, 11`);
  }
  t.equal(judge(['gt', 10], ['gt', 10], 'up'), 'met bound_decides', 'an open bound against itself');
  t.equal(judge(['gt', 10], ['gt', 99], 'up'), 'met bound_decides', 'an open bound is never exceeded');
  t.equal(judge(['gt', 10], ['ge', 10], 'up'), unsure);
  t.equal(judge(['eq', 10], ['le', 3], 'down'), exceeded, 'a rank among the first 3, of at most 10');
});

t.test('what is about a figure never tells, whatever the target', async (t) => {
  for (const target of comparators) {
    for (const direction of directions) {
      t.equal(judge([target, 10], ['approx', 1000], direction), 'undecided approximate_figure');
    }
  }
});

/** What a comparator allows of the numbers that are tried. */
const allows: Record<Exclude<Comparator, 'approx'>, (number: number, at: number) => boolean> = {
  eq: (number, at) => number === at,
  ge: (number, at) => number >= at,
  gt: (number, at) => number > at,
  le: (number, at) => number <= at,
  lt: (number, at) => number < at,
};
const tried = Array.from({ length: 81 }, (_, index) => index / 4 - 5);

/** The status by trying: what the result allows, in what is acceptable and in what is beyond it. */
function statusByTrying(
  wanted: Exclude<Comparator, 'approx'>,
  at: number,
  result: Exclude<Comparator, 'approx'>,
  value: number,
): TargetStatus {
  const possible = tried.filter((number) => allows[result](number, value));
  const isBeyond = { ge: 'gt', le: 'lt' } as const;
  if (wanted === 'ge' || wanted === 'le') {
    if (possible.every((number) => allows[isBeyond[wanted]](number, at))) return 'exceeded';
  }
  const acceptable = possible.filter((number) => allows[wanted](number, at));
  if (acceptable.length === possible.length) return 'met';
  return acceptable.length === 0 ? 'missed' : 'undecided';
}

t.test('every pair of comparators gives the status that trying numbers gives', async (t) => {
  const sharp = comparators.filter((one): one is Exclude<Comparator, 'approx'> => one !== 'approx');
  const half = fc.integer({ min: 0, max: 20 }).map((number) => number / 2);
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.constantFrom(...sharp),
      half,
      fc.constantFrom(...sharp),
      half,
      fc.constantFrom(...directions),
      (target, at, result, value, direction) => {
        const [status] = judge([target, at], [result, value], direction).split(' ');
        seen.add(`${target} ${result} ${status}`);
        t.equal(status, statusByTrying(wantedOf(target, direction), at, result, value));
      },
    ),
    { numRuns: 3000 },
  );
  t.equal(new Set([...seen].map((one) => one.split(' ').slice(0, 2).join(' '))).size, 25, 'all 25 pairs');
});
