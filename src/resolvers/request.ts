/** What a client asks, out of the body of a POST or the address of a GET. */
import { PublicError } from '../errors.ts';

export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | undefined;
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

export function readRequest(given: unknown): GraphqlRequest {
  if (!isObject(given)) {
    throw new PublicError('bad_request', 'A request is one JSON object; several at once are not answered.');
  }
  const { query, variables = null, operationName = null, extensions = null } = given;
  if (query === undefined)
    throw new PublicError('missing_argument', 'There is no "query".', { parameter: 'query' });
  if (typeof query !== 'string') throw wrong('query', 'text');
  if (variables !== null && !isObject(variables)) throw wrong('variables', 'an object or null');
  if (extensions !== null && !isObject(extensions)) throw wrong('extensions', 'an object or null');
  if (operationName !== null && typeof operationName !== 'string')
    throw wrong('operationName', 'text or null');
  return { query, variables: variables ?? {}, operationName: operationName || undefined };
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
