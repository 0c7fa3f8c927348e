/** GraphQL over HTTP: media types, status codes, batches, what may be kept, and when a request is given up. */
import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cache } from '../cache/cache.ts';
import { checkMatch, etagOf, unlessHeld } from '../cache/conditional.ts';
import type { Offer, Said } from '../cache/front.ts';
import { KeptAnswer } from '../cache/kept-answer.ts';
import { preferredOf, varyBy } from '../cache/negotiation.ts';
import { PublicError } from '../errors.ts';
import type { Context, Scope } from '../queries/types.ts';
import { contractVersion } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { programVersion } from '../version.ts';
import type { Documents } from './documents.ts';
import { present } from './errors.ts';
import { execute, type Outcome, type Shared, several } from './execution.ts';
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

/** After a document was removed, it is answered for no longer than this. */
const freshnessOf = ({ isRegistered }: GraphqlRequest): Pick<Offer, 'freshMs'> =>
  isRegistered ? { freshMs: limits.removedOperationSecondsMax * 1000 } : {};

export interface Endpoint {
  context: Context;
  cache: Cache;
  documents: Documents;
  /** Milliseconds that a request may take. */
  requestMs: number;
  /** Which answer a GET that wants to be a WebSocket. */
  sockets: Sockets;
  tracing?: Tracing | undefined;
}

/** Until it is known what the document asks for; of what cannot be read or is refused, it never is. */
const config = { counted: 'graphql none' } as const;

type Asked = { operation?: string | undefined };

/** Counts the request as what the document asks for; without a scope, nothing of the data was served. */
function count(request: FastifyRequest, { operation = 'none' }: Asked, scope?: Scope): Said {
  request.counted = `graphql ${operation}`;
  const release = scope && { release: scope.release };
  Object.assign(request, release);
  return { counted: request.counted, route: request.routeOptions.url, ...release };
}

export function registerEndpoint(app: FastifyInstance, endpoint: Endpoint): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, retryAfter, errors } = present([error], undefined, request);
    return send(reply, preferred(request) ?? mediaTypes[0], { status, retryAfter, body: { errors } });
  });
  app.route({
    method: 'GET',
    url: '/graphql',
    config,
    ...endpoint.sockets,
    handler: (request, reply) => answerAddress(app, endpoint, request, reply),
  });
  app.post('/graphql', { config }, (request, reply) => answerBody(app, endpoint, request, reply));
}

async function answerBody(
  app: FastifyInstance,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = negotiate(request, reply);
  const shared = shareOf(endpoint, reply);
  const read = (given: unknown): Promise<GraphqlRequest> => endpoint.documents.read(given, shared.signal);
  if (!Array.isArray(request.body)) {
    const { epoch } = endpoint.cache.front;
    const asked = await read(request.body);
    // What needs no data is answered without a database, too.
    const scope = await shared
      .inquire()
      .current()
      .catch(() => undefined);
    const { validity } = endpoint.cache;
    const key = scope && tagOf(asked, type, scope);
    const answer = await (key === undefined
      ? execute(app, asked, shared)
      : answerOnce(app, endpoint, key, asked, shared));
    const offer = { key: `${key}`, ...count(request, answer, scope), epoch, ...freshnessOf(asked) };
    endpoint.cache.offer(request.raw, offer, validity);
    if (answer instanceof KeptAnswer) reply.headers(validity);
    reply.header('cache-control', 'no-store');
    return sendAnswer(endpoint, request, reply, type, answer);
  }
  count(request, { operation: several });
  const answers: Answer[] = [];
  for (const one of readBatch(request.body)) {
    const outcome = await read(one)
      .then((asked) => execute(app, asked, shared))
      .catch((error: unknown): Outcome => ({ errors: [error] }));
    // Nobody waits for the others.
    if (reply.raw.destroyed) return reply;
    answers.push(answerOf(outcome, type, request));
  }
  const retryAfter = answers.map((one) => one.retryAfter).find((seconds) => seconds !== undefined);
  return send(reply, type, { status: 200, retryAfter, body: answers.map(({ body }) => body) });
}

