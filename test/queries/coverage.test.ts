import t, { type Test } from 'tap';
import { answer, openScope } from '../../src/queries/answer.ts';
import { coverageOf } from '../../src/queries/coverage.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import type { CoverageCell } from '../../src/schema/coverage.ts';
import { sharedDatabase } from '../service.ts';
import { sharedService } from '../shared-service.ts';
import { change, dividedCountry, place } from './comparability-country.ts';
import { figure, plant, upTo } from './figures-country.ts';

async function planted(
  t: Test,
  observations: readonly { id: string }[],
  more: Parameters<typeof plant>[2] = {},
) {
  const country = await plant(t, observations, more);
  const cells = async (where: string, args: object = {}): Promise<CoverageCell[]> =>
    (await country.list('coverage', { place: `place:${where}`, ...args })).items as CoverageCell[];
  /** `people 2023: reported` */
  const brief = async (where: string, args: object = {}): Promise<string[]> =>
    (await cells(where, args)).map(({ indicator, year, status }) => `${indicator.code} ${year}: ${status}`);
  return { ...country, cells, brief };
}

/** Of the years from one to another. */
const years = (first: number, last = first) => ({ from: `${first}-01-01`, to: `${last}-12-31` });
const people = { indicator: ['people'] };

t.test(
  'each cell says what is known: reported, without a number, a target only, or not printed',
  async (t) => {
    const { brief, cells } = await planted(t, [
      figure('r1', 'people an 2019', 1),
      figure('r2', 'people an 2019 target', 2),
      upTo('half', 'people an', '06', 3),
      upTo('most', 'people an estimate', '09', 4),
      figure('growth', 'people an 2020-01-01/2020-09-30', 4, {
        measure: 'growth',
        unit: 'percent',
        cumulative: true,
        basis: { kind: 'earlier_period' },
      }),
      figure('found', 'people an 2021', null, { valueCode: 'many' }),
      figure('target', 'people an 2022 target', 4),
      figure('late', 'people an 2020-01-01/2024-12-31 target', 4),
      figure('share', 'income an 2019', null, { measure: 'share', numerator: 1, denominator: 2 }),
      figure('elsewhere', 'people binh 2018', 1),
    ]);
    t.strictSame(await brief('an'), [
      'income 2019: reported',
      'income 2020: not_printed',
      'income 2021: not_printed',
      'income 2022: not_printed',
      'income 2023: not_printed',
      'income 2024: not_printed',
      'people 2019: reported',
      'people 2020: reported',
      'people 2021: reported_without_number',
      'people 2022: target_only',
      'people 2023: not_printed',
      'people 2024: target_only',
    ]);
    t.match(await cells('an', people), [
      {
        place: { id: 'place_version:11' },
        year: 2019,
        periods: ['2019'],
        through: '2019-12-31',
        observations: ['observation:r1', 'observation:r2'],
        documents: [],
        text: 'Reported for 2019.',
      },
      {
        measures: ['value', 'growth'],
        periods: ['2020-01-01/2020-06-30', '2020-01-01/2020-09-30'],
        through: '2020-09-30',
        text: 'Reported for 2020-01-01/2020-06-30, 2020-01-01/2020-09-30. Nothing is known of the time after 2020-09-30.',
      },
      { through: '2021-12-31', text: 'Reported without a number for 2021.' },
      { through: null, measures: ['value'], text: 'Only a target is known, for 2022.' },
      {
        through: null,
        measures: [],
        periods: [],
        observations: [],
        text: 'No document that is held prints a figure of an (11) for 2023.',
      },
      { periods: ['2020-01-01/2024-12-31'], text: 'Only a target is known, for 2020-01-01/2024-12-31.' },
    ]);
  },
);

