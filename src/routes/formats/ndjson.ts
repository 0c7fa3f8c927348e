/** Lists as NDJSON: a record a line, as in a page, and the cursor behind which a reader that was cut off goes on. */
import type { Readable } from 'node:stream';
import { jsonOf } from '../json.ts';
import { type ListFile, slicesOf, streamOf } from './file.ts';

/** The file, made as it is read. */
export function ndjsonOf({ operation, pieces }: ListFile): Readable {
  const serialise = jsonOf(operation.of);
  return streamOf(
    (async function* () {
      for await (const { rows, cursors } of slicesOf(pieces)) {
        yield rows
          .map((row, index) => `${serialise(row).slice(0, -1)},"cursor":${JSON.stringify(cursors[index])}}\n`)
          .join('');
      }
    })(),
  );
}
