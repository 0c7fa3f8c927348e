/** A field with suggestions, as the ARIA patterns have it: typed text, arrow keys, Enter; Escape closes. */
import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
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
  /** Whether others are on their way: until then those before stay, and what was chosen among them. */
  isWaiting: boolean;
  /** What was typed, once nothing was typed for a while. */
  onAsk: (text: string) => void;
  onPick: (key: string) => void;
  /** What Enter does where nothing is chosen; where it does nothing, an only suggestion is picked. */
  onEnter?: (text: string) => void;
  /** Said only to those who do not see it. */
  isLabelHidden?: true;
  /** What is typed already. */
  initial?: string;
  input?: Ref<HTMLInputElement>;
}

export function Combobox(props: Props) {
  const { label, hint, suggestions, isAnswered, isWaiting, onAsk, onPick, onEnter, input = null } = props;
  const words = useWords();
  const id = useId();
  const [text, setText] = useState(props.initial ?? '');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const last = useRef<readonly Suggestion[]>([]);
  if (!isWaiting) last.current = suggestions;
  const shown = isOpen && text.trim() !== '' ? last.current : [];
  const at = shown.findIndex(({ key }) => key === chosen);
  useEffect(() => {
    const timer = setTimeout(() => onAsk(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const close = (left: string) => {
    setText(left);
    setChosen(undefined);
    setOpen(false);
  };
  const pick = (one: Suggestion) => {
    close('');
    onPick(one.key);
  };
  const enter = () => {
    const one = shown[at] ?? (onEnter === undefined && shown.length === 1 ? shown[0] : undefined);
    if (one) return pick(one);
    if (onEnter === undefined || text.trim() === '') return;
    close(text);
    onEnter(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'Enter') {
      event.preventDefault();
      enter();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const [step, count] = [event.key === 'ArrowDown' ? 1 : -1, shown.length + 1];
    setChosen(shown[((at + 1 + step + count) % count) - 1]?.key);
  };
  return (
    <div class="combobox">
      <label for={`${id}-input`} class={props.isLabelHidden ? 'hidden' : undefined}>
        {label}
      </label>
      <input
        ref={input}
        id={`${id}-input`}
        type="text"
        role="combobox"
        enterKeyHint={onEnter === undefined ? 'done' : 'search'}
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
          setChosen(undefined);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} class="options" role="listbox" aria-label={label} hidden={shown.length === 0}>
        {shown.map((one, index) => (
          <Option key={one.key} id={`${id}-${index}`} of={one} isChosen={index === at} onPick={pick} />
        ))}
      </div>
      <span class="hidden" role="status">
        {isOpen && isAnswered && text.trim() !== '' ? words.searchResults(shown.length) : ''}
      </span>
    </div>
  );
}

interface OptionProps {
  id: string;
  of: Suggestion;
  isChosen: boolean;
  onPick: (one: Suggestion) => void;
}

/** The field keeps the focus: a press picks, before the field loses it. */
function Option({ id, of, isChosen, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-label={of.label}
      tabIndex={-1}
      onPointerDown={(event) => {
        event.preventDefault();
        onPick(of);
      }}
    >
      {of.content}
    </div>
  );
}
