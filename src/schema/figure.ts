/** What a printed figure says: an exact number, and the numbers that its comparator allows. */
import Fraction from 'fraction.js';
import type { Comparator } from './common.ts';

/** How a figure is qualified, as a person says it before the number. */
export const comparatorWords: Record<Comparator, string> = {
  eq: '',
  ge: 'at least ',
  gt: 'more than ',
  le: 'at most ',
  lt: 'under ',
  approx: 'about ',
};

/** A figure as it is published: its shortest decimal form is what the source has. `1e-7` is a ten-millionth. */
export function fraction(figure: number): Fraction {
  const [digits = '', exponent = '0'] = String(figure).split('e');
  return new Fraction(digits).mul(new Fraction(10).pow(Number(exponent)));
}

/** What a comparator says without doubt. */
export type Sharp = Exclude<Comparator, 'approx'>;

/** One end of an interval; an open end is not part of it. */
interface Bound {
  at: Fraction;
  open: boolean;
}
/** Without an end it goes on for ever. */
export interface Interval {
  low?: Bound;
  high?: Bound;
}

export function intervalOf(comparator: Sharp, at: Fraction): Interval {
  const bound = { at, open: comparator === 'gt' || comparator === 'lt' };
  if (comparator === 'eq') return { low: bound, high: bound };
  return isLowerBound(comparator) ? { low: bound } : { high: bound };
}

/** Whether all of the one lies above all of the other. */
export function isAbove(one: Interval, other: Interval): boolean {
  if (!one.low || !other.high) return false;
  const order = one.low.at.compare(other.high.at);
  return order > 0 || (order === 0 && (one.low.open || other.high.open));
}

/** Whether no number lies in both. */
export const areApart = (one: Interval, other: Interval): boolean =>
  isAbove(one, other) || isAbove(other, one);

/** Whether every number of the one lies in the other. */
export function liesIn(inner: Interval, outer: Interval): boolean {
  const fits = (side: keyof Interval, sign: 1 | -1): boolean => {
    const [here, limit] = [inner[side], outer[side]];
    if (!limit) return true;
    if (!here) return false;
    const distance = here.at.compare(limit.at) * sign;
    return distance > 0 || (distance === 0 && (here.open || !limit.open));
  };
  return fits('low', 1) && fits('high', -1);
}

const isLowerBound = (one: Sharp): boolean => one === 'ge' || one === 'gt';

/** Of what is subtracted or divided by: more of it leaves less. */
export const opposite = { eq: 'eq', ge: 'le', gt: 'lt', le: 'ge', lt: 'gt' } as const satisfies Record<
  Sharp,
  Sharp
>;

/** What two qualified figures come to together; null where one is a bound below and the other above. */
export function joined(one: Sharp, other: Sharp): Sharp | null {
  if (one === 'eq') return other;
  if (other === 'eq' || one === other) return one;
  if (isLowerBound(one) !== isLowerBound(other)) return null;
  return isLowerBound(one) ? 'gt' : 'lt';
}
