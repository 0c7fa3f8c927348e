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
  queryLengthMax: 20_000,
  queryDepthMax: 14,
  queryTokensMax: 2_000,
  bodyBytesMax: 262_144,
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
  queryLengthMax: limit(limits.queryLengthMax, 'Characters of a GraphQL document.'),
  queryDepthMax: limit(limits.queryDepthMax, 'Depth of a GraphQL document.'),
  queryTokensMax: limit(limits.queryTokensMax, 'Tokens of a GraphQL document.'),
  bodyBytesMax: limit(limits.bodyBytesMax, 'Bytes of a request body.'),
});

export const Config = Shape('Config', 'What the service says of itself.', {
  version: Type.String({ description: 'Version of the program.' }),
  contractVersion: Type.String({ description: 'Version of the contract.' }),
  release: Nullable(Type.Integer({ description: 'The current release; null before the first.' })),
  today: Type.String({ ...DateOnly, description: 'The day that "in force today" means (Asia/Ho_Chi_Minh).' }),
  limits: Limits,
});
export type Config = Static<typeof Config>;
