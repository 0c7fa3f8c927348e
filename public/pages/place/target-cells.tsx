/** The figures of a target in its row, each a door to where it stands. */
import type { Schemas } from '../../lib/api';
import { number, periodText, withUnit } from '../../lib/format';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Door, Figure } from '../../parts/figure';
import { placeWords } from '../../words/place';
import { inputText, nearMatchesOf, resultOf } from './target-figures';

type Target = Schemas['Target'];
type Input = Schemas['TargetInput'];

export function TargetCell({ of }: { of: Target }) {
  const words = useWordsOf(placeWords);
  if (of.kind === 'plan') {
    return (
      <>
        {of.basis?.kind === 'budget_estimate' ? words.budgetNotPrinted : words.planNotPrinted}
        <Implied of={of.result.impliedPlan} />
      </>
    );
  }
  return (
    <>
      <Figure of={{ ...of, scenario: 'actual' }} />
      <About of={of} />
    </>
  );
}

function Implied({ of }: { of: Schemas['ImpliedPlan'] | null }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  if (of === null) return null;
  const text = `${all.comparators[of.comparator]} ${withUnit(number(of.value, language), of.unit, all)}`;
  return <span class="under">{words.wholePlan(text.trim())}</span>;
}

/** What the figure is of, where that is not all of the indicator. */
function About({ of: { measure, scope, dimensions } }: { of: Target }) {
  const all = useWords();
  const parts = [
    measure === 'value' ? '' : all.measures[measure],
    ...Object.values(dimensions).map((text) => text.replaceAll('_', ' ')),
    scope?.replaceAll('_', ' ') ?? '',
  ].filter(Boolean);
  return parts.length === 0 ? null : <span class="under">{parts.join(', ')}</span>;
}

export function ResultCell({ of }: { of: Target }) {
  const words = useWordsOf(placeWords);
  const result = resultOf(of);
  const near = nearMatchesOf(of);
  if (result) {
    return (
      <Stated of={result} before={result.role === 'progress' ? words.progress : undefined} target={of} />
    );
  }
  if (near.length === 0) return <span class="quiet">{words.noResult}</span>;
  return (
    <>
      {near.map((input) => (
        <Stated key={input.observation} of={input} before={words.nearMatch} target={of} />
      ))}
    </>
  );
}

interface StatedProps {
  of: Input;
  before: string | undefined;
  target: Target;
}

function Stated({ of, before, target }: StatedProps) {
  const all = useWords();
  const language = useLanguage();
  return (
    <span class="stated">
      {before ? `${before} ` : null}
      <Door to={of.observation}>{inputText(of, all, language)}</Door>
      {of.scenario === 'actual' ? null : <span class="tag">{all.scenarios[of.scenario]}</span>}
      {of.period.label === target.period.label ? null : (
        <span class="under">{periodText(of.period, language)}</span>
      )}
    </span>
  );
}
