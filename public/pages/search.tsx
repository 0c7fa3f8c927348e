/** What a search finds, all on one page. */
import { useAsk } from '../lib/api';
import { useRoute } from '../lib/route';
import { useWords } from '../lib/words';
import { Items } from '../parts/answer';
import { addressOfHit, HitText } from '../parts/hit';
import { Title } from '../parts/title';

/** All that the words of the search box fit. */
export function SearchPage() {
  const words = useWords();
  const q = useRoute().query.get('q') ?? '';
  const answer = useAsk('/v1/search', q === '' ? undefined : { query: { q, limit: 100 } });
  return (
    <>
      <Title of={`${words.search}: ${q}`} />
      <h1>
        {words.search}: {q}
      </h1>
      {q === '' ? (
        <p>{words.searchHint}</p>
      ) : (
        <Items of={answer} lines={8}>
          {(items) => (
            <ul class="hits">
              {items.map((hit) => (
                <li key={hit.id}>
                  <a href={addressOfHit(hit)}>
                    <HitText of={hit} />
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Items>
      )}
    </>
  );
}
