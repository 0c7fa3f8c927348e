/**
 * Every request from its arrival to its end: named by an id, counted, logged in one line, and
 * answered before the process stops. Left alone, fastify waits for idle keep-alive sockets and for
 * those that never sent anything, and logs two lines for an answer but none for an aborted request.
 */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply } from 'fastify';
import { PublicError } from '../errors.ts';
import { pathOf } from './problems.ts';

const pollMs = 20;
/** Asked every few seconds by what supervises the service. */
const quiet = new Set(['/healthz', '/readyz']);

/** The client's own id where it is harmless, so that one id runs through the logs of both. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** What is said of a request when it ends: fastify's log of the request, or that of the process. */
type Log = Pick<FastifyBaseLogger, 'info' | 'debug'>;

/** All requests of a server, whoever answers them. */
export class Traffic {
  inFlight = 0;
  readonly #isLogged: boolean;

  /** `isLogged`: whether the log writes what is of its level; a line that nobody writes is not made. */
  constructor({ isLogged }: { isLogged: boolean }) {
    this.#isLogged = isLogged;
  }

  /** Counts a request until it ends, and logs it then. Headers are not logged: they may hold secrets. */
  follow({ method, url = '' }: IncomingMessage, response: ServerResponse, log: Log, more: object = {}): void {
    const begun = performance.now();
    this.inFlight += 1;
    // Unlike onResponse, this happens to aborted requests too.
    response.on('close', () => {
      this.inFlight -= 1;
      if (!this.#isLogged) return;
      // A WebSocket is a request until it closes.
      const answered = response.writableFinished || response.statusCode === 101;
      const ended = answered ? { status: response.statusCode } : { aborted: true };
      const ms = Math.round(performance.now() - begun);
      const line = { ...more, method, url: url.slice(0, 500), ...ended, ms };
      log[quiet.has(pathOf(url)) ? 'debug' : 'info'](line, 'request');
    });
  }
}

/** To be called before any other hook is added. `stopping` is called once the service begins to stop. */
export function followRequests(
  app: FastifyInstance,
  traffic: Traffic,
  graceMs: number,
  stopping: () => void,
): void {
  let isStopping = false;
  let poll: NodeJS.Timeout | undefined;

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    traffic.follow(request.raw, reply.raw, request.log);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    isStopping = true;
    stopping();
    const deadline = Date.now() + graceMs;
    poll = setInterval(() => {
      if (traffic.inFlight === 0 || Date.now() >= deadline) app.server.closeAllConnections();
    }, pollMs);
  });
  app.addHook('onClose', async () => clearInterval(poll));
}

/** Is aborted when the client has gone; after an answer there is nothing left to end. */
export function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  // As many statements may run as there are connections.
  setMaxListeners(0, gone.signal);
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new PublicError('unavailable', 'The client has gone.'));
  });
  return gone.signal;
}
