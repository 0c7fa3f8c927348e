/** Which figures of a target are drawn and named, and how. */
import type { Schemas } from '../../lib/api';
import { figureText, number, unitName } from '../../lib/format';
import type { Words } from '../../words/en';
import type { UiLanguage } from '../../words/language';
import type { PlaceWords } from '../../words/place';

type Target = Schemas['Target'];
type Input = Schemas['TargetInput'];

/** A fraction is a per cent for this, as in the service. */
const amountOf = ({
  value,
  numerator,
  denominator,
}: Pick<Input, 'value' | 'numerator' | 'denominator'>): number | null =>
  value ?? (numerator !== null && denominator ? (numerator / denominator) * 100 : null);

/** What is set beside the target: the result, else what is reported so far; of those alike the first. */
export const resultOf = ({ result: { inputs } }: Target): Input | undefined =>
  inputs.find(({ role }) => role === 'result') ?? inputs.find(({ role }) => role === 'progress');

export const nearMatchesOf = ({ result: { inputs } }: Target): Input[] =>
  inputs.filter(({ role }) => role === 'near_match');

export interface Drawn {
  target: number;
  result: number | null;
  reachedBy: 'up' | 'down' | 'none';
}

/** Undefined where the target is no number. A plan that is not printed is 100 % of itself. */
export function drawnOf(target: Target): Drawn | undefined {
  const amount = target.kind === 'plan' ? 100 : amountOf(target);
  if (amount === null) return undefined;
  const result = resultOf(target);
  return {
    target: amount,
    result: result === undefined ? null : amountOf(result),
    reachedBy: reachedBy(target),
  };
}

/** A printed bound stands, whatever the direction; a bare figure accepts the better side. */
function reachedBy({ kind, comparator, direction, measure }: Target): Drawn['reachedBy'] {
  if (kind === 'set') {
    if (comparator === 'ge' || comparator === 'gt') return 'up';
    if (comparator === 'le' || comparator === 'lt') return 'down';
  }
  if (measure === 'rank') return 'down';
  return measure === 'rank_change' ? 'up' : direction;
}

export const inputText = (input: Input, words: Words, language: UiLanguage): string =>
  figureText({ ...input, outOf: null }, words, language);

/** `−0.23 percentage points`: two per cents differ by points. */
export function gapText(
  { gap, gapUnit }: Schemas['TargetResult'],
  words: Words,
  own: PlaceWords,
  language: UiLanguage,
): string | undefined {
  if (gap === null) return undefined;
  const sign = gap > 0 ? '+' : gap < 0 ? '−' : '';
  const unit =
    gapUnit === 'percent' ? own.percentagePoints : gapUnit === null ? '' : unitName(gapUnit, words);
  return `${sign}${number(Math.abs(gap), language)} ${unit}`.trim();
}
