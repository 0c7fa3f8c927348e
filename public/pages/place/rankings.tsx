/** Where the place stands among others, in all years. */
import { periodText } from '../../lib/format';
import { pages } from '../../lib/route';
import { useLanguage, useWords, useWordsOf } from '../../lib/words';
import { Figure } from '../../parts/figure';
import { Name } from '../../parts/name';
import { Table } from '../../parts/table';
import { placeWords } from '../../words/place';
import type { Overview } from './overview';
import { PartNote } from './part-note';

export function RankingSection({ of }: { of: Overview['rankings'] }) {
  const all = useWords();
  const words = useWordsOf(placeWords);
  const language = useLanguage();
  if (of.total === 0) return null;
  return (
    <section aria-labelledby="rankings">
      <h2 id="rankings">{words.rankings}</h2>
      <PartNote of={of} />
      <Table
        class="rankings"
        label={words.rankings}
        columns={[words.indicator, words.period, words.measure, words.figure]}
      >
        {of.items.map((figure) => (
          <tr key={figure.id}>
            <th scope="row">
              <a href={pages.indicator(figure.indicator.code, { places: figure.place.placeId })}>
                <Name of={figure.indicator.name} />
              </a>
            </th>
            <td>{periodText(figure.period, language)}</td>
            <td>{all.measures[figure.measure]}</td>
            <td>
              <Figure of={figure} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
