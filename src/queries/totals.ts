/** Totals that are slow to count, kept in memory: within a release the same question has the same total. */
import { createHash } from 'node:crypto';
import type { Context } from './types.ts';

const most = 1000;
const known = new WeakMap<object, Map<string, number>>();

export interface Total {
  /** Undefined until it was counted. */
  value: number | undefined;
  keep: (value: number) => void;
}

/** The total of a question, which names the release. The one that was kept first is forgotten first. */
export function totalOf({ database }: Context, ...question: readonly unknown[]): Total {
  const totals = known.get(database) ?? new Map<string, number>();
  known.set(database, totals);
  const key = createHash('sha256').update(JSON.stringify(question)).digest('base64url');
  return {
    value: totals.get(key),
    keep: (value) => {
      totals.set(key, value);
      const [oldest] = totals.keys();
      if (totals.size > most && oldest !== undefined) totals.delete(oldest);
    },
  };
}
