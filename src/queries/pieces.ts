/** How much of a list is read at once where all of it is wanted, and when. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Context } from './types.ts';

type Pool = Context['database']['pool'];

/** Rows: few at first, so that the file begins soon. */
export const pieceSizes = { first: 100, most: 1000 };
/** One that is being read and one that waits, so that neither the database nor the program waits for the other. */
const ahead = 2;
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

/**
 * The first piece and those behind it, each found by the one before it. While one is written the next two are read, and
 * no more than that. What fails is heard of when its turn comes.
 */
export async function* readingAhead<Piece>(
  first: Piece,
  next: (piece: Piece) => Promise<Piece | undefined>,
): AsyncGenerator<Piece> {
  const begun: Promise<Piece | undefined>[] = [];
  let newest: Promise<Piece | undefined> = Promise.resolve(first);
  for (let piece: Piece | undefined = first; piece !== undefined; piece = await begun.shift()) {
    while (begun.length < ahead) {
      newest = newest.then((one) => (one === undefined ? undefined : next(one)));
      newest.catch(() => undefined);
      begun.push(newest);
    }
    yield piece;
  }
}
