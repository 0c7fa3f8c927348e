/** How a persisted operation is named: by the SHA-256 of its document, or by an id of the client's own. */
import { createHash } from 'node:crypto';

/** In hex; that of a document is its key. */
export const hashOf = (algorithm: 'sha256' | 'md5', text: string): string =>
  createHash(algorithm).update(text).digest('hex');

export const sha256Pattern = /^[0-9a-f]{64}$/;

/** A custom identifier, by the appendix on persisted documents of GraphQL over HTTP. */
export const customIdPattern = /^(?:x-[\w.~-]{1,200}:)?[\w.~-]{1,200}$/;

/** `sha256:` may stand before a hash. */
export const withoutAlgorithm = (name: string): string => name.replace(/^sha256:/, '');
