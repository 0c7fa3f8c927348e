/** Changes: what each release did to each record, the feed that a copy of the data is kept up to date with. */
import Type, { type Static } from 'typebox';
import { DateOnly, Id, Instant, Nullable, Shape, Words } from './common.ts';
import { recordTypes } from './ref.ts';

export const ChangeReason = Words('ChangeReason', 'What a release did to a record.', {
  new: 'It was not there before: it is new, or came back.',
  revised: 'It has a new state, because what it rests on was read anew or changed.',
  corrected: 'It has a new state, because a named correction says so.',
  merged: 'It ended, because a named correction says that another record is the same thing.',
  withdrawn: 'It ended.',
});
export type ChangeReason = Static<typeof ChangeReason>;

/** Records, what they are read from, what proves them, and what corrects them. */
export const changedTypes = [...recordTypes, 'document', 'dataset', 'citation', 'correction'] as const;
export const ChangedType = Type.Enum([...changedTypes], {
  title: 'ChangedType',
  description: 'What a release can change: the part of an id before the colon.',
  'x-words': Object.fromEntries(changedTypes.map((type) => [type, `A ${type.replace('_', ' ')}.`])),
});
export type ChangedType = Static<typeof ChangedType>;

/** What a named correction does to a record. */
export const CorrectionKind = Words('CorrectionKind', 'What a correction does.', {
  set: 'It gives members another value.',
  merge: 'It says that the record is the same thing as another one.',
  withdraw: 'It takes the record back.',
});
export type CorrectionKind = Static<typeof CorrectionKind>;

/** A value of any type, by the name of the member that it belongs to; GraphQL knows it as the scalar `JSON`. */
export const Members = Type.Record(Type.String(), Type.Any(), {
  title: 'JSON',
  description: 'Members of a record by their names, of any type.',
});
export type Members = Static<typeof Members>;
const members = (description: string) => Type.Unsafe<Members>({ ...Members, description });

export const Correction = Shape('Correction', 'Why a record is not what its source was first read as.', {
  id: Id,
  kind: CorrectionKind,
  fact: Type.String({ ...Id, description: 'The record that it corrects.' }),
  expected: {
    ...Members,
    description: 'What the record said before: if it says otherwise, nothing is corrected.',
  },
  corrected: { ...Members, description: 'What it says now; {} where the record ended.' },
  mergedInto: Nullable(Type.String({ ...Id, description: 'The record that is the same thing.' })),
  reason: Type.String({ description: 'Why.' }),
  date: Type.String({ ...DateOnly, description: 'The day on which it was decided.' }),
});
export type Correction = Static<typeof Correction>;

export const Change = Shape('Change', 'What a release did to a record.', {
  release: Type.Integer({ minimum: 1, description: 'The release.' }),
  madeAt: Instant,
  record: Type.String({
    ...Id,
    description: 'The record, which may be a citation, a document or a correction.',
  }),
  type: ChangedType,
  reason: ChangeReason,
  correction: Nullable(Correction),
  state: Nullable(
    members(
      'What the record is after the release, its references as ids, with the links that belong to it; null: it ended.',
    ),
  ),
});
export type Change = Static<typeof Change>;
