/** What a client accepts and what it has already, in either mouth: `Accept`, `ETag` and `If-None-Match`. */
import { createHash } from 'node:crypto';

/**
 * Of the media types that an address is served as, the one that a client with this `Accept` likes best,
 * the first of several; undefined: none. The most specific range that covers a type decides.
 */
export function preferredOf<T extends string>(
  accept: string | undefined,
  served: readonly T[],
): T | undefined {
  if (accept === undefined || accept.trim() === '') return served[0];
  const ranges = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, Number(quality ?? 1)];
    }),
  );
  const qualityOf = (type: T): number =>
    ranges.get(type) ?? ranges.get(type.replace(/\/.*/, '/*')) ?? ranges.get('*/*') ?? 0;
  const liked = served.filter((type) => qualityOf(type) > 0);
  return liked.sort((one, other) => qualityOf(other) - qualityOf(one))[0];
}

/** `Cache-Control` of an answer that carries a tag. */
export const mayBeKept = 'public, max-age=60, stale-while-revalidate=600';

/** A strong tag: the same parts are the same bytes, whichever node answers. */
export function etagOf(parts: readonly unknown[]): string {
  return `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}"`;
}

/** Whether `If-None-Match` names the tag; as it says, `W/` before a tag makes no difference. */
export function namesTag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags: string[] = ifNoneMatch?.match(/"[^"]*"/g) ?? [];
  return tags.includes(etag);
}

/** `*`: the client has something, whatever it is. */
export function namesAnything(ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.trim() === '*';
}
