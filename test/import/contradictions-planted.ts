/** What is planted beside the invented country: pairs that cannot both be true, and pairs that only look alike. */

type Record = { [member: string]: unknown };
/** Records by section. */
export type Planted = { [section: string]: Record[] };

const citations = [{ package: 'p', version: '1' }];
const figure = (id: string, rest: Record): Record => ({
  id: `observation:${id}`,
  indicator: 'indicator:income',
  measure: 'value',
  scenario: 'actual',
  comparator: 'eq',
  unit: 'million_dong',
  place: 'place:an-khe-701',
  period: '2023',
  citations,
  ...rest,
});
/** Two figures of one thing, but for what each says. */
const two = (both: Record, one: Record, other: Record): Planted => ({
  observations: [figure('one', { ...both, ...one }), figure('other', { ...both, ...other })],
});
const share = { measure: 'share', unit: 'percent' };
const rank = { measure: 'rank', unit: 'rank', indicator: 'indicator:budget' };
const gain = { measure: 'rank_change', unit: 'places', indicator: 'indicator:budget' };
const growth = { measure: 'growth', unit: 'percent', indicator: 'indicator:budget' };
const plan = { measure: 'plan_share', unit: 'percent' };
const against = (period?: string, kind = 'earlier_period', issuer?: string): Record => ({
  basis: { kind, ...(period && { period }), ...(issuer && { issuer }) },
});
const front = { issuer: 'body:front' };
const party = { issuer: 'body:an-khe-party' };
const until = (month: string): Record => ({ period: `2023-01-01/2023-${month}-30`, cumulative: true });

const named = (type: string, id: string, rest: Record): Record => ({
  id: `${type}:${id}`,
  name: { en: 'The same' },
  citations,
  ...rest,
});
const event = (id: string, period?: string, rest: Record = {}): Record =>
  named('event', id, { kind: 'conference', body: 'body:front', ...(period && { period }), ...rest });
const act = (
  id: string,
  number: string | undefined,
  issuedOn: string | undefined,
  rest: Record = {},
): Record =>
  named('instrument', id, {
    kind: 'plan',
    body: 'body:front',
    name: { en: id },
    ...(number && { number }),
    ...(issuedOn && { issuedOn }),
    ...rest,
  });
const task = (id: string, rest: Record): Record => named('task', id, { kind: 'task', ...rest });
const by = (date: string, comparator = 'le'): Record => ({ deadline: { date, comparator } });

