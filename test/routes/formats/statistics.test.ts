import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import t from 'tap';
import { jsonStatOf } from '../../../src/routes/formats/jsonstat.ts';
import { sdmxCsvOf } from '../../../src/routes/formats/sdmx-csv.ts';
import { frequencyOf, timePeriodOf } from '../../../src/routes/formats/sdmx-time.ts';
import { dimensions, type Statement, statementsOf } from '../../../src/routes/formats/statistics.ts';
import { attributes } from '../../../src/routes/formats/statistics-attributes.ts';
import { Comparator, type Names } from '../../../src/schema/common.ts';
import { limits } from '../../../src/schema/config.ts';
import { Measure, Scenario } from '../../../src/schema/observation.ts';
import { operationOf } from '../../../src/schema/operations.ts';
import { runsOr } from '../../deep.ts';
import { daysOf, inOrder, readJsonStat, readSdmxCsv, toldBy, toldByRow } from './figures.ts';

const runs = { numRuns: runsOr(100), seed: 7 };
const names = (en: string | null): Names => ({ vi: null, en, ar: null, he: null });

/** An observation of nothing in particular. */
const plain = {
  id: 'observation:one',
  indicator: { id: 'indicator:people', code: 'people', name: names('People'), unit: 'persons' },
  place: {
    id: 'place_version:37',
    placeId: 'place:ninh-binh-37',
    level: 'province',
    code: '37',
    name: names('Ninh Binh'),
    validFrom: null,
    validTo: null,
  },
  period: { start: '2023-01-01', end: '2023-12-31', cumulative: false, label: '2023' },
  measure: 'value',
  scenario: 'actual',
  comparator: 'eq',
  value: 1,
  valueCode: null,
  trend: null,
  unit: 'persons',
  numerator: null,
  denominator: null,
  outOf: null,
  basis: null,
  issuer: null,
  scope: null,
  dimensions: {},
  subsetOf: null,
  readings: [],
  dataset: null,
  comparability: null,
  flags: [],
  note: null,
  contradictions: [],
  citations: [],
};
type Plain = typeof plain;
type Rows = Parameters<typeof toldBy>[0];

const operation = operationOf('observations');
const fileOf = (rows: readonly object[], args: Record<string, unknown> = {}) => ({
  name: 'observations' as const,
  operation,
  args,
  scope: { release: 1, today: '2026-11-22' },
  labels: false,
  pieces: (async function* () {
    yield { rows: rows as Record<string, unknown>[], cursors: [] };
  })(),
});
/** A series of women in per cent, with these points beside what an observation says. */
const seriesOf = (...points: object[]) => {
  const { id, measure: _measure, unit: _unit, dimensions: _dimensions, ...said } = plain;
  const point = {
    ...said,
    kind: 'reported',
    observation: id,
    breaks: [],
    formula: null,
    inputs: [],
    obstacle: null,
  };
  const { indicator, place, measure } = plain;
  const common = {
    indicator,
    place,
    measure,
    unit: 'percent',
    dimensions: { sex: 'female' },
    basisKind: null,
  };
  return { ...common, points: points.map((more) => ({ ...point, ...more })) };
};
const jsonStat = async (rows: readonly object[], args?: Record<string, unknown>): Promise<string> =>
  text(await jsonStatOf(fileOf(rows, args)));
const sdmxCsv = (rows: readonly object[]): Promise<string> => text(sdmxCsvOf(fileOf(rows)));

const keyOf = (more: Partial<Statement> | object, id: string): string | undefined => {
  const [statement] = statementsOf('observations', [{ ...plain, ...more }]);
  return dimensions.find((one) => one.id === id)?.of(statement as Statement).code;
};

t.test('a period is written as the calendar has it, else as its start and length', async (t) => {
  const written = (start: string, end: string) => {
    const { code } = frequencyOf({ start, end });
    return `${code} ${timePeriodOf({ start, end })}`;
  };
  t.equal(written('2023-01-01', '2023-12-31'), 'A 2023');
  t.equal(written('2023-01-01', '2023-06-30'), 'S 2023-S1');
  t.equal(written('2023-07-01', '2023-12-31'), 'S 2023-S2');
  t.equal(written('2023-10-01', '2023-12-31'), 'Q 2023-Q4');
  t.equal(written('2024-02-01', '2024-02-29'), 'M 2024-02');
  t.equal(written('2023-10-31', '2023-10-31'), '_Z 2023-10-31', 'a state on a day has no frequency');
  t.equal(written('2023-01-01', '2023-09-30'), '_O 2023-01-01/P9M');
  t.equal(written('2023-02-01', '2023-04-30'), '_O 2023-02-01/P3M', 'three months that are no quarter');
  t.equal(written('2022-07-01', '2023-06-30'), '_O 2022-07-01/P12M', 'twelve that are no year');
  t.equal(written('2021-01-01', '2025-12-31'), '_O 2021-01-01/P60M');
  t.equal(written('2023-01-01', '2023-09-22'), '_O 2023-01-01/P265D');
  t.equal(written('2023-01-15', '2023-02-14'), '_O 2023-01-15/P31D');
});

