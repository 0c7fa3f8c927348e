/** Invented targets, one for each rule and more, each with an indicator of its own; and the seed file that has them. */

type Fields = Record<string, unknown>;

export interface Case {
  /** Code of its indicator; `observation:<name>-target` and `observation:<name>-1`, `-2` … are its records. */
  name: string;
  direction?: 'up' | 'down' | 'none';
  /** A set target of 2023 unless it says otherwise; a plan share, where its scenario is not `target`. */
  target: Fields;
  /** What else is reported: actual values of 2023 unless they say otherwise. */
  others?: Fields[];
  /** The kind of contradiction that all its records are sides of. */
  disputed?: 'value' | 'unit';
  /** Status and rule. */
  expected: string;
  formula?: string | null;
  gap?: [number | null, string | null];
  /** The roles of the inputs, and the observations by their numbers: `1` is `observation:<name>-1`. */
  inputs?: string;
  /** `approx 2291.67 = ≈ 2200 / 96 %` */
  plan?: string | null;
}

const percent = { measure: 'share', unit: 'percent' };
const fraction = (numerator: number, denominator: number) => ({
  measure: 'share',
  unit: 'communes',
  numerator,
  denominator,
});
const growth = { measure: 'growth', unit: 'percent', basis: { kind: 'earlier_period', period: '2022' } };
const bound = (comparator: string, value: number) => ({ comparator, value });
const finding = (valueCode: string) => ({ valueCode, unit: 'status' });
const trend = (word: string) => ({ trend: word, unit: 'status' });
const from = (body: string) => ({ issuer: `body:${body}` });
const reading = (field: string) => ({
  readings: [{ field, printed: '10', probable: null, reason: 'It is far off.' }],
});
const nineMonths = { period: '2023-01-01/2023-09-30', cumulative: true };
const halfYear = { period: '2023-01-01/2023-06-30', cumulative: true };
const thisYear = { period: '2026' };

const figures: Case[] = [
  {
    name: 'more',
    target: { value: 10 },
    others: [{ value: 11 }],
    expected: 'exceeded at_least',
    formula: '11 > 10',
    gap: [1, 'number'],
    inputs: 'target result:1',
  },
  {
    name: 'as_much',
    target: { value: 10.5 },
    others: [{ value: 10.5 }],
    expected: 'met at_least',
    formula: '10.5 = 10.5',
    gap: [0, 'number'],
  },
  {
    name: 'less_growth',
    direction: 'down',
    target: { ...growth, value: -5 },
    others: [{ ...growth, value: -6 }],
    expected: 'exceeded at_most',
    formula: '-6 < -5',
    gap: [-1, 'percent'],
  },
  {
    name: 'too_much',
    direction: 'down',
    target: { value: 2.5 },
    others: [{ value: 2.75 }],
    expected: 'missed at_most',
    formula: '2.75 > 2.5',
    gap: [0.25, 'number'],
  },
  {
    name: 'neither',
    direction: 'none',
    target: { value: 10 },
    others: [{ value: 11 }],
    expected: 'missed exactly',
    formula: '11 > 10',
    gap: [1, 'number'],
  },
  {
    name: 'neither_bound',
    direction: 'none',
    target: { value: 10 },
    others: [bound('ge', 10)],
    expected: 'undecided bound_cannot_tell',
    formula: '≥ 10, wanted = 10',
  },
  {
    name: 'open',
    target: bound('gt', 90),
    others: [{ value: 95 }],
    expected: 'met open_bound',
    formula: '95 > 90',
    gap: [5, 'number'],
  },
  {
    name: 'two_bounds',
    target: bound('gt', 90),
    others: [bound('ge', 95)],
    expected: 'met bound_decides',
    formula: '≥ 95, wanted > 90',
    gap: [null, null],
  },
  {
    name: 'unsure_bound',
    target: bound('ge', 90),
    others: [bound('gt', 80)],
    expected: 'undecided bound_cannot_tell',
    formula: '> 80, wanted ≥ 90',
    gap: [null, null],
    inputs: 'target result:1',
  },
  {
    name: 'about',
    target: bound('approx', 100),
    others: [{ value: 101 }],
    expected: 'exceeded approximate_target',
    formula: '101, wanted ≈ 100',
    gap: [null, null],
  },
  {
    name: 'about_short',
    target: bound('approx', 100),
    others: [{ value: 99 }],
    expected: 'undecided approximate_figure',
  },
  {
    name: 'result_about',
    target: { value: 100 },
    others: [bound('approx', 120)],
    expected: 'undecided approximate_figure',
    formula: '≈ 120, wanted ≥ 100',
  },
  {
    name: 'rank',
    target: { measure: 'rank', unit: 'rank', value: 5 },
    others: [{ measure: 'rank', unit: 'rank', ...bound('le', 3) }],
    expected: 'exceeded bound_decides',
    formula: '≤ 3, wanted ≤ 5',
  },
  {
    name: 'rank_change',
    direction: 'down',
    target: { measure: 'rank_change', unit: 'rank', value: 2 },
    others: [{ measure: 'rank_change', unit: 'rank', value: 3 }],
    expected: 'exceeded at_least',
    gap: [1, 'rank'],
  },
  {
    name: 'share',
    target: { ...percent, value: 100 },
    others: [fraction(16, 17)],
    expected: 'missed at_least',
    formula: '16/17 = 94.1… % < 100 %',
    gap: [null, null],
  },
  {
    name: 'fractions',
    target: fraction(17, 17),
    others: [fraction(16, 17)],
    expected: 'missed at_least',
    formula: '16/17 = 94.1… % < 17/17 = 100 %',
    gap: [-1, 'communes'],
  },
  {
    name: 'wholes',
    target: fraction(9, 10),
    others: [fraction(4, 5)],
    expected: 'missed at_least',
    formula: '4/5 = 80 % < 9/10 = 90 %',
    gap: [-10, 'percent'],
  },
];

