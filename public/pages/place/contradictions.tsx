/** Where sources of the year say different things of one matter. */
import type { Asked, Schemas } from '../../lib/api';
import { pages } from '../../lib/route';
import { useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Sides } from '../../parts/contradiction';
import { Name } from '../../parts/name';
import { placeWords } from '../../words/place';

export function ContradictionSection({ of, year }: { of: Asked<Schemas['Scorecard']>; year: number }) {
  const words = useWordsOf(placeWords);
  return (
    <section aria-labelledby="contradictions">
      <h2 id="contradictions">{words.contradictions(year)}</h2>
      <Answer of={of} lines={3}>
        {({ contradictions }) =>
          contradictions.length === 0 ? (
            <p class="quiet">{words.noneInYear(year)}</p>
          ) : (
            <ul class="cards">
              {contradictions.map((one) => (
                <Contradiction key={one.id} of={one} />
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}

function Contradiction({ of }: { of: Schemas['Contradiction'] }) {
  return (
    <li>
      <strong>
        <a href={`${pages.contradictions()}#${of.id}`}>
          <Name of={of.name} />
        </a>
      </strong>
      <Sides of={of} />
    </li>
  );
}
