/** Small work on lists that the language does not do yet. */

/** Never empty. */
export type Group<T> = [T, ...T[]];

/** By key, in the order in which keys and items come. Node 20 has no `Map.groupBy`. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, Group<T>> {
  const groups = new Map<K, Group<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** By code unit: the same order on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each item with each one before it. */
export function pairsOf<T>(items: readonly T[]): [earlier: T, later: T][] {
  return items.flatMap((later, index) => items.slice(0, index).map((earlier): [T, T] => [earlier, later]));
}
