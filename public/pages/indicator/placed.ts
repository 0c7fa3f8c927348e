/** The series of several places, for a chart and for what is said beside it. */
import type { SeriesLine } from '../../charts/series-model';
import type { Asked, Schemas } from '../../lib/api';
import { allOf, usePlaces, useSeries } from './asks';
import { sliceOf } from './slices';

export interface SeriesWish {
  indicator: Schemas['IndicatorRef'];
  measure: Schemas['Measure'];
  places: readonly string[];
  slice: string | undefined;
  territory?: string | undefined;
  hasResiduals?: boolean;
}

export interface PlacedSeries {
  /** The id that it was asked by. */
  asked: string;
  place: Schemas['PlaceRef'];
  series: readonly Schemas['Series'][];
}

/** The series of the places that there are; each place once, though it may have none. */
export function usePlacedSeries(wish: SeriesWish): Asked<PlacedSeries[]> {
  const { indicator, measure, places, territory, hasResiduals = false } = wish;
  const names = usePlaces(places);
  const lists = useSeries(places, { indicator: indicator.code, measure, territory, hasResiduals });
  const both = allOf<unknown>([names, lists]);
  if (both.state !== 'here') return both;
  if (names.state !== 'here' || lists.state !== 'here') return { state: 'waiting' };
  const data = names.data.flatMap((place, index) =>
    place === null ? [] : [{ asked: places[index] ?? '', place, series: lists.data[index]?.items ?? [] }],
  );
  return { state: 'here', data, address: lists.address };
}

export const kindOf = ({ unit, basisKind, dimensions }: Schemas['Series']): string =>
  sliceOf({ unit, basis: basisKind, dimensions });

export const linesOf = (placed: readonly PlacedSeries[], slice: string | undefined): SeriesLine[] =>
  placed.map(({ place, series }) => ({
    place,
    points: series.find((one) => kindOf(one) === slice)?.points ?? [],
  }));
