/** Themes: the guiding motto of a body for a year or an event. */
import Type, { type Static } from 'typebox';
import { described, Id, Names, Nullable, Period, Shape } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, EventRef, InstrumentRef } from './ref.ts';

export const Theme = Shape('Theme', 'The guiding motto of a body for a year or an event.', {
  id: Id,
  name: Names,
  elements: Type.Array(Names, { description: 'Its elements, in the printed order.' }),
  body: Nullable(described(BodyRef, 'Who issued it.')),
  place: Nullable(described(PlaceRef, 'The place that it is for.')),
  period: Nullable(described(Period, 'The year or time that it guides.')),
  event: Nullable(described(EventRef, 'The event that it was given for.')),
  instrument: Nullable(described(InstrumentRef, 'What it rests on.')),
  ...sourced,
});
export type Theme = Static<typeof Theme>;
