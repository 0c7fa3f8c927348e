/** The application: one fastify instance with both mouths, from a database and settings. */
import { createServer, type Server } from 'node:http';
import fastifyCors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { type DestinationStream, destination } from 'pino';
import { Cache } from './cache/cache.ts';
import type { Handler } from './cache/front.ts';
import { staleSecondsMost } from './cache/validity.ts';
import type { Protection } from './config/protection.ts';
import type { Config } from './config.ts';
import { type Counted, RequestCounts } from './metrics/counts.ts';
import type { Measured } from './metrics/registry.ts';
import { headersOf, policyOfData } from './policies.ts';
import type { FollowContext } from './queries/following.ts';
import { KnownReleases, type KnownTimes } from './queries/known-releases.ts';
import { openScope } from './queries/releases.ts';
import { registerGraphql } from './resolvers/index.ts';
import { guardAddresses } from './routes/addresses.ts';
import { readBodies } from './routes/body.ts';
import { clientOf, type Trusts, trustsOf } from './routes/client-address.ts';
import { answerClientError, guardConnections } from './routes/connections.ts';
import { encodeAnswers } from './routes/encoding.ts';
import { type PendingMigrations, registerHealth } from './routes/health.ts';
import { registerOperations } from './routes/operations.ts';
import { shedLoad } from './routes/overload.ts';
import { registerPages } from './routes/pages.ts';
import { sendProblem } from './routes/problems.ts';
import { RateLimit } from './routes/rate-limit.ts';
import { followRequests, requestIdOf, Traffic } from './routes/traffic.ts';
import { limits } from './schema/config.ts';
import type { Tracing } from './tracing/tracing.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What there is to measure. */
    measured: Measured;
  }
}

export interface AppOptions {
  database: FollowContext['database'];
  config: Protection &
    Pick<Config, 'logLevel' | 'corsOrigin' | 'closeGraceMs' | 'graphqlOperations' | 'cacheMegabytes'>;
  /** What `/readyz` asks; the application itself knows nothing of migrations. */
  pendingMigrations: PendingMigrations;
  now?: () => Date;
  /** Unless given, nothing is traced. */
  tracing?: Tracing | undefined;
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

/**
 * A reading that nobody waits for any more was begun while the last was believed still: between the two there is no
 * moment in which kept answers are no answers, and would be shed with all others.
 */
const knownTimes: KnownTimes = {
  trustedMs: 2000,
  refreshMs: 500,
  patienceMs: 1400,
  staleMostMs: staleSecondsMost * 1000,
};

/** As fastify would make it. */
function serverOf(handler: Handler, connectionsMax: number): Server {
  const server = createServer(timeouts.http, handler);
  // Better than to run out of files: then nothing works, not even what would say so.
  if (connectionsMax > 0) server.maxConnections = connectionsMax;
  server.requestTimeout = timeouts.requestTimeout;
  server.keepAliveTimeout = timeouts.keepAliveTimeout;
  return server.setTimeout(timeouts.connectionTimeout);
}

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, config, pendingMigrations, now = () => new Date(), tracing } = options;
  const { logTo = destination(2) } = options;
  const requests = new RequestCounts();
  const traffic = new Traffic({
    isLogged: ['info', 'debug', 'trace'].includes(config.logLevel),
    counts: requests,
    tracing,
  });
  // What it reads is for all who come, and in the trace of none.
  const releases =
    config.cacheMegabytes === 0
      ? undefined
      : new KnownReleases({ database, now }, () => cache.clear(), knownTimes);
  const context: FollowContext = {
    database,
    now,
    ...(releases && { releases }),
    ...(tracing && { trace: tracing.statement }),
  };
  const cache = new Cache({
    bytes: config.cacheMegabytes * megabyte,
    epoch: () => releases?.epoch,
    known: () => traffic.during(openScope(context)),
    staleMs: () => releases?.staleMs,
    postedTo: '/graphql',
    follow(request, response, { counted, route, release }) {
      const reqId = requestIdOf(request);
      traffic.follow(request, response, app.log, { reqId, counted: counted as Counted });
      tracing?.tell(request, () => ({ requestId: reqId, route, release, isKept: true }));
      return reqId;
    },
    resume: tracing?.resume,
  });
  const trusts = trustsOf(config.trustProxy);
  const rateLimit =
    config.rateLimit === 0 ? undefined : await rateLimitOf(config, trusts, (line) => app.log.warn(line));
  const policy = policyOfData(config);
  const cors = { 'access-control-allow-origin': config.corsOrigin };
  // Of what is refused before any hook runs.
  const forBrowsers = await headersOf(policy);
  const always = { ...forBrowsers, ...cors };
  const app = fastify({
    ...timeouts,
    bodyLimit: limits.bodyBytesMax,
    logger: { level: config.logLevel, stream: logTo, ...(tracing && { mixin: tracing.ids }) },
    // Its two lines a request give way to the one of followRequests.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    serverFactory(application) {
      const kept = cache.front.before(application);
      const counted = rateLimit?.before(kept, application) ?? kept;
      return serverOf(tracing?.before(counted) ?? counted, config.connectionsMax);
    },
    trustProxy: trusts,
    routerOptions: {
      // The longest id, and some.
      maxParamLength: 300,
      // The query is read by the contract; fastify's reader would bend values into shape.
      querystringParser: () => ({}),
    },
    // What comes while the service stops is answered like anything else; then its connection closes.
    return503OnClosing: false,
    frameworkErrors(error, request, reply) {
      tracing?.tell(request.raw, () => ({ requestId: request.id }));
      return sendProblem(request, reply.headers(always), error);
    },
    clientErrorHandler: answerClientError(always, requests),
  });

  app.decorate('measured', {
    requests,
    traffic,
    cache,
    pool: database.pool,
    release: () => releases?.reading,
  });

  // Before every plugin: each takes the handler that is there when it comes.
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  const stopping = () => cache.front.close();
  followRequests(app, traffic, { graceMs: config.closeGraceMs, stopping, tracing });
  app.addHook('onClose', async () => releases?.close());
  await app.register(helmet, policy);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(cors);
  });
  guardConnections(app, forBrowsers, requests);
  rateLimit?.guard(app);
  await app.register(fastifyCors, {
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
  const checkLoad = shedLoad(app, context, config);

  registerHealth(app, context, pendingMigrations, checkLoad);
  registerOperations(app, context, cache);
  await registerPages(app);
  await app.register(registerGraphql, {
    context,
    cache,
    operations: config.graphqlOperations,
    tracing,
    corsOrigin: config.corsOrigin,
    ...(config.socketsPerAddress > 0 && {
      perClient: { clientOf: (request) => clientOf(request, trusts), most: config.socketsPerAddress },
    }),
    // The grace is for answers, and a WebSocket waits for none.
    closeAnswerMs: Math.min(config.closeGraceMs, 2000),
  });
  return app;
}

async function rateLimitOf(
  config: Protection,
  trusts: Trusts,
  log: (line: string) => void,
): Promise<RateLimit> {
  const { counterOf } = await import('./routes/shared-count.ts');
  const { rateLimit: limit, rateLimitSeconds: seconds, redisUrl, redisPrefix: prefix } = config;
  const counter = counterOf({ limit, seconds, redisUrl, prefix, log });
  return new RateLimit({ limit, seconds, counter, trusts });
}
