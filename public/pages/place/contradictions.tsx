/** Where sources of the year say different things of one matter. */
import type { Asked, Schemas } from '../../lib/api';
import { pages } from '../../lib/route';
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Door } from '../../parts/figure';
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

function Contradiction({
  of: { id, kind, name, sides, note, outsideEvidence },
}: {
  of: Schemas['Contradiction'];
}) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  return (
    <li>
      <span class="kicker">{all.contradictionKinds[kind]}</span>
      <strong>
        <a href={`${pages.contradictions()}#${id}`}>
          <Name of={name} />
        </a>
      </strong>
      <ul>
        {sides.map(({ fact, states }) => (
          <li key={fact.id}>
            <Door to={fact.id}>
              <span lang="en">{states}</span>
            </Door>
          </li>
        ))}
      </ul>
      {note === null ? null : (
        <span class="quiet" lang="en">
          {note}
        </span>
      )}
      {outsideEvidence.length === 0 ? null : (
        <span class="quiet" lang="en">
          {words.outside}: {outsideEvidence.join(' ')}
        </span>
      )}
    </li>
  );
}
