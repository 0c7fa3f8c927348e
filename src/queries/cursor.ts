/** Cursors: opaque keyset positions that hold their release, their day and what they page through. */
import { createHash } from 'node:crypto';
import { PublicError } from '../errors.ts';
import { isDay } from '../schema/common.ts';
import type { Scope } from './types.ts';

export interface Position {
  scope: Scope;
  /** The sort key of the record that it was given for. */
  sortKey: string;
}

/** What a cursor pages through, as it stands in the cursor; computed for those who read or write one. */
export type Through = () => string;

/** The list with those of its arguments that pick records. */
export function pageThrough(list: string, args: Record<string, unknown>): Through {
  let text: string | undefined;
  return () => {
    text ??= hashOf(list, args);
    return text;
  };
}

function hashOf(list: string, args: Record<string, unknown>): string {
  const { limit: _limit, after: _after, lang: _lang, release: _release, asOf: _asOf, ...filters } = args;
  const canonical = JSON.stringify(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(`${list} ${canonical}`).digest('base64url').slice(0, 16);
}

export const writeCursor = (through: Through, { release, today }: Scope, sortKey: string): string =>
  Buffer.from(JSON.stringify([through(), release, today, sortKey])).toString('base64url');

/** Reads a cursor of this very list; any other is refused. */
export function readCursor(
  cursor: string,
  parameter: 'after' | 'before',
  through: Through,
  current: Scope,
): Position {
  const refuse = (why: string) => new PublicError('bad_cursor', `"${parameter}" ${why}`, { parameter });
  const parts = partsOf(cursor);
  if (parts === undefined) throw refuse('is not a cursor that this service gave.');
  const [from, release, today, sortKey] = parts;
  if (from !== through()) throw refuse('belongs to another list or to other arguments.');
  if (current.pinned && (release !== current.release || today !== current.today)) {
    throw refuse(`belongs to release ${release} as of ${today}, not to the one that is asked for.`);
  }
  if (release > current.release) throw refuse('belongs to a release that does not exist.');
  return { scope: { release, today }, sortKey };
}

/** The scope that a cursor says it is of; undefined: it is no cursor, which reading it tells. */
export function scopeOfCursor(cursor: string): Scope | undefined {
  const parts = partsOf(cursor);
  return parts && { release: parts[1], today: parts[2] };
}

function partsOf(cursor: string): Parts | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return isPosition(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

type Parts = [through: string, release: number, today: string, sortKey: string];

function isPosition(parts: unknown): parts is Parts {
  if (!Array.isArray(parts) || parts.length !== 4) return false;
  const [from, release, today, after] = parts as unknown[];
  return (
    typeof from === 'string' &&
    Number.isSafeInteger(release) &&
    (release as number) >= 0 &&
    typeof today === 'string' &&
    isDay(today) &&
    typeof after === 'string' &&
    !after.includes('\u0000')
  );
}
