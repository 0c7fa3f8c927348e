/** One text for equal values: members in one order, so that texts can be compared and hashed. */
import { compareTexts } from '../lists.ts';

export function canonical(value: unknown): string {
  // Half of all values.
  if (value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => compareTexts(a, b));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** The same for many objects that all have these members and no others, whose order is found once. */
export function canonicalOf(members: readonly string[]): (row: Readonly<Record<string, unknown>>) => string {
  const keys = [...members]
    .sort(compareTexts)
    .map((name, index) => [name, `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`] as const);
  return (row) => {
    const parts: string[] = [];
    for (const [name, key] of keys) parts.push(key, canonical(row[name]));
    parts.push('}');
    return parts.join('');
  };
}
