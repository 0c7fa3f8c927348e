/**
 * Sixteen tables as they were published (`npm test` takes six of them, with few communes), by the descriptions that are part of the project. What they hold was counted by
 * `independent.py`, which shares no code with the importer.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { seedsFolder } from '../../../src/import/seed.ts';
import { importTable, type TableReport } from '../../../src/import/table/import.ts';
import { isDeep } from '../../deep.ts';
import { serviceAt, testNow, writableDatabase } from '../../service.ts';
import { fewCommunes } from '../few-communes.ts';

const datasets = fileURLToPath(new URL('../../../../shared/datasets', import.meta.url));
const withoutTables = !existsSync(datasets) && 'the tables are not part of the project';

const fileOf: Record<string, string> = {
  'administrative-units': 'gso/Number of administrative units as of 31 December by province.csv',
  'area-population-density': 'gso/Area, population and population density by province.csv',
  'average-population': 'gso/Average population by province.csv',
  'foreign-direct-investment-2016': 'gso/Foreign direct investment projects licensed in 2016 by province.csv',
  'industrial-production-index': 'gso/Index of Industrial production by province.csv',
  'infant-mortality-rate': 'gso/Infant mortality rate by province.csv',
  'medical-staff': 'gso/Number of medical staff under provincial departments of health by province.csv',
  'migration-rates': 'gso/In-migration rate, out-migration rate and net-migration rate by province.csv',
  'monthly-income-per-capita':
    'gso/Monthly average income per capita at current prices by income quintile and by province.csv',
  'pci-2005-2016': 'pci-2005-2016.csv',
  'poverty-rate': 'gso/Poverty rate by province.csv',
  'production-of-paddy': 'gso/Production of paddy by province.csv',
  'pupils-of-general-education':
    'gso/Number of pupils of general education as of 30 September by province.csv',
  'retail-sales': 'gso/Retail sales of goods and services at current prices by province.csv',
  'turnover-of-travelling': 'gso/Turnover of travelling at current prices by province.csv',
  'yield-of-paddy': 'gso/Yield of paddy by province.csv',
};

/** Those of which something is asked below. */
const few = [
  'area-population-density',
  'average-population',
  'foreign-direct-investment-2016',
  'pci-2005-2016',
  'poverty-rate',
  'pupils-of-general-education',
];
const taken = Object.keys(fileOf).filter((name) => isDeep || few.includes(name));

interface Counts {
  provinces: number;
  country: number;
  sum: string;
  preliminary: number;
}

interface Chosen {
  row: number;
  header: string;
  class: 'provinces' | 'country' | 'regions' | 'other';
  province: string | null;
  year: string;
  number: string;
}

