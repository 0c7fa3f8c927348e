/** The folder of an export: it is there whole, or as it was before. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Fault, FaultsError } from '../../errors.ts';
import { readManifest } from './manifest.ts';

/** The release whose export is in the folder; null if there is nothing. Throws where something else is. */
export async function exportedIn(folder: string): Promise<number | null> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw cannotWrite(error, folder);
  });
  if (names.length === 0) return null;
  const manifest = await readManifest(folder).catch(() => undefined);
  if (manifest !== undefined) return manifest.release;
  throw refusal({
    code: 'folder_not_empty',
    file: basename(folder),
    message: 'it holds something that is no export; name a folder that is new or empty',
  });
}

/**
 * Has `write` fill a folder beside it, which then takes its place. Whatever is thrown, nothing is left. Killed, it leaves
 * that folder, `.NAME.partial-PID`, and, between two renames, what was there before as `.NAME.old-PID`.
 */
export async function replacingFolder<T>(folder: string, write: (partial: string) => Promise<T>): Promise<T> {
  const whole = resolve(folder);
  const beside = (word: string) => join(dirname(whole), `.${basename(whole)}.${word}-${process.pid}`);
  const [partial, old] = [beside('partial'), beside('old')];
  const fill = async (): Promise<T> => {
    await mkdir(dirname(whole), { recursive: true });
    await mkdir(partial);
    const result = await write(partial);
    // Nothing may be there; whatever else is wrong, the next line says.
    await rename(whole, old).catch(() => undefined);
    await rename(partial, whole);
    await rm(old, { recursive: true, force: true });
    return result;
  };
  return fill()
    .finally(() => rm(partial, { recursive: true, force: true }))
    .catch((error: unknown) => {
      throw isFileError(error) ? cannotWrite(error, folder) : error;
    });
}

/** Of the disk, and not of the connection to the database. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return fileErrors.has(Object(error).code);
}

const fileErrors = new Set(
  'EACCES EBUSY EDQUOT EEXIST EFBIG EIO EMFILE ENAMETOOLONG ENOSPC ENOTDIR ENOTEMPTY EPERM EROFS EXDEV'.split(
    ' ',
  ),
);

const cannotWrite = (error: NodeJS.ErrnoException, folder: string): FaultsError =>
  refusal({ code: 'cannot_write', file: basename(folder), message: error.message });

export const refusal = (...faults: Fault[]): FaultsError =>
  new FaultsError('The export cannot be written; nothing was changed.', faults);
