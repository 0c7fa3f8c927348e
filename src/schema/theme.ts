/** Themes: the guiding motto of a body for a year or an event. */
import Type, { type Static } from 'typebox';
import { Id, Names, Nullable, Period, Shape } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, EventRef, InstrumentRef } from './ref.ts';

export const Theme = Shape('Theme', 'The guiding motto of a body for a year or an event.', {
  id: Id,
  name: Names,
  elements: Type.Array(Names, { description: 'Its elements, in the printed order.' }),
  body: Nullable(BodyRef),
  place: Nullable(PlaceRef),
  period: Nullable(Period),
  event: Nullable(EventRef),
  instrument: Nullable(InstrumentRef),
  ...sourced,
});
export type Theme = Static<typeof Theme>;
