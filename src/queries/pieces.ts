/** How much of a list is read at once where all of it is wanted, and when. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Context } from './types.ts';

type Pool = Context['database']['pool'];

/** Rows: few at first, so that the file begins soon. */
export const pieceSizes = { first: 100, most: 2000 };
/** Milliseconds that a piece may take, far below what a statement may. */
const pieceMs = 250;

/** Of the next piece, when one of `size` rows took so long. */
export const nextSize = (size: number, milliseconds: number): number =>
  Math.max(1, Math.round(Math.min(pieceSizes.most, size * 4, (size * pieceMs) / milliseconds)));

const turns = new WeakMap<Pool, LimitFunction>();

/**
 * Reads when it is its turn. Files have half of the connections at most, so that the other half is there for those who wait
 * for a page, and however many files there are, they wait here rather than in vain for a connection.
 */
export function inTurn<T>({ database: { pool } }: Context, read: () => Promise<T>): Promise<T> {
  const turn = turns.get(pool) ?? pLimit(Math.max(1, Math.floor(pool.options.max / 2)));
  turns.set(pool, turn);
  return turn(read);
}
