/** What a client has already, in either mouth: `ETag`, `If-None-Match` and `If-Match`. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { PublicError } from '../errors.ts';
import { type Encoding, encodings, encodingsOf } from './negotiation.ts';

/** What a 304 leaves out: it is said of a body, and the client has it. */
export const ofBody: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'accept-ranges', 'link'],
]);

/** A strong tag: the same parts are the same bytes, whichever node answers. */
export function etagOf(parts: readonly unknown[]): string {
  return `"${createHash('sha256').update(JSON.stringify(parts, finite)).digest('base64url').slice(0, 27)}"`;
}

/** `1e999` is read as infinity, which would be written as null, so that the answer to null would be taken for its own. */
const finite = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { beyond: String(value) } : value;

/** Other bytes have another tag: `"abc"` → `"abc-gzip"`. */
export const encodedTag = (etag: string, encoding: Encoding): string =>
  encoding === 'identity' ? etag : `${etag.slice(0, -1)}-${encoding}"`;

/** Of an answer with this tag, the tag that `If-None-Match` names of what the client can read. */
export function namedTag(headers: IncomingHttpHeaders, etag: string): string | undefined {
  // As the header says, `W/` before a tag makes no difference.
  const named = tagsOf(headers['if-none-match']).map((tag) => tag.replace(/^W\//, ''));
  return encodingsOf(headers['accept-encoding'])
    .map((encoding) => encodedTag(etag, encoding))
    .find((tag) => named.includes(tag));
}

/** `If-None-Match: *`: the client has something, whatever it is. */
export const namesAnything = (headers: IncomingHttpHeaders): boolean =>
  headers['if-none-match']?.trim() === '*';

/** Of an answer that carries a tag. */
export type TaggedHeaders = Record<string, string> & { etag: string };

interface Reply {
  code(status: number): this;
  headers(values: Record<string, string>): this;
  send(): this;
}

/**
 * 304 where the client names the tag of the answer: only an answer carries a tag, so that whoever names it has had the
 * answer, and nothing needs to be read. Of who wants another one, `checkMatch` tells once it is known that there is one.
 */
export function unlessHeld<R extends Reply>(
  { headers }: { headers: IncomingHttpHeaders },
  reply: R,
  answer: TaggedHeaders,
): R | undefined {
  const named = namedTag(headers, answer.etag);
  if (named === undefined || !isMatched(headers, answer.etag)) return undefined;
  return reply
    .code(304)
    .headers({ ...answer, etag: named })
    .send();
}

/** `If-Match` names, in any encoding, the one answer that the client wants, or none at all. Throws `precondition_failed`. */
export function checkMatch(headers: IncomingHttpHeaders, etag: string): void {
  if (isMatched(headers, etag)) return;
  throw new PublicError('precondition_failed', 'The answer is no longer the one that If-Match names.');
}

function isMatched({ 'if-match': ifMatch }: IncomingHttpHeaders, etag: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  const tags = tagsOf(ifMatch);
  return ([...encodings, 'identity'] as const).some((encoding) => tags.includes(encodedTag(etag, encoding)));
}

const entityTag = /[\s,]*((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)/y;

/** The tags of a list, up to the first part that is none. */
function tagsOf(list = ''): string[] {
  const tags: string[] = [];
  entityTag.lastIndex = 0;
  for (let found = entityTag.exec(list); found; found = entityTag.exec(list)) tags.push(`${found[1]}`);
  return tags;
}
