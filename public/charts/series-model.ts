/** Which points of series are drawn, which of them are joined, and where what breaks. */

import { groupBy } from '../../src/lists';
import type { Schemas } from '../lib/api';
import { yearsOf } from './scales';

type Point = Schemas['SeriesPoint'];

/** The figures of one place that are of one kind. */
export interface SeriesLine {
  place: Schemas['PlaceRef'];
  points: readonly Point[];
}

export interface DrawnPoint {
  point: Point;
  value: number;
  /** Years, from the start of the period to its end. */
  from: number;
  to: number;
  kind: 'reported' | 'sum' | 'residual';
}

export interface Undrawn {
  point: Point;
  why: 'number' | 'territory' | 'obstacle' | 'computed';
}

export interface Break {
  number: number;
  line: number;
  point: Point;
  before: Point | undefined;
  breaks: readonly Schemas['SeriesBreak'][];
}

/** `territory`: figures are wanted for the territory of a day, which the points have to compare with. */
export function drawnOf(point: Point, territory: string | undefined): DrawnPoint | Undrawn {
  const { period, comparability } = point;
  const times = { from: yearsOf(period.start), to: yearsOf(period.end, { isEnd: true }) };
  if (period.start === period.end) times.to = times.from;
  if (point.kind === 'residual') {
    if (point.value === null) return { point, why: 'obstacle' };
    return territory === undefined
      ? { point, value: point.value, kind: 'residual', ...times }
      : { point, why: 'computed' };
  }
  if (territory !== undefined && comparability?.kind === 'exact_sum' && comparability.value !== null)
    return { point, value: comparability.value, kind: 'sum', ...times };
  if (territory !== undefined && comparability?.kind !== 'same') return { point, why: 'territory' };
  return point.value === null
    ? { point, why: 'number' }
    : { point, value: point.value, kind: 'reported', ...times };
}

export const isDrawn = (one: DrawnPoint | Undrawn): one is DrawnPoint => 'value' in one;
export const middleOf = ({ from, to }: Pick<DrawnPoint, 'from' | 'to'>): number => (from + to) / 2;

/** Of a territory that was asked for, all points that are drawn have it: changes of territory are no breaks then. */
const breaksOf = (point: Point, territory: string | undefined): Point['breaks'] =>
  territory === undefined ? point.breaks : point.breaks.filter(({ kind }) => kind !== 'territory');

/** As long, and cumulative or not. */
export function kindOfPeriod({ point: { period }, from, to }: DrawnPoint): string {
  return `${Math.round((to - from) * 12)}${period.cumulative ? ' cumulative' : ''}`;
}

/** Months and a year apart is near enough; a year that is missing is a gap. */
function follows(before: DrawnPoint, after: DrawnPoint): boolean {
  const length = before.to - before.from;
  const step = before.point.period.cumulative || length < 0.05 ? 1 : length;
  return after.from - before.from <= step * 1.02 + 0.01;
}

const firmness = { actual: 0, preliminary: 1, estimate: 2, target: 3 } as const;

/** What a line goes through in one period: the firmest figure; null where those that are equally firm differ. */
function chosen(points: readonly DrawnPoint[]): DrawnPoint | null {
  const firmest = Math.min(...points.map(({ point }) => firmness[point.scenario]));
  const equals = points.filter(({ point }) => firmness[point.scenario] === firmest);
  return equals.every(({ value }) => value === equals[0]?.value) ? (equals[0] ?? null) : null;
}

/** Runs of points that are joined by a line. Targets and what is computed between figures are in none. */
export function strokesOf(points: readonly DrawnPoint[], territory: string | undefined): DrawnPoint[][] {
  const outcomes = points.filter(({ point, kind }) => point.scenario !== 'target' && kind !== 'residual');
  return [...groupBy(outcomes, kindOfPeriod).values()].flatMap((track) => {
    const runs: DrawnPoint[][] = [[]];
    for (const group of groupBy(track, ({ point }) => point.period.label).values()) {
      const next = chosen(group);
      const run = runs.at(-1);
      const last = run?.at(-1);
      const isBroken = group.some(({ point }) => breaksOf(point, territory).length > 0);
      if (next === null) runs.push([]);
      else if (last === undefined || (!isBroken && follows(last, next))) run?.push(next);
      else runs.push([next]);
    }
    return runs.filter((run) => run.length > 1);
  });
}

/** Whether results stand alone, or in more than one run. */
export function isInterrupted({ points }: SeriesLine, territory: string | undefined): boolean {
  const drawn = points.map((one) => drawnOf(one, territory)).filter(isDrawn);
  const periods = new Set(
    drawn.flatMap(({ point }) => (point.scenario === 'target' ? [] : [point.period.label])),
  );
  const [first, ...others] = strokesOf(drawn, territory);
  return periods.size > 1 && (others.length > 0 || first?.length !== periods.size);
}

/** All breaks, numbered for their explanations. */
export function allBreaks(lines: readonly SeriesLine[], territory: string | undefined): Break[] {
  const found = lines.flatMap(({ points }, line) =>
    points
      .filter((point) => breaksOf(point, territory).length > 0)
      .map((point) => {
        const breaks = breaksOf(point, territory);
        const before = points.find(({ observation }) => observation === breaks[0]?.since);
        return { line, point, before, breaks };
      }),
  );
  return found.map((one, index) => ({ ...one, number: index + 1 }));
}

const groundOf = ({ points }: SeriesLine): string | undefined =>
  points.find(({ comparability }) => comparability?.place)?.comparability?.place?.placeId;

/** Places that have the same territory on the day asked for have the same figures: those are drawn once. */
export function oncePerGround(lines: readonly SeriesLine[]): SeriesLine[] {
  const owners = new Set(lines.map(({ place }) => place.placeId));
  const seen = new Set<string>();
  return lines.map((line) => {
    const ground = groundOf(line) ?? line.place.placeId;
    const isDouble = seen.has(ground) || (ground !== line.place.placeId && owners.has(ground));
    seen.add(ground);
    return isDouble ? { ...line, points: [] } : line;
  });
}