t.test('a place that has ended, and one that is not known yet, are not unprinted', async (t) => {
  const gone = { to: '2020-01-01' };
  const many = Array.from({ length: 12 }, (_, at) => `${60 + at}`.padStart(2, '0')).map(
    (code) => `99${code}1`,
  );
  const { brief, cells } = await planted(
    t,
    [
      figure('tre', 'people tre 2022', 1),
      figure('tra', 'people tra 2023', 1),
      figure('binh', 'people binh 2024', 1),
      figure('uan', 'people uan 2024', 1),
      figure('back', 'people back 2023', 1),
      figure('cut', 'people cut 2024', 1),
    ],
    {
      places: [
        ...dividedCountry.places,
        place('back', { code: '93', ...gone }, { code: '93', from: '2023-01-01' }),
        place('cut', { code: '94', to: '2026-01-01' }),
        ...many.map((code) => place(`cut-${code}`, { code, from: '2026-01-01' })),
      ],
      placeChanges: [
        ...dividedCountry.placeChanges,
        change(
          '2026-01-01',
          ...many.map((code): [string, string, string] => ['94', `${code}@2026-01-01`, 'part']),
        ),
      ],
    },
  );
  t.strictSame(await brief('binh', years(2024, 2026)), [
    'people 2024: reported',
    'people 2025: not_printed',
    'people 2026: place_abolished',
  ]);
  t.match(
    (await cells('binh', years(2025, 2026))).map(({ place, text }) => [place?.id, text]),
    [
      ['place_version:12', 'No document that is held prints a figure of binh (12) for 2025.'],
      [undefined, 'binh (12) ended on 2025-07-01. After it came an (11).'],
    ],
  );
  t.match(
    (await cells('uan', years(2026)))[0]?.text,
    'uan (51) ended on 2025-07-01. No source names what came after it.',
  );
  t.strictSame(await brief('cut', years(2025, 2026)), [
    'people 2025: not_printed',
    'people 2026: place_abolished',
  ]);
  t.match(
    (await cells('cut', years(2026)))[0]?.text,
    /^cut \(94\) ended on 2026-01-01. After it came (cut-99\d\d1 \(99\d\d1\), ){9}cut-99691 \(99691\) and 2 more.$/,
  );
  t.strictSame(
    await brief('tre', years(2021, 2023)),
    ['people 2021: not_known_before', 'people 2022: reported', 'people 2023: not_known_before'],
    'a figure older than the place is reported',
  );
  t.match(await cells('tre', years(2021, 2022)), [
    { place: null, text: 'tre (82) is known since 2024-01-01, when it began.' },
    { place: null, observations: ['observation:tre'] },
  ]);
  t.strictSame(await brief('tra', years(2021, 2022)), [
    'people 2021: not_known_before',
    'people 2022: not_printed',
  ]);
  t.match(
    (await cells('tra', years(2021)))[0]?.text,
    'tra (81) is known since 2022-10-01, from the first list that shows it.',
  );
  t.strictSame(
    await brief('back', years(1999, 2023)).then((all) => [all[0], all[20], all[21], all[23], all[24]]),
    [
      'people 1999: not_printed',
      'people 2019: not_printed',
      'people 2020: place_abolished',
      'people 2022: place_abolished',
      'people 2023: reported',
    ],
  );
  t.match((await cells('an', { ...people, ...years(2030) }))[0], {
    place: { id: 'place_version:11@2025-07-01' },
    status: 'not_printed',
    text: 'No document that is held prints a figure of an (11) for 2030. The year has not begun.',
  });
});

t.test('the years are those of the days asked for, else those of which anything is known', async (t) => {
  const { brief, list } = await planted(t, [
    figure('a', 'people an 2019', 1),
    figure('b', 'income an 2021', 1),
    figure('c', 'people binh 2018', 1),
  ]);
  const yearsOf = async (where: string, args: object): Promise<string[]> =>
    (await brief(where, { ...people, ...args })).map((one) => one.slice(7, 11));
  t.strictSame(await yearsOf('an', {}), ['2019', '2020', '2021']);
  t.strictSame(await yearsOf('an', { from: '2020-12-31', to: '2020-12-31' }), ['2020']);
  t.strictSame(await yearsOf('an', { from: '2020-06-01' }), ['2020', '2021']);
  t.strictSame(await yearsOf('an', { to: '2020-06-01' }), ['2019', '2020']);
  t.strictSame(await yearsOf('an', { from: '2023-06-01' }), ['2023'], 'later than anything known');
  t.strictSame(await yearsOf('an', { to: '2017-06-01' }), ['2017'], 'earlier than anything known');
  t.strictSame(await yearsOf('chau', { from: '2023-06-01' }), ['2023']);
  t.strictSame(await yearsOf('chau', { to: '2023-06-01' }), ['2023']);
  t.strictSame(await yearsOf('chau', years(2022, 2023)), ['2022', '2023']);
  t.strictSame(
    await yearsOf('an', { from: '0998-01-01', to: '1000-01-01' }),
    ['998:', '999:', '1000'],
    'in order',
  );
  t.match(await list('coverage', { place: 'place:chau' }), {
    total: 0,
    notice: { code: 'nothing_known', try: null },
  });
  t.match(await list('coverage', { place: 'place:chau', ...people }), {
    total: 0,
    notice: { code: 'nothing_known', try: 'from=2026-11-22' },
  });
  t.match(await list('coverage', { place: 'place:nowhere' }), {
    total: 0,
    notice: { code: 'unknown_place' },
  });
  t.match(await list('coverage', { place: 'place:nowhere', ...people, ...years(2020) }), {
    total: 0,
    notice: { code: 'unknown_place' },
  });
  t.match(await list('coverage', { place: 'place:an', indicator: ['peple'] }), {
    total: 0,
    notice: { code: 'unknown_indicator', try: 'indicator=people' },
  });
});

