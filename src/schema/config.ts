/** What the service says of itself: version, release, limits. */
import Type, { type Static } from 'typebox';
import { DateOnly, Nullable, Shape } from './common.ts';

export const limits = {
  pageSizeMax: 500,
  pageSizeDefault: 50,
  totalExactTo: 100_000,
  textMax: 200,
  listMax: 100,
  lookupMax: 1000,
  lookupCandidatesMax: 20,
  lookupSimilarMax: 100,
  coverageCellsMax: 10_000,
  cubeFiguresMax: 10_000,
  cubeCellsMax: 1_000_000,
  queryLengthMax: 20_000,
  queryDepthMax: 14,
  queryTokensMax: 2_000,
  queryAliasesMax: 100,
  queryDirectivesMax: 50,
  queryRootFieldsMax: 30,
  queryCostMax: 100_000,
  batchMax: 10,
  requestMsMax: 10_000,
  bodyBytesMax: 262_144,
  removedOperationSecondsMax: 10,
  socketsMax: 1000,
  subscriptionsMax: 10,
  messageBytesMax: 65_536,
  unsentBytesMax: 1_048_576,
  socketInitMs: 5000,
  keepAliveMs: 20_000,
  keepAliveAnswerMs: 10_000,
} as const;

const limit = (value: number, description: string) => Type.Integer({ description, examples: [value] });

export const Limits = Shape('Limits', 'What a request may ask for at most.', {
  pageSizeMax: limit(limits.pageSizeMax, 'Items of one page.'),
  pageSizeDefault: limit(limits.pageSizeDefault, 'Items of a page when nothing is said.'),
  totalExactTo: limit(limits.totalExactTo, 'Above this, a total is not counted exactly.'),
  textMax: limit(limits.textMax, 'Characters of a text argument.'),
  listMax: limit(limits.listMax, 'Values of a list argument.'),
  lookupMax: limit(limits.lookupMax, 'Items of one lookup of places.'),
  lookupCandidatesMax: limit(
    limits.lookupCandidatesMax,
    'Candidates, or suggestions, of one item of a lookup.',
  ),
  lookupSimilarMax: limit(
    limits.lookupSimilarMax,
    'Items of a lookup for which nearly right names are looked for.',
  ),
  coverageCellsMax: limit(limits.coverageCellsMax, 'Cells of one coverage: its indicators times its years.'),
  cubeFiguresMax: limit(limits.cubeFiguresMax, 'Figures of one file of JSON-stat.'),
  cubeCellsMax: limit(limits.cubeCellsMax, 'Cells of one cube of JSON-stat, told or not.'),
  queryLengthMax: limit(limits.queryLengthMax, 'Characters of a GraphQL document.'),
  queryDepthMax: limit(limits.queryDepthMax, 'Levels of fields of a GraphQL operation.'),
  queryTokensMax: limit(limits.queryTokensMax, 'Tokens of a GraphQL document.'),
  queryAliasesMax: limit(limits.queryAliasesMax, 'Aliases of a GraphQL operation, its fragments opened.'),
  queryDirectivesMax: limit(
    limits.queryDirectivesMax,
    'Directives of a GraphQL operation, its fragments opened.',
  ),
  queryRootFieldsMax: limit(limits.queryRootFieldsMax, 'Fields of Query in a GraphQL operation.'),
  queryCostMax: limit(
    limits.queryCostMax,
    'Records that a GraphQL request may ask for, by the sizes of its pages; see docs/graphql.md.',
  ),
  batchMax: limit(limits.batchMax, 'GraphQL operations of one request.'),
  requestMsMax: limit(
    limits.requestMsMax,
    'Milliseconds after which a GraphQL request is given up, and what the database does for it cancelled.',
  ),
  bodyBytesMax: limit(limits.bodyBytesMax, 'Bytes of a request body.'),
  removedOperationSecondsMax: limit(
    limits.removedOperationSecondsMax,
    'Seconds for which a persisted operation may still be answered after it was removed.',
  ),
  socketsMax: limit(limits.socketsMax, 'WebSocket connections of a node.'),
  subscriptionsMax: limit(limits.subscriptionsMax, 'Subscriptions of a WebSocket connection at a time.'),
  messageBytesMax: limit(limits.messageBytesMax, 'Bytes of a message over a WebSocket.'),
  unsentBytesMax: limit(
    limits.unsentBytesMax,
    'Bytes that wait for a client that does not read its WebSocket, before it is cut off.',
  ),
  socketInitMs: limit(
    limits.socketInitMs,
    'Milliseconds in which a WebSocket connection has to send `connection_init`.',
  ),
  keepAliveMs: limit(limits.keepAliveMs, 'Milliseconds between two pings to a WebSocket connection.'),
  keepAliveAnswerMs: limit(
    limits.keepAliveAnswerMs,
    'Milliseconds in which a ping has to be answered, before the connection is cut off.',
  ),
});

export const Config = Shape('Config', 'What the service says of itself.', {
  version: Type.String({ description: 'Version of the program.' }),
  contractVersion: Type.String({ description: 'Version of the contract.' }),
  release: Nullable(Type.Integer({ description: 'The current release; null before the first.' })),
  today: Type.String({ ...DateOnly, description: 'The day that "in force today" means (Asia/Ho_Chi_Minh).' }),
  limits: Limits,
});
export type Config = Static<typeof Config>;
