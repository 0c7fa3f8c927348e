/** Releases: numbered states of the data. */
import Type, { type Static } from 'typebox';
import { Id, Instant, Note, Shape } from './common.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const Changes = Shape('Changes', 'How many records a release changed.', {
  added: count('New records.'),
  revised: count('Records with a new state.'),
  corrected: count('Records with a new state that a named correction made.'),
  withdrawn: count('Records that ended, those that were merged into others included.'),
});
export type Changes = Static<typeof Changes>;

export const TypeChanges = Shape('TypeChanges', 'How many records of one type a release changed.', {
  type: Type.String({ description: 'The type: the part of an id before the colon.' }),
  ...Changes.properties,
});
export type TypeChanges = Static<typeof TypeChanges>;

export const Release = Shape('Release', 'A numbered, content-hashed state of the data.', {
  id: Type.String({ ...Id, description: 'A global id, `release:number`.' }),
  number: Type.Integer({ minimum: 1, description: 'Counts from 1, without gaps.' }),
  createdAt: Instant,
  hash: Type.String({ description: 'SHA-256 over all current states.' }),
  counts: Changes,
  byType: Type.Array(TypeChanges, { description: 'The same by type, types without a change left out.' }),
  note: Note,
});
export type Release = Static<typeof Release>;
