/** Bodies: organisations that issue, do or support. */
import Type, { type Static } from 'typebox';
import { Alias, described, Id, Names, Nullable, Shape, Words } from './common.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef } from './ref.ts';

export const BodyKind = Words('BodyKind', 'The kind of organisation.', {
  party_committee: 'A Party committee.',
  executive_committee: 'The executive committee of a Party organisation.',
  standing_committee: 'The standing committee of a Party committee.',
  party_department: 'A department of a Party committee.',
  party_organisation: 'Any other Party organisation, such as a cell.',
  peoples_committee: "A people's committee.",
  peoples_council: "A people's council.",
  government: 'A government, or the authorities of a place as a whole.',
  department: 'A department, branch or office of the administration.',
  front: 'The Fatherland Front.',
  mass_organisation: 'A socio-political or mass organisation.',
  steering_committee: 'A steering committee, board or team.',
  congress: 'A congress.',
  group: 'A group of bodies that is named only together, such as all levels and sectors.',
  other: 'Any other organisation.',
});
export type BodyKind = Static<typeof BodyKind>;

export const Body = Shape('Body', 'An organisation that issues, does or supports.', {
  id: Id,
  kind: BodyKind,
  name: Names,
  aliases: Type.Array(Alias, { description: 'Renderings that sources print.' }),
  place: Nullable(described(PlaceRef, 'The place that it is of.')),
  parent: Nullable(described(BodyRef, 'The body above it.')),
  ...sourced,
});
export type Body = Static<typeof Body>;
