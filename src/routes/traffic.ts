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
import type { Counted, RequestCounts } from '../metrics/counts.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { pathOf } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What requests of this route are counted as; a page unless said. */
    counted?: Counted;
  }
  interface FastifyRequest {
    /** What the request is counted as, as far as is known. */
    counted: Counted;
    /** The release that it was answered of, once that is known. */
    release: number | null;
  }
}

const pollMs = 20;
/** Asked every few seconds by what supervises the service. */
const supervision = new Set(['/healthz', '/readyz']);

/** Whether a path is asked by what supervises the service: logged at `debug` alone, under no limit, and answered whatever there is to do. */
export const isSupervision = (path: string): boolean => supervision.has(path);

/** The client's own id where it is harmless, so that one id runs through the logs of both. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/** What is said of a request when it ends: fastify's log of the request, or that of the process. */
type Log = Pick<FastifyBaseLogger, 'info' | 'debug'>;

interface Followed {
  readonly counted: Counted;
  /** Where the log does not name the request by itself. */
  readonly reqId?: string;
}

interface TrafficOptions {
  isLogged: boolean;
  counts: RequestCounts;
  tracing?: Tracing | undefined;
}

/** All requests of a server, whoever answers them. */
export class Traffic {
  inFlight = 0;
  readonly #isLogged: boolean;
  readonly #counts: RequestCounts;
  readonly #tracing: Tracing | undefined;

  /** `isLogged`: whether the log writes what is of its level; a line that nobody writes is not made. */
  constructor({ isLogged, counts, tracing }: TrafficOptions) {
    this.#isLogged = isLogged;
    this.#counts = counts;
    this.#tracing = tracing;
  }

  /** Counts a request that waits for something before it is followed, so that the process does not stop meanwhile. */
  async during(waitedFor: Promise<unknown>): Promise<void> {
    this.inFlight += 1;
    await waitedFor.catch(() => undefined);
    this.inFlight -= 1;
  }

  /**
   * Counts a request when it ends, as what is known of it by then, and logs it. Headers are not logged: they may hold
   * secrets.
   */
  follow(
    { method, url = '' }: IncomingMessage,
    response: ServerResponse,
    log: Log,
    followed: Followed,
  ): void {
    const begun = performance.now();
    this.inFlight += 1;
    // By the time that it ends, nobody knows any more.
    const ids = this.#tracing?.ids();
    // Unlike onResponse, this happens to aborted requests too.
    response.on('close', () => {
      this.inFlight -= 1;
      const taken = performance.now() - begun;
      // A WebSocket is a request until it closes.
      const answered = response.writableFinished || response.statusCode === 101;
      this.#counts.end(followed.counted, answered ? response.statusCode : 'aborted', taken);
      if (!this.#isLogged) return;
      const { reqId } = followed;
      const ended = answered ? { status: response.statusCode } : { aborted: true };
      const ms = Math.round(taken);
      const line = { ...(reqId && { reqId }), ...ids, method, url: url.slice(0, 500), ...ended, ms };
      log[isSupervision(pathOf(url)) ? 'debug' : 'info'](line, 'request');
    });
  }
}

interface FollowOptions {
  graceMs: number;
  /** Called once the service begins to stop. */
  stopping: () => void;
  tracing?: Tracing | undefined;
}

/** To be called before any other hook is added. */
export function followRequests(
  app: FastifyInstance,
  traffic: Traffic,
  { graceMs, stopping, tracing }: FollowOptions,
): void {
  let isStopping = false;
  let poll: NodeJS.Timeout | undefined;

  app.decorateRequest('counted', 'other unknown');
  app.decorateRequest('release', null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!request.is404) request.counted = request.routeOptions.config.counted ?? 'other page';
    traffic.follow(request.raw, reply.raw, request.log, request);
    tracing?.tell(request.raw, () => ({
      requestId: request.id,
      route: request.is404 ? undefined : request.routeOptions.url,
      release: request.release,
    }));
  });
  if (tracing) app.addHook('preValidation', ({ raw }, _reply, done) => tracing.resume(raw, done));
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
