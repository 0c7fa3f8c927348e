/** Figures of up to six places over time. Each point is a door; what cannot be compared is in no line. */
import { line as lineOf } from 'd3-shape';
import { useId } from 'preact/hooks';
import type { Schemas } from '../lib/api';
import { pages } from '../lib/route';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { indicatorWords } from '../words/indicator';
import { useArrows } from './arrows';
import { linear, rankDomain, textWidth, tickText, valueDomain, valueTicks } from './scales';
import { Axes, type Paper } from './series-axes';
import { keyRows, Legend, legendHeight, marksIn } from './series-legend';
import {
  allBreaks,
  type Break,
  type DrawnPoint,
  drawnOf,
  isDrawn,
  middleOf,
  type SeriesLine,
  strokesOf,
} from './series-model';
import { pointLabel } from './series-text';
import '../styles/indicator-charts.css';
import { SvgDoor } from './svg-door';
import { dashes, MarkShape } from './symbols';
import { useWidth } from './width';

interface Props {
  title: string;
  lines: readonly SeriesLine[];
  measure: Schemas['Measure'];
  /** In words. */
  unit: string;
  /** As the service has it. */
  unitCode: string;
  territory?: string | undefined;
}

/** The unit, and room for the arrow of the highest point. */
const head = 56;
const plotHeight = 250;

export function SeriesChart({ title, lines, measure, unit, unitCode, territory }: Props) {
  const language = useLanguage();
  const own = useWordsOf(indicatorWords);
  const id = useId();
  const [box, width] = useWidth();
  const drawn = lines.map(({ points }) => points.map((one) => drawnOf(one, territory)).filter(isDrawn));
  const all = drawn.flat();
  const breaks = allBreaks(lines, territory);
  const isRank = measure === 'rank';
  const values = (isRank ? rankDomain : valueDomain)(all.map(({ value }) => value));
  const times = timesOf(all);
  const ticks = [...new Set([...(isRank ? [1] : []), ...valueTicks(values, 5)])];
  const largest = Math.max(...values.map(Math.abs));
  const labels = ticks.map((tick) => tickText(tick, language, largest));
  const left = Math.max(28, ...labels.map((text) => textWidth(text) + 10));
  const [right, top, bottom] = [width - 14, head, head + plotHeight];
  const paper: Paper = {
    ...{ width, left, right, top, bottom },
    x: linear(times, [left + 12, right - 8]),
    // The first rank is on top.
    y: linear(values, isRank ? [top, bottom] : [bottom, top]),
  };
  const rows = keyRows(marksIn(all, breaks.length > 0), own, width);
  const height = bottom + 36 + legendHeight(lines.length, rows);
  const arrows = useArrows(drawn.map((points) => points.map((one) => keyOf(one))));
  return (
    <div ref={box}>
      <svg
        class="series-chart"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        aria-label={title}
        aria-describedby={`${id}-keys`}
        onKeyDown={arrows.onKeyDown}
      >
        <Axes
          paper={paper}
          ticks={ticks}
          labels={labels}
          times={times}
          unit={unit}
          isCut={!isRank && !ticks.includes(0)}
        />
        {lines.map(({ place }, index) => (
          <Line
            key={place.placeId}
            {...{ paper, index, place, territory, unitCode }}
            points={drawn[index] ?? []}
            isCurrent={arrows.isCurrent}
            onFocus={arrows.setCurrent}
          />
        ))}
        {breaks.map((one) => (
          <BreakMark key={one.number} paper={paper} of={one} drawn={drawn[one.line] ?? []} />
        ))}
        <Legend
          y={bottom + 46}
          places={lines.map(({ place }) => place)}
          has={drawn.map(({ length }) => length > 0)}
          rows={rows}
          width={width}
        />
      </svg>
      <p id={`${id}-keys`} class="keys">
        {own.arrows}
      </p>
    </div>
  );
}

export const keyOf = ({ point, kind }: DrawnPoint): string =>
  `${kind} ${point.observation ?? `${point.place.placeId} ${point.inputs.join(' ')}`}`;

function timesOf(points: readonly DrawnPoint[]): [number, number] {
  const from = Math.floor(Math.min(...points.map((one) => one.from)));
  const to = Math.ceil(Math.max(...points.map((one) => one.to)));
  return [from, Math.max(to, from + 1)];
}

interface LineProps {
  paper: Paper;
  index: number;
  place: Schemas['PlaceRef'];
  points: readonly DrawnPoint[];
  unitCode: string;
  territory: string | undefined;
  isCurrent: (key: string) => boolean;
  onFocus: (key: string) => void;
}

function Line({ paper: { x, y }, index, place, points, unitCode, territory, isCurrent, onFocus }: LineProps) {
  const [words, language] = [useWords(), useLanguage()];
  const own = useWordsOf(indicatorWords);
  const path = lineOf<DrawnPoint>(
    (one) => x(middleOf(one)),
    ({ value }) => y(value),
  );
  return (
    <g class={`s${index}`}>
      {strokesOf(points, territory).map((run) => (
        <path
          key={keyOf(run[0] as DrawnPoint)}
          class="line"
          d={path(run) ?? ''}
          stroke-dasharray={dashes[index]}
        />
      ))}
      {points.map((one) => {
        const { point, kind, value } = one;
        const key = keyOf(one);
        const span = one.to - one.from;
        return (
          <SvgDoor
            key={key}
            href={pages.fact(point.observation ?? point.inputs[0] ?? '')}
            label={pointLabel(one, place, unitCode, { words, own, language })}
            tabIndex={isCurrent(key) ? 0 : -1}
            onFocus={() => onFocus(key)}
          >
            {span > 0 && Math.abs(span - 1) > 0.02 ? (
              <path class="span" d={`M${x(one.from)} ${y(value)}H${x(one.to)}`} />
            ) : null}
            <g transform={`translate(${x(middleOf(one))},${y(value)})`} data-point={key}>
              <circle class="halo" r={12} />
              <MarkShape
                {...{ series: index, kind, scenario: point.scenario, comparator: point.comparator }}
                isDoubted={point.contradictions.length > 0}
              />
            </g>
          </SvgDoor>
        );
      })}
    </g>
  );
}

/** Two strokes across the place where the line would be, and the number of the explanation. */
function BreakMark({
  paper: { x, y },
  of,
  drawn,
}: {
  paper: Paper;
  of: Break;
  drawn: readonly DrawnPoint[];
}) {
  const after = drawn.find(({ point }) => point === of.point);
  const before = drawn.find(({ point }) => point === of.before);
  if (!after) return null;
  const at = before ? (x(middleOf(before)) + x(middleOf(after))) / 2 : x(after.from);
  const height = before ? (y(before.value) + y(after.value)) / 2 : y(after.value);
  return (
    <g class={`break s${of.line}`} transform={`translate(${at},${height})`}>
      <path class="frame" d="M-5 7L-1 -7M1 7L5 -7" />
      <text class="break-number" x={0} y={-11} text-anchor="middle">
        {of.number}
      </text>
    </g>
  );
}