const findings: Case[] = [
  {
    name: 'recognised',
    target: finding('goal'),
    others: [finding('recognised')],
    expected: 'met finding_matches',
    formula: null,
    gap: [null, null],
  },
  {
    name: 'basically',
    target: finding('goal'),
    others: [finding('basically_achieved')],
    expected: 'undecided finding_without_number',
  },
  {
    name: 'own_word',
    target: finding('piloted'),
    others: [finding('piloted')],
    expected: 'met finding_matches',
  },
  {
    name: 'code_trend',
    target: finding('goal'),
    others: [{ trend: 'up', unit: 'status' }],
    expected: 'undecided finding_without_number',
  },
  {
    name: 'no_number',
    target: { value: 10 },
    others: [{ valueCode: 'many' }],
    expected: 'undecided finding_without_number',
    formula: null,
    gap: [null, null],
  },
  {
    name: 'goal_again',
    target: { valueCode: 'goal' },
    others: [{ valueCode: 'goal' }],
    expected: 'undecided finding_without_number',
  },
  {
    name: 'only_number',
    target: { valueCode: 'goal' },
    others: [{ value: 10 }],
    expected: 'undecided finding_without_number',
    formula: null,
  },
  { name: 'trend_same', target: trend('up'), others: [trend('up')], expected: 'met trend_matches' },
  { name: 'trend_other', target: trend('up'), others: [trend('none')], expected: 'missed trend_differs' },
  {
    name: 'trend_word',
    target: trend('up'),
    others: [finding('good')],
    expected: 'undecided finding_without_number',
  },
  {
    name: 'inferred',
    target: { value: 10, flags: ['period_inferred'] },
    others: [{ value: 11, flags: ['year_inferred'] }],
    expected: 'undecided period_inferred',
    formula: '11 > 10',
  },
  {
    name: 'inferred_once',
    target: { value: 10, flags: ['period_inferred'] },
    others: [{ value: 11 }],
    expected: 'exceeded at_least',
  },
];

