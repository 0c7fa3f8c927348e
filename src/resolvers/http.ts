/** GraphQL over HTTP: media types, status codes, batches, what may be kept, and when a request is given up. */
import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { checkMatch, etagOf, mayBeKept, unlessHeld } from '../cache/conditional.ts';
import { preferredOf, varyBy } from '../cache/negotiation.ts';
import { PublicError } from '../errors.ts';
import type { Context, Scope } from '../queries/types.ts';
import { contractVersion } from '../schema/common.ts';
import { programVersion } from '../version.ts';
import type { Documents } from './documents.ts';
import { present } from './errors.ts';
import { execute, type Outcome, type Shared } from './execution.ts';
import { Inquiry, type Scopes } from './inquiry.ts';
import { type GraphqlRequest, readAddress, readBatch } from './request.ts';
import type { Sockets } from './sockets.ts';

/** The first is what a client gets that has no wish. */
const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;
type MediaType = (typeof mediaTypes)[number];

/** Whoever accepts neither is told so in the first. */
const preferred = ({ headers }: FastifyRequest): MediaType | undefined =>
  preferredOf(headers.accept, mediaTypes);

function negotiate(request: FastifyRequest, reply: FastifyReply): MediaType {
  varyBy(reply, 'accept');
  const type = preferred(request);
  if (type !== undefined) return type;
  const message = `This address is served as ${mediaTypes.join(' or ')}.`;
  throw new PublicError('not_acceptable', message, { available: mediaTypes });
}

export interface Endpoint {
  context: Context;
  documents: Documents;
  /** Milliseconds that a request may take. */
  requestMs: number;
  /** Which answer a GET that wants to be a WebSocket. */
  sockets: Sockets;
}

export function registerEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, retryAfter, errors } = present([error], undefined, request);
    return send(reply, preferred(request) ?? mediaTypes[0], { status, retryAfter, body: { errors } });
  });
  app.route({
    method: 'GET',
    url: '/graphql',
    ...endpoint.sockets,
    handler: (request, reply) => answerAddress(app, endpoint, request, reply),
  });
  app.post('/graphql', (request, reply) => answerBody(app, endpoint, request, reply));
}

async function answerBody(
  app: FastifyInstance,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = negotiate(request, reply);
  const shared = shareOf(endpoint, reply);
  const answer = async (given: unknown): Promise<Outcome> =>
    execute(app, await endpoint.documents.read(given, shared.signal), shared);
  if (!Array.isArray(request.body)) {
    const outcome = await answer(request.body);
    return reply.raw.destroyed ? reply : send(reply, type, answerOf(outcome, type, request));
  }
  const answers: Answer[] = [];
  for (const one of readBatch(request.body)) {
    const outcome = await answer(one).catch((error: unknown): Outcome => ({ errors: [error] }));
    // Nobody waits for the others.
    if (reply.raw.destroyed) return reply;
    answers.push(answerOf(outcome, type, request));
  }
  const retryAfter = answers.map((one) => one.retryAfter).find((seconds) => seconds !== undefined);
  return send(reply, type, { status: 200, retryAfter, body: answers.map(({ body }) => body) });
}

/** An answer without errors may be kept, and is known by a tag. */
async function answerAddress(
  app: FastifyInstance,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = negotiate(request, reply);
  const shared = shareOf(endpoint, reply);
  const asked = await endpoint.documents.read(readAddress(`${request.raw.url}`), shared.signal);
  const scope = await shared.inquire().current();
  const etag = tagOf(asked, type, scope);
  const headers = {
    etag,
    'cache-control': mayBeKept,
    'govdata-release': String(scope.release),
  };
  const held = unlessHeld(request, reply, headers);
  if (held) return held;
  const outcome = await execute(app, asked, shared);
  if (reply.raw.destroyed) return reply;
  if (outcome.errors !== undefined) return send(reply, type, answerOf(outcome, type, request));
  checkMatch(request.headers, etag);
  reply.headers(headers);
  return send(reply, type, answerOf(outcome, type, request));
}

/** All that the bytes depend on; a document that names a release is tagged by the current one too. */
function tagOf({ query, operationName, variables }: GraphqlRequest, type: MediaType, scope: Scope): string {
  const { release, today } = scope;
  return etagOf([release, contractVersion, programVersion, type, today, query, operationName, variables]);
}

/** What the operations of a request share: their scopes, what they may cost, and when they are given up. */
function shareOf({ context, requestMs }: Endpoint, reply: FastifyReply): Shared {
  const over = new AbortController();
  // As many statements may run as there are connections.
  setMaxListeners(0, over.signal);
  const giveUp = (why: string): void => over.abort(new PublicError('unavailable', why, { retryAfter: 2 }));
  const timer = setTimeout(
    () =>
      giveUp(`The request took longer than ${requestMs} ms, which requestMsMax allows, and was given up.`),
    requestMs,
  );
  // The signal of fastify's request is aborted once the body has been read.
  reply.raw.once('close', () => {
    clearTimeout(timer);
    giveUp('The client has gone.');
  });
  const scopes: Scopes = new Map();
  return {
    inquire: () => new Inquiry({ ...context, signal: over.signal }, scopes),
    signal: over.signal,
    budget: { spent: 0, last: undefined },
  };
}

interface Answer {
  status: number;
  /** Seconds after which a retry makes sense. */
  retryAfter: number | undefined;
  body: object;
}

function answerOf({ data, errors, extensions }: Outcome, type: MediaType, request: FastifyRequest): Answer {
  const rest = { ...(data === undefined ? {} : { data }), ...(extensions && { extensions }) };
  if (errors === undefined) return { status: 200, retryAfter: undefined, body: rest };
  const { status, retryAfter, errors: told } = present(errors, data, request);
  // With plain JSON another status than 200 would mean that no answer of GraphQL follows.
  const isAnswer = type === 'application/json' && status < 500;
  return { status: isAnswer ? 200 : status, retryAfter, body: { errors: told, ...rest } };
}

function send(reply: FastifyReply, type: MediaType, { status, retryAfter, body }: Answer): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (!reply.hasHeader('etag')) reply.header('cache-control', 'no-store');
  return reply.code(status).type(`${type}; charset=utf-8`).send(JSON.stringify(body));
}
