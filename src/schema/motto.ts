/** Mottos: slogans, methods, movements and campaigns that have a name. */
import Type, { type Static } from 'typebox';
import { described, Id, Names, Nullable, Period, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, TaskRef, ThemeRef } from './ref.ts';

export const MottoKind = Words('MottoKind', 'What is named.', {
  slogan: 'A slogan, spirit or watchword.',
  method: 'A method or set of methods.',
  movement: 'A movement or emulation.',
  campaign: 'A campaign.',
  model: 'A model of work or government.',
});
export type MottoKind = Static<typeof MottoKind>;

export const Motto = Shape('Motto', 'A slogan, method, movement or campaign that is named.', {
  id: Id,
  kind: MottoKind,
  name: Names,
  announcedCount: Nullable(Type.Integer({ minimum: 1, description: 'How many items its name announces.' })),
  items: Type.Array(Names, { description: 'The items that are printed, which may be none.' }),
  body: Nullable(described(BodyRef, 'Who uses it.')),
  place: Nullable(described(PlaceRef, 'The place that it is for.')),
  period: Nullable(described(Period, 'The time in which it is used.')),
  theme: Nullable(described(ThemeRef, 'The theme that it belongs to.')),
  task: Nullable(described(TaskRef, 'The task that it belongs to.')),
  ...sourced,
});
export type Motto = Static<typeof Motto>;
