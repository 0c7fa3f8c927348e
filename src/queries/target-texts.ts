/** What is said of a judged target: the figures put into its formula, and the rule in words. */
import type Fraction from 'fraction.js';
import type { Comparator } from '../schema/common.ts';
import { comparatorWords } from '../schema/figure.ts';
import type { Direction } from '../schema/indicator.ts';
import type { TargetStatus } from '../schema/target.ts';
import { decimalText, exactly } from './fractions.ts';
import { type Qualified, type Verdict, wantedOf } from './target-judging.ts';
import type { Difference } from './target-matching.ts';
import { numberOf, type Statement, unitOf } from './target-statements.ts';

const signs: Record<Comparator, string> = { eq: '', ge: '≥ ', gt: '> ', le: '≤ ', lt: '< ', approx: '≈ ' };
/** `94.1…` where the decimals have no end. */
export const numberText = (number: Fraction): string =>
  exactly(number) ?? `${decimalText(number, 1, 'floor')}…`;

/** `17/17 = 100 %`, `7.27` or `7.27 %`. */
export function figureText(statement: Statement, number: Fraction, suffix: string): string {
  const { numerator, denominator } = statement;
  const fraction = numerator === null ? '' : `${numerator}/${denominator} = `;
  return `${fraction}${numberText(number)}${suffix}`;
}

/** A figure and how it is written. */
export interface Side extends Qualified {
  text: string;
}

/** `7.27 < 7.5`; of bounds and approximations `≥ 95, wanted > 90`; null without figures. */
export function formulaOf(target: Statement, result: Statement, direction: Direction): string | null {
  const [wanted, reached] = [numberOf(target), numberOf(result)];
  if (wanted === null || reached === null) return null;
  const suffix = target.numerator !== null || result.numerator !== null ? ' %' : '';
  const sideOf = (statement: Statement, at: Fraction): Side => ({
    comparator: statement.comparator,
    at,
    text: figureText(statement, at, suffix),
  });
  return relation(sideOf(result, reached), sideOf(target, wanted), direction);
}

export function relation(reached: Side, wanted: Side, direction: Direction): string {
  if (reached.comparator === 'eq' && wanted.comparator !== 'approx') {
    const distance = reached.at.compare(wanted.at);
    return `${reached.text} ${distance === 0 ? '=' : distance < 0 ? '<' : '>'} ${wanted.text}`;
  }
  return `${signs[reached.comparator]}${reached.text}, wanted ${signs[soughtBy(wanted, direction)] || '= '}${wanted.text}`;
}

const soughtBy = ({ comparator }: Pick<Qualified, 'comparator'>, direction: Direction): Comparator =>
  comparator === 'approx' ? comparator : wantedOf(comparator, direction);

/** `> 73000` */
export const signed = (comparator: Comparator, text: string): string => `${signs[comparator]}${text}`;

const plain = (word: string): string => word.replaceAll('_', ' ');
const unitText = (unit: string): string => (unit === 'percent' ? ' %' : ` ${plain(unit)}`);

/** A figure or finding as a person says it: `at least 7.5 %`, `proposed`. */
export function said(statement: Statement, comparator: Comparator = statement.comparator): string {
  const number = numberOf(statement);
  if (number !== null) {
    return `${comparatorWords[comparator]}${figureText(statement, number, unitText(unitOf(statement)))}`;
  }
  return statement.valueCode === null ? `the trend "${statement.trend}"` : `"${plain(statement.valueCode)}"`;
}

const wantedText = (target: Statement, direction: Direction): string =>
  `Wanted: ${said(target, soughtBy(target, direction))}.`;
const reported = (result: Statement): string =>
  `${said(result)}${result.scenario === 'actual' ? '' : ` (${result.scenario})`}`;

const outcomes: Partial<Record<TargetStatus, string>> = {
  exceeded: 'That is beyond it.',
  met: 'That is reached.',
  missed: 'That is not reached.',
};
const doubts: Partial<Record<Verdict['rule'], string>> = {
  bound_cannot_tell: 'A bound with numbers on both sides cannot tell.',
  approximate_figure: 'What is about a figure cannot tell.',
  period_inferred: 'The period of neither is printed beside it, so that it cannot tell.',
  finding_without_number: 'A finding without a number cannot tell.',
  no_better_side: 'Neither more nor less of it is better, so that it cannot tell.',
};

export function judgedText(
  target: Statement,
  result: Statement,
  { status, rule }: Verdict,
  direction: Direction,
): string {
  const end = outcomes[status] ?? doubts[rule];
  return `${wantedText(target, direction)} Reported: ${reported(result)}. ${end}`;
}

export const disagreeingText = (
  target: Statement,
  results: readonly Statement[],
  direction: Direction,
): string =>
  `${wantedText(target, direction)} Sources disagree: ${results.map((one) => reported(one)).join('; ')}.`;

export const progressText = ({ period }: Statement, progress: Statement): string =>
  `Until ${progress.period.end}: ${reported(progress)}. The period ends on ${period.end}.`;

export const notOverText = ({ period }: Statement): string =>
  `The period ends on ${period.end}; no result is reported yet.`;

export const nothingText = ({ period }: Statement): string =>
  `The period ended on ${period.end}, and nothing that comes near is reported.`;

const differing: Record<Difference, string> = {
  territory_differs: 'is of another territory of the place',
  unit_suspect: 'cannot be set beside it, for one of the two is probably printed with a wrong unit or value',
  unit_differs: 'has another unit',
  basis_differs: 'is measured against something else',
  scope_differs: 'has another scope',
  dimensions_differ: 'has other dimensions',
  period_differs: 'is of another period',
  measure_differs: 'is another measure',
};
export const differingText = (nearest: Statement, difference: Difference): string =>
  `What is reported nearest, ${reported(nearest)}, ${nearest.period.label}, ${differing[difference]}.`;

export const planText = (share: Statement, { status, rule }: Verdict): string => {
  const plan = share.basis?.kind === 'budget_estimate' ? 'budget estimate' : 'plan';
  const until = share.basis?.end ?? null;
  const whole = until === null ? `a ${plan} whose period is not printed` : `the ${plan} until ${until}`;
  const ends: Partial<Record<TargetStatus, string>> = {
    in_progress: 'More may come of it.',
    not_comparable: 'The share is probably printed with a wrong unit or value.',
    ...outcomes,
  };
  return `Until ${share.period.end}: ${reported(share)} of ${whole}. ${ends[status] ?? doubts[rule]}`;
};
