/** Lists as NDJSON: a record a line, as in a page, and the cursor behind which a reader that was cut off goes on. */
import { Readable } from 'node:stream';
import type { TSchema } from 'typebox';
import type { Piece } from '../queries/answer.ts';
import { inOrderOf } from './order.ts';

export const ndjsonMediaType = 'application/x-ndjson';

/** The file, made as it is read. */
export function ndjsonOf(shape: TSchema, pieces: AsyncIterable<Piece>): Readable {
  const arrange = inOrderOf(shape);
  const lines = async function* (): AsyncGenerator<string> {
    for await (const { rows, cursors } of pieces) {
      yield rows
        .map((row, index) => `${JSON.stringify({ ...Object(arrange(row)), cursor: cursors[index] })}\n`)
        .join('');
    }
  };
  return Readable.from(lines());
}
