/** A field with suggestions, as the ARIA patterns have it: typed text, arrow keys, Enter; Escape closes. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { useWords } from '../lib/words';

const pauseMs = 150;

export interface Suggestion {
  key: string;
  /** What it is called by those that read it aloud. */
  label: string;
  content: ComponentChildren;
}

interface Props {
  label: string;
  hint: string;
  suggestions: readonly Suggestion[];
  /** Whether the suggestions are those of what is typed. */
  isAnswered: boolean;
  /** What was typed, once nothing was typed for a while. */
  onAsk: (text: string) => void;
  onPick: (key: string) => void;
}

export function Combobox({ label, hint, suggestions, isAnswered, onAsk, onPick }: Props) {
  const words = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const shown = isOpen && text.trim() !== '' ? suggestions : [];
  useEffect(() => {
    const timer = setTimeout(() => onAsk(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const pick = (one: Suggestion | undefined) => {
    if (!one) return;
    setText('');
    setAt(-1);
    setOpen(false);
    onPick(one.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(shown[at] ?? (shown.length === 1 ? shown[0] : undefined));
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const [step, count] = [event.key === 'ArrowDown' ? 1 : -1, shown.length + 1];
    setAt(((at + 1 + step + count) % count) - 1);
  };
  return (
    <div class="combobox">
      <label for={`${id}-input`}>{label}</label>
      <input
        id={`${id}-input`}
        type="text"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(shown[at] ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        placeholder={hint}
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
      <div id={`${id}-list`} class="options" role="listbox" aria-label={label} hidden={shown.length === 0}>
        {shown.map((one, index) => (
          <div
            key={one.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            aria-label={one.label}
            tabIndex={-1}
            onPointerDown={(event) => {
              event.preventDefault();
              pick(one);
            }}
          >
            {one.content}
          </div>
        ))}
      </div>
      <span class="hidden" role="status">
        {isOpen && isAnswered && text.trim() !== '' ? words.searchResults(shown.length) : ''}
      </span>
    </div>
  );
}
