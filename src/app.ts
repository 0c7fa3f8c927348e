/** The application: one fastify instance with both mouths, from a database and settings. */
import { createServer, type Server } from 'node:http';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { type DestinationStream, destination } from 'pino';
import { Cache } from './cache/cache.ts';
import type { Handler } from './cache/front.ts';
import type { Config } from './config.ts';
import type { FollowContext } from './queries/following.ts';
import { KnownReleases } from './queries/known-releases.ts';
import { registerGraphql } from './resolvers/index.ts';
import { guardAddresses } from './routes/addresses.ts';
import { readBodies } from './routes/body.ts';
import { answerClientError, guardConnections } from './routes/connections.ts';
import { encodeAnswers } from './routes/encoding.ts';
import { type PendingMigrations, registerHealth } from './routes/health.ts';
import { registerOperations } from './routes/operations.ts';
import { registerPages } from './routes/pages.ts';
import { sendProblem } from './routes/problems.ts';
import { followRequests, requestIdOf, Traffic } from './routes/traffic.ts';
import { limits } from './schema/config.ts';

export interface AppOptions {
  database: FollowContext['database'];
  config: Pick<Config, 'logLevel' | 'corsOrigin' | 'closeGraceMs' | 'graphqlOperations' | 'cacheMegabytes'>;
  /** What `/readyz` asks; the application itself knows nothing of migrations. */
  pendingMigrations: PendingMigrations;
  now?: () => Date;
  /** Where the log goes; standard error unless said, so that standard output is the command's. */
  logTo?: DestinationStream;
}

/** Clients that are slow to send are cut off; without the last two, a slow body never would be. */
const timeouts = {
  requestTimeout: 30_000,
  connectionTimeout: 60_000,
  keepAliveTimeout: 72_000,
  // Who sends no Host is told by guardConnections.
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 1000, requireHostHeader: false },
};

const megabyte = 2 ** 20;

/** As fastify would make it. */
function serverOf(handler: Handler): Server {
  const server = createServer(timeouts.http, handler);
  server.requestTimeout = timeouts.requestTimeout;
  server.keepAliveTimeout = timeouts.keepAliveTimeout;
  return server.setTimeout(timeouts.connectionTimeout);
}

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, config, pendingMigrations, now = () => new Date(), logTo = destination(2) } = options;
  const traffic = new Traffic({ isLogged: ['info', 'debug', 'trace'].includes(config.logLevel) });
  const releases =
    config.cacheMegabytes === 0 ? undefined : new KnownReleases({ database, now }, () => cache.clear());
  const context: FollowContext = { database, now, ...(releases && { releases }) };
  const cache = new Cache({
    bytes: config.cacheMegabytes * megabyte,
    epoch: () => releases?.epoch,
    postedTo: '/graphql',
    follow(request, response) {
      const reqId = requestIdOf(request);
      traffic.follow(request, response, app.log, { reqId });
      return reqId;
    },
  });
  // Also of what is refused before any hook runs.
  const always = { 'x-content-type-options': 'nosniff', 'access-control-allow-origin': config.corsOrigin };
  const app = fastify({
    ...timeouts,
    bodyLimit: limits.bodyBytesMax,
    logger: { level: config.logLevel, stream: logTo },
    // Its two lines a request give way to the one of followRequests.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    serverFactory: (application) => serverOf(cache.front.before(application)),
    routerOptions: {
      // The longest id, and some.
      maxParamLength: 300,
      // The query is read by the contract; fastify's reader would bend values into shape.
      querystringParser: () => ({}),
    },
    // What comes while the service stops is answered like anything else; then its connection closes.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => sendProblem(request, reply.headers(always), error),
    clientErrorHandler: answerClientError(always),
  });

  // Before every plugin: each takes the handler that is there when it comes.
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  followRequests(app, traffic, config.closeGraceMs, () => cache.front.close());
  app.addHook('onClose', async () => releases?.close());
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(always);
  });
  guardConnections(app);
  await app.register(cors, {
    origin: config.corsOrigin,
    methods: ['GET', 'HEAD', 'POST'],
    // A page of another origin may read all that is said.
    exposedHeaders: '*',
    maxAge: 86_400,
    // The answer to OPTIONS is left to guardAddresses, which knows what there is.
    preflightContinue: true,
    strictPreflight: false,
  });
  guardAddresses(app);
  await encodeAnswers(app, cache.front);
  readBodies(app, cache.front);

  registerHealth(app, context, pendingMigrations);
  registerOperations(app, context, cache);
  await registerPages(app);
  await app.register(registerGraphql, {
    context,
    cache,
    operations: config.graphqlOperations,
    corsOrigin: config.corsOrigin,
    // The grace is for answers, and a WebSocket waits for none.
    closeAnswerMs: Math.min(config.closeGraceMs, 2000),
  });
  return app;
}
