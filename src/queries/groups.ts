/** Things put into groups, none of them empty, as Node 20 has no `Map.groupBy`. */

export type Group<T> = [T, ...T[]];

/** By key, in the order in which keys and things come. */
export function groupsOf<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, Group<T>> {
  const groups = new Map<string, Group<T>>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
