/** Plans that no source prints: how far a reported share says that they came, and what they come to. */
import type Fraction from 'fraction.js';
import type { Comparator } from '../schema/common.ts';
import { fraction, joined, opposite } from '../schema/figure.ts';
import type { Direction } from '../schema/indicator.ts';
import type { ImpliedPlan, TargetResult, TargetRole } from '../schema/target.ts';
import { decimalText, exactly, type Rounding } from './fractions.ts';
import { judgeFigure, type Qualified, type Verdict } from './target-judging.ts';
import { matchesOf } from './target-matching.ts';
import { bestOf, inputOf, isSuspect, qualifiedOf, type Statement, unitOf } from './target-statements.ts';
import { figureText, planText, relation, signed } from './target-texts.ts';
import { judgeFinding } from './target-verdicts.ts';

/** The whole plan, in the unit of the share. */
const wholeOf = (share: Statement): Qualified => ({
  comparator: 'eq',
  at: fraction(unitOf(share) === 'times' ? 1 : 100),
});
const suffixOf = (share: Statement): string => ` ${unitOf(share) === 'times' ? 'times' : '%'}`;

/** What a reported share says of its plan; `others` are of the same indicator and place. */
export function judgePlan(
  share: Statement,
  direction: Direction,
  others: readonly Statement[],
): TargetResult {
  const verdict = verdictOf(share, direction);
  const role: TargetRole = verdict.status === 'in_progress' ? 'progress' : 'result';
  const reached = qualifiedOf(share);
  const whole = wholeOf(share);
  const gap = reached?.comparator === 'eq' ? exactly(reached.at.sub(whole.at)) : null;
  const suffix = suffixOf(share);
  return {
    ...verdict,
    text: planText(share, verdict),
    formula:
      reached &&
      relation(
        { ...reached, text: figureText(share, reached.at, suffix) },
        { ...whole, text: `${decimalText(whole.at, 0)}${suffix}` },
        direction,
      ),
    observation: role === 'result' ? share.id : null,
    scenario: role === 'result' ? share.scenario : null,
    gap: gap === null ? null : Number(gap),
    gapUnit: gap === null ? null : unitOf(share),
    inputs: [inputOf(share, role)],
    impliedPlan: impliedPlan(share, role, others),
  };
}

/** Only where more is better is a plan reached before its period is over: what was reached stays. */
function verdictOf(share: Statement, direction: Direction): Verdict {
  if (isSuspect(share)) return { status: 'not_comparable', rule: 'unit_suspect' };
  const { basis, period } = share;
  const reached = qualifiedOf(share);
  const { status, rule } = reached
    ? judgeFigure(wholeOf(share), reached, direction)
    : judgeFinding({ valueCode: 'goal', trend: null }, share);
  const isReached = status === 'met' || status === 'exceeded';
  const isOver = basis !== null && basis.end !== null && basis.end <= period.end;
  if (!isOver && !(isReached && direction === 'up')) return { status: 'in_progress', rule: 'plan_not_over' };
  if (isReached) return { status, rule: 'plan_share_reached' };
  if (status !== 'missed') return { status, rule };
  return direction === 'none'
    ? { status: 'undecided', rule: 'no_better_side' }
    : { status, rule: 'plan_share_missed' };
}

/** Value / share, where the value that the share is of is reported too; of several that differ, none is picked. */
function impliedPlan(share: Statement, role: TargetRole, others: readonly Statement[]): ImpliedPlan | null {
  const part = qualifiedOf(share);
  const values = others.filter((one) => one.measure === 'value' && !isSuspect(one));
  const alike = matchesOf(share, values, isSamePlace).near.map(({ statement }) => statement);
  const ofScenario = alike.filter(({ scenario }) => scenario === share.scenario);
  const [value, ...more] = ofScenario.length > 0 ? ofScenario : bestOf(alike);
  const reached = value && qualifiedOf(value);
  if (!part || !reached || more.some((one) => !isSameFigure(one, value)) || isSuspect(share)) return null;
  const plan = divide(reached, part, wholeOf(share).at);
  const shareText = signed(part.comparator, figureText(share, part.at, suffixOf(share)));
  return (
    plan && {
      computed: true,
      ...plan,
      unit: value.unit,
      formula: `${signed(reached.comparator, decimalText(reached.at))} / ${shareText}`,
      inputs: [inputOf(value, 'quantity'), inputOf(share, role)],
    }
  );
}

const isSamePlace = (one: Statement, other: Statement): boolean => one.place.id === other.place.id;
const isSameFigure = (one: Statement, other: Statement): boolean =>
  one.value === other.value && one.comparator === other.comparator && one.unit === other.unit;

/** What is more than 90 of a share of at most 50 % is more than 180. Null where the two bounds say nothing together. */
function divide(
  value: Qualified,
  share: Qualified,
  whole: Fraction,
): Pick<ImpliedPlan, 'comparator' | 'value'> | null {
  const comparator = comparatorOf(value.comparator, share.comparator);
  if (comparator === null || share.at.compare(0) <= 0 || value.at.compare(0) < 0) return null;
  const plan = value.at.mul(whole).div(share.at);
  const exact = exactly(plan);
  if (exact !== null) return { comparator, value: Number(exact) };
  const rounding: Rounding = roundings[comparator];
  const magnitude = Math.floor(Math.log10(plan.valueOf()));
  const rounded = Number(decimalText(plan, Math.max(2, 5 - magnitude), rounding));
  return { comparator: comparator === 'eq' ? 'approx' : comparator, value: rounded };
}

const roundings: Record<Comparator, Rounding> = {
  eq: 'round',
  approx: 'round',
  ge: 'floor',
  gt: 'floor',
  le: 'ceil',
  lt: 'ceil',
};

/** Of a quotient: a bound of the divisor is one on the other side. About a bound nothing can be said. */
function comparatorOf(value: Comparator, share: Comparator): Comparator | null {
  if (value === 'approx' || share === 'approx') {
    return [value, share].every((one) => one === 'approx' || one === 'eq') ? 'approx' : null;
  }
  return joined(value, opposite[share]);
}