t.test('a period that is written can be read again to the same days', async (t) => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
  const edge = day.chain((date) =>
    fc.constantFrom(date, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1))),
  );
  const end = day.chain((date) =>
    fc.constantFrom(date, new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0))),
  );
  fc.assert(
    fc.property(edge, end, (a, b) => {
      const [start = '', last = ''] = [a, b].map((one) => one.toISOString().slice(0, 10)).sort();
      t.strictSame(daysOf(timePeriodOf({ start, end: last })), { start, end: last });
    }),
    runs,
  );
});

t.test('codes are those of SDMX where it has them, and hold nothing that parts keys', async (t) => {
  t.equal(keyOf({ unit: 'billion_vnd' }, 'UNIT_MEASURE'), 'VND');
  t.equal(keyOf({ unit: 'billion_vnd' }, 'UNIT_MULT'), '9');
  t.equal(keyOf({ unit: 'percent' }, 'UNIT_MEASURE'), 'PT');
  t.equal(keyOf({ unit: 'thousand' }, 'UNIT_MEASURE'), 'thousand', 'a multiplier of nothing is a unit');
  t.equal(keyOf({ unit: 'thousand' }, 'UNIT_MULT'), '0');
  t.equal(keyOf({ unit: 'million_vnd_per_year' }, 'UNIT_MEASURE'), 'vnd_per_year');
  t.equal(
    keyOf({ place: { ...plain.place, id: 'place_version:7.0@2024-01-01' } }, 'REF_AREA'),
    '7$0@2024-01-01',
  );
  t.equal(keyOf({ dimensions: { tier: 'b', field: 'a' } }, 'BREAKDOWN'), 'field=a,tier=b');
  t.equal(keyOf({}, 'BREAKDOWN'), '_T');
  const basis = { kind: 'plan', start: '2023-01-01', end: '2023-12-31', issuer: null };
  t.strictSame(
    ['BASIS', 'BASE_PER', 'BASIS_ISSUER'].map((id) => [keyOf({ basis }, id), keyOf({}, id)]),
    [
      ['plan', '_Z'],
      ['2023', '_Z'],
      ['_U', '_Z'],
    ],
  );
  t.equal(keyOf({ basis: { ...basis, start: null, end: null } }, 'BASE_PER'), '_U');
  t.equal(keyOf({ basis: { ...basis, end: null } }, 'BASE_PER'), '_U');
});

t.test('only an exact number that nothing disagrees with needs no claim', async (t) => {
  t.equal(keyOf({}, 'CLAIM'), '_Z');
  for (const more of [
    { comparator: 'ge' },
    { value: null },
    { trend: 'up' },
    { valueCode: 'good' },
    { numerator: 1, denominator: 2 },
    { outOf: 63 },
    { contradictions: ['contradiction:one'] },
  ]) {
    t.equal(keyOf(more, 'CLAIM'), 'one', JSON.stringify(more));
  }
});

t.test('figures of one indicator are a cube, those of a list a collection of cubes', async (t) => {
  const body = JSON.parse(await jsonStat([plain], { indicator: ['people'] }));
  t.match(body, {
    version: '2.0',
    class: 'dataset',
    label: 'People',
    source: 'govdata, release 1',
    id: ['INDICATOR', 'REF_AREA', 'TIME_PERIOD', 'MEASURE', 'SCENARIO'],
    size: [1, 1, 1, 1, 1],
    value: { 0: 1 },
    status: { 0: 'A' },
    role: { time: ['TIME_PERIOD'], geo: ['REF_AREA'], metric: ['MEASURE'] },
    extension: { release: 1, figure: { 0: { OBSERVATION: 'observation:one', COMPARATOR: 'eq' } } },
  });
  const list = JSON.parse(
    await jsonStat([plain], { indicator: ['people', 'b'], year: 2023, asOf: '2026-11-25' }),
  );
  t.match(list, { version: '2.0', class: 'collection', label: 'Reported figures and findings' });
  t.match(list.link.item, [
    {
      class: 'dataset',
      href: 'observations.jsonstat.json?indicator=people&release=1&year=2023',
      value: { 0: 1 },
    },
  ]);
});

