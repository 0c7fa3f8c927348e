/** What a chart of series cannot say by lines: breaks, what is not drawn, what is of another kind. */

import { groupBy } from '../../../src/lists';
import {
  allBreaks,
  type Break,
  drawnOf,
  isDrawn,
  isInterrupted,
  kindOfPeriod,
  type SeriesLine,
  type Undrawn,
} from '../../charts/series-model';
import { pointText, type Speech } from '../../charts/series-text';
import type { Schemas } from '../../lib/api';
import { nameOf, periodText } from '../../lib/format';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { indicatorWords } from '../../words/indicator';
import { kindOf, type PlacedSeries } from './placed';
import { whyNot } from './series-table';
import { sliceText } from './slices';

interface Props {
  placed: readonly PlacedSeries[];
  lines: readonly SeriesLine[];
  slice: string | undefined;
  unit: string;
  territory: string | undefined;
}

export function useSpeech(): Speech {
  return { words: useWords(), own: useWordsOf(indicatorWords), language: useLanguage() };
}

export function SeriesNotes({ placed, lines, slice, unit, territory }: Props) {
  const { own } = useSpeech();
  const breaks = allBreaks(lines, territory);
  const hasLeftOut = placed.some(({ series }) => !series.some((one) => kindOf(one) === slice));
  const undrawn = lines.map(({ place, points }) => ({
    place,
    points: points.map((one) => drawnOf(one, territory)).filter((one): one is Undrawn => !isDrawn(one)),
  }));
  const hasUndrawn = undrawn.some(({ points }) => points.length > 0);
  const drawn = lines.flatMap(({ points }) => points.map((one) => drawnOf(one, territory)).filter(isDrawn));
  const isMixed = new Set(drawn.filter(({ kind }) => kind !== 'residual').map(kindOfPeriod)).size > 1;
  return (
    <>
      {isMixed ? <p class="warning">{own.mixedPeriods}</p> : null}
      {territory === undefined ? null : <NowOf lines={lines} />}
      {lines.some((one) => isInterrupted(one, territory)) ? <p class="quiet">{own.breaksLead}</p> : null}
      {breaks.length === 0 ? null : (
        <>
          <h3>{own.breaksTitle}</h3>
          <ol class="breaks">
            {breaks.map((one) => (
              <BreakNote key={one.number} of={one} place={lines[one.line]?.place} />
            ))}
          </ol>
        </>
      )}
      {hasLeftOut || hasUndrawn ? (
        <>
          <h3>{own.notDrawn}</h3>
          <ul class="left-out">
            {placed.map((one) => (
              <LeftOut key={one.place.placeId} of={one} slice={slice} />
            ))}
            {undrawn.map(({ place, points }) => (
              <UndrawnOf key={place.placeId} place={place} points={points} unit={unit} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

export function BreakNote({ of, place }: { of: Break; place: Schemas['PlaceRef'] | undefined }) {
  const { own, language } = useSpeech();
  const { point, before, breaks } = of;
  const when = (one: Schemas['SeriesPoint'] | undefined) => (one ? periodText(one.period, language) : '…');
  return (
    <li value={of.number}>
      {own.breakAt(nameOf(place?.name, language).text, when(before), when(point))}:{' '}
      {breaks.map(({ kind, text }, index) => (
        <span key={`${kind} ${text}`}>
          {index === 0 ? '' : ' '}
          <strong>{own.breakIs[kind]}</strong>. <span lang="en">{text}</span>
        </span>
      ))}
    </li>
  );
}

/** Places whose ground belongs to another place on the day that is asked for. */
function NowOf({ lines }: { lines: readonly SeriesLine[] }) {
  const { own, language } = useSpeech();
  const moved = lines.flatMap(({ place, points }) => {
    const now = points.find(({ comparability }) => comparability?.place)?.comparability?.place;
    return now && now.placeId !== place.placeId ? [{ place, now }] : [];
  });
  return moved.map(({ place, now }) => (
    <p key={place.placeId}>{own.nowIs(nameOf(place.name, language).text, nameOf(now.name, language).text)}</p>
  ));
}

/** A place that has no figure of the kind that is drawn. */
function LeftOut({ of: { place, series }, slice }: { of: PlacedSeries; slice: string | undefined }) {
  const { words, own, language } = useSpeech();
  if (series.some((one) => kindOf(one) === slice)) return null;
  const name = nameOf(place.name, language).text;
  const others = series.map((one) => sliceText(kindOf(one), words, own)).join('; ');
  return <li>{series.length === 0 ? own.noSeries(name) : own.noneInSlice(name, others)}</li>;
}

interface UndrawnProps {
  place: Schemas['PlaceRef'];
  points: readonly Undrawn[];
  unit: string;
}

/** Alike in their reason they are told together. */
function UndrawnOf({ place, points, unit }: UndrawnProps) {
  const speech = useSpeech();
  const { language } = speech;
  const name = nameOf(place.name, language).text;
  const byReason = groupBy(points, (one) => whyNot(one, unit, speech).at(-1) ?? '');
  return (
    <>
      {[...byReason].map(([reason, group]) => (
        <li key={reason}>
          {name}: <span lang={group[0]?.why === 'territory' ? 'en' : undefined}>{reason}</span>
          <ul class="inline">
            {group.map(({ point, why }) => (
              <li key={point.observation ?? point.inputs.join()}>
                <span class="quiet">{periodText(point.period, language)}</span>{' '}
                {why === 'obstacle' || why === 'computed' ? null : (
                  <Door to={point.observation ?? ''}>{pointText(point, unit, speech)}</Door>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </>
  );
}
