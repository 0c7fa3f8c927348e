/** Records that cannot all be true: both are kept, and what each says. */
import { useEffect, useRef } from 'preact/hooks';
import { type Schemas, useAsk } from '../lib/api';
import { useWords } from '../lib/words';
import { Items } from '../parts/answer';
import { Sides } from '../parts/contradiction';
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
      <h2>
        <Door to={of.id}>
          <Name of={of.name} />
        </Door>
      </h2>
      <Sides of={of} />
    </li>
  );
}
