/** Breaks: in what a figure of a series differs from the one before it, besides the number. */

import { groupBy } from '../lists.ts';
import type { Flag } from '../schema/common.ts';
import type { BodyRef } from '../schema/ref.ts';
import type { BreakKind, SeriesBreak } from '../schema/series.ts';
import { labelOf } from './label.ts';
import { familyOf, kindOfPeriod, type SeriesFigure } from './series-figures.ts';
import type { Version } from './territory-graph.ts';
import { groundOn, nameOf } from './territory-walk.ts';

export type Graph = ReadonlyMap<string, Version>;

/** The breaks of each figure, by its id; the figures are in order of time. */
export function breaksOf(graph: Graph, figures: readonly SeriesFigure[]): Map<string, SeriesBreak[]> {
  const lines = groupBy(figures, (figure) => `${familyOf(figure)} ${kindOfPeriod(figure.period)}`);
  const breaks = new Map<string, SeriesBreak[]>();
  for (const line of lines.values()) {
    for (const figure of line) {
      const before = line.findLast(({ period }) => period.end < figure.period.end);
      const changes = before === undefined ? [] : changesBetween(graph, before, figure);
      breaks.set(
        figure.id,
        changes.map(({ kind, text }) => ({ kind, since: (before as SeriesFigure).id, text })),
      );
    }
  }
  return breaks;
}

export interface Change {
  kind: BreakKind;
  text: string;
}

/** What differs between two figures, the earlier one first. */
export function changesBetween(graph: Graph, before: SeriesFigure, after: SeriesFigure): Change[] {
  const changes: [kind: BreakKind, text: string | undefined][] = [
    ['territory', otherTerritory(graph, before, after)],
    ['definition', otherIndicator(before, after)],
    ['definition', otherBody('Reported by', before.issuer, after.issuer)],
    ['definition', otherBody('Measured against a plan of', before.basis?.issuer, after.basis?.issuer)],
    ['definition', otherDistance(before, after)],
    ['definition', otherFlags(doubtsOfMeaning, before, after)],
    ['scope', otherScope(before, after)],
    ['scope', otherFlags(['scope_not_printed'], before, after)],
  ];
  return changes.flatMap(([kind, text]) => (text === undefined ? [] : [{ kind, text }]));
}

/** Renamed or recoded, a place has the territory that it had. */
function otherTerritory(graph: Graph, before: SeriesFigure, after: SeriesFigure): string | undefined {
  const assumed = [before, after].filter(({ flags }) => flags.includes('place_version_assumed'));
  if (assumed.length === 1) {
    return `A figure of the two is older than the oldest version of ${nameOf(before.place)} that is known; what it covers is not.`;
  }
  if (before.place.id === after.place.id) return undefined;
  const version = graph.get(before.place.id) as Version;
  const ground = groundOn(graph, version, after.period.end, before.period.end);
  if (ground.kind === 'merged') {
    const whole = (ground.path.at(-1) as Version).ref;
    return `${nameOf(before.place)} until ${before.place.validTo} is a part of ${nameOf(whole)} since ${whole.validFrom}.`;
  }
  if (ground.kind !== 'same' || ground.place === null) return ground.text;
  if (ground.place.id === after.place.id) return undefined;
  return `The territory of ${nameOf(before.place)} went to ${nameOf(ground.place)}.`;
}

function otherIndicator(before: SeriesFigure, after: SeriesFigure): string | undefined {
  if (before.indicator.id === after.indicator.id) return undefined;
  return `Of ${after.indicator.code}, the point before of ${before.indicator.code}.`;
}

/** Who is not named may be the same. */
function otherBody(what: string, before: BodyRef | null = null, after: BodyRef | null = null) {
  if (before === null || after === null || before.id === after.id) return undefined;
  const [then, now] = [before, after].map(({ name }) => labelOf(name, 'en').text);
  return `${what} ${now}, the point before: ${then}.`;
}

/** A growth against the month before is no growth against the year before. */
function otherDistance(before: SeriesFigure, after: SeriesFigure): string | undefined {
  const [then, now] = [distanceOf(before), distanceOf(after)];
  if (then === undefined || now === undefined || then === now) return undefined;
  return `Measured against a period that ended ${now} months before, the point before: ${then} months.`;
}

function distanceOf({ basis, period }: SeriesFigure): number | undefined {
  if (basis?.kind !== 'earlier_period' || basis.end === null) return undefined;
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(period.end) - months(basis.end);
}

const doubtsOfMeaning: readonly Flag[] = [
  'unit_suspect',
  'base_suspect',
  'translation_suspect',
  'sense_ambiguous',
];

function otherFlags(wanted: readonly Flag[], before: SeriesFigure, after: SeriesFigure): string | undefined {
  const differing = wanted.filter((flag) => before.flags.includes(flag) !== after.flags.includes(flag));
  return differing.length === 0 ? undefined : `Only one of the two has the flag ${differing.join(', ')}.`;
}

function otherScope(before: SeriesFigure, after: SeriesFigure): string | undefined {
  if (before.scope === after.scope) return undefined;
  return `Covers ${after.scope ?? 'the whole place'}, the point before: ${before.scope ?? 'the whole place'}.`;
}