/** An answer without errors may be kept by the client, and is known by a tag. */
async function answerAddress(
  app: FastifyInstance,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = negotiate(request, reply);
  const shared = shareOf(endpoint, reply);
  const { epoch } = endpoint.cache.front;
  const asked = await endpoint.documents.read(readAddress(`${request.raw.url}`), shared.signal);
  const scope = await shared.inquire().current();
  const etag = tagOf(asked, type, scope);
  const { validity } = endpoint.cache;
  const headers = { ...validity, etag, 'govdata-release': String(scope.release) };
  const offer = (answer: Asked) => {
    const said = count(request, answer, scope);
    endpoint.cache.offer(request.raw, { key: etag, ...said, epoch, ...freshnessOf(asked) }, validity);
  };
  offer(endpoint.cache.answers.get(etag) ?? {});
  const held = unlessHeld(request, reply, headers);
  if (held) return held;
  const answer = await answerOnce(app, endpoint, etag, asked, shared);
  offer(answer);
  if (answer instanceof KeptAnswer) {
    checkMatch(request.headers, etag);
    reply.headers(headers);
  }
  return sendAnswer(endpoint, request, reply, type, answer);
}

/** An answer without errors is kept; another is told to all who wait for it. Never rejects. */
function answerOnce(
  app: FastifyInstance,
  { context, cache, tracing }: Endpoint,
  key: string,
  asked: GraphqlRequest,
  { scopes, budget, signal: own }: Shared & { scopes: Scopes },
): Promise<KeptAnswer | Outcome> {
  const answer = cache.answers.answer(key, own, async (signal): Promise<KeptAnswer | Outcome> => {
    const inquire = () => new Inquiry({ ...context, signal }, scopes);
    const outcome = await execute(app, asked, { inquire, signal, budget, tracing });
    return outcome.errors === undefined ? new KeptAnswer(JSON.stringify(dataOf(outcome)), outcome) : outcome;
  });
  // Of a client that has gone, or has waited for too long.
  return answer.catch((error: unknown): Outcome => ({ errors: [error] }));
}

async function sendAnswer(
  { cache }: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  type: MediaType,
  answer: KeptAnswer | Outcome,
): Promise<FastifyReply> {
  if (reply.raw.destroyed) return reply;
  if (!(answer instanceof KeptAnswer)) return send(reply, type, answerOf(answer, type, request));
  reply.type(contentTypeOf(type));
  return cache.send(request.headers, reply, answer);
}

/** All that the bytes depend on; a document that names a release is tagged by the current one too. */
function tagOf({ query, operationName, variables }: GraphqlRequest, type: MediaType, scope: Scope): string {
  const { release, today } = scope;
  return etagOf([release, contractVersion, programVersion, type, today, query, operationName, variables]);
}

/** What the operations of a request share: their scopes, what they may cost, and when they are given up. */
function shareOf(
  { context, requestMs, tracing }: Endpoint,
  reply: FastifyReply,
): Shared & { scopes: Scopes } {
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
    if (!reply.raw.writableFinished) giveUp('The client has gone.');
  });
  const scopes: Scopes = new Map();
  return {
    inquire: () => new Inquiry({ ...context, signal: over.signal }, scopes),
    scopes,
    signal: over.signal,
    budget: { spent: 0, last: undefined },
    tracing,
  };
}

interface Answer {
  status: number;
  /** Seconds after which a retry makes sense. */
  retryAfter: number | undefined;
  body: object;
}

function answerOf(outcome: Outcome, type: MediaType, request: FastifyRequest): Answer {
  const { data, errors } = outcome;
  if (errors === undefined) return { status: 200, retryAfter: undefined, body: dataOf(outcome) };
  const { status, retryAfter, errors: told } = present(errors, data, request);
  // With plain JSON another status than 200 would mean that no answer of GraphQL follows.
  const isAnswer = type === 'application/json' && status < 500;
  return { status: isAnswer ? 200 : status, retryAfter, body: { errors: told, ...dataOf(outcome) } };
}

/** All of an answer but its errors. */
const dataOf = ({ data, extensions }: Outcome): object => ({
  ...(data === undefined ? {} : { data }),
  ...(extensions && { extensions }),
});

function send(reply: FastifyReply, type: MediaType, { status, retryAfter, body }: Answer): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(contentTypeOf(type))
    .send(JSON.stringify(body));
}

const contentTypeOf = (type: MediaType): string => `${type}; charset=utf-8`;
