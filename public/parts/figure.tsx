/** A figure is a door: to where it stands, what is doubtful about it, and how it is asked for. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../lib/api';
import { figureText } from '../lib/format';
import { pages } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';

/** Opens the panel of a fact over the page. */
export function Door({ to, label, children }: { to: string; label?: string; children: ComponentChildren }) {
  return (
    <a class="door" href={pages.fact(to)} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </a>
  );
}

type Shown = Pick<
  Schemas['Observation'],
  | 'id'
  | 'comparator'
  | 'value'
  | 'valueCode'
  | 'trend'
  | 'unit'
  | 'numerator'
  | 'denominator'
  | 'outOf'
  | 'scenario'
  | 'flags'
> & { contradictions: readonly string[] };

/** The text of a figure, with what kind of statement it is, and marks of doubt that are words, not signs alone. */
export function Figure({ of }: { of: Shown }) {
  const words = useWords();
  const language = useLanguage();
  const doubts = of.flags.filter((flag) => flag !== 'in_contradiction').map((flag) => words.flagTexts[flag]);
  return (
    <span class="figure">
      <Door to={of.id}>{figureText(of, words, language)}</Door>
      {of.scenario === 'actual' ? null : (
        <span class={`tag scenario-${of.scenario}`}>{words.scenarios[of.scenario]}</span>
      )}
      {of.contradictions.length > 0 ? (
        <span class="tag doubt">{words.flagTexts.in_contradiction}</span>
      ) : null}
      {doubts.length > 0 ? (
        <span class="tag" title={doubts.join(' ')}>
          <span aria-hidden="true">?</span>
          <span class="hidden">{doubts.join(' ')}</span>
        </span>
      ) : null}
    </span>
  );
}
