/** WebSockets at `/graphql`: who may open one, how long it is kept, and how it ends. */
import { createServer } from 'node:http';
import websocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { PublicError } from '../errors.ts';
import { type FollowContext, ReleaseHub } from '../queries/following.ts';
import { limits } from '../schema/config.ts';
import { ClientSockets, type ClientSocketsOptions } from './client-sockets.ts';
import type { Documents } from './documents.ts';
import { type Connection, subscriptionServer } from './subscriptions.ts';
import { takeUpgrades } from './upgrades.ts';

export interface SocketOptions {
  /** Unless said, a client may have as many connections as there may be. */
  perClient?: ClientSocketsOptions | undefined;
  schema: () => GraphQLSchema;
  documents: Documents;
  context: FollowContext;
  /** The origin whose pages may connect; `*` is all. */
  corsOrigin?: string;
  /** What a client has to answer that its connection is closed. */
  closeAnswerMs?: number;
  times?: Times;
}

type Times = Record<'socketInitMs' | 'keepAliveMs' | 'keepAliveAnswerMs', number>;

/** What the route of `/graphql` needs to answer WebSockets too. */
export interface Sockets {
  preHandler(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  wsHandler(socket: WebSocket, request: FastifyRequest): void;
}

/** Going away, of RFC 6455. */
const goingAway = 1001;

/** To be called before the route is added. */
export async function openSockets(app: FastifyInstance, options: SocketOptions): Promise<Sockets> {
  const { schema, documents, context, corsOrigin = '*', closeAnswerMs = 2000, times = limits } = options;
  const websockets = createServer();
  const hub = new ReleaseHub(context);
  const server = subscriptionServer({ schema, documents, context, hub, initMs: times.socketInitMs });
  const perClient = options.perClient && new ClientSockets(options.perClient);
  let stopping = false;

  const accept = {
    server: websockets,
    maxPayload: limits.messageBytesMax,
    closeTimeout: closeAnswerMs,
    handleProtocols: protocolOf,
  };
  await app.register(websocket, {
    options: accept,
    errorHandler: cutOff,
    preClose(done) {
      stopping = true;
      for (const socket of app.websocketServer.clients) socket.close(goingAway, 'The service is stopping');
      done();
    },
  });
  takeUpgrades(app.server, '/graphql', websockets);
  app.addHook('onClose', () => hub.close());
  // Refused before it was known for what it is, its connection would stay open; nothing else comes over it.
  app.addHook('onResponse', async ({ ws, raw }) => {
    if (ws === null && raw.headers.upgrade !== undefined) raw.socket.destroySoon();
  });

  return {
    async preHandler(request, reply) {
      if (!request.ws) return;
      // Of a refusal; the answer that accepts is not fastify's.
      reply.header('connection', 'close');
      checkOrigin(request, corsOrigin);
      if (stopping) throw unavailable('The service is stopping.');
      if (app.websocketServer.clients.size >= limits.socketsMax) throw full;
      perClient?.take(request.raw);
      reply.code(101);
    },
    wsHandler(socket, request) {
      keepAlive(socket, times);
      serve(server, socket, request);
    },
  };
}

/** As by a client that breaks the protocol of WebSockets: ws has said why, in its closing frame. */
function cutOff(this: unknown, err: Error, socket: WebSocket, { log }: FastifyRequest): void {
  log.info({ err }, 'a WebSocket failed');
  socket.terminate();
}

function serve(
  server: ReturnType<typeof subscriptionServer>,
  socket: WebSocket,
  request: FastifyRequest,
): void {
  const connection: Connection = { request, followers: new Set(), starting: 0 };
  const closed = server.opened(adapterOf(socket, request), { ...connection });
  socket.once('close', (code, reason) => {
    for (const follower of connection.followers) follower.end();
    void closed(code, String(reason));
  });
}

/** What else is offered is taken too, so that the client can be told 4406; refused, it would learn nothing. */
const protocolOf = (offered: Set<string>): string | false =>
  offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : ([...offered][0] as string);

const unavailable = (message: string): PublicError =>
  new PublicError('unavailable', message, { retryAfter: 5 });
const full = unavailable(
  `This node has ${limits.socketsMax} WebSocket connections; socketsMax allows no more.`,
);

/** As CORS has it: what comes from no page is not asked, nor is a page of the service itself. */
function checkOrigin({ headers: { origin, host } }: FastifyRequest, allowed: string): void {
  if (allowed === '*' || origin === undefined || origin === allowed || hostOf(origin) === host) return;
  const message = `Pages of ${origin} may not connect; those of ${allowed} may.`;
  throw new PublicError('origin_not_allowed', message);
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;

type Adapter = Parameters<ReturnType<typeof subscriptionServer>['opened']>[0];

/** What graphql-ws wants of a socket. */
function adapterOf(socket: WebSocket, { log }: FastifyRequest): Adapter {
  return {
    protocol: socket.protocol,
    // Resolves once the message has left, so that a client is told no more than it takes. That it cannot be sent,
    // the socket tells by closing.
    send: (text) => new Promise((resolve) => socket.send(text, () => resolve())),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (handle) =>
      socket.on('message', (data) => {
        if (socket.readyState !== socket.OPEN) return;
        // As by a message that only servers send; what fails while it is executed is told to the client by graphql-ws.
        handle(String(data)).catch((err: Error) => {
          log.info({ err }, 'a message over a WebSocket could not be read');
          socket.close(CloseCode.BadRequest, 'Invalid message received');
        });
      }),
  };
}

/** Ends a connection whose other end is gone or reads nothing, and keeps proxies from ending one that is quiet. */
function keepAlive(socket: WebSocket, times: Times): void {
  let waiting: NodeJS.Timeout | undefined;
  const ping = setInterval(() => {
    socket.ping();
    waiting ??= setTimeout(() => socket.terminate(), times.keepAliveAnswerMs);
  }, times.keepAliveMs);
  const endIfFull = (): void => {
    if (socket.bufferedAmount > limits.unsentBytesMax) socket.terminate();
  };
  socket.on('message', endIfFull);
  socket.on('ping', endIfFull);
  socket.on('pong', () => {
    clearTimeout(waiting);
    waiting = undefined;
  });
  socket.once('close', () => {
    clearInterval(ping);
    clearTimeout(waiting);
  });
}
