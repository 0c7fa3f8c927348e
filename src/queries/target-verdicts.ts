/** Judges what a target states by what a result states: figures, findings and trends. */
import { fraction } from '../schema/figure.ts';
import type { Direction } from '../schema/indicator.ts';
import { exactly } from './fractions.ts';
import { judgeFigure, type Verdict } from './target-judging.ts';
import { qualifiedOf, type Statement, unitOf } from './target-statements.ts';

/** Findings without a number that say that a goal was reached; no other word does. */
export const reachedCodes: readonly string[] = [
  'achieved',
  'completed',
  'fulfilled',
  'met',
  'reached',
  'recognised',
];

/** What was set out, which says nothing of what came of it. */
const setOutCodes: readonly string[] = ['goal', 'planned', 'proposed'];

const cannotTell: Verdict = { status: 'undecided', rule: 'finding_without_number' };

export function judgeStatement(target: Statement, result: Statement, direction: Direction): Verdict {
  if (hasInferredPeriod(target) && hasInferredPeriod(result)) {
    return { status: 'undecided', rule: 'period_inferred' };
  }
  const [wanted, reached] = [qualifiedOf(target), qualifiedOf(result)];
  if (wanted && reached) return judgeFigure(wanted, reached, direction);
  return wanted || reached ? cannotTell : judgeFinding(target, result);
}

const hasInferredPeriod = ({ flags }: Statement): boolean =>
  flags.includes('period_inferred') || flags.includes('year_inferred');

export function judgeFinding(
  { valueCode: wanted, trend }: Pick<Statement, 'valueCode' | 'trend'>,
  result: Statement,
): Verdict {
  if (wanted === null && result.trend !== null) {
    return result.trend === trend
      ? { status: 'met', rule: 'trend_matches' }
      : { status: 'missed', rule: 'trend_differs' };
  }
  const { valueCode } = result;
  if (wanted === null || valueCode === null) return cannotTell;
  const isWanted = valueCode === wanted && !setOutCodes.includes(valueCode);
  return isWanted || reachedCodes.includes(valueCode)
    ? { status: 'met', rule: 'finding_matches' }
    : cannotTell;
}

/** Result minus target where both are exact: fractions of one whole in what is counted, others in per cent. */
export function gapOf(target: Statement, result: Statement): { gap: number | null; gapUnit: string | null } {
  const none = { gap: null, gapUnit: null };
  const [wanted, reached] = [qualifiedOf(target), qualifiedOf(result)];
  if (!wanted || !reached || wanted.comparator === 'approx' || reached.comparator !== 'eq') return none;
  if (target.numerator !== null && result.numerator !== null && target.denominator === result.denominator) {
    const gap = fraction(result.numerator).sub(fraction(target.numerator));
    return { gap: Number(exactly(gap)), gapUnit: target.unit };
  }
  const gap = exactly(reached.at.sub(wanted.at));
  return gap === null ? none : { gap: Number(gap), gapUnit: unitOf(target) };
}
