import t, { type Test } from 'tap';
import { answer, openScope } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import type { Series, SeriesPoint } from '../../src/schema/series.ts';
import { sharedDatabase } from '../service.ts';
import { sharedService } from '../shared-service.ts';
import { change, dividedCountry, indicator, place } from './comparability-country.ts';
import { figure, plant, upTo } from './figures-country.ts';

/** Series of planted figures. */
async function planted(
  t: Test,
  observations: readonly { id: string }[],
  more: Parameters<typeof plant>[2] = {},
) {
  const country = await plant(t, observations, more);
  const series = async (place: string, args: object = {}): Promise<Series[]> => {
    const asked = { indicator: 'people', place: `place:${place}`, ...args };
    return (await country.list('series', asked)).items as Series[];
  };
  const points = async (place: string, args: object = {}): Promise<SeriesPoint[]> =>
    (await series(place, args)).flatMap((one) => one.points);
  /** `2023: territory`: of each point the label of its period and the kinds of its breaks. */
  const breaks = async (place: string, args: object = {}): Promise<string[]> =>
    (await points(place, args)).map(
      ({ period, breaks }) => `${period.label}: ${breaks.map(({ kind }) => kind).join(' ')}`,
    );
  /** `gt 3 = 10 − 7`, or the obstacle. */
  const residuals = async (place: string): Promise<string[]> =>
    (await points(place, { include: ['residuals'] }))
      .filter(({ kind }) => kind === 'residual')
      .map(({ comparator, value, formula, obstacle }) => obstacle ?? `${comparator} ${value} = ${formula}`);
  return { ...country, series, points, breaks, residuals };
}

const short = ({ observation, period, value }: SeriesPoint) => [observation, period.label, value];

t.test('a series is the figures of one indicator, measure and place, in order of time', async (t) => {
  const { series } = await planted(t, [
    figure('b', 'people an 2023', 3),
    figure('c', 'people an 2022 target', 2, { comparator: 'ge' }),
    figure('a', 'people an 2022', 1),
    upTo('half', 'people an', '06', 5),
    figure('growth', 'people an 2023', 9, {
      measure: 'growth',
      unit: 'percent',
      basis: { kind: 'earlier_period' },
    }),
    figure('women', 'people an 2023', 7, { dimensions: { sex: 'female' } }),
    figure('other', 'people binh 2023', 8),
    figure('income', 'income an 2023', 8),
  ]);
  const [all, women, ...others] = await series('an');
  t.equal(others.length, 0, 'one series without dimensions, one of women');
  t.strictSame(all?.points.map(short), [
    ['observation:half', '2020-01-01/2020-06-30', 5],
    ['observation:a', '2022', 1],
    ['observation:c', '2022', 2],
    ['observation:b', '2023', 3],
  ]);
  t.match(all, {
    indicator: { code: 'people' },
    place: { id: 'place_version:11@2025-07-01' },
    measure: 'value',
    unit: 'number',
    dimensions: {},
    basisKind: null,
  });
  t.match(all?.points[2], {
    kind: 'reported',
    scenario: 'target',
    comparator: 'ge',
    place: { id: 'place_version:11' },
    possiblySame: false,
    comparability: null,
  });
  t.strictSame(women?.dimensions, { sex: 'female' });
  t.match(await series('an', { measure: 'growth' }), [
    { measure: 'growth', unit: 'percent', basisKind: 'earlier_period', points: [{ value: 9 }] },
  ]);
  t.strictSame((await series('an', { scenario: ['target'] }))[0]?.points.map(short), [
    ['observation:c', '2022', 2],
  ]);
  const span = { from: '2022-12-31', to: '2023-12-30' };
  t.strictSame((await series('an', span))[0]?.points.length, 2, 'the end of the period lies within');
});

t.test('pages of series go on where the page before ended', async (t) => {
  const { list } = await planted(t, [
    figure('all', 'people an 2023', 3),
    figure('men', 'people an 2023', 1, { dimensions: { sex: 'male' } }),
    figure('women', 'people an 2023', 2, { dimensions: { sex: 'female', tier: 'town' } }),
  ]);
  const asked = { indicator: 'people', place: 'province:11', limit: 2 };
  const first = await list('series', asked);
  t.equal(first.total, 3);
  t.strictSame(
    first.items.map((one) => one['dimensions']),
    [{}, { sex: 'female', tier: 'town' }],
  );
  const second = await list('series', { ...asked, after: first.next });
  t.strictSame(
    second.items.map((one) => one['dimensions']),
    [{ sex: 'male' }],
  );
  t.equal(second.next, null);
});

