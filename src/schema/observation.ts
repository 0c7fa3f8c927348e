/** Observations: one reported figure or finding each. */
import Type, { type Static } from 'typebox';
import { Comparator, DateOnly, described, Id, Nullable, Period, Shape, Words } from './common.ts';
import { Comparability } from './comparability.ts';
import { sourced } from './fact.ts';
import { PlaceRef } from './place.ts';
import { BodyRef, IndicatorRef } from './ref.ts';

export const Measure = Words('Measure', 'Which quantity of the indicator is given.', {
  value: 'The value itself.',
  growth: 'The change against the basis, in per cent.',
  level_ratio: 'A share or multiple of the level of an earlier period.',
  plan_share: 'A share of a plan.',
  rank: 'A rank, with outOf where printed.',
  rank_change: 'Places gained in a ranking; positive is better.',
  share: 'A share of a whole; a printed fraction has numerator and denominator.',
});
export type Measure = Static<typeof Measure>;

export const Scenario = Words('Scenario', 'What kind of statement the figure is.', {
  actual: 'A result.',
  preliminary: 'A preliminary result.',
  estimate: 'An estimate.',
  target: 'A target.',
});
export type Scenario = Static<typeof Scenario>;

export const Trend = Words('Trend', 'A direction reported without a number.', {
  up: 'Rose or improved.',
  down: 'Fell or worsened.',
  none: 'Unchanged.',
});
export type Trend = Static<typeof Trend>;

export const BasisKind = Words('BasisKind', 'Against what a growth, ratio or plan share is measured.', {
  earlier_period: 'The same quantity in an earlier period.',
  plan: 'A plan.',
  budget_estimate: 'A budget estimate.',
});
export type BasisKind = Static<typeof BasisKind>;

export const Basis = Shape('Basis', 'Against what a figure is measured, and whose plan it was.', {
  kind: BasisKind,
  start: Nullable(described(DateOnly, 'First day of the earlier period; null where there is none.')),
  end: Nullable(described(DateOnly, 'Last day of the earlier period; null where there is none.')),
  issuer: Nullable(described(BodyRef, 'Whose plan or estimate it was.')),
});
export type Basis = Static<typeof Basis>;

export const Reading = Shape('Reading', 'What is printed but cannot be right, beside the probable reading.', {
  field: Type.String({ description: 'The field of the observation.' }),
  printed: Type.String({ description: 'What is printed.' }),
  probable: Nullable(Type.String({ description: 'The probable reading.' })),
  reason: Type.String({ description: 'Why.' }),
});
export type Reading = Static<typeof Reading>;

/** A small map; GraphQL knows it as the scalar `StringMap`. */
export const Dimensions = Type.Record(
  Type.String({ pattern: '^[a-z][a-z0-9_]*$' }),
  Type.String({ pattern: '^[a-z0-9][a-z0-9_]*$' }),
  {
    title: 'StringMap',
    description: 'Further dimensions of the figure, such as sex or tier; {} by default.',
  },
);
export type Dimensions = Static<typeof Dimensions>;

const figure = (description: string) => Nullable(Type.Number({ description }));

export const Observation = Shape('Observation', 'One reported figure or finding.', {
  id: Id,
  indicator: described(IndicatorRef, 'What is measured.'),
  place: described(PlaceRef, 'The version of the place that the figure was reported for.'),
  period: described(Period, 'The time that the figure is of.'),
  measure: Measure,
  scenario: Scenario,
  comparator: described(Comparator, 'How the figure is qualified.'),
  value: figure('The figure, in `unit`; null for a finding without a number.'),
  valueCode: Nullable(Type.String({ description: 'The finding without a number, lower_snake.' })),
  trend: Nullable(Trend),
  unit: Type.String({ description: "The figure's own unit." }),
  numerator: figure('Numerator of a printed fraction.'),
  denominator: figure('Denominator of a printed fraction.'),
  outOf: figure('Out of how many a rank is.'),
  basis: Nullable(Basis),
  issuer: Nullable(described(BodyRef, 'Who set or reported it.')),
  scope: Nullable(Type.String({ description: 'What the figure covers, where it is less than the place.' })),
  dataset: Nullable(described(Id, 'The imported table that it stands in; null where a document says it.')),
  dimensions: Dimensions,
  subsetOf: Nullable(described(Id, 'The observation that it is an "of which" of.')),
  readings: Type.Array(Reading, { description: 'Printed forms that cannot be right.' }),
  comparability: Nullable(Comparability),
  ...sourced,
});
export type Observation = Static<typeof Observation>;
