/** Facts: what every sourced record has in common, and any of them by its id. */
import Type, { type Static } from 'typebox';
import { Citation } from './citation.ts';
import { Flags, Id, Names, Note, Shape } from './common.ts';
import { RecordType } from './ref.ts';

/** The members that end every sourced record. */
export const sourced = {
  flags: Flags,
  note: Note,
  contradictions: Type.Array(Id, { description: 'Contradictions that the record is a side of.' }),
  citations: Type.Array(Citation, { description: 'Where the record is printed or enacted.' }),
};

export const Fact = Shape('Fact', 'What all sourced records have in common: the permanent address of one.', {
  id: Id,
  type: RecordType,
  name: Names,
  sinceRelease: Type.Integer({ minimum: 1, description: 'The release that brought the present state.' }),
  path: Type.String({ description: 'The REST address of the whole record.' }),
  ...sourced,
});
export type Fact = Static<typeof Fact>;