t.test('a name that is known in no language is the code', async (t) => {
  const indicator = { ...plain.indicator, name: names(null) };
  const body = JSON.parse(await jsonStat([{ ...plain, indicator }], { indicator: ['people'] }));
  t.equal(body.label, 'people');
  t.equal(body.dimension.INDICATOR.category.label.people, 'people');
});

t.test('what two say of one cell is kept apart by a claim, and nothing else is', async (t) => {
  const body = await jsonStat(
    [
      { ...plain, id: 'observation:b', value: 5, comparator: 'ge' },
      { ...plain, id: 'observation:a', value: 6, comparator: 'ge' },
      { ...plain, id: 'observation:c', scenario: 'target' },
    ],
    { indicator: ['people'] },
  );
  const { id, size, value, note, dimension } = JSON.parse(body);
  t.equal(id.at(-1), 'CLAIM');
  t.strictSame(size, [1, 1, 1, 1, 2, 3]);
  t.strictSame(dimension.CLAIM.category.index, ['_Z', 'a', 'b']);
  t.strictSame(value, { 1: 6, 2: 5, 3: 1 });
  t.match(note, [/CLAIM/]);
});

t.test('a unit is that of the measure, unless the measure has two', async (t) => {
  const growth = { measure: 'growth', unit: 'percent', id: 'observation:g', value: 1.25 };
  const one = JSON.parse(await jsonStat([plain, { ...plain, ...growth }], { indicator: ['people'] }));
  t.strictSame(one.dimension.MEASURE.category.unit, {
    value: { label: 'Persons', decimals: 0 },
    growth: { label: 'Percent', decimals: 2 },
  });
  t.notOk(one.id.includes('UNIT_MEASURE'));
  const other = { ...plain, id: 'observation:h', unit: 'thousand_persons' };
  const two = JSON.parse(await jsonStat([plain, other], { indicator: ['people'] }));
  t.strictSame(two.id.slice(5), ['UNIT_MEASURE', 'UNIT_MULT']);
  t.strictSame(two.dimension.UNIT_MULT.category.label, { 0: 'Units', 3: '10^3' });
  t.notOk(two.dimension.MEASURE.category.unit);
});

t.test('more figures or cells than the limits allow are refused', async (t) => {
  const many = Array.from({ length: limits.cubeFiguresMax + 1 }, () => plain);
  await t.rejects(jsonStat(many), {
    code: 'bad_argument',
    message: /more than 10000 figures; ask for less, with "indicator", .* or for SDMX-CSV/,
  });
  const day = (index: number) => new Date(Date.UTC(1970, 0, 1 + index)).toISOString().slice(0, 10);
  const spread = Array.from({ length: 1001 }, (_, index) => ({
    ...plain,
    period: { ...plain.period, start: day(index), end: day(index) },
    scope: `The ${index}th`,
  }));
  await t.rejects(jsonStat(spread), {
    code: 'bad_argument',
    message: /more than 1000000 cells for an indicator/,
  });
  t.equal(readJsonStat(await jsonStat(spread.slice(1))).length, 1000);
});

const wild = fc.string({ unit: fc.constantFrom(...'ab;,"\\\r\n=+-@{}:.ễ\u{1f600} '), maxLength: 8 });
const plainly = { noNullPrototype: true };
const finite = fc.double({ noDefaultInfinity: true, noNaN: true });
const odd: fc.Arbitrary<Partial<Plain> | object> = fc.record({
  value: fc.option(finite),
  scope: fc.option(wild.filter((scope) => scope !== '_T')),
  note: fc.option(wild),
  measure: fc.constantFrom(...Measure.enum),
  scenario: fc.constantFrom(...Scenario.enum),
  comparator: fc.constantFrom(...Comparator.enum),
  unit: fc.constantFrom('percent', 'vnd', 'billion_vnd', 'million', 'persons'),
  dimensions: fc.dictionary(fc.constantFrom('sex', 'tier', 'scope'), fc.constantFrom('a', 'b_c')),
  readings: fc.array(
    fc.record({ field: wild, printed: wild, probable: fc.option(wild), reason: wild }, plainly),
    {
      maxLength: 2,
    },
  ),
  indicator: fc.record({
    code: fc.constantFrom('people', 'income'),
    name: wild.map(names),
    id: fc.constant('indicator:people'),
    unit: fc.constant('persons'),
  }),
});
const lists = fc
  .array(odd, { maxLength: 12 })
  .map((all) => all.map((one, index) => ({ ...plain, ...one, id: `observation:${index}` })) as unknown[]);