t.test('a merger breaks a series in territory, a new name does not', async (t) => {
  const { breaks, points } = await planted(t, [
    ...['an', 'nam', 'song', 'xa', 'phuoc'].flatMap((place) => [
      figure(`${place}-1`, `people ${place} 2023`, 1),
      figure(`${place}-2`, `people ${place} 2025`, 2),
    ]),
    figure('an-3', 'people an 2026', 3),
  ]);
  t.strictSame(await breaks('an'), ['2023: ', '2025: territory', '2026: ']);
  t.strictSame((await points('an'))[1]?.breaks, [
    {
      kind: 'territory',
      since: 'observation:an-1',
      text: 'an (11) until 2025-07-01 is a part of an (11) since 2025-07-01.',
    },
  ]);
  t.strictSame(await breaks('nam'), ['2023: ', '2025: '], 'a new version of the same territory');
  t.strictSame(await breaks('song'), ['2023: ', '2025: territory'], 'divided');
  t.match((await points('song'))[1]?.breaks[0]?.text, /went in parts to 2 places/);
  t.strictSame(await breaks('xa'), ['2023: ', '2025: territory'], 'nobody knows how much');
  t.match(
    (await points('phuoc'))[1]?.breaks[0]?.text,
    'phuoc (21) until 2024-01-01 is a part of phuoc (21) since 2025-07-01.',
  );
});

t.test('a figure older than its place breaks the series, and one whose ground went elsewhere', async (t) => {
  const { breaks, points } = await planted(t, [
    figure('tre-0', 'people tre 2021', 1),
    figure('tre-1', 'people tre 2022', 1),
    figure('tre-2', 'people tre 2024', 2),
    figure('lan-1', 'people lan 2023', 1),
    figure('lan-2', 'people lan 2024', 1),
    figure('mai-1', 'people mai 2023', 1),
    figure('mai-2', 'people mai 2024', 1),
  ]);
  t.strictSame(await breaks('tre'), ['2021: ', '2022: ', '2024: territory']);
  t.match((await points('tre'))[2]?.breaks[0]?.text, /older than the oldest version of tre \(82\)/);
  t.strictSame(
    await breaks('lan'),
    ['2023: ', '2024: '],
    'half a year is missing, and it is the same ground',
  );
  t.strictSame(await breaks('mai'), ['2023: ', '2024: ']);
});

t.test('a place whose ground went to another is not the same under its own name', async (t) => {
  const until = { to: '2025-07-01' };
  const since = { from: '2025-07-01' };
  const { places, placeChanges } = dividedCountry;
  const { points } = await planted(t, [figure('1', 'people pa 2023', 1), figure('2', 'people pa 2025', 2)], {
    places: [
      ...places,
      place('pa', { code: '91', ...until }, { code: '91', ...since }),
      place('pe', { code: '92', ...since }),
    ],
    placeChanges: [...placeChanges, change('2025-07-01', ['91', '92@2025-07-01', 'whole'])],
  });
  t.match((await points('pa'))[1]?.breaks, [
    { kind: 'territory', text: 'The territory of pa (91) went to pe (92).' },
  ]);
});

