/** A table that scrolls by itself where it is wider than the page, by keys too. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface Column {
  text: string;
  /** Its cells are numbers. */
  isNumber?: boolean;
}

interface Props {
  /** What the table is, for those who do not see what stands above it. */
  label: string;
  columns: readonly (string | Column)[];
  class?: string;
  caption?: string;
  /** Rows of its body. */
  children: ComponentChildren;
}

export function Table({ label, columns, caption, children, ...rest }: Props) {
  return (
    <Scroll label={label}>
      <table {...rest} {...(caption === undefined ? { 'aria-label': label } : {})}>
        {caption === undefined ? null : <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns
              .map((column) => (typeof column === 'string' ? { text: column } : column))
              .map(({ text, isNumber = false }: Column) => (
                <th key={text} scope="col" class={isNumber ? 'number' : undefined}>
                  {text}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  );
}

/** What does not fit is reached by keys, and what fits is no stop on their way. */
function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const sizes = new ResizeObserver(() => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return (
    <section ref={box} class="scroll" aria-label={label}>
      {children}
    </section>
  );
}
