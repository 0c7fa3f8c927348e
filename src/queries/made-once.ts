/** What is made of SQL and is the same for many requests, made once: merging its many parts takes longer than all the rest of a statement. */
import type { SQL } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';

/** Of one thing that is made, as many kinds as are asked for lately: scopes, and choices of members. */
const kindsMost = 50;

export class MadeOnce<T extends object> {
  readonly #made = new LRUCache<string, T>({ max: kindsMost });
  readonly #finish: (piece: SQL) => T;

  /** `finish`: `flattened` for a piece of statements, `prepared` for a whole one. */
  constructor(finish: (piece: SQL) => T) {
    this.#finish = finish;
  }

  /** `kind`: all that the SQL depends on. */
  get(kind: unknown, make: () => SQL): T {
    const key = JSON.stringify(kind);
    const made = this.#made.get(key) ?? this.#finish(make());
    this.#made.set(key, made);
    return made;
  }
}
