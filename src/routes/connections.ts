/** What Node would refuse, drop or answer by itself, before there is a request or a reply of ours. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { type ErrorCode, PublicError } from '../errors.ts';
import type { RequestCounts } from '../metrics/counts.ts';
import { problemMediaType, problemOf } from './problems.ts';

/** What Node refuses before there is a request. */
const clientErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The address and headers together may take 16 KiB.'],
  HPE_INVALID_URL: ['bad_request', 'The address holds bytes that must be percent-encoded.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in the time that it has.'],
};
const notHttp: readonly [ErrorCode, string] = ['bad_request', 'The request is not valid HTTP.'];

/** To be called before any hook is added but those that hold for every request. */
export function guardConnections(
  app: FastifyInstance,
  headers: Refusal['headers'],
  counts: RequestCounts,
): void {
  // By itself Node would drop what comes behind the two thousandth, without a word; 16 KiB hold few more.
  app.server.maxHeadersCount = 0;
  // An expectation that nobody knows may be ignored, and Node's answer has no body.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.server.on('connect', (_request, socket: Duplex) =>
    refuse(socket, new PublicError('method_not_allowed', 'This service is no proxy.'), {
      headers: { ...headers, allow: 'GET, HEAD, OPTIONS, POST' },
      log: app.log,
      counts,
    }),
  );
  app.addHook('onRequest', async ({ raw: { httpVersion, rawHeaders } }) => {
    const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
    if (hosts === 1 || (hosts === 0 && httpVersion !== '1.1')) return;
    throw new PublicError('bad_request', `A request of HTTP/1.1 has one header Host, not ${hosts}.`);
  });
}

/** Answers, past fastify and its hooks, what could not be read as HTTP at all. */
export const answerClientError = (headers: Refusal['headers'], counts: RequestCounts) =>
  // Fastify calls it as a method of the application.
  function (this: { log: FastifyBaseLogger }, error: Error & { code?: string }, socket: Socket): void {
    const [code, message] = clientErrors[`${error.code}`] ?? notHttp;
    if (error.code === 'ECONNRESET' || isAnswering(socket)) socket.destroy();
    else refuse(socket, new PublicError(code, message), { headers, log: this.log, counts });
  };

/** The answer to a request that has arrived, if not whole; Node holds it, and does not declare it. */
function answerOn(socket: Duplex): object | undefined {
  const message = '_httpMessage' in socket ? socket._httpMessage : null;
  return message instanceof Object ? message : undefined;
}

/** Whether a part of an answer to an earlier request is out: what is written now would stand in its midst. */
function isAnswering(socket: Duplex): boolean {
  const answer = answerOn(socket);
  return answer !== undefined && 'headersSent' in answer && answer.headersSent === true;
}

interface Refusal {
  headers: Readonly<Record<string, string>>;
  log: FastifyBaseLogger;
  counts: RequestCounts;
}

/** Past all that logs and counts requests, so that it is said here; one whose body did not come is counted when it ends. */
function refuse(socket: Duplex, error: PublicError, { headers, log, counts }: Refusal): void {
  if (socket.writable) {
    const problem = problemOf(error, randomUUID());
    const { requestId: reqId, code, status } = problem;
    if (answerOn(socket) === undefined) counts.end('other unreadable', status);
    log.info({ reqId, code, status }, 'refused before it was a whole request');
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
      `content-type: ${problemMediaType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${problem.requestId}`,
      'cache-control: no-store',
      'connection: close',
      ...Object.entries(headers).map((pair) => pair.join(': ')),
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy();
}
