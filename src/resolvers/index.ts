/** The GraphQL mouth: `/graphql`, and at `/graphiql` a page to try it. */
import type { FastifyPluginAsync } from 'fastify';
import { buildASTSchema, type DocumentNode, parse } from 'graphql';
import mercurius from 'mercurius';
import type { Cache } from '../cache/cache.ts';
import { limits } from '../schema/config.ts';
import { documentRules, validateOptions } from '../schema/query-limits.ts';
import { printSchema } from '../schema/sdl.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { Documents, type OperationsMode } from './documents.ts';
import { checkDocuments } from './execution.ts';
import { registerEndpoint } from './http.ts';
import { page } from './page.ts';
import { resolvers } from './resolvers.ts';
import { openSockets, type SocketOptions } from './sockets.ts';

export interface GraphqlOptions extends Omit<SocketOptions, 'schema' | 'documents'> {
  cache: Cache;
  /** Which documents are answered. */
  operations: OperationsMode;
  tracing?: Tracing | undefined;
  /** Milliseconds that a request may take, unless the limit that is told. */
  requestMs?: number;
}

export const registerGraphql: FastifyPluginAsync<GraphqlOptions> = async (app, options) => {
  await app.register(endpoint, options);
  await app.register(page, options);
};

/** The schema as a document, parsed when it is needed first. */
let schemaDocument: DocumentNode | undefined;

/** Mercurius parses, validates and executes; its own routes would hide most of what went wrong. */
const endpoint: FastifyPluginAsync<GraphqlOptions> = async (app, options) => {
  const { context, cache, operations, tracing, requestMs = limits.requestMsMax } = options;
  const documents = new Documents(context, operations);
  schemaDocument ??= parse(printSchema(), { noLocation: true });
  await app.register(mercurius, {
    // That what we print is valid, a test holds.
    schema: buildASTSchema(schemaDocument, { assumeValidSDL: true }),
    resolvers,
    routes: false,
    // It keeps whole documents, and those that failed: see limits for how large one can be.
    cache: 50,
    graphql: { validateOptions },
    validationRules: documentRules,
    errorFormatter: (execution) => ({ statusCode: 200, response: execution }),
  });
  checkDocuments(app);
  const sockets = await openSockets(app, { ...options, documents, schema: () => app.graphql.schema });
  registerEndpoint(app, { context, cache, documents, requestMs, sockets, tracing });
};
