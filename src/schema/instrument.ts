/** Instruments: what tasks and themes rest on. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, InstrumentRef } from './ref.ts';

export const InstrumentKind = Words('InstrumentKind', 'The kind of instrument.', {
  resolution: 'A resolution.',
  congress_term: 'A congress and the term it opens.',
  action_programme: 'An action programme.',
  plan: 'A plan.',
  programme: 'A programme or target programme.',
  project: 'A scheme or project.',
  directive: 'A directive.',
  conclusion: 'A conclusion or notice.',
  law: 'A law, decree or circular.',
  criteria: 'A set of criteria or standards.',
  other: 'Any other instrument.',
});
export type InstrumentKind = Static<typeof InstrumentKind>;

export const Instrument = Shape('Instrument', 'A resolution, plan, programme or congress term.', {
  id: Id,
  kind: InstrumentKind,
  number: Nullable(Type.String({ description: 'The official number, as printed.' })),
  name: Names,
  body: Nullable(described(BodyRef, 'Who issued it.')),
  place: Nullable(described(PlaceRef, 'The place that it is for.')),
  issuedOn: Nullable(described(DateOnly, 'The day on which it was issued.')),
  period: Nullable(described(Period, 'The time that it covers.')),
  implements: Nullable(described(InstrumentRef, 'The instrument that it carries out.')),
  ...sourced,
});
export type Instrument = Static<typeof Instrument>;
