/** The GraphQL mouth: `/graphql`, and at `/graphiql` a page to try it. */
import { AltairFastify } from 'altair-fastify-plugin';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Location, parse } from 'graphql';
import mercurius, { type MercuriusContext, type MercuriusError } from 'mercurius';
import type { Context } from '../queries/types.ts';
import { printSchema } from '../schema/sdl.ts';
import { present } from './errors.ts';
import { Inquiry } from './inquiry.ts';
import { checkSize, depthRule } from './limits.ts';
import { readAddress, readRequest } from './request.ts';
import { resolvers } from './resolvers.ts';

export interface GraphqlOptions {
  context: Context;
}

export const registerGraphql: FastifyPluginAsync<GraphqlOptions> = async (app, options) => {
  await app.register(endpoint, options);
  await app.register(page);
};

/** Mercurius parses, validates and executes; its own routes would hide most of what went wrong. */
const endpoint: FastifyPluginAsync<GraphqlOptions> = async (app, { context }) => {
  await app.register(mercurius, {
    schema: printSchema(),
    resolvers,
    routes: false,
    // It keeps whole documents, and those that failed: see limits for how large one can be.
    cache: 50,
    graphql: { validateOptions: { maxErrors: 10 } },
    validationRules: [depthRule],
    errorFormatter: (execution) => ({ statusCode: 200, response: execution }),
  });
  // What does not parse is tried as a JSON syntax tree: the parser's own fault is told instead.
  app.graphql.addHook('preValidation', async (_schema, document, { __currentQuery: query }) => {
    if (!(document?.loc instanceof Location)) parse(query);
  });

  app.setErrorHandler((error, request, reply) => send(request, reply, { errors: [error] }));

  const serve = async (request: FastifyRequest, reply: FastifyReply, given: unknown) => {
    const { query, variables, operationName } = readRequest(given);
    checkSize(query);
    const inquiry: Pick<MercuriusContext, 'inquiry' | '__currentQuery'> = {
      inquiry: new Inquiry(context),
      __currentQuery: query,
    };
    const result = await app.graphql(query, inquiry, variables, operationName).catch(resultOf);
    return send(request, reply, result);
  };
  app.get('/graphql', (request, reply) => serve(request, reply, readAddress(`${request.raw.url}`)));
  app.post('/graphql', (request, reply) => serve(request, reply, request.body));
};

interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly unknown[];
}

/** What was refused before it was executed has no data at all. */
function resultOf(thrown: MercuriusError): Result {
  return { errors: thrown.errors ?? [thrown] };
}

function send(request: FastifyRequest, reply: FastifyReply, { data, errors }: Result): FastifyReply {
  const wanted = `${request.headers.accept}`.includes('application/graphql-response+json');
  reply.type(`application/${wanted ? 'graphql-response+json' : 'json'}; charset=utf-8`);
  if (errors === undefined) return reply.send({ data });
  const presented = present(errors, data, request);
  if (presented.retryAfter !== undefined) reply.header('retry-after', presented.retryAfter);
  return reply
    .code(presented.status)
    .send({ errors: presented.errors, ...(data === undefined ? {} : { data }) });
}

/** Nothing from elsewhere; the page's own options are a script within it. */
const policy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:";
const firstQuery = `{
  places(level: [district], on: "2025-06-30") {
    nodes { code name { vi en } tasks(first: 3) { nodes { name { en } citations { nodes { paragraph } } } } }
  }
}`;

const page: FastifyPluginAsync = async (app) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', policy);
  });
  // There the page would be served without its options.
  app.get('/graphiql/', (_request, reply) => reply.redirect('/graphiql'));
  await app.register(AltairFastify, {
    path: '/graphiql',
    baseURL: '/graphiql/',
    endpointURL: '/graphql',
    initialQuery: firstQuery,
    disableAccount: true,
  });
};