t.test('definition and scope break a series', async (t) => {
  const growth = (id: string, year: number, base: object, rest: object = {}) =>
    figure(id, `income an ${year}`, 1, { measure: 'growth', unit: 'percent', basis: base, ...rest });
  const earlier = (period: string) => ({ kind: 'earlier_period', period });
  const { points, breaks } = await planted(t, [
    figure('1', 'people an 2015', 1, { issuer: 'body:one' }),
    figure('2', 'people an 2016', 1),
    figure('3', 'people an 2017', 1, { issuer: 'body:one' }),
    figure('4', 'people an 2018', 1, { issuer: 'body:other' }),
    figure('5', 'people an 2019', 1, { issuer: 'body:other', scope: 'towns' }),
    figure('6', 'people an 2020', 1, { issuer: 'body:other', flags: ['unit_suspect', 'scope_not_printed'] }),
    growth('g1', 2015, earlier('2014')),
    growth('g2', 2016, earlier('2015')),
    growth('g3', 2017, earlier('2015')),
    growth('g4', 2018, { kind: 'earlier_period' }),
    ...['one', 'other'].map((body, at) =>
      figure(`p${at}`, `income an ${2015 + at}`, 1, {
        measure: 'plan_share',
        unit: 'percent',
        basis: { kind: 'plan', period: '2015', issuer: `body:${body}` },
      }),
    ),
  ]);
  t.strictSame(
    (await points('an')).map((one) => one.breaks.map(({ kind, text }) => `${kind}: ${text}`)),
    [
      [],
      [],
      [],
      ['definition: Reported by other, the point before: one.'],
      ['scope: Covers towns, the point before: the whole place.'],
      [
        'definition: Only one of the two has the flag unit_suspect.',
        'scope: Covers the whole place, the point before: towns.',
        'scope: Only one of the two has the flag scope_not_printed.',
      ],
    ],
  );
  const income = { indicator: 'income' };
  t.strictSame(
    (await points('an', { ...income, measure: 'growth' })).map((one) => one.breaks.map(({ text }) => text)),
    [[], [], ['Measured against a period that ended 24 months before, the point before: 12 months.'], []],
  );
  t.match((await points('an', { ...income, measure: 'plan_share' }))[1]?.breaks, [
    {
      kind: 'definition',
      since: 'observation:p0',
      text: 'Measured against a plan of other, the point before: one.',
    },
  ]);
  t.strictSame(await breaks('an', { scenario: ['estimate'] }), []);
});

t.test(
  'only points of one kind of period, and targets and outcomes apart, are set beside each other',
  async (t) => {
    const scope = { scope: 'towns' };
    const { breaks } = await planted(t, [
      figure('y1', 'people an 2021', 1),
      figure('t1', 'people an 2022 target', 1, scope),
      figure('m1', 'people an 2022-03', 1, scope),
      figure('d1', 'people an 2022-03-31', 1, scope),
      figure('s1', 'people an 2021-11-16/2022-11-15', 1, scope),
      figure('c1', 'people an 2022-01-01/2022-11-15', 1, { cumulative: true, ...scope }),
      figure('q1', 'people an 2022-04-01/2022-06-30', 1, scope),
      figure('e2', 'people an 2022 estimate', 1),
      figure('m2', 'people an 2023-02', 1),
      figure('d2', 'people an 2023-02-28', 1),
      figure('s2', 'people an 2023-11-16/2024-11-15', 1),
      figure('c2', 'people an 2024-01-01/2024-11-15', 1, { cumulative: true }),
      figure('t2', 'people an 2024 target', 1),
      figure('t3', 'people an 2024-01-01/2025-12-31 target', 1),
    ]);
    t.strictSame(await breaks('an'), [
      '2021: ',
      '2022-03: ',
      '2022-03-31: ',
      '2022-04-01/2022-06-30: ',
      '2021-11-16/2022-11-15: ',
      '2022-01-01/2022-11-15: ',
      '2022: ',
      '2022: ',
      '2023-02: scope',
      '2023-02-28: scope',
      '2023-11-16/2024-11-15: scope',
      '2024-01-01/2024-11-15: scope',
      '2024: scope',
      '2024-01-01/2025-12-31: ',
    ]);
  },
);

t.test(
  'points of an indicator that may be the same come on request, marked, and break the definition',
  async (t) => {
    const { points, series } = await planted(
      t,
      [figure('1', 'people an 2022', 1), figure('2', 'heads an 2023', 2), figure('3', 'heads nam 2023', 2)],
      { indicators: [indicator('heads', true, { possiblySameAs: ['indicator:people'] })] },
    );
    t.strictSame((await points('an')).map(short), [['observation:1', '2022', 1]]);
    t.match(await points('an', { include: ['possibly_same_as'] }), [
      { indicator: { code: 'people' }, possiblySame: false, breaks: [] },
      {
        indicator: { code: 'heads' },
        possiblySame: true,
        breaks: [
          { kind: 'definition', since: 'observation:1', text: 'Of heads, the point before of people.' },
        ],
      },
    ]);
    t.strictSame(await points('nam'), []);
    t.match(await series('nam', { include: ['possibly_same_as'] }), [
      { indicator: { code: 'people' }, points: [{ possiblySame: true }] },
    ]);
  },
);

