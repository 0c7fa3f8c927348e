/** One operation, checked against the limits and executed. */
import type { FastifyInstance } from 'fastify';
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  Location,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
} from 'graphql';
import type { MercuriusContext, MercuriusError } from 'mercurius';
import { PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';
import { checkSize } from '../schema/query-limits.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { checkCost, costOf } from './cost.ts';
import { codeOf } from './errors.ts';
import type { Inquiry } from './inquiry.ts';
import type { GraphqlRequest } from './request.ts';

declare module 'mercurius' {
  interface MercuriusContext {
    inquiry: Inquiry;
    operationName: string | undefined;
    budget: Budget;
  }
}

/** Counted as one operation: a document that asks for more than one, or a batch. */
export const several = 'several';

/** What the operations of a request share. */
export interface Shared {
  inquire: () => Inquiry;
  /** Aborted with the reason why nobody waits any more. */
  signal: AbortSignal;
  budget: Budget;
  tracing?: Tracing | undefined;
}

/** Records that the operations of a request ask for; `last` those of the one that is executed. */
export interface Budget {
  spent: number;
  last: number | undefined;
  /** Which operation of the contract the one that is executed asks for. */
  operation?: string;
  /** What kind it is, and what its document calls it. */
  document?: { type: string; name: string | undefined };
}

type Told = Pick<Outcome, 'extensions' | 'operation' | 'document'>;

export interface Outcome {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly unknown[];
  extensions?: { cost: { requested: number; limit: number } };
  /** Which operation of the contract was asked for, and by what; not told to the client. */
  operation?: string;
  document?: Budget['document'];
}

/** Never rejects. What was refused before it was executed has no data at all. */
export function execute(app: FastifyInstance, asked: GraphqlRequest, shared: Shared): Promise<Outcome> {
  const run = () => executeNow(app, asked, shared);
  if (shared.tracing === undefined) return run();
  return shared.tracing.operation(run, ({ errors, document, operation }) => ({
    document,
    operation,
    failed: errors && codeOf(errors[0]),
  }));
}

async function executeNow(app: FastifyInstance, asked: GraphqlRequest, shared: Shared): Promise<Outcome> {
  const { query, variables, operationName } = asked;
  const { inquire, signal, budget } = shared;
  budget.last = undefined;
  try {
    checkSize(query);
    const own: Pick<MercuriusContext, 'inquiry' | 'operationName' | 'budget' | '__currentQuery'> = {
      inquiry: inquire(),
      operationName,
      budget,
      __currentQuery: query,
    };
    // What still runs is being cancelled; nobody waits until it is.
    const { data, errors } = await Promise.race([
      app.graphql(query, own, variables, operationName),
      aborted(signal),
    ]);
    signal.throwIfAborted();
    return { ...(errors === undefined ? {} : { errors }), data, ...extensionsOf(budget) };
  } catch (thrown) {
    if (signal.aborted) return { errors: [signal.reason] };
    return { errors: (thrown as MercuriusError).errors ?? [thrown], ...extensionsOf(budget) };
  }
}

/** Rejects with the reason, never resolves. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** Of what was allowed to be executed. */
const extensionsOf = ({ last: requested, operation, document }: Budget): Told =>
  requested === undefined
    ? {}
    : {
        extensions: { cost: { requested, limit: limits.queryCostMax } },
        ...(operation && { operation }),
        ...(document && { document }),
      };

/** To be called once mercurius is there. */
export function checkDocuments(app: FastifyInstance): void {
  // What does not parse is tried as a JSON syntax tree: the parser's own fault is told instead.
  app.graphql.addHook('preValidation', async (_schema, document, { __currentQuery: query }) => {
    if (!(document?.loc instanceof Location)) parse(query);
  });
  app.graphql.addHook('preExecution', async (schema, document, { operationName, budget }, variables) => {
    checkOperation(schema, document, { operationName, variables, budget });
  });
}

interface Asked {
  operationName: string | undefined;
  variables: Record<string, unknown>;
  budget: Budget;
}

function checkOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operationName, variables, budget }: Asked,
): void {
  // One that cannot be found was refused before.
  const operation = getOperationAST(document, operationName) as OperationDefinitionNode;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new PublicError(
      'graphql_invalid',
      'Subscriptions are answered over a WebSocket at /graphql, by the protocol graphql-transport-ws.',
    );
  }
  budget.operation = rootOf(operation);
  budget.document = { type: operation.operation, name: operation.name?.value };
  budget.last = costOf(schema, document, operation, variables);
  budget.spent += budget.last;
  checkCost(budget.spent);
}

/** The one field that is asked for, whatever it is called in the answer; `several` of more. */
function rootOf({ selectionSet }: OperationDefinitionNode): string {
  const [name, ...more] = new Set(
    selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : several)),
  );
  return more.length > 0 ? several : `${name}`;
}
