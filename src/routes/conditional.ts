/** What a client accepts and what it has already: `Accept`, `ETag` and `If-None-Match`. */
import { createHash } from 'node:crypto';

/** Whether a client that sent this `Accept` takes JSON: the most specific range that covers it decides. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  const ranges = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, Number(quality ?? 1)];
    }),
  );
  const quality = ranges.get('application/json') ?? ranges.get('application/*') ?? ranges.get('*/*');
  return quality !== undefined && quality > 0;
}

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
