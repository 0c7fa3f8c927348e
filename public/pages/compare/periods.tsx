/** One place: all its periods as a series, or up to six of them side by side. */
import { extent } from 'd3-array';
import { ChartFrame } from '../../charts/frame';
import { type Bar, RankingChart } from '../../charts/ranking';
import { allBreaks, type DrawnPoint, drawnOf, isDrawn, type SeriesLine } from '../../charts/series-model';
import { pointLabel, remarksOf, type Speech } from '../../charts/series-text';
import type { Schemas } from '../../lib/api';
import { nameOf, periodText, unitName } from '../../lib/format';
import { addressWith, navigate, useRoute } from '../../lib/route';
import { useWordsOf } from '../../lib/words';
import { indicatorWords } from '../../words/indicator';
import { kindOf, linesOf, type PlacedSeries, type SeriesWish } from '../indicator/placed';
import { BreakNote, SeriesNotes, useSpeech } from '../indicator/series-notes';
import { Shown } from '../indicator/series-section';
import { seriesTable } from '../indicator/series-table';
import { sliceToShow } from '../indicator/slices';

const most = 6;

interface Props {
  placed: PlacedSeries;
  wish: SeriesWish;
  /** Of the indicator. */
  name: string;
}

export function Periods({ placed, wish, name }: Props) {
  const { query } = useRoute();
  const slice = sliceToShow(placed.series.map(kindOf), wish.slice);
  const [line] = linesOf([placed], slice);
  const periods = [...new Map(line?.points.map(({ period }) => [period.label, period])).values()];
  const wanted = (query.get('periods') ?? '').split(',').filter(Boolean);
  const chosen = periods
    .map(({ label }) => label)
    .filter((label) => wanted.includes(label))
    .slice(0, most);
  return (
    <>
      {periods.length > 1 ? <PeriodChoice periods={periods} chosen={chosen} /> : null}
      {chosen.length > 0 && line ? (
        <SideBySide {...{ line, chosen, name, wish, placed, slice }} />
      ) : (
        <Shown placed={[placed]} wish={wish} />
      )}
    </>
  );
}

interface ChoiceProps {
  periods: readonly Schemas['Period'][];
  chosen: readonly string[];
}

function PeriodChoice({ periods, chosen }: ChoiceProps) {
  const { own, language } = useSpeech();
  const toggle = (label: string) => {
    const next = chosen.includes(label) ? chosen.filter((one) => one !== label) : [...chosen, label];
    navigate(addressWith({ periods: next.length === 0 ? undefined : next.join(',') }));
  };
  return (
    <fieldset class="periods">
      <legend>{own.periods}</legend>
      <p class="quiet">{own.periodsHint}</p>
      {periods.map((period) => {
        const isChosen = chosen.includes(period.label);
        return (
          <label key={period.label}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && chosen.length >= most}
              onChange={() => toggle(period.label)}
            />
            {periodText(period, language)}
          </label>
        );
      })}
    </fieldset>
  );
}

interface SideProps extends Props {
  line: SeriesLine;
  chosen: readonly string[];
  slice: string | undefined;
}

function SideBySide({ line, chosen, name, wish, placed, slice }: SideProps) {
  const speech = useSpeech();
  const { own, words, language } = speech;
  const { territory, indicator, measure } = wish;
  const unit = slice?.split('~')[0] ?? indicator.unit;
  const points = line.points.filter(({ period }) => chosen.includes(period.label));
  const drawn = points.map((one) => drawnOf(one, territory)).filter(isDrawn);
  const title = own.periodsTitle(name, nameOf(placed.place.name, language).text);
  const [low = 0, high = 0] = extent(drawn, ({ value }) => value);
  const picked: SeriesLine = { place: line.place, points };
  return (
    <>
      {drawn.length === 0 ? (
        <p>{own.noPoints}</p>
      ) : (
        <ChartFrame
          title={title}
          name={`${indicator.code}-${measure}-periods`}
          table={seriesTable([picked], unit, territory, speech)}
        >
          <RankingChart
            title={title}
            unit={measure === 'rank' ? own.rank : unitName(unit, words)}
            bars={drawn.map((one) => barOf(one, line.place, unit, speech))}
            extent={[low, high]}
          />
        </ChartFrame>
      )}
      <Between line={line} points={points} territory={territory} />
      <SeriesNotes
        placed={[placed]}
        lines={[{ ...picked, points: withoutBreaks(points) }]}
        {...{ slice, unit, territory }}
      />
    </>
  );
}

/** They are told of all that lies between the periods, not of the chosen ones alone. */
const withoutBreaks = (points: SeriesLine['points']): SeriesLine['points'] =>
  points.map((one) => ({ ...one, breaks: [] }));

interface BetweenProps {
  line: SeriesLine;
  points: SeriesLine['points'];
  territory: string | undefined;
}

/** What broke between the first and the last of the chosen periods. */
function Between({ line, points, territory }: BetweenProps) {
  const own = useWordsOf(indicatorWords);
  const ends = points.map(({ period }) => period.end).sort();
  const [first = '', last = ''] = [ends[0], ends.at(-1)];
  const breaks = allBreaks([line], territory).filter(
    ({ point: { period } }) => period.end > first && period.end <= last,
  );
  if (points.length < 2) return null;
  return (
    <>
      <h3>{own.howComparable}</h3>
      {breaks.length === 0 ? (
        <p>{own.nothingAgainst}</p>
      ) : (
        <ol class="breaks">
          {breaks.map((one, index) => (
            <BreakNote key={one.number} of={{ ...one, number: index + 1 }} place={line.place} />
          ))}
        </ol>
      )}
    </>
  );
}

function barOf(one: DrawnPoint, place: Schemas['PlaceRef'], unit: string, speech: Speech): Bar {
  const { words, language } = speech;
  const { point, kind, value } = one;
  const fact = point.observation ?? point.inputs[0] ?? '';
  return {
    key: `${kind} ${fact} ${point.period.label}`,
    fact,
    name: periodText(point.period, language),
    label: pointLabel(one, place, unit, speech),
    remark: [words.comparators[point.comparator ?? 'eq'], ...remarksOf({ ...point, flags: [] }, kind, speech)]
      .filter(Boolean)
      .join(', '),
    value,
    comparator: point.comparator ?? 'eq',
    isFirm: point.scenario === 'actual' && kind !== 'residual',
  };
}
