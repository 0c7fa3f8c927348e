/** Rows that are of another release than the rest of an answer: what is asked of their edges is of theirs. */
import type { Row, Scope } from './types.ts';

const own = Symbol('the scope that a row was read in');

/** Marks a row and all that it holds, for the objects within have edges of their own; what is marked already stays so. */
export function rememberScope<T>(value: T, scope: Scope): T {
  if (typeof value !== 'object' || value === null || own in value) return value;
  for (const within of Object.values(value)) rememberScope(within, scope);
  return Object.assign(value, { [own]: scope });
}

export const rememberedScope = (row: Row): Scope | undefined => (row as { [own]?: Scope })[own];
