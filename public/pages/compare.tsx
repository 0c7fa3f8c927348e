/** Up to six places, or up to six periods of one place, side by side; what cannot be compared is said. */
import { type Schemas, useAsk } from '../lib/api';
import { day, nameOf } from '../lib/format';
import { pages, useRoute } from '../lib/route';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { Answer } from '../parts/answer';
import { Name } from '../parts/name';
import { Title } from '../parts/title';
import '../styles/indicator.css';
import { indicatorWords } from '../words/indicator';
import { Empty } from './compare/empty';
import { IndicatorChoice } from './compare/indicator-choice';
import { Periods } from './compare/periods';
import { TerritoryChoice } from './compare/territory-choice';
import { usePlaces } from './indicator/asks';
import { Choice } from './indicator/choice';
import { ChosenPlaces } from './indicator/chosen-places';
import { measureOf, placesOf } from './indicator/explore';
import { useOutlook } from './indicator/outlook';
import { type SeriesWish, usePlacedSeries } from './indicator/placed';
import { Shown } from './indicator/series-section';

export function Compare() {
  const own = useWordsOf(indicatorWords);
  const { query } = useRoute();
  const code = query.get('indicator') ?? undefined;
  const indicator = useAsk('/v1/indicators/{code}', code === undefined ? undefined : { path: { code } });
  const places = placesOf(query);
  return (
    <>
      <Title of={own.compare} />
      <h1>{own.compare}</h1>
      <p class="lead">{own.compareLead}</p>
      <section aria-labelledby="settings" class="settings-of">
        <h2 id="settings">{own.settings}</h2>
        <IndicatorChoice code={code} />
        {indicator.state === 'here' ? null : <PlacesOf ids={places} />}
      </section>
      {code === undefined ? (
        <Empty />
      ) : (
        <Answer of={indicator} lines={12}>
          {(found) => <Comparison indicator={found} ids={places} />}
        </Answer>
      )}
    </>
  );
}

/** Places are chosen before an indicator is, if one likes. */
function PlacesOf({ ids }: { ids: readonly string[] }) {
  const asked = usePlaces(ids);
  const placed =
    asked.state === 'here'
      ? asked.data.flatMap((place, index) => (place ? [{ asked: ids[index] ?? '', place, series: [] }] : []))
      : undefined;
  return <ChosenPlaces ids={ids} placed={placed} mayBeEmpty />;
}

interface Props {
  indicator: Schemas['Indicator'];
  ids: readonly string[];
}

function Comparison({ indicator, ids }: Props) {
  const { query } = useRoute();
  const [words, own, language] = [useWords(), useWordsOf(indicatorWords), useLanguage()];
  const outlook = useOutlook(indicator.code);
  const measures = outlook.state === 'here' ? outlook.data.measures : [];
  const measure = measureOf(query.get('measure'), measures);
  const territory = /^\d{4}-\d{2}-\d{2}$/.exec(query.get('territory') ?? '')?.[0];
  const wish: SeriesWish = {
    ...{ indicator, measure, territory },
    places: outlook.state === 'here' ? ids : [],
    slice: query.get('slice') ?? undefined,
    hasResiduals: indicator.additive && measure === 'value',
  };
  const found = usePlacedSeries(wish);
  const placed = outlook.state === 'here' ? found : outlook;
  return (
    <>
      {measures.length > 1 ? (
        <Choice
          label={own.measure}
          name="measure"
          value={measure}
          options={measures.map((one) => [one, words.measures[one]] as const)}
          drops={['slice', 'periods']}
        />
      ) : null}
      <ChosenPlaces ids={ids} placed={placed.state === 'here' ? placed.data : undefined} mayBeEmpty />
      <TerritoryChoice chosen={territory} />
      <section aria-labelledby="comparison">
        <h2 id="comparison">
          <a href={pages.indicator(indicator.code)}>
            <Name of={indicator.name} />
          </a>
        </h2>
        {ids.length === 0 ? <p>{own.noPlace}</p> : null}
        {territory === undefined ? null : <p>{own.territoryLead(day(territory, language))}</p>}
        <div class={ids.length === 0 ? undefined : 'chart-room'}>
          <Answer of={placed} lines={12}>
            {(data) =>
              data.length === 0 ? null : data.length === 1 && data[0] ? (
                <Periods placed={data[0]} wish={wish} name={nameOf(indicator.name, language).text} />
              ) : (
                <Shown placed={data} wish={wish} />
              )
            }
          </Answer>
        </div>
      </section>
    </>
  );
}
