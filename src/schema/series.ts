/** Series: one indicator, measure and place as points in time, across versions of the place and documents. */
import Type, { type Static } from 'typebox';
import { Comparator, described, Id, Nullable, Shape, Words } from './common.ts';
import { BasisKind, Dimensions, Measure, Observation } from './observation.ts';
import { PlaceRef } from './place.ts';
import { IndicatorRef } from './ref.ts';

export const SeriesInclude = Words('SeriesInclude', 'What a series holds besides the reported figures.', {
  possibly_same_as: 'Figures of indicators that may be the same, marked by possiblySame.',
  residuals: 'What lies between two cumulative figures of a year, computed.',
});
export type SeriesInclude = Static<typeof SeriesInclude>;

export const PointKind = Words('PointKind', 'Whether a point of a series was reported or computed.', {
  reported: 'An observation, as reported.',
  residual: 'The difference of two cumulative figures of a year: computed here, reported by nobody.',
});
export type PointKind = Static<typeof PointKind>;

export const BreakKind = Words('BreakKind', 'In what a point differs from the point before it.', {
  territory: 'The place has other territory, or it is not known whether it has.',
  definition:
    'Something else may be measured: another indicator, another body that reports, another plan or distance of the base, or a flag on one of the two that leaves open what was measured.',
  scope: 'What the figure covers within the place differs, or is not fully printed for one of the two.',
});
export type BreakKind = Static<typeof BreakKind>;

export const SeriesBreak = Shape(
  'SeriesBreak',
  'Why a point cannot simply be set beside the one before it, of the same kind of period.',
  {
    kind: BreakKind,
    since: Type.String({ ...Id, description: 'The observation of the point before.' }),
    text: Type.String({ description: 'The reason, for a person to read.' }),
  },
);
export type SeriesBreak = Static<typeof SeriesBreak>;

export const ResidualObstacle = Words('ResidualObstacle', 'Why a residual has no value.', {
  figures_in_contradiction: 'Sources disagree about one of the two figures, or do not say the same of it.',
  no_number: 'One of the two is a finding without a number.',
  subset_of_another: 'One of the two is an "of which" of another figure.',
  figure_in_doubt: 'A flag or reading says that one of the two may mean something else.',
  territory_changed: 'The two are of different territory.',
  definition_changed: 'The two may measure different things; see breaks of definition.',
  bound_not_exact: 'Of a bound or an approximation the difference is not even a bound.',
  difference_too_long: 'The difference has more digits than a figure may have.',
});
export type ResidualObstacle = Static<typeof ResidualObstacle>;

const { indicator, place, period, scenario, valueCode, trend, numerator, denominator, outOf, basis } =
  Observation.properties;
const { issuer, scope, dataset, flags, contradictions, comparability } = Observation.properties;

export const SeriesPoint = Shape('SeriesPoint', 'One figure of a series. Nothing is summed.', {
  kind: PointKind,
  observation: Nullable(Type.String({ ...Id, description: 'The observation; null for a residual.' })),
  indicator,
  possiblySame: Type.Boolean({
    description: 'Whether it is of another indicator, which sources may mean alike.',
  }),
  place,
  period,
  scenario,
  comparator: Nullable(
    described(Comparator, 'How the figure is qualified; null for a residual without a value.'),
  ),
  value: Nullable(
    Type.Number({
      description: 'The figure, in the unit of the series; null for a finding or residual without a number.',
    }),
  ),
  valueCode,
  trend,
  numerator,
  denominator,
  outOf,
  basis,
  issuer,
  scope,
  dataset,
  flags,
  contradictions,
  comparability,
  breaks: Type.Array(SeriesBreak, {
    description:
      'Against the point before it of the same kind of period, targets and outcomes apart; none against a residual.',
  }),
  formula: Nullable(Type.String({ description: 'Of a residual with a value, such as `10491 − 7476.9`.' })),
  inputs: Type.Array(Id, { description: 'Of a residual, its observations: the later, then the earlier.' }),
  obstacle: Nullable(ResidualObstacle),
});
export type SeriesPoint = Static<typeof SeriesPoint>;

export const Series = Shape(
  'Series',
  'The figures of one indicator, measure and place that have dimensions, unit and kind of basis in common.',
  {
    indicator: described(IndicatorRef, 'What is measured.'),
    place: described(PlaceRef, 'The place in the version of today, or its last; each point has its own.'),
    measure: described(Measure, 'Which quantity of it.'),
    unit: Type.String({ description: 'The unit of all its values.' }),
    dimensions: Dimensions,
    basisKind: Nullable(BasisKind),
    points: Type.Array(SeriesPoint, {
      description: 'In order of time: by end of the period, start, scenario, id.',
    }),
  },
);
export type Series = Static<typeof Series>;
