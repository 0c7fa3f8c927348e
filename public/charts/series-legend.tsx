/** What the lines, shapes and signs of a chart of series mean. It is part of the drawing, so that a file has it too. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../lib/api';
import { nameOf, validity } from '../lib/format';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { type IndicatorWords, indicatorWords } from '../words/indicator';
import { textWidth, wrapped } from './scales';
import type { DrawnPoint } from './series-model';
import { type Mark, MarkShape, QualifierSign, SeriesSample } from './symbols';

type KeyName = keyof IndicatorWords['key'];

const rowHeight = 22;
const signHeight = 26;
const lineHeight = 16;
/** From the left edge to the words. */
const indent = 46;

interface KeyRow {
  name: KeyName;
  lines: string[];
  y: number;
}

/** The explanations of signs, each in as many lines as the width wants. */
export function keyRows(marks: readonly KeyName[], own: IndicatorWords, width: number): KeyRow[] {
  let y = 0;
  return marks.map((name) => {
    const row = { name, lines: wrapped(own.key[name], (width - indent) / 6.6), y };
    y += signHeight + (row.lines.length - 1) * lineHeight;
    return row;
  });
}

export function legendHeight(places: number, rows: readonly KeyRow[]): number {
  const last = rows.at(-1);
  return places * rowHeight + (last ? last.y + signHeight + last.lines.length * lineHeight : 8);
}

/** Only what occurs is explained. */
export function marksIn(points: readonly DrawnPoint[], hasBreaks: boolean): KeyName[] {
  const has = (test: (one: DrawnPoint) => boolean) => points.some(test);
  const compared = (...which: string[]) => has(({ point }) => which.includes(point.comparator ?? ''));
  const stated = (...which: string[]) => has(({ point }) => which.includes(point.scenario));
  const occurs: Record<KeyName, boolean> = {
    actual: stated('preliminary', 'estimate') && stated('actual'),
    provisional: stated('preliminary', 'estimate'),
    target: stated('target'),
    sum: has(({ kind }) => kind === 'sum'),
    residual: has(({ kind }) => kind === 'residual'),
    atLeast: compared('ge', 'gt'),
    atMost: compared('le', 'lt'),
    about: compared('approx'),
    doubt: has(({ point }) => point.contradictions.length > 0),
    break: hasBreaks,
    span: has(({ from, to }) => to > from && Math.abs(to - from - 1) > 0.02),
  };
  return (Object.keys(occurs) as KeyName[]).filter((name) => occurs[name]);
}

interface Props {
  y: number;
  places: readonly Schemas['PlaceRef'][];
  /** Whether anything of each place is drawn. */
  has: readonly boolean[];
  rows: readonly KeyRow[];
  width: number;
}

export function Legend({ y, places, has, rows, width }: Props) {
  const start = y + places.length * rowHeight + 4;
  return (
    <g class="legend">
      {places.map((place, index) => (
        <g key={place.placeId} transform={`translate(20,${y + index * rowHeight})`}>
          {has[index] ? <SeriesSample series={index} /> : null}
          <PlaceText of={place} width={width} hasPoints={has[index] ?? false} />
        </g>
      ))}
      {rows.map(({ name, lines, y: below }) => (
        <g key={name} transform={`translate(20,${start + below})`}>
          <g class="key">{signs[name]}</g>
          <text x={26} y={4}>
            {lines.map((text, index) => (
              <tspan key={text} x={26} dy={index === 0 ? 0 : lineHeight}>
                {text}
              </tspan>
            ))}
          </text>
        </g>
      ))}
    </g>
  );
}

/** The name, and as much of what tells the place from others as there is room for. */
function PlaceText({ of, width, hasPoints }: { of: Schemas['PlaceRef']; width: number; hasPoints: boolean }) {
  const own = useWordsOf(indicatorWords);
  const [words, language] = [useWords(), useLanguage()];
  const name = nameOf(of.name, language).text;
  const about = [
    hasPoints ? '' : own.nothingDrawn,
    words.levels[of.level],
    of.code,
    of.validTo === null ? '' : validity({ ...of, validFrom: null }, words, language),
  ].filter(Boolean);
  const room = width - indent - textWidth(name);
  const said = [about.join(', '), about.slice(0, 2).join(', '), about[0] ?? ''].find(
    (text) => textWidth(` (${text})`) <= room,
  );
  return (
    <text class="strong" x={26} y={4}>
      {name}
      {said === undefined ? null : <tspan class="weak">{` (${said})`}</tspan>}
    </text>
  );
}

const plain: Mark = {
  series: 0,
  scenario: 'actual',
  comparator: 'eq',
  kind: 'reported',
  isDoubted: false,
};

const signs: Readonly<Record<KeyName, ComponentChildren>> = {
  actual: <MarkShape {...plain} />,
  provisional: <MarkShape {...plain} scenario="estimate" />,
  target: <MarkShape {...plain} scenario="target" />,
  sum: <MarkShape {...plain} kind="sum" />,
  residual: <MarkShape {...plain} kind="residual" />,
  atLeast: (
    <g transform="translate(0,13)">
      <QualifierSign of="ge" />
    </g>
  ),
  atMost: (
    <g transform="translate(0,-13)">
      <QualifierSign of="le" />
    </g>
  ),
  about: (
    <g transform="translate(0,12)">
      <QualifierSign of="approx" />
    </g>
  ),
  doubt: <MarkShape {...plain} isDoubted />,
  break: <path class="frame" d="M-5 7L-1 -7M1 7L5 -7" />,
  span: <path class="span" d="M-14 0H14" />,
};
