/** Indicators: what is measured. */
import Type, { type Static } from 'typebox';
import { described, Id, Names, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { IndicatorRef } from './ref.ts';

export const Direction = Words('Direction', 'Which way is better.', {
  up: 'More is better.',
  down: 'Less is better.',
  none: 'Neither.',
});
export type Direction = Static<typeof Direction>;

export const Indicator = Shape('Indicator', 'What is measured: definition, unit and how it may be used.', {
  id: Id,
  code: Type.String({ description: 'Lower_snake, stable.' }),
  name: Names,
  definition: described(Names, 'What exactly is counted or measured.'),
  unit: Type.String({ description: 'The unit of its values, lower_snake.' }),
  topic: Type.String({ description: 'The subject it belongs to, lower_snake.' }),
  direction: Direction,
  additive: Type.Boolean({ description: 'Whether values of disjoint territories may be summed.' }),
  possiblySameAs: Type.Array(IndicatorRef, { description: 'Indicators that sources may mean alike.' }),
  ...sourced,
});
export type Indicator = Static<typeof Indicator>;
