/** Instruments: what tasks and themes rest on. */
import Type, { type Static } from 'typebox';
import { DateOnly, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
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
  body: Nullable(BodyRef),
  place: Nullable(PlaceRef),
  issuedOn: Nullable(DateOnly),
  period: Nullable(Period),
  implements: Nullable(InstrumentRef),
  ...sourced,
});
export type Instrument = Static<typeof Instrument>;
