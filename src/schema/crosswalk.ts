/** The crosswalk: which version of one day became which of a later one. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Nullable, Shape } from './common.ts';
import { Coverage, LegalBasis, PlaceChangeKind, PlaceRef } from './place.ts';

export const CrosswalkStep = Shape('CrosswalkStep', 'A change on the way from one version to another.', {
  changeId: described(Id, 'Id of the change.'),
  kind: PlaceChangeKind,
  effectiveOn: described(DateOnly, 'The day on which it came into force.'),
  enactedOn: Nullable(described(DateOnly, 'The day on which it was enacted, where known.')),
  legalBasis: LegalBasis,
});
export type CrosswalkStep = Static<typeof CrosswalkStep>;

export const CrosswalkRow = Shape(
  'CrosswalkRow',
  'A version in force on the earlier day and one in force on the later day that it leads to.',
  {
    from: described(PlaceRef, 'The version on the earlier day.'),
    to: Nullable(described(PlaceRef, 'The version on the later day; null where no source names it.')),
    coverage: described(Coverage, 'How much of the one went into the other, by the worst change on the way.'),
    changes: Type.Array(CrosswalkStep, {
      description: 'The changes in between, in order; empty where it is the same version.',
    }),
  },
);
export type CrosswalkRow = Static<typeof CrosswalkRow>;