const choices: Case[] = [
  {
    name: 'disagree',
    disputed: 'value',
    target: { value: 10 },
    others: [
      { value: 9, ...from('one') },
      { value: 11, ...from('other') },
    ],
    expected: 'undecided sources_disagree',
    formula: null,
    gap: [null, null],
    inputs: 'target result:1 result:2',
  },
  {
    name: 'agree',
    disputed: 'value',
    target: { value: 10 },
    others: [
      { value: 11, ...from('one') },
      { value: 12, ...from('other') },
    ],
    expected: 'exceeded at_least',
    formula: '11 > 10',
    inputs: 'target result:1 result:2',
  },
  {
    name: 'actual_first',
    target: { value: 10 },
    others: [{ value: 11, scenario: 'estimate' }, { value: 12, scenario: 'preliminary' }, { value: 9 }],
    expected: 'missed at_least',
    inputs: 'target result:3',
  },
  {
    name: 'preliminary',
    target: { value: 10 },
    others: [
      { value: 9, scenario: 'estimate' },
      { value: 12, scenario: 'preliminary' },
    ],
    expected: 'exceeded at_least',
    inputs: 'target result:2',
  },
  {
    name: 'two_targets',
    target: { value: 10 },
    others: [{ value: 11, scenario: 'target', ...from('other') }],
    expected: 'no_result nothing_reported',
    inputs: 'target',
  },
  {
    name: 'partial',
    disputed: 'unit',
    target: { value: 10 },
    others: [
      { value: 4, ...halfYear },
      { value: 8, ...nineMonths, scenario: 'estimate' },
      { value: 7, ...nineMonths },
      { value: 20, unit: 'dozens' },
    ],
    expected: 'in_progress partial_period_reported',
    formula: null,
    inputs: 'target progress:3',
  },
  {
    name: 'first_day',
    target: { value: 10 },
    others: [{ value: 7, period: '2023-01-01' }],
    expected: 'not_comparable period_differs',
  },
  {
    name: 'running',
    target: { value: 10, ...thisYear },
    others: [{ ...growth, value: 3, ...thisYear }],
    expected: 'in_progress period_not_over',
    inputs: 'target near_match:1',
  },
  {
    name: 'nothing',
    target: { value: 10 },
    others: [
      { value: 11, period: '2022' },
      { value: 11, place: 'place:dong-xa-72' },
    ],
    expected: 'no_result nothing_reported',
    gap: [null, null],
    inputs: 'target',
  },
  {
    name: 'two_things',
    disputed: 'unit',
    target: { value: 10 },
    others: [{ value: 11, unit: 'dozens', scope: 'Wards' }],
    expected: 'no_result nothing_reported',
  },
  {
    name: 'renamed',
    target: { value: 10, place: 'place:trang-73', period: '2024', on: '2024-06-30' },
    others: [{ value: 11, place: 'place:trang-73', period: '2024' }],
    expected: 'exceeded at_least',
  },
  {
    name: 'renamed_later',
    target: { value: 10, place: 'place:trang-73', period: '2024' },
    others: [{ value: 11, place: 'place:trang-73', period: '2024', on: '2024-06-30' }],
    expected: 'exceeded at_least',
  },
  {
    name: 'merged',
    target: { value: 10, period: '2025', on: '2025-06-30' },
    others: [{ value: 11, period: '2025' }],
    expected: 'not_comparable territory_differs',
    inputs: 'target near_match:1',
  },
  {
    name: 'suspect',
    disputed: 'unit',
    target: { value: 10 },
    others: [{ value: 11, unit: 'dozens', flags: ['unit_suspect'] }],
    expected: 'not_comparable unit_suspect',
  },
  {
    name: 'suspect_unit',
    target: { value: 10, ...reading('unit') },
    others: [{ value: 11 }],
    expected: 'not_comparable unit_suspect',
  },
  {
    name: 'suspect_value',
    target: { value: 10 },
    others: [{ value: 11, ...reading('value') }],
    expected: 'not_comparable unit_suspect',
  },
  {
    name: 'suspect_scope',
    target: { value: 10 },
    others: [{ value: 11, ...reading('scope') }],
    expected: 'exceeded at_least',
  },
  {
    name: 'unit',
    disputed: 'unit',
    target: { value: 10 },
    others: [{ value: 11, unit: 'dozens' }],
    expected: 'not_comparable unit_differs',
    formula: null,
  },
  {
    name: 'basis',
    target: { ...growth, value: 10 },
    others: [{ ...growth, basis: { kind: 'earlier_period', period: '2020' }, value: 11 }],
    expected: 'not_comparable basis_differs',
  },
  {
    name: 'scope',
    target: { value: 10 },
    others: [{ value: 11, scope: 'Wards' }],
    expected: 'not_comparable scope_differs',
  },
  {
    name: 'dimensions',
    target: { value: 10, dimensions: { sex: 'female', tier: 'district' } },
    others: [{ value: 11, dimensions: { sex: 'female' } }],
    expected: 'not_comparable dimensions_differ',
  },
  {
    name: 'same_dimensions',
    target: { value: 10, dimensions: { sex: 'female', tier: 'district' } },
    others: [{ value: 11, dimensions: { tier: 'district', sex: 'female' } }],
    expected: 'exceeded at_least',
  },
  {
    name: 'period',
    target: { value: 10 },
    others: [{ value: 11, period: '2023-10-31' }],
    expected: 'not_comparable period_differs',
  },
  {
    name: 'measure',
    target: { value: 10 },
    others: [{ ...growth, value: 11 }],
    expected: 'not_comparable measure_differs',
  },
  {
    name: 'nearest',
    disputed: 'unit',
    target: { value: 10 },
    others: [
      { ...growth, value: 11 },
      { value: 11, scope: 'Wards', scenario: 'estimate' },
      { value: 11, unit: 'dozens', scenario: 'estimate' },
      { value: 11, unit: 'dozens' },
      { value: 9, unit: 'scores', ...from('one') },
    ],
    expected: 'not_comparable unit_differs',
    inputs: 'target near_match:4 near_match:5 near_match:3',
  },
];