/** What it is, the kind, what is planted, what the faults' first two records say. */
export const contradictions: [sentence: string, kind: string, planted: Planted, states: [string, string]][] =
  [
    [
      'two values',
      'value',
      two({}, { value: 50 }, { value: 50.1 }),
      ['50.1 million_dong', '50 million_dong'],
    ],
    [
      'a value below a bound',
      'value',
      two({}, { value: 70, comparator: 'gt' }, { value: 65 }),
      ['65 million_dong', 'more than 70 million_dong'],
    ],
    [
      'bounds that exclude each other at one number',
      'value',
      two({}, { value: 70, comparator: 'ge' }, { value: 70, comparator: 'lt' }),
      ['under 70 million_dong', 'at least 70 million_dong'],
    ],
    [
      'a value that is far from "about"',
      'value',
      two({}, { value: -70, comparator: 'approx' }, { value: -90, comparator: 'le' }),
      ['at most -90 million_dong', 'about -70 million_dong'],
    ],
    [
      'two values in units of one kind',
      'value',
      two({}, { value: 1600 }, { value: 1.5, unit: 'billion_dong' }),
      ['1.5 billion_dong', '1600 million_dong'],
    ],
    ['two trends', 'value', two({}, { trend: 'up' }, { trend: 'down' }), ['trend down', 'trend up']],
    [
      'two findings in words',
      'value',
      two({ unit: 'status' }, { valueCode: 'good' }, { valueCode: 'poor' }),
      ['poor', 'good'],
    ],
    [
      'two parts of one whole',
      'value',
      two(
        { measure: 'share', unit: 'school' },
        { numerator: 9, denominator: 10 },
        { numerator: 8, denominator: 10 },
      ),
      ['8/10 school', '9/10 school'],
    ],
    [
      'a fraction and a per cent that it does not give',
      'value',
      two(share, { numerator: 34, denominator: 37 }, { value: 93.9 }),
      ['93.9 percent', '34/37 percent'],
    ],
    [
      'a per cent and a multiple',
      'value',
      two({ measure: 'level_ratio' }, { value: 2.3, unit: 'times' }, { value: 240, unit: 'percent' }),
      ['240 percent', '2.3 times'],
    ],
    [
      'two reporters of one result',
      'value',
      two({}, { ...front, value: 50 }, { value: 51 }),
      ['51 million_dong reported by an unnamed body', '50 million_dong reported by body:front'],
    ],
    [
      'a part of more than the whole',
      'value',
      {
        observations: [
          figure('one', { measure: 'share', unit: 'school', numerator: 12, denominator: 15 }),
          figure('other', { scope: 'a part', unit: 'school', value: 13, subsetOf: 'observation:one' }),
        ],
      },
      ['13 school', '12/15 school'],
    ],
    ['two ranks', 'rank', two(rank, { value: 7 }, { value: 8, outOf: 63 }), ['rank 8 of 63', 'rank 7']],
    [
      'two numbers of the ranked',
      'rank',
      two(rank, { value: 7, outOf: 63 }, { value: 7, outOf: 61 }),
      ['rank 7 of 61', 'rank 7 of 63'],
    ],
    [
      'two ranks by two reporters',
      'rank',
      two(rank, { ...party, value: 7 }, { ...front, value: 9 }),
      ['rank 9 reported by body:front', 'rank 7 reported by body:an-khe-party'],
    ],
    [
      'a change that the ranks do not give',
      'rank',
      {
        observations: [
          figure('one', { ...rank, value: 7 }),
          figure('first', { ...rank, value: 9, period: '2022' }),
          figure('other', { ...gain, ...against('2022'), value: 3 }),
        ],
      },
      ['3 places against 2022', 'rank 7 in 2023'],
    ],
    [
      'two numbers of the ranked in two places',
      'rank',
      {
        observations: [
          figure('one', { ...rank, place: 'place:ho-dao-70001', value: 1, outOf: 20 }),
          figure('other', { ...rank, place: 'place:suoi-moi-70002', value: 2, outOf: 21 }),
        ],
      },
      ['rank 2 of 21', 'rank 1 of 20'],
    ],
    [
      'one growth against two years',
      'base',
      two({ ...growth, value: 5 }, against('2022'), against('2021')),
      ['5 percent against 2021', '5 percent against 2022'],
    ],
    [
      'one growth against a year and its first nine months',
      'base',
      two({ ...growth, value: 5 }, against('2022'), against('2022-01-01/2022-09-30')),
      ['5 percent against 2022-01-01/2022-09-30', '5 percent against 2022'],
    ],
    [
      'one share of a plan and of an estimate',
      'base',
      two({ ...plan, value: 46.9 }, against('2023', 'plan'), against(undefined, 'budget_estimate')),
      ['46.9 percent against budget_estimate of an unprinted period', '46.9 percent against plan of 2023'],
    ],
    [
      'one share of the plans of two bodies',
      'base',
      two(
        { ...plan, value: 46.9 },
        against('2023', 'plan', 'body:front'),
        against('2023', 'plan', 'body:an-khe-party'),
      ),
      [
        '46.9 percent against plan of 2023 of body:an-khe-party',
        '46.9 percent against plan of 2023 of body:front',
      ],
    ],
    [
      'the same digits in millions and billions',
      'unit',
      two({}, { value: 1.5 }, { value: 1500, unit: 'billion_dong' }),
      ['1500 billion_dong', '1.5 million_dong'],
    ],
    [
      'one thing in units that cannot be converted',
      'unit',
      two(
        { measure: 'share' },
        { value: 95, unit: 'dong_per_dunam' },
        { value: 95, unit: 'dong_per_hectare' },
      ),
      ['95 dong_per_hectare', '95 dong_per_dunam'],
    ],
    [
      'values of an indicator in another unit than its own',
      'unit',
      two({}, { value: 5, unit: 'school', period: '2022' }, { value: 6 }),
      ['5 school', '6 million_dong'],
    ],
    [
      'an event of one name in two months',
      'date',
      { events: [event('one', '2023-03'), event('other', '2023-09-22')] },
      ['in 2023-09-22', 'in 2023-03'],
    ],
    [
      'an event with a number in its name in two years',
      'date',
      {
        events: ['2020', '2021'].map((year) =>
          event(`in-${year}`, year, { name: { en: '22nd congress', vi: '22' } }),
        ),
      },
      ['in 2021', 'in 2020'],
    ],
    [
      'an act issued on two days',
      'date',
      { instruments: [act('one', '12/KH', '2023-03-01'), act('other', '12/KH', '2023-04-01')] },
      ['12/KH issued on 2023-04-01', '12/KH issued on 2023-03-01'],
    ],
    [
      'an act of the Party issued in two years of a term',
      'date',
      { instruments: [act('one', '18-NQ/TU', '2023-12-20'), act('other', '18-NQ/TU', '2024-01-20')] },
      ['18-NQ/TU issued on 2024-01-20', '18-NQ/TU issued on 2023-12-20'],
    ],
    [
      'an act that names its year issued in two',
      'date',
      { instruments: [act('one', '35/2023/QH15', '2023-12-20'), act('other', '35/2023/QH15', '2029-01-20')] },
      ['35/2023/QH15 issued on 2029-01-20', '35/2023/QH15 issued on 2023-12-20'],
    ],
    [
      'one total after six months and after nine',
      'date',
      two({ value: 747.6 }, until('06'), until('09')),
      ['747.6 million_dong in 2023-01-01/2023-09-30', '747.6 million_dong in 2023-01-01/2023-06-30'],
    ],
    [
      'a task that is repeated with another deadline',
      'date',
      {
        tasks: [
          task('one', by('2024-06-01', 'lt')),
          task('between', { repeats: 'task:one' }),
          task('other', { repeats: 'task:between', ...by('2024-06-01', 'eq') }),
        ],
      },
      ['deadline eq 2024-06-01', 'deadline lt 2024-06-01'],
    ],
    [
      'more parts than announced',
      'count',
      {
        tasks: [
          task('one', { announcedCount: 1 }),
          task('first', { parent: 'task:one' }),
          task('other', { parent: 'task:one' }),
        ],
      },
      ['1 announced, 2 listed', 'a part of it'],
    ],
    [
      'one number of two kinds of acts',
      'name',
      {
        instruments: [
          act('one', '12/KH', '2023-03-01'),
          act('other', '12/KH', '2023-03-01', { kind: 'project' }),
        ],
      },
      ['12/KH is the project other', '12/KH is the plan one'],
    ],
    [
      'one number of two names',
      'name',
      { instruments: [act('one', '12/KH', '2023-03-01'), act('other', '12/KH', '2023-03-01')] },
      ['12/KH is the plan other', '12/KH is the plan one'],
    ],
  ];

