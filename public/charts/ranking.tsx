/** Horizontal bars of figures that can be set beside each other. Each is a door; what is no result is hollow. */
import type { Schemas } from '../lib/api';
import { pages } from '../lib/route';
import { useLanguage, useWordsOf } from '../lib/words';
import { indicatorWords } from '../words/indicator';
import { linear, roundedText, type Scale, textWidth } from './scales';
import '../styles/indicator-charts.css';
import { SvgDoor } from './svg-door';
import { QualifierSign } from './symbols';
import { useWidth } from './width';

export interface Bar {
  key: string;
  /** The record that it is a door to. */
  fact: string;
  /** `3. Lao Cai`. */
  name: string;
  /** Said after name and remark to those who do not see the bar: the figure with all digits, and what it is. */
  label: string;
  /** Short remarks that stand beside the name. */
  remark: string;
  value: number;
  comparator: Schemas['Comparator'];
  isFirm: boolean;
}

interface Props {
  title: string;
  unit: string;
  bars: readonly Bar[];
  /** From the smallest to the largest of all figures, also of those on other pages. */
  extent: readonly [number, number];
  /** A figure to compare with, as that of the country. */
  reference?: { name: string; value: number } | undefined;
}

const narrow = 520;
const top = 46;

export function RankingChart({ title, unit, bars, extent, reference }: Props) {
  const [box, width] = useWidth();
  const language = useLanguage();
  const own = useWordsOf(indicatorWords);
  const isNarrow = width < narrow;
  const rowHeight = isNarrow ? 46 : 28;
  const nameWidth = isNarrow ? 0 : 250;
  const hasBounds = bars.some(({ comparator }) => comparator !== 'eq');
  const numberWidth = Math.max(40, ...bars.map(({ value }) => textWidth(roundedText(value, language)))) + 14;
  const x = linear(
    [Math.min(0, extent[0]), Math.max(0, extent[1])],
    [nameWidth + 4 + (extent[0] < 0 ? numberWidth : 0), width - numberWidth - (hasBounds ? 22 : 4)],
  );
  const bottom = top + bars.length * rowHeight;
  const hasHollow = bars.some(({ isFirm }) => !isFirm);
  return (
    <div ref={box}>
      <svg
        class="ranking-chart"
        viewBox={`0 0 ${width} ${bottom + (hasHollow ? 34 : 10)}`}
        width={width}
        height={bottom + (hasHollow ? 34 : 10)}
        aria-label={title}
      >
        <text x={0} y={14}>
          {unit}
        </text>
        {reference ? <Reference {...{ x, bottom, width }} of={reference} /> : null}
        <path class="axis axis-zero" d={`M${x(0)} ${top - 4}V${bottom}`} />
        {bars.map((bar, index) => (
          <Row key={bar.key} {...{ bar, x, width, isNarrow, rowHeight }} y={top + index * rowHeight} />
        ))}
        {hasHollow ? (
          <g transform={`translate(4,${bottom + 12})`}>
            <path class="bar hollow" d="M0 0H24V12H0Z" />
            <text x={32} y={11}>
              {own.hollowBar}
            </text>
          </g>
        ) : null}
      </svg>
    </div>
  );
}

interface RowProps {
  bar: Bar;
  x: Scale;
  y: number;
  width: number;
  rowHeight: number;
  isNarrow: boolean;
}

function Row({ bar, x, y, width, rowHeight, isNarrow }: RowProps) {
  const language = useLanguage();
  const [from, to] = [Math.min(x(0), x(bar.value)), Math.max(x(0), x(bar.value))];
  const away = bar.comparator === 'eq' ? 8 : 26;
  const barTop = isNarrow ? y + 22 : y + 6;
  return (
    <g>
      <SvgDoor
        href={pages.fact(bar.fact)}
        label={[bar.name, bar.remark, bar.label].filter(Boolean).join(' ')}
      >
        <rect class="halo" x={0} y={y + 1} width={width} height={rowHeight - 2} />
        <text class="strong" x={0} y={y + (isNarrow ? 15 : 19)}>
          {bar.name}
          {bar.remark === '' ? null : <tspan class="weak">{` ${bar.remark}`}</tspan>}
        </text>
        {to > from ? (
          <path
            class={bar.isFirm ? 'bar' : 'bar hollow'}
            d={`M${from} ${barTop}H${to}V${barTop + 16}H${from}Z`}
          />
        ) : null}
        <g class="qualifier" transform={`translate(${x(bar.value)},${barTop + 8}) rotate(90)`}>
          <QualifierSign of={bar.comparator} />
        </g>
      </SvgDoor>
      <text
        class="strong"
        x={x(bar.value) + (bar.value < 0 ? -away : away)}
        y={barTop + 13}
        text-anchor={bar.value < 0 ? 'end' : 'start'}
      >
        {roundedText(bar.value, language)}
      </text>
    </g>
  );
}

interface ReferenceProps {
  of: { name: string; value: number };
  x: Scale;
  bottom: number;
  width: number;
}

function Reference({ of: { name, value }, x, bottom, width }: ReferenceProps) {
  const language = useLanguage();
  const text = `${name}: ${roundedText(value, language)}`;
  const isLate = x(value) + textWidth(text) > width;
  return (
    <g>
      <path class="reference" d={`M${x(value)} ${top - 8}V${bottom}`} />
      <text x={x(value)} y={top - 13} text-anchor={isLate ? 'end' : 'start'}>
        {text}
      </text>
    </g>
  );
}
