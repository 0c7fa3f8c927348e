/**
 * Names under which statements are prepared, so that PostgreSQL parses them once. A connection keeps what it has
 * prepared, and clients choose the members that are read: only so many texts get a name.
 */
import { createHash } from 'node:crypto';

export class StatementNames {
  readonly #names = new Map<string, string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The name of a text, always the same; undefined: it is to be sent without one. */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= this.#most) return known;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 40);
    this.#names.set(text, name);
    return name;
  }
}
