/** Contradictions: records about one thing that cannot all be true. */
import Type, { type Static } from 'typebox';
import { Citation } from './citation.ts';
import { described, Flags, Id, Names, Note, Shape, Words } from './common.ts';
import { FactRef } from './ref.ts';

export const ContradictionKind = Words('ContradictionKind', 'In what the sides differ.', {
  value: 'The value.',
  rank: 'The rank.',
  base: 'The base of comparison.',
  unit: 'The unit.',
  date: 'The date or period.',
  count: 'A count: announced or told elsewhere, and what is listed.',
  name: 'The name or identity of what is meant.',
});
export type ContradictionKind = Static<typeof ContradictionKind>;

export const Side = Shape('Side', 'One of the records that contradict each other.', {
  fact: described(FactRef, 'The record.'),
  states: Type.String({ description: 'What this side says, in short.' }),
});
export type Side = Static<typeof Side>;

export const Contradiction = Shape(
  'Contradiction',
  'Two or more records about one thing that cannot all be true. None is silently picked.',
  {
    id: Id,
    kind: ContradictionKind,
    name: described(Names, 'What it is about.'),
    sides: Type.Array(Side, { description: 'The records, at least two.' }),
    outsideEvidence: Type.Array(Type.String(), { description: 'What other sources say.' }),
    flags: Flags,
    note: Note,
    citations: Type.Array(Citation, {
      description: "The contradiction's own citations, beside those of its sides.",
    }),
  },
);
export type Contradiction = Static<typeof Contradiction>;
