/** All source texts, and the tables that were imported. */
import { useAsk } from '../lib/api';
import { day, number } from '../lib/format';
import { pages } from '../lib/route';
import { useLanguage, useWords, useWordsOf } from '../lib/words';
import { Items } from '../parts/answer';
import { Name } from '../parts/name';
import { Title } from '../parts/title';
import { documentWords } from '../words/document';

export function Documents() {
  const words = useWords();
  const own = useWordsOf(documentWords);
  const language = useLanguage();
  const documents = useAsk('/v1/documents', { query: { limit: 500 } });
  const datasets = useAsk('/v1/datasets', { query: { limit: 500 } });
  return (
    <>
      <Title of={words.documents} />
      <h1>{words.documents}</h1>
      <p class="lead">{own.about}</p>
      <h2>{own.texts}</h2>
      <Items of={documents} lines={10}>
        {(items) => (
          <ul class="cards">
            {items.map(({ id, fileName, title, publisher, publishedOn, citationCount, paragraphCount }) => (
              <li key={id}>
                <a href={pages.document(id)}>{fileName}</a>
                <Name of={title} />
                <span class="quiet">
                  {[publisher, publishedOn && day(publishedOn, language)].filter(Boolean).join(', ')}
                </span>
                <span>{own.counts(number(citationCount, language), number(paragraphCount, language))}</span>
              </li>
            ))}
          </ul>
        )}
      </Items>
      <h2>{own.tables}</h2>
      <Items of={datasets} lines={10}>
        {(items) => (
          <ul class="cards">
            {items.map(({ id, title, publisher, retrievedOn, figures }) => (
              <li key={id}>
                <a href={pages.document(id)}>
                  <Name of={title} />
                </a>
                <span class="quiet">
                  {[publisher, retrievedOn && day(retrievedOn, language)].filter(Boolean).join(', ')}
                </span>
                {figures === null ? null : <span>{own.figures(number(figures, language))}</span>}
              </li>
            ))}
          </ul>
        )}
      </Items>
    </>
  );
}