const fits = { numerator: 34, denominator: 37 };
export const lookAlikes: [sentence: string, planted: Planted][] = [
  ['other dimensions', two({}, { value: 1, dimensions: { sex: 'female' } }, { value: 2 })],
  ['other words of scope', two({}, { value: 1, scope: 'towns' }, { value: 2, scope: 'villages' })],
  ['other denominators', two(share, { numerator: 16, denominator: 16 }, { numerator: 15, denominator: 17 })],
  ['a value within a bound', two({}, { value: 70, comparator: 'gt' }, { value: 72 })],
  ['two bounds of one side', two({}, { value: 70, comparator: 'gt' }, { value: 65, comparator: 'ge' })],
  [
    '"at least" and "at most" the same',
    two({}, { value: 7, comparator: 'ge' }, { value: 7, comparator: 'le' }),
  ],
  ['"about" and a value near it', two({}, { value: 70, comparator: 'approx' }, { value: 76.9 })],
  [
    'a growth and a ratio',
    two({ unit: 'percent' }, { measure: 'growth', value: 1 }, { measure: 'level_ratio', value: 66.3 }),
  ],
  ['a target and a result', two({}, { value: 75, scenario: 'target' }, { value: 72 })],
  ['one amount in two units', two({}, { value: 1500 }, { value: 1.5, unit: 'billion_dong' })],
  [
    'one count in thousands and in ones',
    two({ measure: 'share' }, { value: 1.5, unit: 'thousand' }, { value: 1500, unit: 'number' }),
  ],
  [
    'one ratio in two units',
    two({ measure: 'level_ratio' }, { value: 2.3, unit: 'times' }, { value: 230, unit: 'percent' }),
  ],
  ['a fraction and its per cent, rounded', two(share, fits, { value: 91.9 })],
  ['a fraction and its numerator', two({ measure: 'share', unit: 'school' }, fits, { value: 34 })],
  ['a number and a finding in words', two({}, { value: 5 }, { valueCode: 'good' })],
  ['a trend and a number', two({}, { value: 5, trend: 'up' }, { value: 5 })],
  ['a rank and "among the first"', two(rank, { value: 7, outOf: 63 }, { value: 10, comparator: 'le' })],
  [
    'two preliminary figures of two reporters',
    two({ scenario: 'preliminary' }, { ...front, value: 1 }, { ...party, value: 2 }),
  ],
  [
    'findings of two reporters in other words',
    two({ unit: 'status' }, { ...front, valueCode: 'good' }, { ...party, valueCode: 'fair' }),
  ],
  ['one figure of two reporters', two({}, { ...front, value: 7 }, { ...party, value: 7 })],
  ['a base that is printed and one that is not', two({ ...growth, value: 5 }, against('2022'), against())],
  [
    'two figures against two bases',
    two(growth, { ...against('2022'), value: 5 }, { ...against('2021'), value: 6 }),
  ],
  [
    'one share to two digits of a plan and of an estimate',
    two({ ...plan, value: 46 }, against('2023', 'plan'), against('2023', 'budget_estimate')),
  ],
  [
    'a plan whose body is not printed',
    two({ ...plan, value: 46.9 }, against('2023', 'plan', 'body:front'), against('2023', 'plan')),
  ],
  [
    'a part of another period, or in another unit',
    {
      observations: [
        figure('one', { value: 5 }),
        figure('other', { value: 6, period: '2022', subsetOf: 'observation:one' }),
        figure('third', { ...growth, value: 9, subsetOf: 'observation:one' }),
        figure('fourth', { ...share, value: 9, subsetOf: 'observation:one' }),
        figure('fifth', { value: 5, scope: 'a part', subsetOf: 'observation:one' }),
      ],
    },
  ],
  [
    'a change that the ranks give, or one of the ranks that are disputed',
    {
      observations: [
        figure('one', { ...rank, value: 7 }),
        figure('doubted', { ...rank, value: 8 }),
        figure('first', { ...rank, value: 9, period: '2022' }),
        figure('other', { ...gain, ...against('2022'), value: 2 }),
        figure('unprinted', { ...gain, value: 5, period: '2022' }),
      ],
      contradictions: [
        {
          id: 'contradiction:x',
          kind: 'rank',
          name: { en: 'X' },
          sides: ['one', 'doubted'].map((id) => ({ fact: `observation:${id}`, states: id })),
        },
      ],
    },
  ],
  [
    'a change of which one rank is told, or the other',
    {
      observations: [
        figure('first', { ...rank, value: 9, period: '2022' }),
        figure('gained', { ...gain, ...against('2022'), value: 3 }),
        figure('later', { ...gain, ...against('2023'), value: 3, period: '2024' }),
      ],
    },
  ],
  [
    'numbers of the ranked at two levels',
    two({ ...rank, value: 2 }, { outOf: 20 }, { outOf: 63, place: 'place:song-hoa-71' }),
  ],
  [
    'a unit that is read as another',
    two(
      {},
      { value: 5 },
      {
        value: 6,
        unit: 'school',
        period: '2022',
        readings: [{ field: 'unit', printed: 'x', probable: null, reason: 'So.' }],
      },
    ),
  ],
  [
    'one theme in two years',
    {
      themes: ['2023', '2024'].map((period) =>
        named('theme', `in-${period}`, { period, body: 'body:front' }),
      ),
    },
  ],
  [
    'an event that comes every year',
    { events: [event('one', '2023-03'), event('other', '2024-03'), event('third')] },
  ],
  ['a day within the year of an event', { events: [event('one', '2023'), event('other', '2023-03-01')] }],
  [
    'one name of the events of two bodies',
    { events: [event('one', '2023-03'), event('other', '2023-04', { body: 'body:an-khe-party' })] },
  ],
  [
    'a number that is counted anew',
    {
      instruments: [
        act('one', '12/KH', '2022-03-01'),
        act('other', '12/KH', '2023-03-01'),
        act('third', '12/KH', undefined),
        act('fourth', '18-NQ/TU', '2019-03-01'),
        act('fifth', '18-NQ/TU', '2024-03-01'),
      ],
    },
  ],
  [
    'bare numbers, no number and no body',
    {
      instruments: [
        act('one', '12', '2023-03-01'),
        act('other', '12', '2023-03-01', { kind: 'project' }),
        act('third', undefined, '2023-03-01'),
        act('fourth', '9/KH', '2023-03-01', { body: null }),
        act('fifth', '9/KH', '2023-04-01', { body: null }),
        act('sixth', '7/KH', '2023-03-01', { name: { vi: 'Sáu' } }),
        act('seventh', '7/KH', '2023-03-01', { name: { en: 'Seven' } }),
      ],
    },
  ],
  ['one total to two digits at two ends', two({ value: 740 }, until('06'), until('09'))],
  [
    'one state in two periods',
    two({ value: 1.86, unit: 'percent', indicator: 'indicator:poverty' }, {}, { period: '2023-09' }),
  ],
  ['one total in two years', two({ value: 747.6 }, until('06'), { period: '2022' })],
  ['one growth at two ends', two({ ...growth, value: 7.27 }, until('06'), until('09'))],
  ['one target for two ends', two({ value: 747.6, scenario: 'target' }, until('06'), until('09'))],
  [
    '"before June" and "by the end of May"',
    {
      tasks: [
        task('one', by('2024-06-01', 'lt')),
        task('other', { repeats: 'task:one', ...by('2024-05-31') }),
      ],
    },
  ],
  [
    'another round of a task',
    {
      tasks: [
        task('one', { ...by('2024-05-31'), period: '2024' }),
        task('other', { repeats: 'task:one', ...by('2025-05-31'), period: '2025' }),
        task('third', { repeats: 'task:other', ...by('2025-06-30', 'approx') }),
        task('fourth', { repeats: 'task:other' }),
      ],
    },
  ],
  [
    'fewer parts than announced',
    { tasks: [task('one', { announcedCount: 5 }), task('other', { parent: 'task:one' })] },
  ],
];

