/** Failures on their way out of the REST mouth: RFC 9457 problem documents, and nothing else. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
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
  413: ['body_too_large', 'The request body is larger than the service reads.'],
  414: ['uri_too_long', 'A part of the path is too long to be an id or code.'],
  415: ['unsupported_media_type', 'Send the request body as application/json.'],
};
const unreadable: readonly [ErrorCode, string] = [
  'bad_request',
  'The request could not be read: its address or body is malformed, or not UTF-8.',
];
/** What Node refuses before there is a request. */
const clientErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The address and headers together may take 16 KiB.'],
  HPE_INVALID_URL: ['bad_request', 'The address holds bytes that must be percent-encoded.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in the time that it has.'],
};
const notHttp: readonly [ErrorCode, string] = ['bad_request', 'The request is not valid HTTP.'];

/** Anything thrown while a request was served. */
export function publicErrorOf(error: unknown): PublicError {
  const known = toPublicError(error);
  if (known.code !== 'internal' || known === error) return known;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status < 400 || status > 499) return known;
  const [code, message] = refusals[status] ?? unreadable;
  return new PublicError(code, message, { cause: error });
}

/** Answers with a problem document; what failed on our side is logged with its cause. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = publicErrorOf(thrown);
  if (error.status >= 500) request.log.error({ err: thrown, code: error.code }, error.message);
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  return reply
    .code(error.status)
    .headers({ 'x-request-id': request.id, 'cache-control': 'no-store', 'content-type': problemMediaType })
    .send(JSON.stringify(problemOf(error, request.id, pathOf(request.url))));
}

/** Answers, past fastify, what could not be read as HTTP at all. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && error.code !== 'ECONNRESET') {
    const problem = problemOf(clientError(error.code), randomUUID());
    const body = JSON.stringify(problem);
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n` +
        `content-type: ${problemMediaType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
        `x-request-id: ${problem.requestId}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy();
}

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  return target.split('?', 1).join('');
}

function clientError(code: string | undefined): PublicError {
  const [publicCode, message] = clientErrors[`${code}`] ?? notHttp;
  return new PublicError(publicCode, message);
}

function problemOf(error: PublicError, requestId: string, instance?: string): Problem {
  return {
    type: `/docs/problems#${error.code}`,
    ...errorBody(error),
    ...(instance === undefined ? {} : { instance }),
    requestId,
  };
}
