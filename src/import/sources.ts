/** Source documents in a folder of the curator: read, never stored. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Source {
  sha256: string;
  isUtf8: boolean;
  /** Code points of each non-empty line; lines end at `\n`, and nothing is trimmed or normalised. */
  paragraphs: string[][];
}

/** Undefined if the folder has no such file. */
export async function readSource(folder: string, fileName: string): Promise<Source | undefined> {
  const bytes = await readFile(join(folder, fileName)).catch(() => undefined);
  if (!bytes) return undefined;
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    isUtf8: isUtf8(bytes),
    paragraphs: bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [...line]),
  };
}
