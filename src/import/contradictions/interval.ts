/** Exact numbers, and the intervals in which a printed figure says that the true one lies. */
import Fraction from 'fraction.js';
import type { Comparator } from '../../schema/common.ts';

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

/** `12.5`, `1e-7` → exact, times a power of ten. */
export function exact(number: number, power = 0): Fraction {
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  return new Fraction(mantissa).mul(new Fraction(10).pow(Number(exponent) + power));
}

/** "About" leaves a tenth to either side. */
function around(at: Fraction): Interval {
  return widened({ low: { at, open: false }, high: { at, open: false } }, at.abs().div(10));
}

export function intervalOf(comparator: Comparator, at: Fraction): Interval {
  const [closed, open] = [
    { at, open: false },
    { at, open: true },
  ];
  if (comparator === 'approx') return around(at);
  if (comparator === 'eq') return { low: closed, high: closed };
  if (comparator === 'ge') return { low: closed };
  if (comparator === 'gt') return { low: open };
  return comparator === 'le' ? { high: closed } : { high: open };
}

/** By the same at both ends. */
export function widened(interval: Interval, by: Fraction): Interval {
  const moved = (end: Bound | undefined, step: Fraction) => end && { ...end, at: end.at.sub(step) };
  return bounded(moved(interval.low, by), moved(interval.high, by.neg()));
}

/** Every number of the one minus every number of the other. */
export function minus(a: Interval, b: Interval): Interval {
  const end = (from: Bound | undefined, less: Bound | undefined) =>
    from && less && { at: from.at.sub(less.at), open: from.open || less.open };
  return bounded(end(a.low, b.high), end(a.high, b.low));
}

function bounded(low: Bound | undefined, high: Bound | undefined): Interval {
  return { ...(low && { low }), ...(high && { high }) };
}

/** Whether all of the one lies above all of the other. */
export function isAbove(a: Interval, b: Interval): boolean {
  if (!a.low || !b.high) return false;
  const order = a.low.at.compare(b.high.at);
  return order > 0 || (order === 0 && (a.low.open || b.high.open));
}

/** Whether no number lies in both. */
export const areApart = (a: Interval, b: Interval): boolean => isAbove(a, b) || isAbove(b, a);
