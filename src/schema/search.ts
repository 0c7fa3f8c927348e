/** Search: anything that has a name, as people type it. */
import type { Static } from 'typebox';
import { described, Id, Names, Nullable, Shape, Words } from './common.ts';
import { Context, PlaceRef } from './place.ts';
import { RecordType } from './ref.ts';

export const Match = Words('Match', 'How the text fits, best first.', {
  exact: 'A whole name or code.',
  prefix: 'The beginning of a name or code.',
  word: 'The beginning of a word of a name.',
  part: 'Somewhere in the text.',
});
export type Match = Static<typeof Match>;

export const Hit = Shape('Hit', 'A record that a search found.', {
  id: Id,
  type: described(RecordType, 'What was found: the part of its id before the colon.'),
  name: described(Names, 'The name that it goes by.'),
  place: Nullable(described(PlaceRef, 'The place that it is of; of a place, itself.')),
  match: Match,
  context: Nullable(Context),
});
export type Hit = Static<typeof Hit>;
