/** Facts: what every sourced record has in common, and any of them by its id. */
import Type, { type Static } from 'typebox';
import { Change, Correction } from './change.ts';
import { Citation } from './citation.ts';
import { described, Flags, Id, Names, Note, Nullable, Shape, Words } from './common.ts';
import { RecordType } from './ref.ts';

/** The members that end every sourced record. */
export const sourced = {
  flags: Flags,
  note: Note,
  contradictions: Type.Array(Id, { description: 'Contradictions that the record is a side of.' }),
  citations: Type.Array(Citation, { description: 'Where the record is printed or enacted.' }),
};

export const FactStatus = Words('FactStatus', 'Whether a record still stands.', {
  current: 'It stands.',
  merged: 'It ended: another record is the same thing, see mergedInto.',
  withdrawn: 'It ended.',
});
export type FactStatus = Static<typeof FactStatus>;

export const Fact = Shape(
  'Fact',
  'What all sourced records have in common: the permanent address of one, which answers for one that ended as well.',
  {
    id: Id,
    type: RecordType,
    name: described(Names, 'What it is called, or what it states.'),
    status: FactStatus,
    mergedInto: Nullable(Type.String({ ...Id, description: 'The record that is the same thing.' })),
    sinceRelease: Type.Integer({
      minimum: 1,
      description: 'The release that brought the present state, or the last one.',
    }),
    path: Type.String({
      description: 'The REST address of the whole record; of one that ended, as it was last.',
    }),
    citeAs: Type.String({
      description: 'A citation, ready to paste: what is said, where it is printed, release and address.',
    }),
    corrections: Type.Array(Correction, { description: 'The corrections that hold for it.' }),
    history: Type.Array(Change, { description: 'All its states, oldest first, and its end.' }),
    ...sourced,
  },
);
export type Fact = Static<typeof Fact>;
