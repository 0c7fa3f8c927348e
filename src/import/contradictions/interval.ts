/** Intervals in which the true number of a printed figure lies, "about" included, and sums with them. */
import type Fraction from 'fraction.js';
import type { Comparator } from '../../schema/common.ts';
import { type Interval, intervalOf } from '../../schema/figure.ts';

/** "About" leaves a tenth to either side. */
export function claimedBy(comparator: Comparator, at: Fraction): Interval {
  return comparator === 'approx'
    ? widened(intervalOf('eq', at), at.abs().div(10))
    : intervalOf(comparator, at);
}

/** By the same at both ends. */
export function widened({ low, high }: Interval, by: Fraction): Interval {
  return {
    ...(low && { low: { ...low, at: low.at.sub(by) } }),
    ...(high && { high: { ...high, at: high.at.add(by) } }),
  };
}

/** Every number of the one minus every number of the other. */
export function minus(a: Interval, b: Interval): Interval {
  const end = (from: Interval['low'], less: Interval['low']) =>
    from && less && { at: from.at.sub(less.at), open: from.open || less.open };
  const [low, high] = [end(a.low, b.high), end(a.high, b.low)];
  return { ...(low && { low }), ...(high && { high }) };
}
