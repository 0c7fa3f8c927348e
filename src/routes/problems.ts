/** Failures on their way out of the REST mouth: RFC 9457 problem documents, and nothing else. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorBody, type ErrorCode, errorBody, PublicError, toPublicError } from '../errors.ts';

export const problemMediaType = 'application/problem+json';

export interface Problem extends ErrorBody {
  /** Where the code is explained. */
  type: string;
  /** The path that was asked for; a request that could not be read has none. */
  instance?: string;
  requestId: string;
}

/** What fastify and its plugins refuse, by status; their own messages may repeat what was sent. */
const refusals: Readonly<Record<number, readonly [code: ErrorCode, message: string]>> = {
  404: ['no_such_route', 'There is nothing at this address.'],
  412: ['precondition_failed', 'What is at the address is no longer what the request wants of it.'],
  413: ['body_too_large', 'The request body is larger than the service reads.'],
  414: ['uri_too_long', 'A part of the path is too long to be an id or code.'],
  415: ['unsupported_media_type', 'Send the request body as application/json.'],
};
const unreadable: readonly [ErrorCode, string] = [
  'bad_request',
  'The request could not be read: its address or body is malformed, or not UTF-8.',
];
/** Anything thrown while a request was served. */
export function publicErrorOf(error: unknown): PublicError {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  // Also the body of a client that has gone, whose code would be that of a lost database.
  if (status < 400 || status > 499) return toPublicError(error);
  const [code, message] = refusals[status] ?? unreadable;
  return new PublicError(code, message, { cause: error });
}

const ofAnswers = ['accept-ranges', 'content-disposition', 'content-encoding', 'content-length', 'etag'];

/** Answers with a problem document; what failed on our side is logged with its cause. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = publicErrorOf(thrown);
  // Nobody waits for what the client has given up; a defect is one all the same.
  const isGivenUp = reply.raw.destroyed && error.code === 'unavailable';
  if (error.status >= 500 && !isGivenUp) request.log.error({ err: thrown, code: error.code }, error.message);
  // A file that fails before its first byte is out has said already what it would have been.
  for (const name of ofAnswers) reply.removeHeader(name);
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  return reply
    .code(error.status)
    .headers({ 'x-request-id': request.id, 'cache-control': 'no-store', 'content-type': problemMediaType })
    .send(JSON.stringify(problemOf(error, request.id, pathOf(request.url))));
}

/**
 * The path of a request target, without its query; `http://host/path`, as proxies are asked, is the path, too. Characters
 * that need not be percent-encoded are not, as fastify has them: `/v1/provinces%2Ecsv`.
 */
export function pathOf(target: string): string {
  return target
    .replace(/^https?:\/\/[^/?]*/i, '')
    .split('?', 1)
    .join('')
    .replaceAll(/%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/gi, decodeURIComponent);
}

/** Where a code is explained. */
export const problemType = (code: ErrorCode): string => `/docs/problems/${code}`;

export function problemOf(error: PublicError, requestId: string, instance?: string): Problem {
  return {
    type: problemType(error.code),
    ...errorBody(error),
    ...(instance === undefined ? {} : { instance }),
    requestId,
  };
}
