/** How bytes are packed, whether an answer is kept or passes by. */
import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, constants, gzip, type ZlibOptions } from 'node:zlib';
import type { Encoding } from './negotiation.ts';

/** What one round of measuring favoured: brotli at 1 packs closer than gzip at any level, in less time. */
export const brotliOptions: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
export const gzipOptions: ZlibOptions = { level: 4 };

/** Fewer bytes are sent as they are. */
export const packedFrom = 1024;

const [packByBrotli, packByGzip] = [promisify(brotliCompress), promisify(gzip)];

/** Beside the program, so that nobody else waits. */
export function pack(body: Buffer, encoding: Exclude<Encoding, 'identity'>): Promise<Buffer> {
  return encoding === 'br' ? packByBrotli(body, brotliOptions) : packByGzip(body, gzipOptions);
}
