/**
 * For how long an answer holds, as HTTP says it: until the next one is asked for, or, while nobody can say what the
 * current release is, as of when that was known last.
 */

/** What `Cache-Control` and its companions say of an answer. */
export type Validity = Readonly<Record<'cache-control', string>> & Readonly<Record<string, string>>;

/** For which an answer may stand in for one that cannot be had: here, and in caches between here and the client. */
export const staleSecondsMost = 86_400;

/** `Cache-Control` of an answer that carries a tag. */
export const mayBeKept = `public, max-age=60, stale-while-revalidate=600, stale-if-error=${staleSecondsMost}`;

export const fresh: Validity = { 'cache-control': mayBeKept };

/** Of an answer that was known to be current so many milliseconds ago, and may be no longer. See RFC 9111 and RFC 9211. */
export function staleSince(ms: number): Validity {
  const seconds = Math.floor(ms / 1000);
  return {
    // Whoever keeps it asks each time, so that it ends everywhere as soon as the database is back.
    'cache-control': `public, max-age=0, stale-if-error=${staleSecondsMost}`,
    age: `${seconds}`,
    'cache-status': `govdata; hit; ttl=-${seconds}; detail="the database is away"`,
  };
}

/** The same in a head, names and values in turn, that was fresh when it was kept. */
export function staleHead(head: readonly string[], ms: number): string[] {
  const { 'cache-control': control, ...marks } = staleSince(ms);
  return [...head.map((text) => (text === mayBeKept ? control : text)), ...Object.entries(marks).flat()];
}
