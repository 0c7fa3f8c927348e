/** Search with type-ahead, on every page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAsk } from '../lib/api';
import { nameOf } from '../lib/format';
import { navigate, pages, useRoute } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { Combobox } from '../parts/combobox';
import { addressOfHit, HitText } from '../parts/hit';

const most = 8;

export function SearchBox() {
  const words = useWords();
  const language = useLanguage();
  const { path, query } = useRoute();
  const input = useRef<HTMLInputElement>(null);
  const [asked, setAsked] = useState('');
  const answer = useAsk('/v1/search', asked === '' ? undefined : { query: { q: asked, limit: most } });
  const hits = answer.state === 'here' && asked !== '' ? answer.data.items : [];
  useShortcut(input);
  const go = (address: string) => {
    input.current?.blur();
    navigate(address);
  };
  return (
    <search class="search">
      <Combobox
        isLabelHidden
        label={words.search}
        hint={words.searchHint}
        initial={path === '/search' ? (query.get('q') ?? '') : ''}
        input={input}
        suggestions={hits.map((hit) => ({
          key: hit.id,
          label: nameOf(hit.name, language).text,
          content: <HitText of={hit} />,
        }))}
        isAnswered={answer.state === 'here'}
        isWaiting={asked !== '' && answer.state === 'waiting'}
        onAsk={setAsked}
        onPick={(key) => {
          const hit = hits.find(({ id }) => id === key);
          if (hit) go(addressOfHit(hit));
        }}
        onEnter={(text) => go(pages.search(text))}
      />
    </search>
  );
}

/** `/` goes to the search, as in many places. */
function useShortcut(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const { target } = event;
      if (
        event.key !== '/' ||
        (target instanceof HTMLElement && target.closest('input, textarea, select, dialog'))
      )
        return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
}
