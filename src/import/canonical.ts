/** One text for equal values: members in one order, so that texts can be compared and hashed. */
import { compareTexts } from '../lists.ts';

export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => compareTexts(a, b));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** The same for many objects that all have these members and no others, whose order is found once. */
export function canonicalOf(members: readonly string[]): (row: Readonly<Record<string, unknown>>) => string {
  const keys = [...members].sort(compareTexts).map((name) => [name, `${JSON.stringify(name)}:`] as const);
  return (row) => `{${keys.map(([name, key]) => key + canonical(row[name])).join(',')}}`;
}
