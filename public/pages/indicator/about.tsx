/** What an indicator measures, and how its figures may be used. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../../lib/api';
import { unitName } from '../../lib/format';
import { pages } from '../../lib/route';
import { useWords, useWordsOf } from '../../lib/words';
import { Door } from '../../parts/figure';
import { Name } from '../../parts/name';
import { indicatorWords } from '../../words/indicator';

type Indicator = Schemas['Indicator'];

export function About({ of }: { of: Indicator }) {
  const words = useWords();
  const own = useWordsOf(indicatorWords);
  const { id, definition, unit, direction, topic, additive, possiblySameAs, citations } = of;
  const hasDefinition = Object.values(definition).some((text) => text !== null);
  const facts: [string, ComponentChildren][] = [
    ...(hasDefinition
      ? [[own.definition, <Name key="d" of={definition} />] as [string, ComponentChildren]]
      : []),
    [own.unit, unit === 'status' ? own.finding : unitName(unit, words)],
    [own.direction, words.directions[direction]],
    [own.topic, words.topics[topic] ?? topic.replaceAll('_', ' ')],
    [own.sums, additive ? own.additive : own.notAdditive],
    ...(possiblySameAs.length === 0
      ? []
      : [[own.possiblySameAs, <Others key="o" of={possiblySameAs} />] as [string, ComponentChildren]]),
    [
      own.sourcesOf,
      <Door key="s" to={id}>
        {words.sources(citations.length)}
      </Door>,
    ],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, content]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      <Doubts of={of} />
    </>
  );
}

function Others({ of }: { of: Indicator['possiblySameAs'] }) {
  return (
    <ul class="inline">
      {of.map(({ code, name }) => (
        <li key={code}>
          <a href={pages.indicator(code)}>
            <Name of={name} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Doubts({ of: { flags, note, contradictions } }: { of: Indicator }) {
  const words = useWords();
  if (flags.length === 0 && note === null && contradictions.length === 0) return null;
  return (
    <div class="note">
      {flags.length + contradictions.length === 0 ? null : (
        <ul>
          {flags.map((flag) => (
            <li key={flag}>{words.flagTexts[flag]}</li>
          ))}
          {contradictions.map((one) => (
            <li key={one}>
              <a href={`${pages.contradictions()}#${one}`}>{words.flagTexts.in_contradiction}</a>
            </li>
          ))}
        </ul>
      )}
      {note === null ? null : (
        <p>
          {words.note}: <span lang="en">{note}</span>
        </p>
      )}
    </div>
  );
}
