/**
 * Every request from its arrival to its end: named by an id, counted, logged in one line, and
 * answered before the process stops. Left alone, fastify waits for idle keep-alive sockets and for
 * those that never sent anything, and logs two lines for an answer but none for an aborted request.
 */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
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

/** To be called before any other hook is added. Headers are not logged: they may hold secrets. */
export function followRequests(app: FastifyInstance, graceMs: number): void {
  let inFlight = 0;
  let stopping = false;
  let poll: NodeJS.Timeout | undefined;

  app.addHook('onRequest', async (request, reply) => {
    inFlight += 1;
    reply.header('x-request-id', request.id);
    // Unlike onResponse, this runs for aborted requests too.
    reply.raw.once('close', () => {
      inFlight -= 1;
      const { method, url } = request;
      // A WebSocket is a request until it closes.
      const answered = reply.raw.writableFinished || reply.statusCode === 101;
      const ended = answered ? { status: reply.statusCode } : { aborted: true };
      const line = { method, url: url.slice(0, 500), ...ended, ms: Math.round(reply.elapsedTime) };
      request.log[quiet.has(pathOf(url)) ? 'debug' : 'info'](line, 'request');
    });
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    stopping = true;
    const deadline = Date.now() + graceMs;
    poll = setInterval(() => {
      if (inFlight === 0 || Date.now() >= deadline) app.server.closeAllConnections();
    }, pollMs);
  });
  app.addHook('onClose', async () => clearInterval(poll));
}

/** Is aborted when the client has gone; after an answer there is nothing left to end. */
export function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  // As many statements may run as there are connections.
  setMaxListeners(0, gone.signal);
  reply.raw.once('close', () => gone.abort(new PublicError('unavailable', 'The client has gone.')));
  return gone.signal;
}
