/** Events: conferences, campaigns and awards with their dates. */
import type { Static } from 'typebox';
import { described, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, InstrumentRef } from './ref.ts';

export const EventKind = Words('EventKind', 'The kind of event.', {
  conference: 'A conference, congress or meeting.',
  campaign: 'A campaign with a beginning and an end.',
  contest: 'A contest.',
  ceremony: 'A ceremony, festival or commemoration.',
  award: 'The giving of an award or recognition.',
  inspection: 'An inspection, survey or supervision.',
  other: 'Any other event.',
});
export type EventKind = Static<typeof EventKind>;

export const Event = Shape('Event', 'Something that was held or will be, with its dates as far as printed.', {
  id: Id,
  kind: EventKind,
  name: Names,
  body: Nullable(described(BodyRef, 'Who organised it.')),
  place: Nullable(described(PlaceRef, 'The place that it is of.')),
  period: Nullable(described(Period, 'When it was held.')),
  instrument: Nullable(described(InstrumentRef, 'What it rests on.')),
  ...sourced,
});
export type Event = Static<typeof Event>;
