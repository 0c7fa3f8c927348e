/** Reads the files that `govdata operations register` is given: documents, manifests, and folders of them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Fault } from '../errors.ts';
import { compareTexts } from '../lists.ts';
import { hashOf } from '../schema/operation-name.ts';
import { decodeUtf8 } from '../utf8.ts';
import { type Candidate, type Found, placeIn } from './candidate.ts';
import { readManifest } from './manifest.ts';

const extensions = ['.graphql', '.gql', '.json'];

export async function readOperationFiles(paths: readonly string[]): Promise<Found> {
  const found: Found = { candidates: [], faults: [] };
  const files = new Set<string>();
  for (const path of paths) {
    for (const file of await filesAt(path, found.faults)) files.add(file);
  }
  for (const file of files) {
    const { candidates, faults } = readFileBytes(file, await readFile(file));
    found.candidates.push(...candidates);
    found.faults.push(...faults);
  }
  return found;
}

/** The file itself, whatever its name, or all that a folder has of ours at any depth. */
async function filesAt(path: string, faults: Fault[]): Promise<string[]> {
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile()) return [path];
  if (!about?.isDirectory()) {
    faults.push({ code: 'missing_file', message: 'there is no such file or folder', file: path });
    return [];
  }
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareTexts);
  if (files.length === 0) {
    const message = `the folder has no file with the extension ${extensions.join(', ')}`;
    faults.push({ code: 'empty_folder', message, file: path });
  }
  return files;
}

function readFileBytes(file: string, bytes: Buffer): Found {
  const text = decodeUtf8(bytes);
  if (typeof text === 'number') {
    const fault = { code: 'invalid_utf8', message: 'the line is not valid UTF-8', file, line: text };
    return { candidates: [], faults: [fault] };
  }
  if (extname(file) === '.json') return readManifest(file, text);
  // A byte order mark is part of what a client would send and hash.
  return { candidates: [documentOf(file, bytes.toString())], faults: [] };
}

function documentOf(file: string, text: string): Candidate {
  const placeOf = (offset: number) => placeIn(text, offset);
  return { text, hash: hashOf('sha256', text), id: undefined, file, placeOf };
}
