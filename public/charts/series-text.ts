/** Points of series in words. */
import type { Schemas } from '../lib/api';
import { figureText, nameOf, number, periodText, withUnit } from '../lib/format';
import type { Words } from '../words/en';
import type { IndicatorWords } from '../words/indicator';
import type { UiLanguage } from '../words/language';
import type { DrawnPoint } from './series-model';

export interface Speech {
  words: Words;
  own: IndicatorWords;
  language: UiLanguage;
}

type Point = Schemas['SeriesPoint'];

/** `Lao Cai, 2016: 18.1 %, preliminary`. */
export function pointLabel(
  { point, value, kind }: DrawnPoint,
  place: Schemas['PlaceRef'],
  unit: string,
  speech: Speech,
): string {
  const { words, language } = speech;
  const figure =
    kind === 'sum' ? withUnit(number(value, language), unit, words) : pointText(point, unit, speech);
  const said = [figure, ...remarksOf(point, kind, speech)];
  return `${nameOf(place.name, language).text}, ${periodText(point.period, language)}: ${said.join(', ')}`;
}

export function pointText(point: Point, unit: string, { words, language }: Speech): string {
  return figureText({ ...point, comparator: point.comparator ?? 'eq', unit }, words, language);
}

/** What kind of statement it is, and all that a reader must know of it. */
export function remarksOf(point: Point, kind: DrawnPoint['kind'], { words, own }: Speech): string[] {
  return [
    point.scenario === 'actual' ? '' : words.scenarios[point.scenario],
    kind === 'sum' ? `${own.computedSum} (${point.comparability?.formula ?? ''})` : '',
    kind === 'residual' ? `${own.computedDifference} (${point.formula ?? ''})` : '',
    point.scope === null ? '' : own.onlyCovers(point.scope),
    point.contradictions.length === 0 ? '' : own.contradicts,
    ...point.flags
      .filter((flag) => flag !== 'in_contradiction' && flag !== 'derived')
      .map((flag) => words.flagTexts[flag].replace(/\.$/, '')),
    ...point.breaks.map(({ kind: broken }) => own.breakIs[broken]),
  ].filter(Boolean);
}
