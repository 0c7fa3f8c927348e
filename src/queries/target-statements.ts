/** What is read of an observation to judge a target by it, and its figure as an exact number. */
import type Fraction from 'fraction.js';
import { fraction } from '../schema/figure.ts';
import { type Observation, Scenario } from '../schema/observation.ts';
import type { TargetInput, TargetRole } from '../schema/target.ts';
import type { Qualified } from './target-judging.ts';

/** The members of an observation that a target and its result are compared by. */
export const statementMembers = [
  'id',
  'indicator',
  'place',
  'period',
  'measure',
  'scenario',
  'comparator',
  'value',
  'valueCode',
  'trend',
  'unit',
  'numerator',
  'denominator',
  'basis',
  'scope',
  'dimensions',
  'flags',
  'readings',
] as const satisfies readonly (keyof Observation)[];
export type Statement = Pick<Observation, (typeof statementMembers)[number]>;

/** Of a printed fraction its per cent, else the value; null: a finding without a number. */
export function numberOf({ value, numerator, denominator }: Statement): Fraction | null {
  if (numerator !== null && denominator !== null) {
    return fraction(numerator).div(fraction(denominator)).mul(100);
  }
  return value === null ? null : fraction(value);
}

export function qualifiedOf(statement: Statement): Qualified | null {
  const at = numberOf(statement);
  return at && { comparator: statement.comparator, at };
}

/** A fraction is a per cent, whatever is counted. */
export const unitOf = ({ unit, numerator }: Statement): string => (numerator === null ? unit : 'percent');

/** Whether the unit or the value is probably printed wrong. */
export const isSuspect = ({ flags, readings }: Statement): boolean =>
  flags.includes('unit_suspect') || readings.some(({ field }) => field === 'unit' || field === 'value');

export function inputOf(statement: Statement, role: TargetRole): TargetInput {
  const { id, scenario, comparator, value, valueCode, trend, unit, numerator, denominator, period, place } =
    statement;
  const figures = { comparator, value, valueCode, trend, unit, numerator, denominator };
  return { observation: id, role, scenario, ...figures, period, place };
}

type OfScenario = Pick<Observation, 'scenario'>;

/** What weighs more comes first: a result before what was estimated of it. */
export const weightOf = ({ scenario }: OfScenario): number => Scenario.enum.indexOf(scenario);

/** Of several statements those of the best scenario. */
export function bestOf<S extends OfScenario>(statements: readonly S[]): S[] {
  const best = Math.min(...statements.map(weightOf));
  return statements.filter((one) => weightOf(one) === best);
}
