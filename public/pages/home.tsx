/** The front page: what there is, and ways into it. */

import { groupBy } from '../../src/lists';
import { type Asked, type Schemas, useAsk } from '../lib/api';
import { periodText } from '../lib/format';
import { pages } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { Answer, Items } from '../parts/answer';
import { indicatorLinks, Links, placeLinks } from '../parts/links';
import { Name } from '../parts/name';
import { Title } from '../parts/title';

export function Home() {
  const words = useWords();
  const provinces = useAsk('/v1/provinces', { query: { limit: 100 } });
  const themes = useAsk('/v1/themes', { query: { limit: 20 } });
  const indicators = useAsk('/v1/indicators', { query: { limit: 500 } });
  // All at once, so that nothing moves while it is read.
  const isWaiting = [provinces, themes, indicators].some(({ state }) => state === 'waiting');
  return (
    <>
      <Title of="" />
      <h1>govdata</h1>
      <p class="lead">{words.tagline}</p>
      {isWaiting ? (
        <Answer of={{ state: 'waiting' }} lines={12}>
          {() => null}
        </Answer>
      ) : (
        <>
          <Themes of={themes} />
          <Provinces of={provinces} />
          <Indicators of={indicators} />
        </>
      )}
    </>
  );
}

function Themes({ of }: { of: Asked<Schemas['ThemePage']> }) {
  const words = useWords();
  const language = useLanguage();
  return (
    <section aria-labelledby="themes">
      <h2 id="themes">{words.themesOfYears}</h2>
      <Items of={of} lines={8}>
        {(items) => (
          <ul class="cards">
            {items.map((theme) => (
              <li key={theme.id}>
                {theme.place === null ? null : (
                  <a href={pages.place(theme.place.placeId)}>
                    <strong>
                      <Name of={theme.place.name} />
                    </strong>{' '}
                    {theme.period ? periodText(theme.period, language) : null}
                  </a>
                )}
                <span>
                  <Name of={theme.name} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Items>
    </section>
  );
}

function Provinces({ of }: { of: Asked<Schemas['PlacePage']> }) {
  const words = useWords();
  return (
    <section aria-labelledby="provinces">
      <h2 id="provinces">{words.provinces}</h2>
      <Items of={of} lines={8}>
        {(items) => <Links class="columns" of={placeLinks(items)} />}
      </Items>
    </section>
  );
}

function Indicators({ of }: { of: Asked<Schemas['IndicatorPage']> }) {
  const words = useWords();
  return (
    <section aria-labelledby="indicators">
      <h2 id="indicators">{words.indicators}</h2>
      <Items of={of} lines={12}>
        {(items) =>
          [...groupBy(items, ({ topic }) => topic)]
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([topic, list]) => (
              <details key={topic} class="topic">
                <summary>
                  {words.topics[topic] ?? topic.replaceAll('_', ' ')}{' '}
                  <span class="quiet">({list.length})</span>
                </summary>
                <Links class="columns" of={indicatorLinks(list)} />
              </details>
            ))
        }
      </Items>
    </section>
  );
}
