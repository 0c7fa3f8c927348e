/** What a client asks, out of the body of a POST or the address of a GET. */
import { PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';
import { customIdPattern, sha256Pattern, withoutAlgorithm } from '../schema/operation-name.ts';

export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | undefined;
  /** Answered only as long as somebody does not remove the document. */
  isRegistered: boolean;
}

/** A request whose document may be sent, named, or both. */
export interface SentRequest extends Omit<GraphqlRequest, 'query' | 'isRegistered'> {
  query: string | undefined;
  /** What names the document: SHA-256 in hex, or the id of a client. */
  names: readonly DocumentName[];
}

export interface DocumentName {
  kind: 'hash' | 'id';
  text: string;
}

/** GraphQL's parameters are those of HTTP; `variables` and `extensions` are JSON there. */
export function readAddress(target: string): unknown {
  const search = target.replace(/^[^?]*\??/, '');
  try {
    decodeURIComponent(search);
  } catch (cause) {
    const message = 'The query has a malformed percent-encoding or is not UTF-8.';
    throw new PublicError('bad_request', message, { cause });
  }
  const parameters = new Map<string, unknown>();
  for (const [name, text] of new URLSearchParams(search)) {
    if (parameters.has(name)) {
      throw new PublicError('repeated_argument', `"${name}" is given more than once.`, { parameter: name });
    }
    parameters.set(name, ['variables', 'extensions'].includes(name) ? readJson(name, text) : text);
  }
  return Object.fromEntries(parameters);
}

/** The requests of a batch, which are read one by one. */
export function readBatch(given: readonly unknown[]): readonly unknown[] {
  if (given.length === 0) throw new PublicError('bad_request', 'A batch holds at least one request.');
  if (given.length <= limits.batchMax) return given;
  const message = `The batch has ${given.length} requests; batchMax allows ${limits.batchMax}.`;
  throw new PublicError('query_too_large', message);
}

export function readRequest(given: unknown): SentRequest {
  if (!isObject(given))
    throw new PublicError('bad_request', 'A request is a JSON object, or a list of them.');
  const { query, variables = null, operationName = null, extensions = null } = given;
  if (variables !== null && !isObject(variables)) throw wrong('variables', 'an object or null');
  if (extensions !== null && !isObject(extensions)) throw wrong('extensions', 'an object or null');
  if (operationName !== null && typeof operationName !== 'string')
    throw wrong('operationName', 'text or null');
  const names = [...nameOf(given['documentId']), ...hashOf(extensions?.['persistedQuery'])];
  return {
    query: readQuery(query, names.length > 0),
    names,
    variables: variables ?? {},
    operationName: operationName || undefined,
  };
}

/** Beside a name an empty text is none: graphql-ws has no message without a text. */
function readQuery(query: unknown, named: boolean): string | undefined {
  if (named && (query === undefined || query === null || query === '')) return undefined;
  if (query === undefined)
    throw new PublicError('missing_argument', 'There is no "query".', { parameter: 'query' });
  if (typeof query !== 'string') throw wrong('query', 'text');
  return query;
}

function nameOf(documentId: unknown): DocumentName[] {
  if (documentId === undefined || documentId === null) return [];
  const text = typeof documentId === 'string' ? withoutAlgorithm(documentId) : '';
  if (sha256Pattern.test(text)) return [{ kind: 'hash', text }];
  if (text === documentId && customIdPattern.test(text)) return [{ kind: 'id', text }];
  throw wrong('documentId', 'sha256: and 64 hexadecimal digits in lower case, or the id of a client');
}

/** Apollo's protocol, which other clients speak as well. */
function hashOf(persistedQuery: unknown): DocumentName[] {
  if (persistedQuery === undefined || persistedQuery === null) return [];
  if (!isObject(persistedQuery)) throw wrong('extensions.persistedQuery', 'an object or null');
  const { version, sha256Hash } = persistedQuery;
  if (version !== 1) throw wrong('extensions.persistedQuery.version', '1, the one version that there is');
  if (typeof sha256Hash === 'string' && sha256Pattern.test(sha256Hash))
    return [{ kind: 'hash', text: sha256Hash }];
  throw wrong('extensions.persistedQuery.sha256Hash', '64 hexadecimal digits in lower case');
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PublicError('bad_request', `"${name}" is not valid JSON.`, { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(parameter: string, wanted: string): PublicError {
  return new PublicError('bad_request', `"${parameter}" must be ${wanted}.`, { parameter });
}
