/** What is made of SQL and is the same for many requests, made once: merging its many parts takes longer than all the rest of a statement. */
import { LRUCache } from 'lru-cache';

/** Of one thing that is made, as many kinds as are asked for lately: scopes, and choices of members. */
const kindsMost = 50;

export class MadeOnce<T extends object> {
  readonly #made = new LRUCache<string, T>({ max: kindsMost });

  /** `kind`: all that the thing depends on. */
  get(kind: unknown, make: () => T): T {
    const key = JSON.stringify(kind);
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }
}
