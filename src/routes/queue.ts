/** How long a request would wait for the database, measured from what those before it took of its connections. */
import type { Context } from '../queries/types.ts';

type Pool = Context['database']['pool'];

/** What a request is taken to need before any was seen, in milliseconds of a connection. */
const firstGuessMs = 10;
/** How much the newest request counts in the average. */
const weight = 0.1;

export class DatabaseQueue {
  readonly #pool: Pool;
  /** Connections in use, each with the moment since when. */
  readonly #held = new Map<object, number>();
  #sumOfSince = 0;
  #returnedMs = 0;
  #countedMs = 0;
  #perRequestMs = firstGuessMs;
  #active = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
    pool.on('acquire', this.#acquired);
    pool.on('release', this.#released);
  }

  /** Leaves the pool alone; what is in use is not followed any longer. */
  close(): void {
    this.#pool.off('acquire', this.#acquired).off('release', this.#released);
  }

  /** Requests that have entered and not left. */
  get active(): number {
    return this.#active;
  }

  /** Counts a request until what is returned is called, once it is answered or given up; more calls change nothing. */
  enter(): () => void {
    this.#active += 1;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#active -= 1;
      const usedMs = this.#usedMs();
      this.#perRequestMs += weight * (usedMs - this.#countedMs - this.#perRequestMs);
      this.#countedMs = usedMs;
    };
  }

  /**
   * Milliseconds that one more request would wait for a connection; 0 while one is free. Requests that have not come as
   * far as the pool count too, so that a thousand that arrive at once are not all let in; and if nothing was answered for a
   * while although connections are in use, it takes at least as long again.
   */
  expectedMs(): number {
    const connections = Number(this.#pool.options.max);
    const queued = Math.max(this.#pool.waitingCount, this.#active - connections);
    if (queued <= 0) return 0;
    const sinceLastMs = this.#usedMs() - this.#countedMs;
    return Math.max(this.#active * this.#perRequestMs, sinceLastMs) / connections;
  }

  readonly #acquired = (client: object): void => {
    const now = performance.now();
    this.#held.set(client, now);
    this.#sumOfSince += now;
  };

  readonly #released = (_error: Error, client: object): void => {
    const since = this.#held.get(client);
    // Taken before this queue was there.
    if (since === undefined) return;
    this.#held.delete(client);
    this.#sumOfSince -= since;
    this.#returnedMs += performance.now() - since;
  };

  /** What connections were used in all, summed over connections. */
  #usedMs(): number {
    return this.#returnedMs + this.#held.size * performance.now() - this.#sumOfSince;
  }
}
