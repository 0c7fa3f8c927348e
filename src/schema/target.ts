/** Targets: what was set out to be reached, and what came of it, by a rule that is named and shown. */
import Type, { type Static } from 'typebox';
import { Comparator, described, Id, Nullable, Shape, Words } from './common.ts';
import { Direction } from './indicator.ts';
import { Observation, Scenario } from './observation.ts';

export const TargetKind = Words('TargetKind', 'How a target is known.', {
  set: 'It is printed.',
  plan: 'It is not printed: a share of it is, which the record states.',
});
export type TargetKind = Static<typeof TargetKind>;

export const TargetStatus = Words('TargetStatus', 'What came of a target.', {
  met: 'The result is what was set out, and not known to be beyond it.',
  exceeded: 'The result is strictly beyond the target, on the better side.',
  missed: 'The result is not what was set out.',
  undecided: 'There is a result, and it cannot tell.',
  in_progress: 'The period is not over, or no more than its beginning is reported.',
  no_result: 'The period is over, and nothing that comes near is reported.',
  not_comparable: 'Something near is reported, and cannot be set beside the target.',
});
export type TargetStatus = Static<typeof TargetStatus>;

export const TargetRule = Words('TargetRule', 'The rule that gives a target its status.', {
  at_least: 'exceeded, met or missed: at least the figure, as printed or because more is better.',
  at_most: 'exceeded, met or missed: at most the figure, as printed or because less is better.',
  exactly: 'met or missed: the figure itself, where neither more nor less is better.',
  open_bound:
    'met or missed: more than or under the figure; all that is reached is beyond it, so that it is never exceeded.',
  bound_decides: 'exceeded, met or missed: the result is a bound, and all that it allows is on one side.',
  bound_cannot_tell: 'undecided: the result is a bound, and what it allows is on both sides.',
  approximate_target:
    'exceeded or met: the target is "about" a figure, and the result is that one or better.',
  approximate_figure:
    'undecided: the result is "about" a figure, or the target is and the result falls short of it.',
  finding_matches: 'met: a finding without a number says that it was reached.',
  finding_without_number:
    'undecided: one of the two is a finding without a number, which does not say that it was reached.',
  trend_matches: 'met: the direction reported is the one set out.',
  trend_differs: 'missed: the direction reported is another than the one set out.',
  period_inferred:
    'undecided: the period of neither is printed beside it, so that nothing says that the one came of the other.',
  plan_share_reached: 'exceeded or met: the share reported is the whole plan, or better.',
  plan_share_missed:
    'missed: the share reported, of the whole period of the plan, is on the worse side of the whole plan.',
  no_better_side:
    'undecided: the share reported is not the whole plan, and of the indicator neither more nor less is better.',
  plan_not_over:
    'in_progress: the share reported is of a part of the period of the plan, or that is not printed, and may still change the outcome.',
  sources_disagree: 'undecided: results that weigh alike lead to different statuses.',
  partial_period_reported: 'in_progress: a figure of the same kind covers the beginning of the period.',
  period_not_over: 'in_progress: the period ends today or later, and no result is reported.',
  territory_differs: 'not_comparable: the figure is of the place with another territory.',
  unit_suspect: 'not_comparable: the unit or the value of one of the two is probably printed wrong.',
  unit_differs: 'not_comparable: the figure has another unit.',
  basis_differs: 'not_comparable: the figure is measured against something else.',
  scope_differs: 'not_comparable: the figure covers more, less or something else of the place.',
  dimensions_differ: 'not_comparable: the figure is of another sex, tier, aspect or the like.',
  period_differs: 'not_comparable: the figure is of another period, which overlaps.',
  measure_differs: 'not_comparable: another measure of the indicator is reported.',
  nothing_reported: 'no_result: the period is over, and nothing that comes near is reported.',
});
export type TargetRule = Static<typeof TargetRule>;

export const TargetRole = Words('TargetRole', 'What an observation was used as.', {
  target: 'What was set out.',
  result: 'The result; of several that weigh alike, each.',
  progress: 'What was reached in a part of the period.',
  near_match: 'What differs from a result in one thing.',
  quantity: 'What the plan share is a share of the plan with: the value reached.',
});
export type TargetRole = Static<typeof TargetRole>;

const text = (description: string) => Nullable(Type.String({ description }));
const { scenario, comparator, value, valueCode, trend, unit, numerator, denominator, period, place } =
  Observation.properties;

export const TargetInput = Shape('TargetInput', 'An observation that the rule was applied to.', {
  observation: Type.String({ ...Id, description: 'The observation.' }),
  role: TargetRole,
  scenario,
  comparator,
  value,
  valueCode,
  trend,
  unit,
  numerator,
  denominator,
  period,
  place,
});
export type TargetInput = Static<typeof TargetInput>;

export const ImpliedPlan = Shape(
  'ImpliedPlan',
  'The plan that a value and its share of the plan come to. It is printed nowhere.',
  {
    computed: Type.Literal(true, { description: 'Always true: it is computed, and no source states it.' }),
    comparator: described(Comparator, 'How the plan is qualified, as its inputs are.'),
    value: Type.Number({
      description:
        'The plan, in `unit`. Where the division has no end it is rounded: a bound so that it stays true, else it is `approx`.',
    }),
    unit: Type.String({ description: 'The unit of the value.' }),
    formula: Type.String({ description: 'How it was computed, such as `2200 / 96 %`.' }),
    inputs: Type.Array(TargetInput, { description: 'The value and the share.' }),
  },
);
export type ImpliedPlan = Static<typeof ImpliedPlan>;

export const TargetResult = Shape('TargetResult', 'What came of a target.', {
  status: TargetStatus,
  rule: TargetRule,
  text: Type.String({ description: 'The rule as it was applied, in words, for a person to read.' }),
  formula: text(
    'The figures put in, such as `7.27 < 7.5`; of a bound `≥ 95, wanted > 90`; null without figures.',
  ),
  observation: Nullable(
    Type.String({ ...Id, description: 'The result; null where there is none, or several that disagree.' }),
  ),
  scenario: Nullable(described(Scenario, 'Of the result: an estimate is not yet an actual.')),
  gap: Nullable(
    Type.Number({
      description:
        'Result minus target, exact; negative: less was reached. Null of bounds and approximations of the result, of findings, and where it has no end.',
    }),
  ),
  gapUnit: text('The unit of `gap`: that of the figures; of shares `percent`, which are percentage points.'),
  inputs: Type.Array(TargetInput, {
    description: 'What the rule was applied to; of near matches the nearest, three at most.',
  }),
  impliedPlan: Nullable(ImpliedPlan),
});
export type TargetResult = Static<typeof TargetResult>;

const { id, comparability: _, ...members } = Observation.properties;

export const Target = Shape(
  'Target',
  'A target with what came of it. Its id is that of the observation that states it.',
  {
    id,
    kind: TargetKind,
    direction: described(
      Direction,
      'Which way is better: as the indicator says; of a rank down, of places gained up.',
    ),
    ...members,
    result: TargetResult,
  },
);
export type Target = Static<typeof Target>;