/** What the script says of each table; undefined where there is no Python. */
function independently<T>(command: 'counts' | 'figures'): Record<string, T> | undefined {
  const script = fileURLToPath(new URL('independent.py', import.meta.url));
  try {
    const said = execFileSync('python3', [script, command, datasets], {
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    });
    return JSON.parse(said);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** `393.0` and `393` are one number; none of the tables has an exponent. */
const decimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const letters = (name: string): string => name.replace(/[^A-Za-z]/g, '').toLowerCase();

interface Point {
  period: { label: string };
  scenario: string;
  value: number;
}

t.test(`${taken.length} published tables`, { skip: withoutTables }, async (t) => {
  const { url, database } = await (isDeep ? writableDatabase(t) : fewCommunes(t));
  const service = await serviceAt(t, url, testNow);
  const rowsOf = async <R extends object>(query: string): Promise<R[]> =>
    (await database.pool.query(query)).rows;
  const load = (name: string) =>
    importTable(database, join(datasets, fileOf[name] ?? ''), {
      spec: join(seedsFolder, 'specs', `${name}.yml`),
    });
  const targetsOf = async () => (await service.get('/v1/targets')).body['items'];

  const targets = await targetsOf();
  const reports = new Map<string, TableReport>();
  for (const name of taken) reports.set(name, await load(name));
  const datasetOf = (name: string) => reports.get(name)?.dataset;

  const counts = independently<Counts>('counts');
  const figures = independently<Chosen[]>('figures');
  const withoutPython = !(counts && figures) && 'there is no python3';

  await t.test(
    'every figure of provinces and country is there, and no other',
    { skip: withoutPython },
    async (t) => {
      t.strictSame(
        Object.values(fileOf).sort(),
        Object.keys(counts ?? {}).sort(),
        'every table has a description',
      );
      const held = await rowsOf<{ dataset: string; figures: number; sum: string; preliminary: number }>(
        `select o.dataset_id as dataset, count(*)::int as figures, sum(o.value)::text as sum,
         (count(*) filter (where o.scenario = 'preliminary' and v.level = 'province'))::int as preliminary
       from observations o join place_versions v on v.id = o.place_version_id and v.until_release is null
       where o.until_release is null and o.dataset_id is not null group by o.dataset_id`,
      );
      t.equal(held.length, taken.length);
      for (const name of taken) {
        const file = fileOf[name] as string;
        const { provinces = 0, country = 0, sum = '', preliminary = 0 } = counts?.[file] ?? {};
        const row = held.find(({ dataset }) => dataset === datasetOf(name));
        t.strictSame(
          row && { figures: row.figures, sum: decimal(row.sum), preliminary: row.preliminary },
          { figures: provinces + country, sum: decimal(sum), preliminary },
          name,
        );
      }
    },
  );

  await t.test('ten figures of each table are those of their cells', { skip: withoutPython }, async (t) => {
    for (const name of taken) {
      const chosen = figures?.[fileOf[name] as string] ?? [];
      const cells = await rowsOf<{ cell: string; said: string }>(
        `select c.row_number || ' ' || c.column_name as cell,
           concat_ws(' ', v.name->>'en', o.period_label, o.value) as said
         from observations o join all_citations c on c.fact_id = o.id and c.until_release is null
         join place_versions v on v.id = o.place_version_id and v.until_release is null
         where o.until_release is null and o.dataset_id = '${datasetOf(name)}'`,
      );
      const held = new Map(cells.map(({ cell, said }) => [cell, said]));
      t.equal(chosen.length, 10);
      for (const one of chosen) {
        const cell = `${one.row} ${one.header}`;
        const [, place = '', time, value = ''] = /^(.*) (\S+) (\S+)$/.exec(held.get(cell) ?? '') ?? [];
        const bound = one.class === 'provinces' || one.class === 'country';
        t.strictSame(
          [letters(place), time?.slice(0, 4), decimal(value)],
          bound ? [letters(one.province ?? 'Viet Nam'), one.year, decimal(one.number)] : ['', undefined, ''],
          `${name}, row ${one.row}, ${one.header}`,
        );
      }
    }
  });

  await t.test('rows that are no place are left out and told', async (t) => {
    const left = [...reports].map(([name, { leftOut }]) => [name, leftOut.rows] as const);
    const unlike = Object.fromEntries(left.filter(([, rows]) => rows !== 6));
    t.strictSame(unlike, {
      'foreign-direct-investment-2016': 7,
      'pci-2005-2016': 50,
      'pupils-of-general-education': 7,
    });
  });

  await t.test('the same files again make no release', async (t) => {
    for (const name of ['area-population-density', 'pci-2005-2016']) {
      const again = await load(name);
      t.match(again, { made: false, figures: { added: 0, revised: 0, withdrawn: 0 } }, name);
      t.equal(again.figures.left, reports.get(name)?.figures.added);
    }
    t.equal((await rowsOf('select from releases')).length, taken.length + 1);
  });

  await t.test('a province that is no more has its figures until it ended, and none after', async (t) => {
    const rows = await rowsOf<{ place: string; last: string; tables: number }>(
      `select v.place_id as place, max(o.period_label) as last, count(distinct o.dataset_id)::int as tables
       from observations o join place_versions v on v.id = o.place_version_id and v.until_release is null
       where o.until_release is null and o.id ~ '-ha-tay-28-' and o.dataset_id is not null group by v.place_id`,
    );
    t.strictSame(rows, [{ place: 'place:ha-tay-28', last: '2008', tables: isDeep ? 10 : 4 }]);
    const hanoi = await rowsOf<{ version: string; from: string; to: string }>(
      `select place_version_id as version, min(period_label) as from, max(period_label) as to from observations
       where until_release is null and dataset_id = '${datasetOf('average-population')}' and id ~ '-ha-noi-01-'
       group by 1 order by 1`,
    );
    t.strictSame(hanoi, [
      { version: 'place_version:01', from: '1995', to: '2007' },
      { version: 'place_version:01@2008-08-01', from: '2008', to: '2016' },
    ]);
  });

  const pointsOf = async (indicator: string, place: string): Promise<Point[]> => {
    const { body } = await service.get(`/v1/series?indicator=${indicator}&place=${place}`);
    return (body['items'] as { points: Point[] }[]).flatMap(({ points }) => points);
  };

  await t.test('a series is one of years, and says which figure is preliminary', async (t) => {
    const poverty = await pointsOf('poverty_rate', 'place:lao-cai-10');
    t.strictSame(
      poverty.map(({ period, value, scenario }) => `${period.label} ${value} ${scenario}`),
      [
        ...['2006 35.6', '2008 33.2', '2010 40', '2012 32.9', '2013 29.7', '2014 25.3', '2015 21.4'].map(
          (figure) => `${figure} actual`,
        ),
        '2016 18.1 preliminary',
      ],
    );
    const competitiveness = await pointsOf('provincial_competitiveness_index', 'place:ba-ria-vung-tau-77');
    t.strictSame(
      competitiveness.map(({ period }) => period.label),
      ['2005', '2006', '2007', '2008', '2009', '2010', '2011', '2012', '2013', '2014', '2015', '2016'],
    );
    t.ok(competitiveness.every(({ value }) => value > 50 && value < 80));
  });

  await t.test('what is judged of targets is what it was', async (t) => {
    t.strictSame(await targetsOf(), targets);
  });
});

/** Several columns in one, a status behind each figure, and rows of another unit. */
t.test('a table of a publisher whom the format was not made for', async (t) => {
  const { database } = await fewCommunes(t);
  const [table, spec] = ['made-up-labour.tsv', 'made-up-labour.yml'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  ) as [string, string];
  const report = await importTable(database, table, { spec });
  t.match(report, { made: true, leftOut: { missing: 3, rows: 1 }, outOfRange: { count: 0 } });
  const { rows } = await database.pool.query<{ said: string }>(
    `select concat_ws(' ', place_version_id, period_label, value, scenario, dimensions->>'sex') as said
     from observations where until_release is null and dataset_id is not null order by row_number, period_label`,
  );
  const said = rows.map((row) => row.said);
  t.equal(said.length, 27);
  t.strictSame(said.slice(0, 4), [
    'place_version:10 2019 61.2 actual female',
    'place_version:10 2020 60.8 actual female',
    'place_version:10 2022 62.0 actual female',
    'place_version:10 2023 62.4 preliminary female',
  ]);
  t.ok(said.includes('place_version:48 2021 61.8 estimate'), 'the total has no sex');
  t.ok(said.includes('place_version:VN 2023 66.9 preliminary'));
});
