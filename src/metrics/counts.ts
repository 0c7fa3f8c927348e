/** Requests in plain numbers, by what they asked for and how they ended: each pays for two additions, and a scrape reads them. */

/** Upper bounds, in seconds, of the times that answers took. */
export const boundsOfSeconds = [
  ...[0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05],
  ...[0.1, 0.25, 0.5, 1, 2.5, 5, 10],
] as const;

/** What a request is counted as: a mouth, and an operation of the contract or another word of a closed list. */
export type Counted = `${'rest' | 'graphql' | 'other'} ${string}`;

/** All requests that are counted alike. */
export class Series {
  readonly mouth: string;
  readonly operation: string;
  /** By status, or `aborted`. */
  readonly ended = new Map<number | 'aborted', number>();
  /** How many took as long as each bound, and longer than the one before; the last of them longer than all. */
  readonly byBound: number[] = Array.from({ length: boundsOfSeconds.length + 1 }, () => 0);
  seconds = 0;

  constructor(counted: Counted) {
    [this.mouth, this.operation] = counted.split(' ') as [string, string];
  }

  /** A WebSocket lasts for as long as its client likes, and who has gone was not answered: neither says how quick we are. */
  end(status: number | 'aborted', ms: number | undefined): void {
    this.ended.set(status, (this.ended.get(status) ?? 0) + 1);
    if (status === 'aborted' || status === 101 || ms === undefined) return;
    const seconds = ms / 1000;
    let at = 0;
    while (at < boundsOfSeconds.length && seconds > (boundsOfSeconds[at] as number)) at += 1;
    this.byBound[at] = (this.byBound[at] as number) + 1;
    this.seconds += seconds;
  }
}

export class RequestCounts {
  readonly #series = new Map<Counted, Series>();

  /** `ms`: from the arrival to the last byte; undefined where nothing arrived that is a request. */
  end(counted: Counted, status: number | 'aborted', ms?: number): void {
    const series = this.#series.get(counted) ?? new Series(counted);
    this.#series.set(counted, series);
    series.end(status, ms);
  }

  all(): Iterable<Series> {
    return this.#series.values();
  }
}
