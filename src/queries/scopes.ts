/** Rows that are of another release than the rest of an answer: what is asked of their edges is of theirs. */
import { isShared } from './shared.ts';
import type { Row, Scope } from './types.ts';

const own = Symbol('the scope that a row was read in');

/**
 * Marks a row and all that it holds, for the objects within have edges of their own; what is marked already stays so.
 * What others hold too is copied.
 */
export function rememberScope<T>(value: T, scope: Scope): T {
  if (typeof value !== 'object' || value === null || own in value) return value;
  const mine = isShared(value) ? structuredClone(value) : value;
  for (const [name, within] of Object.entries(mine)) {
    Object.assign(mine, { [name]: rememberScope(within, scope) });
  }
  return Object.assign(mine, { [own]: scope });
}

export const rememberedScope = (row: Row): Scope | undefined => (row as { [own]?: Scope })[own];