t.test(
  'cumulative points stay as they are, and what lies between two is a marked value on request',
  async (t) => {
    const { context, points } = await planted(t, [
      upTo('q1', 'people an', '03', 0.1, { flags: ['period_inferred'], issuer: 'body:one' }),
      upTo('h1', 'people an', '06', 0.3, { flags: ['place_inferred'], issuer: 'body:one' }),
      upTo('q3', 'people an estimate', '09', 0.75),
      figure('year', 'people an 2020', 1),
    ]);
    const reported = (await points('an')).map(short);
    t.strictSame(
      reported.map(([id, , value]) => [id, value]),
      [
        ['observation:q1', 0.1],
        ['observation:h1', 0.3],
        ['observation:q3', 0.75],
        ['observation:year', 1],
      ],
      'none without the asking',
    );
    const all = await points('an', { include: ['residuals'] });
    t.strictSame(all.filter(({ kind }) => kind === 'reported').map(short), reported);
    t.strictSame(
      all.map(({ kind, period }) => `${period.label} ${kind}`),
      [
        '2020-01-01/2020-03-31 reported',
        '2020-01-01/2020-06-30 reported',
        '2020-04-01/2020-06-30 residual',
        '2020-01-01/2020-09-30 reported',
        '2020-07-01/2020-09-30 residual',
        '2020 reported',
        '2020-10-01/2020-12-31 residual',
      ],
    );
    t.match(all[2], {
      kind: 'residual',
      observation: null,
      period: { start: '2020-04-01', end: '2020-06-30', cumulative: false },
      scenario: 'actual',
      comparator: 'eq',
      value: 0.2,
      issuer: { id: 'body:one' },
      place: { id: 'place_version:11' },
      flags: ['place_inferred', 'period_inferred', 'derived'],
      formula: '0.3 − 0.1',
      inputs: ['observation:h1', 'observation:q1'],
      breaks: [],
      obstacle: null,
    });
    t.match(all[4], { scenario: 'estimate', value: 0.45, issuer: null });
    t.match(all[6], { scenario: 'estimate', value: 0.25, formula: '1 − 0.75' }, 'the rest of the year');

    await context.database.pool.query({ text: "insert into identities values ('dataset:a', 1)" });
    await context.database.pool.query({
      text: `update observations set dataset_id = 'dataset:a', row_number = 1, column_name = 'A' where id in ('observation:h1', 'observation:q3')`,
    });
    const datasets = (await points('an', { include: ['residuals'] })).map(
      ({ kind, dataset }) => `${kind} ${dataset}`,
    );
    t.strictSame(
      datasets.filter((one) => one.startsWith('residual')),
      ['residual null', 'residual dataset:a', 'residual null'],
      'a residual is of a table if both figures are',
    );
  },
);

t.test('the difference of bounds is a bound where it is one, and never exact', async (t) => {
  const comparators = ['eq', 'ge', 'gt', 'le', 'lt', 'approx'] as const;
  const wanted: Record<string, string> = {
    'eq eq': 'eq',
    'eq ge': 'le',
    'eq gt': 'lt',
    'eq le': 'ge',
    'eq lt': 'gt',
    'ge eq': 'ge',
    'gt eq': 'gt',
    'le eq': 'le',
    'lt eq': 'lt',
    'ge le': 'ge',
    'ge lt': 'gt',
    'gt le': 'gt',
    'gt lt': 'gt',
    'le ge': 'le',
    'le gt': 'lt',
    'lt ge': 'lt',
    'lt gt': 'lt',
  };
  const pairs = comparators.flatMap((later) => comparators.map((earlier) => [later, earlier] as const));
  const places = ['an', 'binh', 'chau', 'quang', 'ru', 'rung', 'nam', 'song', 'sot', 'uan', 'vo', 'xa'];
  const scopes = ['one', 'two', 'three'];
  const { points } = await planted(
    t,
    pairs.flatMap(([later, earlier], at) => {
      const where = `people ${places[at % places.length]}`;
      const scope = { scope: scopes[Math.floor(at / places.length)] };
      return [
        upTo(`${at}-a`, where, '03', 7, { comparator: earlier, ...scope }),
        upTo(`${at}-b`, where, '06', 10, { comparator: later, ...scope }),
      ];
    }),
  );
  const found = new Map<string, SeriesPoint>();
  for (const place of places) {
    for (const point of await points(place, { include: ['residuals'] })) {
      if (point.kind === 'residual') found.set(point.inputs[0] as string, point);
    }
  }
  for (const [at, pair] of pairs.entries()) {
    const point = found.get(`observation:${at}-b`);
    const comparator = wanted[pair.join(' ')];
    const title = `${pair[0]} 10 less ${pair[1]} 7 is ${comparator ?? 'nothing'}`;
    if (comparator) t.match(point, { comparator, value: 3, obstacle: null }, title);
    else t.match(point, { comparator: null, value: null, formula: null, obstacle: 'bound_not_exact' }, title);
  }
});

