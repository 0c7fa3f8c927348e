/** Subscriptions: what a client asks over graphql-transport-ws, and the results that it is told. */
import type { FastifyRequest } from 'fastify';
import {
  createSourceEventStream,
  type ExecutionArgs,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
} from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import { PublicError } from '../errors.ts';
import { answerSubscription } from '../queries/answer-subscription.ts';
import type { Follower, ReleaseHub } from '../queries/following.ts';
import type { Context } from '../queries/types.ts';
import { limits } from '../schema/config.ts';
import { checkSize, faultsOf } from '../schema/query-limits.ts';
import type { SubscriptionName } from '../schema/subscriptions.ts';
import { checkCost, costOf } from './cost.ts';
import type { Documents } from './documents.ts';
import { located, present } from './errors.ts';
import { Inquiry } from './inquiry.ts';
import type { GraphqlRequest } from './request.ts';

export interface Connection {
  request: Pick<FastifyRequest, 'id' | 'log'>;
  /** Ended with the connection. */
  followers: Set<Follower>;
  /** What is asked and not yet followed. */
  starting: number;
}

export interface SubscriptionOptions {
  /** Asked for when it is needed: mercurius has it only once it is ready. */
  schema: () => GraphQLSchema;
  documents: Documents;
  context: Context;
  hub: ReleaseHub;
  initMs: number;
}

type SubscriptionServer = Server<Connection & Record<PropertyKey, unknown>>;

export function subscriptionServer({
  schema,
  documents,
  context,
  hub,
  initMs,
}: SubscriptionOptions): SubscriptionServer {
  return makeServer({
    connectionInitWaitTimeout: initMs,
    onSubscribe: async ({ extra }, _id, payload) =>
      admitted(extra, async () => begin(schema(), hub, extra, await documents.read(payload))).catch(errorsOf),
    // An event is a request of its own at the door.
    subscribe: ({ rootValue: events, ...args }) =>
      mapped(events as AsyncIterableIterator<unknown>, (rootValue) =>
        execute({ ...args, rootValue, contextValue: { inquiry: new Inquiry(context) } }),
      ),
    onNext: ({ extra }, _id, _payload, _args, { data = null, errors }) =>
      errors && { data, errors: present(errors, data, extra.request).errors },
    onError: ({ extra }, _id, _payload, errors) => present(errors, undefined, extra.request).errors,
  });
}

/** Before anything is read, so that what a connection asks at once is no more than it may have. */
async function admitted<T>(connection: Connection, start: () => Promise<T>): Promise<T> {
  if (connection.followers.size + connection.starting >= limits.subscriptionsMax) throw tooMany;
  connection.starting += 1;
  try {
    return await start();
  } finally {
    connection.starting -= 1;
  }
}

const errorsOf = (thrown: unknown): GraphQLError[] => [located(thrown)];

/** What is to be executed, its events as the root value; or what is wrong with what was asked. */
async function begin(
  schema: GraphQLSchema,
  hub: ReleaseHub,
  { followers }: Connection,
  { query, variables: variableValues, operationName }: GraphqlRequest,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  checkSize(query);
  const document = parse(query);
  const faults = faultsOf(schema, document);
  if (faults.length > 0) return faults;
  const args = { schema, document, variableValues, operationName };
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) throw noSubscription(operation?.operation);
  checkCost(costOf(schema, document, operation, variableValues));
  const stream = await createSourceEventStream({
    ...args,
    subscribeFieldResolver: async (_root, given, _context, { fieldName }) =>
      mapped(await answerSubscription(hub, followers, fieldName as SubscriptionName, given), async (row) => ({
        [fieldName]: row,
      })),
  });
  return Symbol.asyncIterator in stream
    ? { ...args, rootValue: stream }
    : (stream.errors as readonly GraphQLError[]);
}

const tooMany = new PublicError(
  'too_many_subscriptions',
  `The connection has ${limits.subscriptionsMax} subscriptions; subscriptionsMax allows no more.`,
);

function noSubscription(operation: string | undefined): PublicError {
  const what =
    operation === undefined
      ? 'Name the operation that is meant by "operationName".'
      : `Send a ${operation} to /graphql over HTTP.`;
  return new PublicError('graphql_invalid', `Over a WebSocket, only subscriptions are answered. ${what}`);
}

/** Unlike a generator, it can be ended while it waits. */
function mapped<From, To>(
  from: AsyncIterableIterator<From>,
  map: (value: From) => To | Promise<To>,
): AsyncIterableIterator<To> {
  return {
    async next() {
      const { value, done } = await from.next();
      return done ? { value: undefined, done } : { value: await map(value), done: false };
    },
    async return() {
      await from.return?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
