/** Which figures of a year are put in order, and in which. */

import { groupBy } from '../../../src/lists';
import type { Schemas } from '../../lib/api';
import { sliceOf, sliceToShow } from './slices';

type Observation = Schemas['Observation'];

export interface RankedRow {
  observation: Observation;
  value: number;
  /** Equal figures have the same. */
  position: number;
}

export interface Ranking {
  slice: string | undefined;
  /** Periods of the year of which there are figures, the one with the most first. */
  periods: Schemas['Period'][];
  period: Schemas['Period'] | undefined;
  levels: Schemas['Level'][];
  level: Schemas['Level'];
  rows: RankedRow[];
  /** Recorded for the same period, but not a number, or of a part of the place only. */
  unranked: Observation[];
  hasOnlyTargets: boolean;
  /** The figure of the country. */
  country: Observation | undefined;
}

export interface RankingWish {
  slice: string | undefined;
  period: string | undefined;
  /** Provinces unless another is asked for, or there are none. */
  level: Schemas['Level'] | undefined;
  direction: Schemas['Direction'];
}

const firmness = { actual: 0, preliminary: 1, estimate: 2, target: 3 } as const;
export const kindOf = ({ unit, basis, dimensions }: Observation): string =>
  sliceOf({ unit, basis: basis?.kind ?? null, dimensions });

export function rankingOf(figures: readonly Observation[], wish: RankingWish): Ranking {
  const slice = sliceToShow(figures.map(kindOf), wish.slice);
  const ofSlice = figures.filter((one) => kindOf(one) === slice);
  const levels = [...new Set(ofSlice.map(({ place }) => place.level))];
  const level =
    wish.level ??
    (['province', 'district', 'commune'] as const).find((one) => levels.includes(one)) ??
    'country';
  const ofLevel = ofSlice.filter(({ place }) => place.level === level);
  const byPeriod = [...groupBy(ofLevel, ({ period }) => period.label).values()].sort(
    (a, b) => b.length - a.length,
  );
  const ofPeriod = byPeriod.find(([one]) => one?.period.label === wish.period) ?? byPeriod[0] ?? [];
  const period = ofPeriod[0]?.period;
  const hasOnlyTargets = ofPeriod.length > 0 && ofPeriod.every(({ scenario }) => scenario === 'target');
  const stated = ofPeriod.filter(({ scenario }) => hasOnlyTargets || scenario !== 'target');
  const rankable = stated.filter(({ value, scope }) => value !== null && scope === null);
  return {
    slice,
    periods: byPeriod.flatMap(([one]) => (one ? [one.period] : [])),
    period,
    levels,
    level,
    rows: inOrder(
      [...groupBy(rankable, ({ place }) => place.placeId).values()].flatMap(firmest),
      wish.direction,
    ),
    unranked: stated.filter((one) => !rankable.includes(one)),
    hasOnlyTargets,
    country: ofSlice.find(
      (one) => one.place.level === 'country' && one.period.label === period?.label && one.value !== null,
    ),
  };
}

/** Of a place an actual figure before a preliminary one, and so on. Those that are equally firm all count. */
function firmest(figures: readonly Observation[]): Observation[] {
  const best = Math.min(...figures.map(({ scenario }) => firmness[scenario]));
  return figures.filter(({ scenario }) => firmness[scenario] === best);
}

function inOrder(figures: readonly Observation[], direction: Schemas['Direction']): RankedRow[] {
  const sign = direction === 'down' ? 1 : -1;
  const sorted = figures
    .map((observation) => ({ observation, value: observation.value ?? 0 }))
    .sort(
      (a, b) => sign * (a.value - b.value) || (a.observation.place.code < b.observation.place.code ? -1 : 1),
    );
  return sorted.map((row) => ({
    ...row,
    position: 1 + sorted.findIndex(({ value }) => value === row.value),
  }));
}

/** A few places that tell much: the country, the first, the middle and the last. */
export function tellingPlaces({ rows, country }: Ranking): string[] {
  const at = [0, Math.floor((rows.length - 1) / 2), rows.length - 1];
  const places = at.flatMap((index) => rows[index]?.observation.place.placeId ?? []);
  return [...new Set([...(country ? [country.place.placeId] : []), ...places])];
}
