/** Looking places up: many codes or names at once, each answered by itself and never by a guess. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Names, Nullable, Shape, Words } from './common.ts';
import { limits } from './config.ts';
import { Notice } from './notice.ts';
import { Context, PlaceRef } from './place.ts';

export const LookupStatus = Words('LookupStatus', 'What became of an item.', {
  found: 'One place fits it.',
  ambiguous: 'Several places fit it; see candidates.',
  unknown: 'No place fits it; see suggestions.',
});
export type LookupStatus = Static<typeof LookupStatus>;

export const LookupReason = Words('LookupReason', 'Why an item was answered so, or a place suggested.', {
  leading_zeros: 'The code lacks its leading zeros.',
  iso_code: 'It is an ISO 3166-2 code; the codes here are those of the statistics office.',
  other_day: 'A place had this code or name on other days.',
  successor: 'It is what became of a place that had this code or name.',
  reused_code: 'The code was that of another place on other days.',
  elsewhere: 'A place has this code or name, but not where or of the level that is asked for.',
  other_type: 'A place has this name, but is a unit of another type.',
  similar: 'The name is nearly the same.',
});
export type LookupReason = Static<typeof LookupReason>;

const told = {
  place: PlaceRef,
  fullName: described(Names, 'The name with the type of the unit.'),
  context: Nullable(Context),
};

export const LookupCandidate = Shape(
  'LookupCandidate',
  'A place that fits an item, with what lies above it.',
  told,
);
export type LookupCandidate = Static<typeof LookupCandidate>;

export const LookupSuggestion = Shape('LookupSuggestion', 'A place that was perhaps meant.', {
  ...told,
  reason: LookupReason,
  code: Type.String({ description: 'The item that finds it: its code.' }),
  on: Nullable(
    Type.String({ ...DateOnly, description: 'The day to ask with; null: the day that was asked with.' }),
  ),
});
export type LookupSuggestion = Static<typeof LookupSuggestion>;

export const LookupAnswer = Shape('LookupAnswer', 'What one item was answered.', {
  query: Type.String({ description: 'The item, as it was sent.' }),
  status: LookupStatus,
  place: Nullable(
    described(PlaceRef, 'The place that the item names; null where it names none, or several.'),
  ),
  candidates: Type.Array(LookupCandidate, {
    description: `The places that fit an ambiguous item, by level and code; the first ${limits.lookupCandidatesMax} of them.`,
  }),
  candidateCount: Type.Integer({ description: 'How many places fit.' }),
  suggestions: Type.Array(LookupSuggestion, {
    description: `What was perhaps meant, at most ${limits.lookupCandidatesMax}; nearly right names are looked for for the first ${limits.lookupSimilarMax} items that have none.`,
  }),
  reason: Nullable(LookupReason),
  note: Nullable(Type.String({ description: 'The reason, for a person to read.' })),
});
export type LookupAnswer = Static<typeof LookupAnswer>;

export const Lookup = Shape('Lookup', 'The answers to all items, in their order.', {
  on: Nullable(
    Type.String({
      ...DateOnly,
      description: 'The day that the answers hold for; null: any day was asked for.',
    }),
  ),
  items: Type.Array(LookupAnswer, { description: 'One answer an item.' }),
  notice: Nullable(Notice),
});
export type Lookup = Static<typeof Lookup>;
