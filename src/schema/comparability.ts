/** Comparability: how far a figure holds for the territory that a place has on another day. */
import Type, { type Static } from 'typebox';
import { DateOnly, described, Id, Nullable, Shape, Words } from './common.ts';
import { Coverage, PlaceRef } from './place.ts';

export const ComparabilityKind = Words(
  'ComparabilityKind',
  'How the territory of a figure stands to that of a place on another day.',
  {
    same: 'The figure covers that territory, no more and no less.',
    exact_sum: 'The figure covers a part; the figures of all parts are known, and `value` is their sum.',
    part: 'The figure covers a part of that territory, and what the whole comes to is not known.',
    not_comparable: 'No place of that day can be set beside the figure.',
  },
);
export type ComparabilityKind = Static<typeof ComparabilityKind>;

export const ComparabilityReason = Words('ComparabilityReason', 'Why two territories compare as they do.', {
  place_version_unchanged: 'same: the version that the figure belongs to is in force on that day.',
  territory_unchanged: 'same: name, type, code or parent changed; the territory did not.',
  all_predecessors_reported:
    'exact_sum: every place that the territory was made of has the same kind of figure.',
  measure_not_additive: 'part: growth, ratios, shares and ranks are never added up.',
  indicator_not_additive: 'part: values of the indicator cannot be added up.',
  no_number: 'part: a finding without a number.',
  bound_not_exact: 'part: the figure is a bound or an approximation.',
  subset_of_another: 'part: the figure is an "of which" of another; what it counts elsewhere may differ.',
  figure_in_doubt: 'part: a flag or reading says that the printed figure may mean something else.',
  figures_in_contradiction: 'part: sources disagree about a figure that the sum would need.',
  predecessor_divided: 'part: another predecessor went in only with a part, whose figure nobody has.',
  predecessor_unknown: 'part: how much of another predecessor went in is not known.',
  predecessor_not_reported: 'part: another predecessor has no figure of the same kind and period.',
  predecessor_not_exact: 'part: the figure of another predecessor is a bound, a finding or in doubt.',
  sum_too_long: 'part: the sum has more digits than a figure may have.',
  part_of_predecessor: 'part: the place was made of a part of one that existed on that day.',
  place_divided: 'not_comparable: the place went in parts to others.',
  place_merged: 'not_comparable: the place was made of several that existed on that day.',
  lineage_unknown: 'not_comparable: what became of the place, or how much of it went where, is not known.',
  territory_before_place: 'not_comparable: what the place was on that day is not known.',
  place_version_assumed:
    'not_comparable: the figure is older than the oldest version known; what it covers is not known.',
});
export type ComparabilityReason = Static<typeof ComparabilityReason>;

export const ComparabilityInput = Shape(
  'ComparabilityInput',
  'A place that the territory was made of, and its figure.',
  {
    place: described(PlaceRef, 'A place that the territory was made of.'),
    coverage: described(Coverage, 'How much of it went into the territory.'),
    observation: Nullable(Type.String({ ...Id, description: 'The figure; null: none is known.' })),
    value: Nullable(Type.Number({ description: 'Its value, in the unit of the observation compared.' })),
  },
);
export type ComparabilityInput = Static<typeof ComparabilityInput>;

export const Comparability = Shape(
  'Comparability',
  'How an observation compares with a place as it is on the day asked for by `territory`. Nothing is summed silently.',
  {
    territory: Type.String({ ...DateOnly, description: 'The day whose territory is meant.' }),
    kind: ComparabilityKind,
    place: Nullable(
      described(
        PlaceRef,
        'The place that has the territory on that day; null where none can be set beside the figure.',
      ),
    ),
    value: Nullable(
      Type.Number({
        description: 'The sum, of an exact_sum; else null: of `same`, the observation says it itself.',
      }),
    ),
    unit: Nullable(Type.String({ description: 'The unit of `value`; null where that is null.' })),
    formula: Nullable(
      Type.String({ description: 'The codes of the places that were added up, such as `35 + 36 + 37`.' }),
    ),
    inputs: Type.Array(ComparabilityInput, {
      description: 'What was added up, or what is there and what is missing; by code.',
    }),
    reason: ComparabilityReason,
    text: Type.String({ description: 'The reason in words, for a person to read.' }),
  },
);
export type Comparability = Static<typeof Comparability>;
