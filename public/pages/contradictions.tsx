/** Records that cannot all be true: both are kept, and what each says. */
import { useEffect, useRef } from 'preact/hooks';
import { type Schemas, useAsk } from '../lib/api';
import { useWords } from '../lib/words';
import { Items } from '../parts/answer';
import { Door } from '../parts/figure';
import { Name } from '../parts/name';
import { Title } from '../parts/title';

export function Contradictions() {
  const words = useWords();
  const asked = useAsk('/v1/contradictions', { query: { limit: 500 } });
  return (
    <>
      <Title of={words.contradictions} />
      <h1>{words.contradictions}</h1>
      <p class="lead">{words.contradictionsAbout}</p>
      <Items of={asked} lines={12}>
        {(items) => (
          <ul class="contradictions">
            {items.map((one) => (
              <Item key={one.id} of={one} />
            ))}
          </ul>
        )}
      </Items>
    </>
  );
}

/** The one that the address names is shown first. */
function Item({ of }: { of: Schemas['Contradiction'] }) {
  const item = useRef<HTMLLIElement>(null);
  const isChosen = decodeURIComponent(location.hash) === `#${of.id}`;
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView();
  }, [isChosen]);
  return (
    <li ref={item} id={of.id} class={isChosen ? 'chosen' : undefined}>
      <ContradictionOf of={of} />
    </li>
  );
}

/** The sides, each a door to the record that says so. */
export function ContradictionOf({ of }: { of: Schemas['Contradiction'] }) {
  const words = useWords();
  return (
    <>
      <h2>
        <Door to={of.id}>
          <Name of={of.name} />
        </Door>
      </h2>
      <p class="kicker">{words.contradictionKinds[of.kind]}</p>
      <ul>
        {of.sides.map(({ fact, states }) => (
          <li key={fact.id}>
            <Door to={fact.id}>{states}</Door>
          </li>
        ))}
      </ul>
      {of.outsideEvidence.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {of.note === null ? null : <p class="quiet">{of.note}</p>}
    </>
  );
}
