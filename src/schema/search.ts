/** Search: anything that has a name, as people type it. */
import type { Static } from 'typebox';
import { Id, Names, Nullable, Shape, Words } from './common.ts';
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
  type: RecordType,
  name: Names,
  place: Nullable(PlaceRef),
  match: Match,
  context: Nullable(Context),
});
export type Hit = Static<typeof Hit>;