/** Wrong by themselves: what is planted, what is told, and the member whose reading would explain it. */
export const alone: [sentence: string, record: Record, told: string, field: string][] = [
  [
    'a fraction that does not give its per cent',
    figure('one', { ...share, ...fits, value: 95 }),
    'says 95 = 34/37 percent: the fraction does not give the per cent',
    'numerator',
  ],
  [
    'a rank past the last',
    figure('one', { ...rank, value: 64, outOf: 63 }),
    'says rank 64 of 63: a rank is not past the last',
    'outOf',
  ],
  [
    'a growth against its own year',
    figure('one', { ...growth, ...against('2023'), value: 5 }),
    'says 5 percent in 2023 against 2023: the base is not earlier than the period',
    'basis',
  ],
];
/** Right by themselves, though near. */
export const fitting: [sentence: string, record: Record][] = [
  ['a fraction that gives its per cent, rounded', figure('one', { ...share, ...fits, value: 91.9 })],
  [
    'a fraction of schools beside their number',
    figure('one', { measure: 'share', unit: 'school', ...fits, value: 34 }),
  ],
  ['the last rank', figure('one', { ...rank, value: 63, outOf: 63 })],
  ['a rank among more than there are', figure('one', { ...rank, value: 64, outOf: 63, comparator: 'le' })],
];
