/** Ways to the sections of the page. */
import { useWordsOf } from '../../lib/words';
import { placeWords } from '../../words/place';
import type { Overview } from './overview';

export function Contents({ of, year }: { of: Overview; year: number }) {
  const words = useWordsOf(placeWords);
  const sections: [id: string, text: string, isThere: boolean][] = [
    ['lineage', words.lineage, true],
    ['claims', words.claims(year), true],
    ['sayings', words.sayings, of.themes.total !== 0 || of.mottos.total !== 0],
    ['targets', words.targets(year), of.targets.total !== 0],
    ['tasks', words.tasks(year), of.tasks.total !== 0],
    ['rankings', words.rankings, of.rankings.total !== 0],
    ['series', words.series(year), of.coverage.total !== 0],
    ['contradictions', words.contradictions(year), true],
    ['coverage', words.coverage, true],
  ];
  return (
    <nav class="contents" aria-label={words.onThisPage}>
      <ul>
        {sections
          .filter(([, , isThere]) => isThere)
          .map(([id, text]) => (
            <li key={id}>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
