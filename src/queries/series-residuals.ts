/** Residuals: what lies between two cumulative figures of a year, exact or not given, with the reason. */

import { type Group, groupBy } from '../lists.ts';
import { type Comparator, Flag } from '../schema/common.ts';
import { joined, opposite } from '../schema/figure.ts';
import { parsePeriod } from '../schema/period.ts';
import type { ResidualObstacle, SeriesPoint } from '../schema/series.ts';
import { dayAfter } from './days.ts';
import { differenceOf, isTooLong } from './fractions.ts';
import { changesBetween, type Graph } from './series-breaks.ts';
import { familyOf, type SeriesFigure } from './series-figures.ts';
import { bestOf, weightOf } from './target-statements.ts';
import { doubts } from './territory-figures.ts';

/** The figures for one end of a year's account, side by side where sources tell several. */
type Side = Group<SeriesFigure>;

/** Between neighbours among the cumulative figures of each year; the figures are in order of time. */
export function residualsOf(graph: Graph, figures: readonly SeriesFigure[]): SeriesPoint[] {
  const accounts = groupBy(figures.filter(isRunning), (figure) =>
    JSON.stringify([figure.indicator.id, familyOf(figure), figure.scope, figure.period.start]),
  );
  return [...accounts.values()].flatMap((account) => {
    const sides = [...groupBy(account, ({ period }) => period.end).values()].map(
      (side) => bestOf(side) as Side,
    );
    return sides.slice(1).map((later, index) => residualOf(graph, sides[index] as Side, later));
  });
}

/** From the start of a year: cumulative, or all of the year. */
function isRunning({ additive, measure, period: { start, end, cumulative } }: SeriesFigure): boolean {
  const [year] = start.split('-', 1);
  const isWithinYear = start === `${year}-01-01` && end.startsWith(`${year}-`);
  return additive && measure === 'value' && isWithinYear && (cumulative || end === `${year}-12-31`);
}

function residualOf(graph: Graph, earlierSide: Side, laterSide: Side): SeriesPoint {
  const [earlier, later] = [earlierSide[0], laterSide[0]];
  const comparator = comparatorOf(later.comparator, earlier.comparator);
  const found = obstacleOf(graph, earlierSide, laterSide);
  const obstacle = found ?? (comparator === null ? 'bound_not_exact' : null);
  if (comparator === null || obstacle !== null) return pointOf(earlier, later, { obstacle });
  const [minuend, subtrahend] = [later.exact, earlier.exact] as [string, string];
  const value = differenceOf(minuend, subtrahend);
  if (isTooLong(value)) return pointOf(earlier, later, { obstacle: 'difference_too_long' });
  const formula = `${minuend} − ${subtrahend}`;
  return pointOf(earlier, later, { comparator, value: Number(value), formula });
}

function pointOf(earlier: SeriesFigure, later: SeriesFigure, result: Partial<SeriesPoint>): SeriesPoint {
  const [start, end] = [dayAfter(earlier.period.end), later.period.end];
  const weaker = weightOf(earlier) > weightOf(later) ? earlier : later;
  const flags: Flag[] = ['derived', ...earlier.flags, ...later.flags];
  return {
    kind: 'residual',
    observation: null,
    indicator: later.indicator,
    possiblySame: later.indicator.id !== later.asked.indicator.id,
    place: later.place,
    period: { ...parsePeriod(`${start}/${end}`), cumulative: false },
    scenario: weaker.scenario,
    comparator: null,
    value: null,
    valueCode: null,
    trend: null,
    numerator: null,
    denominator: null,
    outOf: null,
    basis: null,
    issuer: later.issuer?.id === earlier.issuer?.id ? later.issuer : null,
    scope: later.scope,
    dataset: later.dataset === earlier.dataset ? later.dataset : null,
    flags: Flag.enum.filter((flag) => flags.includes(flag)),
    contradictions: [],
    comparability: null,
    breaks: [],
    formula: null,
    inputs: [later.id, earlier.id],
    obstacle: null,
    ...result,
  };
}

function obstacleOf(graph: Graph, earlierSide: Side, laterSide: Side): ResidualObstacle | null {
  if ([earlierSide, laterSide].some(isDisputed)) return 'figures_in_contradiction';
  const [earlier, later] = [earlierSide[0], laterSide[0]];
  const both = [earlier, later];
  if (both.some(({ exact }) => exact === null)) return 'no_number';
  if (both.some(({ subsetOf }) => subsetOf !== null)) return 'subset_of_another';
  if (both.some(isDoubtful)) return 'figure_in_doubt';
  const changed = changesBetween(graph, earlier, later).map(({ kind }) => kind);
  if (changed.includes('territory')) return 'territory_changed';
  return changed.includes('definition') ? 'definition_changed' : null;
}

/** A side of a contradiction, or one of several that do not say the same. */
function isDisputed(side: Side): boolean {
  const says = side.map(({ comparator, exact }) => `${comparator} ${exact === null ? '' : Number(exact)}`);
  return new Set(says).size > 1 || side.some(({ contradictions }) => contradictions.length > 0);
}

const isDoubtful = ({ flags, readings }: SeriesFigure): boolean =>
  readings.length > 0 || flags.some((flag) => doubts.includes(flag) || flag === 'base_suspect');

/** How a difference is qualified: more than 10 less exactly 7 is more than 3, less at least 7 it may be anything. */
function comparatorOf(later: Comparator, earlier: Comparator): Comparator | null {
  if (later === 'approx' || earlier === 'approx') return null;
  return joined(later, opposite[earlier]);
}
