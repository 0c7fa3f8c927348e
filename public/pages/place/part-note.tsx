/** Says that a list is longer than what is shown of it. */
import { useWordsOf } from '../../lib/words';
import { placeWords } from '../../words/place';

interface Listed {
  items: readonly unknown[];
  next: string | null;
  total: number | null;
  totalAtLeast?: number;
}

export function PartNote({ of: { items, next, total, totalAtLeast } }: { of: Listed }) {
  const words = useWordsOf(placeWords);
  if (next === null) return null;
  return <p class="quiet">{words.onlyFirst(items.length, total ?? totalAtLeast ?? items.length)}</p>;
}
