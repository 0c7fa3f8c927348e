/** A drawing with many doors is one stop of the tab key; arrow keys go on from there. */
import { useState } from 'preact/hooks';

interface Arrows {
  isCurrent: (key: string) => boolean;
  setCurrent: (key: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** `rows`: keys of the doors, which bear them as `data-point`. Left and right go along a row, up and down to another. */
export function useArrows(rows: readonly (readonly string[])[]): Arrows {
  const [chosen, setCurrent] = useState<string>();
  const current = rows.some((row) => chosen !== undefined && row.includes(chosen)) ? chosen : rows.flat()[0];
  const onKeyDown = (event: KeyboardEvent) => {
    const { currentTarget, target } = event;
    if (!(currentTarget instanceof Element) || !(target instanceof Element)) return;
    const door = target.closest('a')?.querySelector('[data-point]')?.getAttribute('data-point');
    const next = door ? nextOf(rows, door, event.key) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    const mark = [...currentTarget.querySelectorAll('[data-point]')].find(
      (one) => one.getAttribute('data-point') === next,
    );
    mark?.closest<SVGAElement>('a')?.focus();
  };
  return { isCurrent: (key) => key === current, setCurrent, onKeyDown };
}

function nextOf(rows: readonly (readonly string[])[], from: string, key: string): string | undefined {
  const filled = rows.filter(({ length }) => length > 0);
  const line = filled.findIndex((row) => row.includes(from));
  const row = filled[line] ?? [];
  const at = row.indexOf(from);
  const other = (step: number) => {
    const target = filled[(line + step + filled.length) % filled.length] ?? [];
    return target[Math.min(at, target.length - 1)];
  };
  if (key === 'ArrowRight') return row[at + 1];
  if (key === 'ArrowLeft') return row[at - 1];
  if (key === 'Home') return row[0];
  if (key === 'End') return row.at(-1);
  if (key === 'ArrowDown') return other(1);
  return key === 'ArrowUp' ? other(-1) : undefined;
}