t.test('whatever the texts are, both files tell every figure', async (t) => {
  await fc.assert(
    fc.asyncProperty(lists, async (rows) => {
      const expected = inOrder(toldBy(rows as Rows));
      t.strictSame(inOrder(readJsonStat(await jsonStat(rows as object[]))), expected);
      const read = readSdmxCsv(await sdmxCsv(rows as object[]));
      t.strictSame(inOrder(read.map(toldByRow)), expected);
      read.forEach((row, index) => {
        const { scope, note, readings } = rows[index] as {
          scope: string | null;
          note: string | null;
          readings: [];
        };
        t.equal(row['SCOPE'], scope ?? '_T');
        t.equal(row['COMMENT_OBS'], note ?? '');
        t.strictSame(JSON.parse(row['READINGS'] || '[]'), readings);
      });
    }),
    runs,
  );
});

t.test(
  'the status is of what SDMX puts first: a break, then what is missing, then the scenario',
  async (t) => {
    const statusOf = async (more: object): Promise<string | undefined> =>
      readSdmxCsv(await sdmxCsv([{ ...plain, ...more }]))[0]?.['OBS_STATUS'];
    t.equal(await statusOf({}), 'A');
    t.equal(await statusOf({ scenario: 'target' }), 'A', 'a target is a scenario, no status');
    t.equal(await statusOf({ scenario: 'preliminary' }), 'P');
    t.equal(await statusOf({ scenario: 'estimate' }), 'E');
    t.equal(await statusOf({ scenario: 'estimate', value: null }), 'O');
    t.equal(await statusOf({ unit: 'status', value: null }), 'M');
    const [broken] = statementsOf('series', [seriesOf({ value: null, breaks: [{ kind: 'scope' }] })]);
    t.equal(attributes.find(({ id }) => id === 'OBS_STATUS')?.of(broken as Statement), 'B');
  },
);

t.test(
  'a point of a series has what its series says, and a residual what it was computed from',
  async (t) => {
    const residual = { kind: 'residual', observation: null, comparator: 'gt', formula: '3 − 2' };
    const series = seriesOf(
      { breaks: [{ kind: 'scope' }, { kind: 'territory' }, { kind: 'scope' }] },
      { ...residual, inputs: ['observation:two', 'observation:one'] },
    );
    const file = { ...fileOf([series]), name: 'series' as const, operation: operationOf('series') };
    const rows = readSdmxCsv(await text(sdmxCsvOf(file)));
    t.match(rows, [
      {
        STRUCTURE_ID: 'GOVDATA:SERIES(1.0.0)',
        UNIT: 'percent',
        BREAKDOWN: 'sex=female',
        'BREAKS[]': 'scope;territory',
      },
      {
        POINT_KIND: 'residual',
        CLAIM: '_Z',
        FORMULA: '3 − 2',
        'INPUTS[]': 'observation:two;observation:one',
        OBSERVATION: '',
      },
    ]);
  },
);

t.test('the documents of a figure are named once, and how far it holds for a territory', async (t) => {
  const citation = (id: string, document: object | null) => ({ id: `citation:${id}`, document });
  const printed = { id: 'document:003', fileName: '003.txt' };
  const citations = [citation('a', printed), citation('b', printed), citation('c', null)];
  const comparability = { territory: '2025-07-01', kind: 'exact_sum', value: 7, unit: 'persons' };
  const [row] = readSdmxCsv(await sdmxCsv([{ ...plain, citations, comparability }]));
  t.match(row, {
    'CITATIONS[]': 'citation:a;citation:b;citation:c',
    'DOCUMENTS[]': 'document:003',
    TERRITORY: '2025-07-01',
    COMPARABILITY: 'exact_sum',
    TERRITORY_VALUE: '7',
    TERRITORY_UNIT: 'persons',
  });
});

t.test('every dimension and attribute has its row in docs/statistics.md, and no row lacks it', async (t) => {
  const page = readFileSync(new URL('../../../docs/statistics.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+(?:\[\])?)` \| (.+) \|$/gm)].map(([, id, about]) => [
    id,
    about,
  ]);
  t.strictSame(rows, [
    ...dimensions.map(({ id, codes }) => [id, codes]),
    ...attributes.map(({ id, many, about }) => [many ? `${id}[]` : id, about]),
  ]);
});

t.test('figures of two tables are two keys', async (t) => {
  const tables = ['dataset:a-2016', 'dataset:b.c'].map((dataset) => ({ ...plain, dataset }));
  const rows = readSdmxCsv(await text(sdmxCsvOf(fileOf([plain, ...tables]))));
  t.strictSame(
    rows.map((row) => row['DATASET']),
    ['_Z', 'a-2016', 'b$c'],
  );
});
