/** The figures of an indicator: over time for a few places, and for all places in a year. */
import type { Asked, Schemas } from '../../lib/api';
import { pages, useRoute } from '../../lib/route';
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { indicatorWords } from '../../words/indicator';
import { mostPlaces, useYear, type YearFigures } from './asks';
import { Choice } from './choice';
import { OfficialRanks } from './official-ranks';
import { type Outlook, useYears } from './outlook';
import { type Ranking, rankingOf, tellingPlaces } from './ranking-rows';
import { RankingSection } from './ranking-section';
import { SeriesSection } from './series-section';

type Indicator = Schemas['Indicator'];

/** The ids of an address. */
export const placesOf = (query: URLSearchParams): string[] =>
  [...new Set((query.get('places') ?? '').split(',').filter(Boolean))].slice(0, mostPlaces);

export const measureOf = (
  wanted: string | null,
  measures: readonly Schemas['Measure'][],
): Schemas['Measure'] => measures.find((one) => one === wanted) ?? measures[0] ?? 'value';

interface Props {
  indicator: Indicator;
  outlook: Outlook;
}

export function Explore({ indicator, outlook }: Props) {
  const { query } = useRoute();
  const words = useWords();
  const own = useWordsOf(indicatorWords);
  const measure = measureOf(query.get('measure'), outlook.measures);
  const years = useYears(indicator.code, measure, outlook.sample);
  const known = years.state === 'here' ? years.data : { all: [], first: undefined };
  const year = Number(query.get('year')) || known.first;
  const figures = useYear(year === undefined ? undefined : { indicator: indicator.code, measure, year });
  const ranking = useRanking(figures, indicator);
  const chosen = placesOf(query);
  const typical = useTypical(
    indicator,
    measure,
    chosen.length === 0 ? known.first : undefined,
    year,
    figures,
  );
  const places = chosen.length > 0 ? chosen : defaultPlaces(outlook, measure, typical);
  const options = [...new Set([...(year === undefined ? [] : [year]), ...known.all])].sort((a, b) => b - a);
  const wish = { indicator, measure, places, slice: query.get('slice') ?? undefined };
  return (
    <>
      <section aria-labelledby="over-time">
        <h2 id="over-time">{own.overTime}</h2>
        {outlook.measures.length > 1 ? (
          <Choice
            label={own.measure}
            name="measure"
            value={measure}
            options={outlook.measures.map((one) => [one, words.measures[one]] as const)}
            drops={['slice', 'year', 'period', 'page', 'level']}
          />
        ) : null}
        <SeriesSection
          wish={wish}
          empty={
            <Answer of={typical} lines={12}>
              {() => words.nothing}
            </Answer>
          }
        />
        <p>
          <a href={pages.compare({ indicator: indicator.code, measure, places: places.join(',') })}>
            {own.compareThese}
          </a>
        </p>
      </section>
      {measure === 'rank' || year === undefined ? null : (
        <section aria-labelledby="ranking">
          <h2 id="ranking">{own.ranking(`${year}`)}</h2>
          <Choice
            label={own.year}
            name="year"
            value={`${year}`}
            options={options.map((one) => [`${one}`, `${one}`] as const)}
            drops={['page', 'period']}
          />
          <div class="chart-room">
            <Answer of={ranking} lines={12}>
              {({ ranking: of, figures: { items, total } }) => (
                <>
                  {items.length < total ? <p class="warning">{own.incomplete(items.length, total)}</p> : null}
                  <RankingSection {...{ indicator, measure, year }} ranking={of} />
                </>
              )}
            </Answer>
          </div>
        </section>
      )}
      {outlook.measures.includes('rank') && year !== undefined ? (
        <OfficialRanks
          indicator={indicator.code}
          year={year}
          sample={outlook.sample.filter((one) => one.measure === 'rank')}
        />
      ) : null}
    </>
  );
}

function useRanking(
  figures: Asked<YearFigures>,
  { direction }: Indicator,
): Asked<{ ranking: Ranking; figures: YearFigures }> {
  const { query } = useRoute();
  if (figures.state !== 'here') return figures;
  const level = (['province', 'district', 'commune', 'country'] as const).find(
    (one) => one === query.get('level'),
  );
  const ranking = rankingOf(figures.data.items, {
    slice: query.get('slice') ?? undefined,
    period: query.get('period') ?? undefined,
    level,
    direction,
  });
  return { ...figures, data: { ranking, figures: figures.data } };
}

/** The order of the year to begin with, which the places to begin with are taken from, whatever year is chosen. */
function useTypical(
  { code, direction }: Indicator,
  measure: Schemas['Measure'],
  first: number | undefined,
  year: number | undefined,
  figures: Asked<YearFigures>,
): Asked<Ranking> {
  const isOther = first !== undefined && first !== year;
  const others = useYear(isOther ? { indicator: code, measure, year: first } : undefined);
  const slice = useRoute().query.get('slice') ?? undefined;
  const asked = isOther ? others : figures;
  if (asked.state !== 'here') return asked;
  const wish = { slice, period: undefined, level: undefined, direction };
  return { ...asked, data: rankingOf(asked.data.items, wish) };
}

/** Those that tell much of the year that is shown; where there is no order, some that have figures. */
function defaultPlaces({ sample }: Outlook, measure: Schemas['Measure'], ranking: Asked<Ranking>): string[] {
  if (ranking.state === 'waiting') return [];
  const telling = ranking.state === 'here' ? tellingPlaces(ranking.data) : [];
  const some = sample.filter((one) => one.measure === measure).map(({ place }) => place.placeId);
  return telling.length > 0 ? telling : [...new Set(some)].slice(0, 3);
}
