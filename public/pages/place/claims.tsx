/** What the place says of how its year went, beside what can be confirmed of it. */
import type { Asked, Schemas } from '../../lib/api';
import { useWords, useWordsOf } from '../../lib/words';
import { Answer } from '../../parts/answer';
import { Door } from '../../parts/figure';
import { placeWords } from '../../words/place';
import { Outcome, statuses } from './outcome';

export function ClaimSection({ of, year }: { of: Asked<Schemas['Scorecard']>; year: number }) {
  const words = useWordsOf(placeWords);
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">{words.claims(year)}</h2>
      <Answer of={of} lines={5}>
        {({ claims, targetCounts }) => (
          <div class="claims">
            <p lang="en">{claims.text}</p>
            {claims.observations.length === 0 ? null : (
              <p class="doors">
                {claims.observations.map((id, index) => (
                  <Door key={id} to={id}>
                    {words.claimSource(index + 1)}
                  </Door>
                ))}
              </p>
            )}
            <Counts of={targetCounts} />
          </div>
        )}
      </Answer>
    </section>
  );
}

function Counts({ of }: { of: Schemas['TargetCounts'] }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const counted = statuses.filter((status) => of[status] > 0);
  if (counted.length === 0) return null;
  return (
    <>
      <p id="outcomes">{words.outcomes}</p>
      <ul class="outcomes" aria-labelledby="outcomes">
        {counted.map((status) => (
          <li key={status}>
            <strong>{of[status]}</strong> <Outcome of={status}>{all.targetStatus[status]}</Outcome>
          </li>
        ))}
      </ul>
    </>
  );
}
