/** What is read more than once has to be a file: a pipe would be read to its end once, and a device might have none. */
import { stat } from 'node:fs/promises';

/** Throws where there is nothing, and where something else is than a file; of a folder the reader itself says so. */
export async function requireFile(path: string): Promise<void> {
  const about = await stat(path);
  if (about.isFile() || about.isDirectory()) return;
  throw Object.assign(new Error(`${path} is no file`), { code: 'a pipe or a device, no file' });
}