t.test(
  'pages of cells go on where the page before ended, in the same statements whatever their size',
  async (t) => {
    const country = await planted(t, [
      ...[2019, 2020, 2021, 2022].map((year) => figure(`p${year}`, `people an ${year}`, 1)),
      figure('i', 'income an 2020', 1),
    ]);
    const asked = { place: 'place:an', limit: 3 };
    const first = await country.list('coverage', asked);
    const second = await country.list('coverage', { ...asked, after: first.next });
    const third = await country.list('coverage', { ...asked, after: second.next });
    t.strictSame(
      [first, second, third].map(({ items, total }) => [total, items.map((one) => one['year'])]),
      [
        [8, [2019, 2020, 2021]],
        [8, [2022, 2019, 2020]],
        [8, [2021, 2022]],
      ],
    );
    t.equal(third.next, null);
    const cost = (limit: number) => country.statementsOf(() => country.list('coverage', { ...asked, limit }));
    t.equal(await cost(1), await cost(8));
  },
);

t.test('a span that is backwards or makes too many cells is refused', async (t) => {
  const { list } = await planted(t, [figure('a', 'people an 2019', 1), figure('b', 'income an 2019', 1)]);
  const refusal = (args: object) => list('coverage', { place: 'place:an', ...args });
  await t.rejects(refusal({ from: '2020-02-01', to: '2020-01-01' }), {
    code: 'bad_argument',
    parameter: 'from',
    message: '"from" must not be later than "to"; 2020-02-01 is later than 2020-01-01.',
  });
  await t.rejects(refusal({ from: '0001-01-01', to: '5001-01-01' }), {
    code: 'bad_argument',
    parameter: 'from',
    message:
      '1 to 5001 for 2 indicators are more than 10000 cells; ask for fewer years, or with "indicator".',
  });
  t.equal((await refusal({ from: '0001-01-01', to: '5000-01-01' })).total, 10_000);
});

t.test('Bảo Yên district: what its year 2024 has, and that it had ended by 2026', async (t) => {
  const { get, app, graphql } = await sharedService();
  const { body } = await get(
    '/v1/coverage?place=district:087&indicator=average_income_per_capita&from=2023-01-01&to=2026-12-31',
  );
  const cells = body['items'] as CoverageCell[];
  t.strictSame(
    cells.map(({ year, status }) => [year, status]),
    [
      [2023, 'not_printed'],
      [2024, 'target_only'],
      [2025, 'not_printed'],
      [2026, 'place_abolished'],
    ],
  );
  t.match(cells[3]?.text, /ended on 2025-07-01. After it came /);
  t.match(cells[1]?.documents, ['document:003']);
  const file = await app.inject('/v1/coverage.csv?place=district:087');
  const [head = '', row = ''] = file.body.split('\r\n');
  t.match(head, 'year,status,measures,periods,through,observations,documents,text');
  t.match(row, /,document:003,/);
  const { data } = await graphql(`{
    coverage(place: "district:087", indicator: ["average_income_per_capita"], from: "2024-01-01", to: "2024-12-31") {
      nodes { status place { status } observations { nodes { value } } documents { nodes { paragraphCount } } }
    }
  }`);
  t.match(data, {
    coverage: {
      nodes: [
        {
          status: 'target_only',
          place: { status: 'abolished' },
          observations: { nodes: [{ value: 66 }] },
          documents: { nodes: [{ paragraphCount: Number }] },
        },
      ],
    },
  });
});

t.test('other figures of the year are named where one is not printed', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const asked = { place: 'province:37', indicator: ['average_income_per_capita'], ...years(2023) };
  const { items } = (await answer(context, scope, 'coverage', asked)) as Page<Row>;
  t.match(items, [
    {
      status: 'not_printed',
      documents: ['document:000', 'document:001', 'document:004'],
      text: 'Other figures of Ninh Bình (37) for 2023 are printed, in document:000, document:001, document:004; this one is not.',
    },
  ]);
});

t.test('a scorecard counts the cells of one place and year by status', async (t) => {
  const { context, scope } = await planted(
    t,
    [
      figure('a', 'people an 2019', 1),
      figure('b', 'income an 2019 target', 1),
      figure('c', 'heads an 2018', 1),
    ],
    { indicators: [{ ...dividedCountry.indicators[0], id: 'indicator:heads' }] },
  );
  const { cells, counts } = await coverageOf(context, scope, { place: 'place:an', year: 2019 });
  t.strictSame(
    cells.map(({ indicator, status }) => [indicator.code, status]),
    [
      ['heads', 'not_printed'],
      ['income', 'target_only'],
      ['people', 'reported'],
    ],
  );
  t.strictSame(counts, {
    reported: 1,
    reported_without_number: 0,
    target_only: 1,
    not_printed: 1,
    place_abolished: 0,
    not_known_before: 0,
  });
});
