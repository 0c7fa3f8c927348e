/** Persons: who is named, with the office as printed. */
import Type, { type Static } from 'typebox';
import { described, Id, Names, Nullable, Shape } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef } from './ref.ts';

export const Person = Shape('Person', 'A person whom a document names, with the office as printed.', {
  id: Id,
  name: Names,
  offices: Type.Array(Names, { description: 'The offices, as printed.' }),
  body: Nullable(described(BodyRef, 'The body in which the person holds the office.')),
  place: Nullable(described(PlaceRef, 'The place that the office is of.')),
  ...sourced,
});
export type Person = Static<typeof Person>;
