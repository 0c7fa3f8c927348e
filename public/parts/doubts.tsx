/** What to know of a record before relying on it. */
import type { Schemas } from '../lib/api';
import { pages } from '../lib/route';
import { useWords } from '../lib/words';

type Doubtful = Pick<Schemas['Fact'], 'flags' | 'note' | 'contradictions'>;

export const isDoubtful = ({ flags, note, contradictions }: Doubtful): boolean =>
  flags.length > 0 || note !== null || contradictions.length > 0;

export function Doubts({ of: { flags, note, contradictions } }: { of: Doubtful }) {
  const words = useWords();
  return (
    <ul>
      {flags.map((flag) => (
        <li key={flag}>{words.flagTexts[flag]}</li>
      ))}
      {contradictions.map((id) => (
        <li key={id}>
          {words.flagTexts.in_contradiction}{' '}
          <a href={`${pages.contradictions()}#${id}`}>{id.replace('contradiction:', '')}</a>
        </li>
      ))}
      {note === null ? null : (
        <li>
          {words.note}: <span lang="en">{note}</span>
        </li>
      )}
    </ul>
  );
}