const share = (value: number, rest: Fields = {}) => ({
  scenario: 'actual',
  measure: 'plan_share',
  unit: 'percent',
  value,
  basis: { kind: 'plan', period: '2023' },
  ...nineMonths,
  ...rest,
});
const whole = { period: '2023', cumulative: false };

const plans: Case[] = [
  {
    name: 'plan_beyond',
    target: share(103),
    expected: 'exceeded plan_share_reached',
    formula: '103 % > 100 %',
    gap: [3, 'percent'],
    inputs: 'result:target',
    plan: null,
  },
  {
    name: 'plan_reached',
    target: share(100),
    others: [{ value: 10, ...nineMonths }],
    expected: 'met plan_share_reached',
    plan: 'eq 10 = 10 / 100 %',
  },
  {
    name: 'plan_running',
    target: share(96),
    others: [{ ...bound('approx', 2200), ...nineMonths }],
    expected: 'in_progress plan_not_over',
    formula: '96 % < 100 %',
    gap: [-4, 'percent'],
    inputs: 'progress:target',
    plan: 'approx 2291.67 = ≈ 2200 / 96 %',
  },
  {
    name: 'plan_missed',
    target: share(97, whole),
    others: [{ value: 97 }],
    expected: 'missed plan_share_missed',
    plan: 'eq 100 = 97 / 97 %',
  },
  {
    name: 'plan_undated',
    target: share(97, { ...whole, basis: { kind: 'budget_estimate' } }),
    expected: 'in_progress plan_not_over',
  },
  {
    name: 'plan_baseless',
    target: share(97, { ...whole, basis: null }),
    expected: 'in_progress plan_not_over',
  },
  { name: 'plan_less_running', direction: 'down', target: share(80), expected: 'in_progress plan_not_over' },
  {
    name: 'plan_less',
    direction: 'down',
    target: share(80, whole),
    expected: 'exceeded plan_share_reached',
    formula: '80 % < 100 %',
  },
  {
    name: 'plan_less_missed',
    direction: 'down',
    target: share(103, whole),
    expected: 'missed plan_share_missed',
  },
  {
    name: 'plan_about',
    target: share(98, { ...whole, comparator: 'approx' }),
    others: [bound('gt', 49)],
    expected: 'undecided approximate_figure',
    formula: '≈ 98 %, wanted ≥ 100 %',
    gap: [null, null],
    plan: null,
  },
  {
    name: 'plan_no_side',
    direction: 'none',
    target: share(105, whole),
    expected: 'undecided no_better_side',
    formula: '105 % > 100 %',
  },
  {
    name: 'plan_bound',
    target: share(98, { ...whole, comparator: 'gt' }),
    others: [{ value: 49, comparator: 'lt' }],
    expected: 'undecided bound_cannot_tell',
    plan: 'lt 50 = < 49 / > 98 %',
  },
  {
    name: 'plan_done',
    target: share(0, { ...whole, value: null, valueCode: 'completed' }),
    others: [{ value: 49 }],
    expected: 'met plan_share_reached',
    formula: null,
    gap: [null, null],
    plan: null,
  },
  {
    name: 'plan_far',
    target: share(0, { ...whole, value: null, valueCode: 'far' }),
    expected: 'undecided finding_without_number',
  },
  {
    name: 'plan_suspect',
    target: share(970, { flags: ['unit_suspect'] }),
    others: [{ value: 9, ...nineMonths }],
    expected: 'not_comparable unit_suspect',
    plan: null,
  },
  {
    name: 'plan_fraction',
    target: share(0, { ...whole, value: null, unit: 'targets', numerator: 12, denominator: 15 }),
    expected: 'missed plan_share_missed',
    formula: '12/15 = 80 % < 100 %',
    gap: [-20, 'percent'],
  },
  {
    name: 'plan_times',
    target: share(1.2, { ...whole, unit: 'times' }),
    others: [{ value: 60 }],
    expected: 'exceeded plan_share_reached',
    formula: '1.2 times > 1 times',
    gap: [0.2, 'times'],
    plan: 'eq 50 = 60 / 1.2 times',
  },
  {
    name: 'plan_set',
    target: { ...share(98), ...whole, scenario: 'target' },
    others: [share(99, whole)],
    expected: 'exceeded at_least',
    formula: '99 > 98',
    inputs: 'target result:1',
  },
  {
    name: 'implied_bounds',
    target: share(60, { comparator: 'lt' }),
    others: [{ ...bound('ge', 10), ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: 'gt 16.6666 = ≥ 10 / < 60 %',
  },
  {
    name: 'implied_lower',
    target: share(60),
    others: [{ ...bound('ge', 10), ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: 'ge 16.6666 = ≥ 10 / 60 %',
  },
  {
    name: 'implied_upper',
    target: share(60, { comparator: 'ge' }),
    others: [{ value: 10, ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: 'le 16.6667 = 10 / ≥ 60 %',
  },
  {
    name: 'implied_opposite',
    target: share(60, { comparator: 'gt' }),
    others: [{ ...bound('gt', 10), ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_rounded',
    target: share(60),
    others: [{ value: 0.01, ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: 'approx 0.0166667 = 0.01 / 60 %',
  },
  {
    name: 'implied_zero',
    target: share(0),
    others: [{ value: 0, ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_negative',
    target: share(50),
    others: [{ value: -5, ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_disputed',
    disputed: 'value',
    target: share(50),
    others: [
      { value: 5, ...nineMonths, ...from('one') },
      { value: 6, ...nineMonths, ...from('other') },
    ],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_alike',
    target: share(50),
    others: [
      { value: 5, ...nineMonths, ...from('one') },
      { value: 5, ...nineMonths, ...from('other') },
    ],
    expected: 'in_progress plan_not_over',
    plan: 'eq 10 = 5 / 50 %',
  },
  {
    name: 'implied_scenario',
    target: share(50, { scenario: 'estimate' }),
    others: [
      { value: 5, ...nineMonths },
      { value: 6, ...nineMonths, scenario: 'estimate' },
    ],
    expected: 'in_progress plan_not_over',
    plan: 'eq 12 = 6 / 50 %',
  },
  {
    name: 'implied_best',
    target: share(50, { scenario: 'preliminary' }),
    others: [
      { value: 5, ...nineMonths },
      { value: 6, ...nineMonths, scenario: 'estimate' },
    ],
    expected: 'in_progress plan_not_over',
    plan: 'eq 10 = 5 / 50 %',
  },
  {
    name: 'implied_finding',
    target: share(50),
    others: [{ valueCode: 'many', ...nineMonths }],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_suspect',
    target: share(50),
    others: [{ value: 5, ...nineMonths, flags: ['unit_suspect'] }],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
  {
    name: 'implied_elsewhere',
    target: share(50),
    others: [
      { value: 5, ...nineMonths, scope: 'Wards' },
      { value: 5, ...halfYear },
    ],
    expected: 'in_progress plan_not_over',
    plan: null,
  },
];

export const cases: readonly Case[] = [...figures, ...findings, ...choices, ...plans];

const citations = [{ package: 'tiny-country', version: '1.0.0' }];

export const indicator = (code: string, direction: string) => ({
  id: `indicator:${code}`,
  name: { en: code },
  definition: { en: code },
  unit: 'number',
  topic: 'society',
  direction,
  additive: false,
  citations,
});

export const observation = (code: string, number: string, fields: Fields) => ({
  id: `observation:${code.replaceAll('_', '-')}-${number}`,
  indicator: `indicator:${code}`,
  measure: 'value',
  scenario: number === 'target' ? 'target' : 'actual',
  comparator: 'eq',
  unit: 'number',
  place: 'place:song-hoa-71',
  period: '2023',
  citations,
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
});

const body = (name: string) => ({ id: `body:${name}`, kind: 'other', name: { en: name }, citations });

const version = (code: string, more: object) => ({
  code,
  type: 'province',
  name: { vi: 'Trang' },
  fullName: { vi: 'Trang' },
  citations,
  ...more,
});

/** Renamed, and no more, on 2024-07-01. */
const renamed = {
  places: [
    {
      id: 'place:trang-73',
      level: 'province',
      versions: [
        version('73', { validTo: '2024-07-01', validToBasis: 'resolution' }),
        version('74', { validFrom: '2024-07-01', validFromBasis: 'resolution' }),
      ],
    },
  ],
  placeChanges: [
    {
      id: 'place_change:trang-2024',
      kind: 'rename',
      effectiveOn: '2024-07-01',
      links: [{ from: 'place_version:73', to: 'place_version:74@2024-07-01', coverage: 'whole' }],
      citations,
    },
  ],
};

export const casesSeeds = {
  ...renamed,
  bodies: [body('one'), body('other')],
  indicators: cases.map(({ name, direction = 'up' }) => indicator(name, direction)),
  observations: cases.flatMap(({ name, target, others = [] }) => [
    observation(name, 'target', target),
    ...others.map((other, index) => observation(name, `${index + 1}`, other)),
  ]),
  contradictions: cases.flatMap(({ name, disputed, others = [] }) => {
    const code = name.replaceAll('_', '-');
    const numbers = ['target', ...others.map((_, index) => `${index + 1}`)];
    const sides = numbers.map((number) => ({ fact: `observation:${code}-${number}`, states: number }));
    return disputed ? [{ id: `contradiction:${code}`, kind: disputed, name: { en: name }, sides }] : [];
  }),
};
