/** What stands above every page: search, ways to the other pages, release and language. */
import { useAsk } from '../lib/api';
import { addressWith, navigate, pages, useRoute } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { SearchBox } from './search-box';

export function Header() {
  const words = useWords();
  return (
    <header class="top">
      <a class="brand" href={pages.home()}>
        <svg width="24" height="24" viewBox="0 0 16 16" aria-hidden="true">
          <rect class="brand-tile" width="16" height="16" rx="3" />
          <path class="brand-bars" d="M4 12V8m4 4V4m4 8V6" />
        </svg>
        govdata
      </a>
      <SearchBox />
      <nav aria-label={words.menu}>
        <a href={pages.compare()}>{words.compare}</a>
        <a href={pages.contradictions()}>{words.contradictions}</a>
        <a href={pages.documents()}>{words.documents}</a>
      </nav>
      <Settings />
    </header>
  );
}

/** Which language, and which release: both are part of the address. */
function Settings() {
  const words = useWords();
  const language = useLanguage();
  const { query } = useRoute();
  const releases = useAsk('/v1/releases', { query: { limit: 100 } });
  const list = releases.state === 'here' ? releases.data.items : [];
  const chosen = query.get('release') ?? '';
  return (
    <div class="settings">
      <label>
        <span class="hidden">{words.asOf}</span>
        <select
          value={chosen}
          onChange={({ currentTarget: { value } }) =>
            navigate(addressWith({ release: value === '' ? undefined : value }))
          }
        >
          <option value="">{words.newest}</option>
          {list.map(({ number }) => (
            <option key={number} value={`${number}`}>
              {words.release(number)}
            </option>
          ))}
        </select>
      </label>
      <a href={addressWith({ lang: language === 'en' ? 'vi' : 'en' })} lang={language === 'en' ? 'vi' : 'en'}>
        {words.otherLanguage}
      </a>
    </div>
  );
}