t.test('there is no residual of figures that do not belong together, and the reason is given', async (t) => {
  const pair = (place: string, earlier: object, later: object = {}) => [
    upTo(`${place}-a`, `people ${place}`, '03', 7, earlier),
    upTo(`${place}-b`, `people ${place}`, '06', 10, later),
  ];
  const reading = { field: 'value', printed: '7', probable: '70', reason: 'So.' };
  const { residuals } = await planted(
    t,
    [
      ...pair('an', {}),
      ...pair('binh', { flags: ['unit_suspect'] }),
      ...pair('chau', {}, { readings: [reading] }),
      ...pair('quang', { subsetOf: 'observation:an-a' }),
      ...pair('ru', { value: undefined, valueCode: 'many' }),
      ...pair('rung', {}, { flags: ['base_suspect'] }),
      ...pair('nam', { issuer: 'body:one' }, { issuer: 'body:other' }),
      ...pair('song', { scope: 'towns' }),
      ...pair('sot', { cumulative: false }, { cumulative: false }),
      ...pair('uan', {}, { scenario: 'target' }),
      ...pair('vo', {}),
      upTo('vo-c', 'people vo', '06', 9, { issuer: 'body:one', comparator: 'ge' }),
      ...pair('y', {}),
      upTo('y-c', 'people y', '06', 10, { issuer: 'body:one' }),
      ...pair('zi', {}),
      upTo('zi-c', 'people zi estimate', '06', 12),
      ...pair('zo', { value: 0.5 }, { value: 999_999_999_999_999 }),
      upTo('gia-a', 'income gia', '03', 7),
      upTo('gia-b', 'income gia', '06', 10),
      ...pair('ich', { unit: 'thousand' }),
      figure('phuoc-a', 'people phuoc 2025-01-01/2025-06-30', 7, { cumulative: true }),
      figure('phuoc-b', 'people phuoc 2025-01-01/2025-09-30', 9, { cumulative: true }),
      figure('phuoc-c', 'people phuoc 2024-01-01/2024-09-30', 9, { cumulative: true }),
      figure('hai-a', 'people hai 2020-01-01/2020-09-30', 7, { cumulative: true }),
      figure('hai-b', 'people hai 2020-01-01/2021-09-30', 9, { cumulative: true }),
      ...pair('kim', {}, { value: 7 }),
    ],
    {
      contradictions: [
        {
          id: 'contradiction:kim',
          kind: 'value',
          name: { en: 'Kim' },
          sides: [
            { fact: 'observation:kim-a', states: '7' },
            { fact: 'observation:hai-a', states: '7' },
          ],
        },
      ],
    },
  );
  const reasons: [place: string, said: string[], title: string][] = [
    ['an', ['eq 3 = 10 − 7'], 'an exact one'],
    ['binh', ['figure_in_doubt'], 'a suspect unit'],
    ['chau', ['figure_in_doubt'], 'a reading'],
    ['rung', ['figure_in_doubt'], 'a suspect base'],
    ['quang', ['subset_of_another'], 'an "of which"'],
    ['ru', ['no_number'], 'a finding without a number'],
    ['nam', ['definition_changed'], 'two bodies'],
    ['song', [], 'two scopes'],
    ['sot', [], 'no cumulative figures'],
    ['uan', [], 'a result and a target'],
    ['vo', ['figures_in_contradiction'], '10 and at least 9 for one half of a year'],
    ['y', ['eq 3 = 10 − 7'], 'two bodies that say the same'],
    ['zi', ['eq 3 = 10 − 7'], 'a result stands for what was estimated before'],
    ['zo', ['difference_too_long'], 'too many digits'],
    ['ich', [], 'two units'],
    ['phuoc', ['territory_changed'], 'a merger between the two, and another year'],
    ['hai', [], 'an account that is longer than a year'],
    ['kim', ['figures_in_contradiction'], 'a side of a contradiction'],
  ];
  for (const [place, said, title] of reasons) t.strictSame(await residuals(place), said, title);
});

