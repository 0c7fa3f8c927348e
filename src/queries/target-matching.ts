/** Which observations are results of a target, and by what the others are not. */
import type { Basis } from '../schema/observation.ts';
import type { TargetRule } from '../schema/target.ts';
import { isSuspect, type Statement, unitOf, weightOf } from './target-statements.ts';

/** What may differ, from the least to the most; of several near matches the least is told. */
export const differences = [
  'territory_differs',
  'unit_suspect',
  'unit_differs',
  'basis_differs',
  'scope_differs',
  'dimensions_differ',
  'period_differs',
  'measure_differs',
] as const satisfies readonly TargetRule[];
export type Difference = (typeof differences)[number];

export interface Matches {
  /** Alike in everything. */
  results: Statement[];
  /** Alike in everything but that they cover only the beginning of the period; the longest first. */
  progress: Statement[];
  /** Those that differ in one thing, the nearest first. */
  near: { statement: Statement; difference: Difference }[];
}

/** Sorts what is of the same indicator and place, in an overlapping period. */
export function matchesOf(
  target: Statement,
  others: readonly Statement[],
  sameTerritory: (one: Statement, other: Statement) => boolean,
): Matches {
  const matches: Matches = { results: [], progress: [], near: [] };
  for (const statement of others) {
    const found = differencesOf(target, statement);
    if (!sameTerritory(target, statement)) found.unshift('territory_differs');
    const [difference, ...more] = found;
    if (difference === undefined) matches.results.push(statement);
    else if (more.length > 0) continue;
    else if (difference === 'period_differs' && isBeginning(statement, target)) {
      matches.progress.push(statement);
    } else matches.near.push({ statement, difference });
  }
  matches.progress.sort((one, other) => bytes(other.period.end, one.period.end) || inOrder(one, other));
  const rank = ({ difference }: Matches['near'][number]) => differences.indexOf(difference);
  matches.near.sort((one, other) => rank(one) - rank(other) || inOrder(one.statement, other.statement));
  return matches;
}

const bytes = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
const inOrder = (one: Statement, other: Statement): number =>
  weightOf(one) - weightOf(other) || bytes(one.id, other.id);

/** A day is none: 1 January tells nothing of the year. */
const isBeginning = ({ period }: Statement, whole: Statement): boolean =>
  period.start === whole.period.start && period.start < period.end && period.end < whole.period.end;

/**
 * All but the territory. A suspect unit may be the same or another one: nobody knows. Another measure has a unit
 * and a basis of its own, which are no further difference.
 */
function differencesOf(one: Statement, other: Statement): Difference[] {
  const suspect = isSuspect(one) || isSuspect(other);
  const sameMeasure = one.measure === other.measure;
  const differs: Record<Exclude<Difference, 'territory_differs'>, boolean> = {
    unit_suspect: sameMeasure && suspect,
    unit_differs: sameMeasure && !suspect && unitOf(one) !== unitOf(other),
    basis_differs: sameMeasure && basisOf(one.basis) !== basisOf(other.basis),
    scope_differs: one.scope !== other.scope,
    dimensions_differ: sorted(one.dimensions) !== sorted(other.dimensions),
    period_differs: one.period.start !== other.period.start || one.period.end !== other.period.end,
    measure_differs: !sameMeasure,
  };
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((difference) => differs[difference]);
}

const sorted = (map: Record<string, string>): string => JSON.stringify(Object.entries(map).sort());
const basisOf = (basis: Basis | null): string =>
  JSON.stringify(basis && [basis.kind, basis.start, basis.end]);
