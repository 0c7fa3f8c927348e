/** The crosswalk: which version of one day became which of a later one. */
import Type, { type Static } from 'typebox';
import { DateOnly, Id, Nullable, Shape } from './common.ts';
import { Coverage, LegalBasis, PlaceChangeKind, PlaceRef } from './place.ts';

export const CrosswalkStep = Shape('CrosswalkStep', 'A change on the way from one version to another.', {
  changeId: Id,
  kind: PlaceChangeKind,
  effectiveOn: DateOnly,
  enactedOn: Nullable(DateOnly),
  legalBasis: LegalBasis,
});
export type CrosswalkStep = Static<typeof CrosswalkStep>;

export const CrosswalkRow = Shape(
  'CrosswalkRow',
  'A version in force on the earlier day and one in force on the later day that it leads to.',
  {
    from: PlaceRef,
    to: Nullable(PlaceRef),
    coverage: Coverage,
    changes: Type.Array(CrosswalkStep, {
      description: 'The changes in between, in order; empty where it is the same version.',
    }),
  },
);
export type CrosswalkRow = Static<typeof CrosswalkRow>;