t.test('an indicator that is not additive has no residuals', async (t) => {
  const { points } = await planted(t, [upTo('a', 'income an', '03', 7), upTo('b', 'income an', '06', 10)]);
  t.equal((await points('an', { indicator: 'income', include: ['residuals'] })).length, 2);
});

t.test('a series costs the same statements whatever its length', async (t) => {
  const country = await planted(t, [
    ...[2021, 2022, 2023, 2025].map((year) => figure(`an-${year}`, `people an ${year}`, year)),
    ...[2021, 2025].map((year) => figure(`song-${year}`, `people song ${year}`, year)),
  ]);
  const ask =
    (place: string, more: object = {}) =>
    () =>
      country.points(place, more);
  t.equal(await country.statementsOf(ask('an')), await country.statementsOf(ask('song')));
  const on = { territory: '2025-07-01' };
  const withTerritory = await country.statementsOf(ask('an', on));
  t.equal(withTerritory, (await country.statementsOf(ask('song', { ...on, include: ['residuals'] }))) + 1);
  t.match(await country.points('an', on), [
    { comparability: { kind: 'part', reason: 'predecessor_not_reported' } },
    { comparability: { kind: 'part' } },
    { comparability: { kind: 'part' } },
    { comparability: { kind: 'same' } },
  ]);
});

t.test('the budget revenue of Ninh Bình has two cumulative points, of two documents', async (t) => {
  const { graphql } = await sharedService();
  const { data } = await graphql(`{
    series(indicator: "state_budget_revenue", place: "province:37", include: [residuals]) {
      nodes {
        place { status }
        points {
          kind value comparator obstacle
          observation { citations { nodes { document { id } } } }
          inputs { totalCount nodes { id } }
        }
      }
    }
  }`);
  const inDocument = (id: string) => ({ citations: { nodes: [{ document: { id } }, { document: { id } }] } });
  t.strictSame(data, {
    series: {
      nodes: [
        {
          place: { status: 'in_force' },
          points: [
            {
              kind: 'reported',
              value: 7476.9,
              comparator: 'eq',
              obstacle: null,
              observation: inDocument('document:004'),
              inputs: { totalCount: 0, nodes: [] },
            },
            {
              kind: 'reported',
              value: 10491,
              comparator: 'gt',
              obstacle: null,
              observation: inDocument('document:001'),
              inputs: { totalCount: 0, nodes: [] },
            },
            {
              kind: 'residual',
              value: null,
              comparator: null,
              obstacle: 'figure_in_doubt',
              observation: null,
              inputs: {
                totalCount: 2,
                nodes: [
                  { id: 'observation:ninh-binh-2023-9m-state-budget-revenue' },
                  { id: 'observation:ninh-binh-2023-6m-state-budget-revenue' },
                ],
              },
            },
          ],
        },
      ],
    },
  });
});

t.test('an empty series says why', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const noticeOf = async (args: object) => {
    const asked = { indicator: 'grdp', place: 'province:37', ...args };
    const { items, notice } = (await answer(context, scope, 'series', asked)) as Page<Row>;
    t.strictSame(items, []);
    return notice;
  };
  t.match(await noticeOf({ place: 'province:99' }), { code: 'unknown_place' });
  t.match(await noticeOf({ indicator: 'grdpp' }), { code: 'unknown_indicator', try: 'indicator=grdp' });
  t.match(await noticeOf({ measure: 'rank' }), {
    code: 'nothing_fits',
    text: 'No rank of grdp is known of this place, but its value, growth.',
    try: 'measure=value',
  });
  t.match(
    await noticeOf({ from: '2090-01-01' }),
    { code: 'nothing_fits', try: null },
    'the measure is known',
  );
  t.match(await noticeOf({ place: 'province:40', measure: 'rank_change' }), { code: 'nothing_fits' });
});
