/** Questions that belong together. */
import { type Asked, type Schemas, useAsk } from '../../lib/api';

/** Waits for all, and fails with the first that does. */
export function allOf<T>(asks: readonly Asked<T>[]): Asked<T[]> {
  const answers: T[] = [];
  let address = '';
  let isWaiting = false;
  for (const one of asks) {
    if (one.state === 'failed') return one;
    if (one.state === 'waiting') isWaiting = true;
    else {
      answers.push(one.data);
      address ||= one.address;
    }
  }
  return isWaiting ? { state: 'waiting' } : { state: 'here', data: answers, address };
}

export const mostPlaces = 6;

interface SeriesQuestion {
  indicator: string;
  measure: Schemas['Measure'];
  territory?: string | undefined;
  hasResiduals?: boolean;
}

type SeriesList = { items: Schemas['Series'][] };

/** The series of up to six places, in their order. */
export function useSeries(
  places: readonly string[],
  { indicator, measure, territory, hasResiduals = false }: SeriesQuestion,
): Asked<SeriesList[]> {
  const questionOf = (place: string | undefined) =>
    place === undefined
      ? undefined
      : {
          query: {
            indicator,
            place,
            measure,
            limit: 100,
            ...(territory === undefined ? {} : { territory }),
            ...(hasResiduals ? { include: ['residuals' as const] } : {}),
          },
        };
  const asks = [
    useAsk('/v1/series', questionOf(places[0])),
    useAsk('/v1/series', questionOf(places[1])),
    useAsk('/v1/series', questionOf(places[2])),
    useAsk('/v1/series', questionOf(places[3])),
    useAsk('/v1/series', questionOf(places[4])),
    useAsk('/v1/series', questionOf(places[5])),
  ];
  return allOf(asks.slice(0, Math.min(places.length, mostPlaces)));
}

/** Up to six places, of which there may be no figure; null where there is no such place. */
export function usePlaces(places: readonly string[]): Asked<(Schemas['PlaceRef'] | null)[]> {
  const questionOf = (id: string | undefined) => (id === undefined ? undefined : { path: { id } });
  const asks = [
    useAsk('/v1/places/{id}', questionOf(places[0])),
    useAsk('/v1/places/{id}', questionOf(places[1])),
    useAsk('/v1/places/{id}', questionOf(places[2])),
    useAsk('/v1/places/{id}', questionOf(places[3])),
    useAsk('/v1/places/{id}', questionOf(places[4])),
    useAsk('/v1/places/{id}', questionOf(places[5])),
  ];
  const found = asks.map(
    (one): Asked<Schemas['PlaceRef'] | null> =>
      one.state === 'failed' && one.problem.status === 404 ? { state: 'here', data: null, address: '' } : one,
  );
  return allOf(found.slice(0, Math.min(places.length, mostPlaces)));
}

export interface YearFigures {
  items: Schemas['Observation'][];
  /** How many there are, read or not. */
  total: number;
}

/** All figures of a year, as far as four pages go. */
export function useYear(
  query: { indicator: string; measure: Schemas['Measure']; year: number } | undefined,
): Asked<YearFigures> {
  const page = { limit: 500 };
  const of = query && { ...query, indicator: [query.indicator], measure: [query.measure], ...page };
  const first = useAsk('/v1/observations', of && { query: of });
  const after = (before: typeof first) =>
    of && before.state === 'here' && before.data.next !== null
      ? { query: { ...of, after: before.data.next } }
      : undefined;
  const second = useAsk('/v1/observations', after(first));
  const third = useAsk('/v1/observations', after(second));
  const fourth = useAsk('/v1/observations', after(third));
  const asked = [second, third, fourth].filter(
    (_, index) => after([first, second, third][index] ?? first) !== undefined,
  );
  const all = allOf([first, ...asked]);
  if (all.state !== 'here') return all;
  const items = all.data.flatMap(({ items: some }) => some);
  return { ...all, data: { items, total: all.data[0]?.total ?? items.length } };
}
