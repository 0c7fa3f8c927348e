/** SQL that is the same for many requests, made once: its many parts are merged, which takes longer than all the rest of a statement. */
import type { SQL } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { flattened } from './sql.ts';

/** Of one thing that is made, as many kinds as are asked for lately: scopes, and choices of members. */
const kindsMost = 50;

export class MadeOnce {
  readonly #made = new LRUCache<string, SQL>({ max: kindsMost });

  /** `kind`: all that the SQL depends on. */
  get(kind: unknown, make: () => SQL): SQL {
    const key = JSON.stringify(kind);
    const made = this.#made.get(key) ?? flattened(make());
    this.#made.set(key, made);
    return made;
  }
}
