/** Judges one figure by another: each is a set of numbers that its comparator allows, and sets are compared. */
import type Fraction from 'fraction.js';
import type { Comparator } from '../schema/common.ts';
import { areApart, intervalOf, liesIn, type Sharp } from '../schema/figure.ts';
import type { Direction } from '../schema/indicator.ts';
import type { TargetRule, TargetStatus } from '../schema/target.ts';

/** A figure as it was qualified where it was printed. */
export interface Qualified {
  comparator: Comparator;
  at: Fraction;
}

export interface Verdict {
  status: TargetStatus;
  rule: TargetRule;
}

const betterSide: Record<Direction, Sharp> = { up: 'ge', down: 'le', none: 'eq' };
const strictly: Partial<Record<Sharp, Sharp>> = { ge: 'gt', le: 'lt' };
const ruleOf: Record<Sharp, TargetRule> = {
  eq: 'exactly',
  ge: 'at_least',
  le: 'at_most',
  gt: 'open_bound',
  lt: 'open_bound',
};

/** What is acceptable: the printed bound; of a bare or an approximate figure, that one and the better side. */
export const wantedOf = (target: Comparator, direction: Direction): Sharp =>
  target === 'eq' || target === 'approx' ? betterSide[direction] : target;

/** Both in the same unit. The direction says which side of a target without a bound is better. */
export function judgeFigure(target: Qualified, result: Qualified, direction: Direction): Verdict {
  if (result.comparator === 'approx') return { status: 'undecided', rule: 'approximate_figure' };
  const wanted = wantedOf(target.comparator, direction);
  const reached = intervalOf(result.comparator, result.at);
  const acceptable = intervalOf(wanted, target.at);
  const beyond = strictly[wanted];
  const isApproximate = target.comparator === 'approx';
  const rule = decidedBy(isApproximate, result.comparator, wanted);
  if (beyond && liesIn(reached, intervalOf(beyond, target.at))) return { status: 'exceeded', rule };
  if (liesIn(reached, acceptable)) return { status: 'met', rule };
  if (isApproximate) return { status: 'undecided', rule: 'approximate_figure' };
  if (areApart(reached, acceptable)) return { status: 'missed', rule };
  return { status: 'undecided', rule: 'bound_cannot_tell' };
}

function decidedBy(isApproximate: boolean, result: Sharp, wanted: Sharp): TargetRule {
  if (isApproximate) return 'approximate_target';
  return result === 'eq' ? ruleOf[wanted] : 'bound_decides';
}
