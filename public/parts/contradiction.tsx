/** What contradicts what: each side a door to the record that says so. The service words all of it in English. */
import type { Schemas } from '../lib/api';
import { useWords } from '../lib/words';
import { Door } from './figure';

export function Sides({ of }: { of: Schemas['Contradiction'] }) {
  const words = useWords();
  const { kind, sides, outsideEvidence, note } = of;
  return (
    <>
      <p class="kicker">{words.contradictionKinds[kind]}</p>
      <ul>
        {sides.map(({ fact, states }) => (
          <li key={fact.id}>
            <Door to={fact.id}>
              <span lang="en">{states}</span>
            </Door>
          </li>
        ))}
      </ul>
      {outsideEvidence.length === 0 ? null : (
        <p>
          {words.outsideEvidence}: <span lang="en">{outsideEvidence.join(' ')}</span>
        </p>
      )}
      {note === null ? null : (
        <p class="quiet" lang="en">
          {note}
        </p>
      )}
    </>
  );
}
