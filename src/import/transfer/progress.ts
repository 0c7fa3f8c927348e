/** Bytes on their way: their checksum, how many there are, and a line now and then that says how far it is. */
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { leftText } from '../table/pace.ts';

export interface Counted {
  bytes: number;
  sha256: string;
}

/** Passes on what it is given. `counted` says what that was, once it has ended. */
export class Counter extends Transform {
  readonly #hash = createHash('sha256');
  readonly #tell: (bytes: number) => void;
  #bytes = 0;

  /** `tell` hears of each piece, in bytes. */
  constructor(tell: (bytes: number) => void) {
    super();
    this.#tell = tell;
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    this.#tell(chunk.length);
    done(null, chunk);
  }

  counted(): Counted {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

/**
 * Says now and then how much is done; of how much, and how long it will take, where the whole is known. `everyMs`:
 * milliseconds between two lines.
 */
export function byteProgress(
  log: (line: string) => void,
  total?: number,
  everyMs = 1000,
): (doing: string) => (bytes: number) => void {
  const begin = performance.now();
  let told = begin;
  let done = 0;
  return (doing) => (bytes) => {
    done += bytes;
    const now = performance.now();
    if (now - told < everyMs) return;
    told = now;
    if (total === undefined) return log(`${doing}: ${megabytes(done)} in all`);
    const left = leftText((((now - begin) / 1000) * (total - done)) / done);
    log(`${doing}: ${megabytes(done)} of ${megabytes(total)}, ${left}`);
  };
}

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
