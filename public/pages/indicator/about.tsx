/** What an indicator measures, and how its figures may be used. */
import type { ComponentChildren } from 'preact';
import type { Schemas } from '../../lib/api';
import { unitName } from '../../lib/format';
import { useWords, useWordsOf } from '../../lib/words';
import { Doubts, isDoubtful } from '../../parts/doubts';
import { Door } from '../../parts/figure';
import { indicatorLinks, Links } from '../../parts/links';
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
      : [
          [own.possiblySameAs, <Links key="o" class="inline" of={indicatorLinks(possiblySameAs)} />] as [
            string,
            ComponentChildren,
          ],
        ]),
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
      {isDoubtful(of) ? (
        <div class="note">
          <Doubts of={of} />
        </div>
      ) : null}
    </>
  );
}
