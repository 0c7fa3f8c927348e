/** Answers as bytes, kept in memory while their release is the current one; what was not asked for longest goes first. */
import { setMaxListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { KeptAnswer } from './kept-answer.ts';

/** Of all that is kept, what one answer may take. */
const shareMost = 1 / 8;

/** One answer that is being computed, for however many wait for it. */
interface Computation {
  answer: Promise<unknown>;
  waiting: number;
  over: AbortController;
}

export class Answers {
  readonly #kept: LRUCache<string, KeptAnswer> | undefined;
  readonly #running = new Map<string, Computation>();
  /** How many askers were told what is kept, what was being computed already, and what was computed for them. */
  readonly lookups = { hit: 0, joined: 0, miss: 0 };

  /** `bytes`: how much is kept; 0: nothing, and each answer is computed for the one who asks. */
  constructor(bytes: number) {
    if (bytes === 0) return;
    this.#kept = new LRUCache({
      maxSize: bytes,
      maxEntrySize: Math.floor(bytes * shareMost),
      sizeCalculation: (answer, key) => answer.bytes + key.length,
    });
  }

  /** How many are kept, and what they take. */
  get size(): { answers: number; bytes: number } {
    return { answers: this.#kept?.size ?? 0, bytes: this.#kept?.calculatedSize ?? 0 };
  }

  get(key: string): KeptAnswer | undefined {
    return this.#kept?.get(key);
  }

  /** Forgets all. What is being computed is still told to those who wait for it. */
  clear(): void {
    this.#kept?.clear();
    this.#running.clear();
  }

  /**
   * The answer under a key, which says all that the bytes depend on: the one that is kept, or that is being computed for
   * somebody else, or else computed now. A `KeptAnswer` is kept; anything else, or a failure, is told to all who wait and
   * forgotten. A computation is given up, by its signal, once all who wait for it have gone; whoever goes is told the
   * reason of `signal`.
   */
  async answer<T>(
    key: string,
    signal: AbortSignal,
    compute: (signal: AbortSignal) => Promise<KeptAnswer | T>,
  ): Promise<KeptAnswer | T> {
    if (this.#kept === undefined) return compute(signal);
    signal.throwIfAborted();
    const kept = this.#kept.get(key);
    const running = this.#running.get(key);
    this.lookups[kept ? 'hit' : running ? 'joined' : 'miss'] += 1;
    if (kept !== undefined) return kept;
    return (await waitFor(running ?? this.#start(key, compute), signal)) as KeptAnswer | T;
  }

  #start(key: string, compute: (signal: AbortSignal) => Promise<unknown>): Computation {
    const over = new AbortController();
    // As many statements may run as there are connections.
    setMaxListeners(0, over.signal);
    const computation: Computation = {
      waiting: 0,
      over,
      answer: compute(over.signal).then(
        (answer) => {
          if (this.#end(key, computation) && answer instanceof KeptAnswer) this.#kept?.set(key, answer);
          return answer;
        },
        (error) => {
          this.#end(key, computation);
          throw error;
        },
      ),
    };
    over.signal.addEventListener('abort', () => this.#end(key, computation), { once: true });
    this.#running.set(key, computation);
    return computation;
  }

  /** Whether it was still one that somebody may join: what was computed before all was forgotten is not kept. */
  #end(key: string, computation: Computation): boolean {
    return this.#running.get(key) === computation && this.#running.delete(key);
  }
}

function waitFor(computation: Computation, signal: AbortSignal): Promise<unknown> {
  const { answer, over } = computation;
  computation.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason);
      computation.waiting -= 1;
      if (computation.waiting === 0) over.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
