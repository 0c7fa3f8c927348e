/** Persons: who is named, with the office as printed. */
import Type, { type Static } from 'typebox';
import { Id, Names, Nullable, Shape } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef } from './ref.ts';

export const Person = Shape('Person', 'A person whom a document names, with the office as printed.', {
  id: Id,
  name: Names,
  offices: Type.Array(Names, { description: 'The offices, as printed.' }),
  body: Nullable(BodyRef),
  place: Nullable(PlaceRef),
  ...sourced,
});
export type Person = Static<typeof Person>;
