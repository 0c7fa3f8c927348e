/** One indicator and measure of several places over time: the chart, and in words all that is not in it. */
import type { ComponentChildren } from 'preact';
import { ChartFrame } from '../../charts/frame';
import { SeriesChart } from '../../charts/series-chart';
import { drawnOf, isDrawn, oncePerGround } from '../../charts/series-model';
import { restAddress } from '../../lib/api';
import { nameOf, unitName } from '../../lib/format';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Request } from '../../parts/request';
import { indicatorWords } from '../../words/indicator';
import { Choice } from './choice';
import { ChosenPlaces } from './chosen-places';
import { kindOf, linesOf, type PlacedSeries, type SeriesWish, usePlacedSeries } from './placed';
import { SeriesNotes } from './series-notes';
import { seriesTable } from './series-table';
import { sliceText, sliceTitle, sliceToShow } from './slices';

interface Props {
  wish: SeriesWish;
  /** What stands there while no place is chosen. */
  empty: ComponentChildren;
}

export function SeriesSection({ wish, empty }: Props) {
  const asked = usePlacedSeries(wish);
  return (
    <>
      <ChosenPlaces ids={wish.places} placed={asked.state === 'here' ? asked.data : undefined} />
      <div class="chart-room">
        {wish.places.length === 0 ? (
          empty
        ) : (
          <Answer of={asked} lines={12}>
            {(placed) => <Shown placed={placed} wish={wish} />}
          </Answer>
        )}
      </div>
    </>
  );
}

export function Shown({ placed, wish }: { placed: readonly PlacedSeries[]; wish: SeriesWish }) {
  const [words, language] = [useWords(), useLanguage()];
  const own = useWordsOf(indicatorWords);
  const { indicator, measure, territory } = wish;
  const slices = placed.flatMap(({ series }) => series.map((one) => kindOf(one)));
  const slice = sliceToShow(slices, wish.slice);
  const lines = linesOf(placed, slice);
  const isDrawable = lines.some(({ points }) => points.some((one) => isDrawn(drawnOf(one, territory))));
  const unit = slice?.split('~')[0] ?? indicator.unit;
  const name = nameOf(indicator.name, language).text;
  const distinct = [...new Set(slices)];
  const kind = slice === undefined ? '' : sliceTitle(slice, own);
  const what = [name, measure === 'value' ? '' : words.measures[measure], kind].filter(Boolean).join(', ');
  const title = own.series(what);
  return (
    <>
      {distinct.length > 1 || (slice !== undefined && !distinct.includes(slice)) ? (
        <Choice
          label={own.slice}
          name="slice"
          value={slice ?? ''}
          options={[...new Set([...distinct, ...(slice ? [slice] : [])])]
            .sort()
            .map((one) => [one, sliceText(one, words, own)] as const)}
        />
      ) : null}
      {isDrawable ? (
        <ChartFrame
          title={title}
          name={`${indicator.code}-${measure}-series`}
          table={seriesTable(lines, unit, territory, { words, own, language })}
        >
          <SeriesChart
            {...{ title, measure, territory }}
            lines={territory === undefined ? lines : oncePerGround(lines)}
            unitCode={unit}
            unit={measure === 'rank' ? own.rank : unitName(unit, words)}
          />
        </ChartFrame>
      ) : (
        <p>{own.noPoints}</p>
      )}
      <SeriesNotes {...{ placed, lines, slice, unit, territory }} />
      <Requests wish={wish} />
    </>
  );
}

function Requests({ wish: { indicator, measure, places, territory } }: { wish: SeriesWish }) {
  const own = useWordsOf(indicatorWords);
  const [first] = places;
  if (first === undefined) return null;
  const day = territory === undefined ? {} : { territory };
  const rest = restAddress('/v1/series', {
    query: { indicator: indicator.code, place: first, measure, ...day },
  });
  const asked = places.map(
    (place, index) =>
      `  p${index + 1}: series(indicator: "${indicator.code}", place: "${place}", measure: ${measure}${territory === undefined ? '' : `, territory: "${territory}"`}) {
    nodes { unit dimensions points { period { label } scenario comparator value breaks { kind text } } }
  }`,
  );
  return (
    <details class="requests-of">
      <summary>{own.request}</summary>
      <Request rest={rest} graphql={`{\n${asked.join('\n')}\n}`} />
    </details>
  );
}
