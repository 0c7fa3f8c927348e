/**
 * Whether the process itself has too much to do: how late its timers are, and how full its heap is. Looked at each second;
 * what was so only once is no strain: a process that starts is late, and a heap is full until it is collected.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

export interface StrainLimits {
  /** Milliseconds by which timers are late on average; 0: any. */
  eventLoopDelayMs: number;
  /** Of the heap that Node may use; 0: all of it. */
  heapPercent: number;
}

const sampleMs = 1000;
const resolutionMs = 20;

export class Strain {
  readonly #limits: StrainLimits;
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #timer: NodeJS.Timeout;
  #reasons: readonly (string | undefined)[] = [];

  constructor(limits: StrainLimits, everyMs = sampleMs) {
    this.#limits = limits;
    this.#delay.enable();
    this.#timer = setInterval(() => this.#look(), everyMs).unref();
  }

  /** What the process has too much of, in the last two looks; undefined: nothing. */
  get reason(): string | undefined {
    const [before, now] = this.#reasons;
    return before === undefined ? undefined : now;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#delay.disable();
  }

  #look(): void {
    const { eventLoopDelayMs, heapPercent } = this.#limits;
    // Not a number where nothing was measured.
    const lateMs = (this.#delay.mean || 0) / 1e6 - resolutionMs;
    this.#delay.reset();
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const percent = (used_heap_size / heap_size_limit) * 100;
    const reason =
      eventLoopDelayMs > 0 && lateMs > eventLoopDelayMs
        ? `The process is ${Math.round(lateMs)} ms late with all that it does.`
        : heapPercent > 0 && percent > heapPercent
          ? `The process uses ${Math.round(percent)} % of the memory that it may.`
          : undefined;
    this.#reasons = [this.#reasons[1], reason];
  }
}
