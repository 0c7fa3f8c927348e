/** Search with type-ahead: a combobox as the ARIA patterns have it, keyboard first. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Schemas, useAsk } from '../lib/api';
import { nameOf } from '../lib/format';
import { navigate, pages, useRoute } from '../lib/route';
import { useLanguage, useWords } from '../lib/words';
import { addressOfHit, HitText } from '../parts/hit';

const pauseMs = 150;
const most = 8;

export function SearchBox() {
  const words = useWords();
  const language = useLanguage();
  const id = useId();
  const { path, query } = useRoute();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(path === '/search' ? (query.get('q') ?? '') : '');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const asked = useLater(text.trim(), pauseMs);
  const answer = useAsk(
    '/v1/search',
    isOpen && asked !== '' ? { query: { q: asked, limit: most } } : undefined,
  );
  const hits = answer.state === 'here' && isOpen ? answer.data.items : [];
  useShortcut(input);
  const go = (hit: Schemas['Hit'] | undefined) => {
    setOpen(false);
    input.current?.blur();
    navigate(hit ? addressOfHit(hit) : pages.search(text.trim()));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const count = hits.length + 1;
    setAt(((at + 1 + step + count) % count) - 1);
  };
  return (
    <search class="search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') go(hits[at]);
        }}
      >
        <input
          ref={input}
          type="text"
          role="combobox"
          enterKeyHint="search"
          aria-label={words.search}
          aria-expanded={hits.length > 0}
          aria-controls={`${id}-hits`}
          aria-autocomplete="list"
          {...(at >= 0 ? { 'aria-activedescendant': `${id}-${at}` } : {})}
          placeholder={words.searchHint}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget: { value } }) => {
            setText(value);
            setAt(-1);
            setOpen(true);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setTimeout(() => setOpen(false), 150)}
          onKeyDown={onKeyDown}
        />
        <div id={`${id}-hits`} role="listbox" aria-label={words.search} hidden={hits.length === 0}>
          {hits.map((hit, index) => (
            <div
              key={hit.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-label={nameOf(hit.name, language).text}
              tabIndex={-1}
              onPointerDown={(event) => {
                event.preventDefault();
                go(hit);
              }}
            >
              <HitText of={hit} />
            </div>
          ))}
        </div>
        <span class="hidden" role="status">
          {answer.state === 'here' && isOpen && asked !== '' ? words.searchResults(hits.length) : ''}
        </span>
      </form>
    </search>
  );
}

/** What was typed, once nothing was typed for a while. */
function useLater(text: string, ms: number): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return later;
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
