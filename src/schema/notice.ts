/** Notices: why a list is empty or surprising, and what to ask instead. */
import Type, { type Static } from 'typebox';
import { DateOnly, Nullable, Shape, Words } from './common.ts';

export const NoticeCode = Words('NoticeCode', 'Why a list is empty or surprising.', {
  districts_ended: 'Districts ended on 2025-07-01; ask with an earlier `on`.',
  unknown_place: 'No place has this id, or this level and code.',
  before_first_snapshot:
    'The day is before the first list of places that is known; the oldest known versions are told.',
  future_day: 'The day is still to come; what is known today is told.',
  nothing_changed: 'No place of the level changed between the two days.',
  nothing_new: 'There is no later release than the one asked with.',
  unknown_indicator: 'No indicator has this code.',
  publication_unknown: 'Records are left out because none of their sources says when it was published.',
  nothing_known: 'No figure is known of the place in any year.',
  nothing_fits: 'Nothing fits all the arguments together.',
});
export type NoticeCode = Static<typeof NoticeCode>;

export const Notice = Shape('Notice', 'Why a list is empty or surprising, and what to try.', {
  code: NoticeCode,
  text: Type.String({ description: 'For a person to read.' }),
  since: Nullable(DateOnly),
  try: Nullable(Type.String({ description: 'An argument that gives an answer, such as `on=2025-06-30`.' })),
});
export type Notice = Static<typeof Notice>;
