/** What figures there are of an indicator, from a first look at them. */
import { type Asked, type Schemas, useAsk } from '../../lib/api';
import { allOf } from './asks';

type Observation = Schemas['Observation'];
type Measure = Schemas['Measure'];

const rarer: Measure[] = ['growth', 'level_ratio', 'plan_share', 'rank', 'rank_change', 'share'];

export interface Outlook {
  /** Those of which there are figures. */
  measures: Measure[];
  /** Some figures. */
  sample: Observation[];
}

/** Of most indicators there are values only: the others are few enough to be seen at once. */
export function useOutlook(indicator: string | undefined): Asked<Outlook> {
  const of = (measure: Measure[], limit: number) =>
    indicator === undefined ? undefined : { query: { indicator: [indicator], measure, limit } };
  const values = useAsk('/v1/observations', of(['value'], 50));
  const others = useAsk('/v1/observations', of(rarer, 200));
  const both = allOf([values, others]);
  if (both.state !== 'here') return both;
  const sample = both.data.flatMap(({ items }) => items);
  const measures = (['value', ...rarer] as const).filter((one) =>
    sample.some(({ measure }) => measure === one),
  );
  return { ...both, data: { measures, sample } };
}

export const yearOf = ({ end }: Schemas['Period']): number => Number(end.slice(0, 4));

interface Years {
  /** The newest first. */
  all: number[];
  /** The one to begin with: the newest of which a place that is typical has a figure. */
  first: number | undefined;
}

/** Years of which there are figures: those of the sample, and all of one of its places. */
export function useYears(indicator: string, measure: Measure, sample: readonly Observation[]): Asked<Years> {
  const ofMeasure = sample.filter((one) => one.measure === measure);
  const typical = ofMeasure.find(({ value }) => value !== null) ?? ofMeasure[0];
  const coverage = useAsk(
    '/v1/coverage',
    typical && { query: { place: typical.place.placeId, indicator: [indicator], limit: 200 } },
  );
  if (typical === undefined) return { state: 'here', data: { all: [], first: undefined }, address: '' };
  if (coverage.state !== 'here') return coverage;
  const covered = coverage.data.items
    .filter(({ measures }) => measures.includes(measure))
    .map(({ year }) => year);
  const all = [...new Set([...covered, ...ofMeasure.map(({ period }) => yearOf(period))])];
  const first = Math.max(...(covered.length > 0 ? covered : all));
  return { ...coverage, data: { all: all.sort((a, b) => b - a), first } };
}
