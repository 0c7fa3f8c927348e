/** A list on its way into a file: what the writer of a format is given, and how it hands the bytes on. */
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Piece } from '../../queries/answer.ts';
import type { Row, Scope } from '../../queries/types.ts';
import type { Operation, OperationName } from '../../schema/operations.ts';
import { unfold } from './columns.ts';

export interface ListFile {
  name: OperationName;
  operation: Operation;
  /** The arguments that it was asked with. */
  args: Readonly<Record<string, unknown>>;
  scope: Scope;
  /** Whether names have labels, since a language was asked for. */
  labels: boolean;
  /** The records, read as they are needed. */
  pieces: AsyncIterable<Piece>;
}

/** Makes the file while it is sent; a format that has to know all of it first refuses here what it cannot hold. */
export type WriteFile = (file: ListFile) => Readable | Promise<Readable>;

/** Records that are written without a pause. */
const sliceSize = 250;

/** The pieces in slices, between which other requests have their turn. */
export async function* slicesOf(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const { rows, cursors } of pieces) {
    for (let at = 0; at < rows.length; at += sliceSize) {
      yield { rows: rows.slice(at, at + sliceSize), cursors: cursors.slice(at, at + sliceSize) };
      await setImmediate();
    }
  }
}

/**
 * The rows of the table in batches of one size, the last perhaps smaller. How many records a piece has depends on how
 * fast it was read; what is encoded batch by batch is the same bytes all the same.
 */
export async function* batchesOf({ operation, pieces }: ListFile, size: number): AsyncGenerator<Row[]> {
  let held: Row[] = [];
  for await (const { rows } of slicesOf(pieces)) {
    held.push(...unfold(rows, operation.rows));
    for (; held.length >= size; held = held.slice(size)) yield held.slice(0, size);
  }
  if (held.length > 0) yield held;
}

/** Nothing is made before the reader has taken what was. */
export const streamOf = (parts: AsyncIterable<string | Uint8Array>): Readable =>
  Readable.from(parts, { objectMode: false, highWaterMark: 1 << 16 });
