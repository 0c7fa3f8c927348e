/** Texts from bytes: UTF-8, or else where it fails to be. */
import { isUtf8 } from 'node:buffer';

/** The text without a byte order mark, or the first line that is not UTF-8. */
export function decodeUtf8(bytes: Buffer): string | number {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  const lines = bytes.toString('latin1').split('\n');
  return lines.findIndex((line) => !isUtf8(Buffer.from(line, 'latin1'))) + 1;
}
