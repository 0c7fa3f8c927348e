/** Lines that tell how far a long work is: how much a second, and how long it will take. */
export class Pace {
  readonly #log: (line: string) => void;
  readonly #everyMs: number;
  readonly #begin = performance.now();
  #told = this.#begin;

  /** Of two lines at least `everyMs` milliseconds apart. */
  constructor(log: (line: string) => void, everyMs: number) {
    this.#log = log;
    this.#everyMs = everyMs;
  }

  /** `share` is that of the whole which is done, 0 to 1. */
  tell(doing: string, figures: number, share: number): void {
    const now = performance.now();
    if (now - this.#told < this.#everyMs) return;
    this.#told = now;
    const seconds = (now - this.#begin) / 1000;
    const rate = Math.round(figures / seconds);
    const left = leftText((seconds / share) * (1 - share));
    this.#log(`${doing}: ${figures} figures, ${rate} a second, ${left}`);
  }
}

/** `about 40 s left`, `about 12 min left`. */
export const leftText = (seconds: number): string =>
  `about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`} left`;
