import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { seed } from '../../src/import/seed.ts';
import { answer, answerLink, openScope } from '../../src/queries/answer.ts';
import type { Context, Page, Row } from '../../src/queries/types.ts';
import type { Comparability } from '../../src/schema/comparability.ts';
import { migratedDatabase } from '../import/country.ts';
import { sharedDatabase, testNow } from '../service.ts';
import { sharedService } from '../shared-service.ts';
import { dividedCountry } from './comparability-country.ts';

/** What the figures of a database say of the territory of another day. */
async function open(context: Context) {
  const scope = await openScope(context);
  const list = async (args: object) => (await answer(context, scope, 'observations', args)) as Page<Row>;
  const on = async (territory: string, id: string): Promise<Comparability> => {
    const row = (await answer(context, scope, 'observation', { id: `observation:${id}`, territory })) as Row;
    return row['comparability'] as Comparability;
  };
  /** `same territory_unchanged 21@2024-01-01` */
  const brief = async (territory: string, id: string): Promise<string> => {
    const { kind, reason, place } = await on(territory, id);
    return [kind, reason, place?.id.replace('place_version:', '') ?? 'nowhere'].join(' ');
  };
  return { context, scope, list, on, brief };
}

/** The invented country in which places merge, divide and vanish in every way; all tests read one. */
const openDivided = (): ReturnType<typeof seedDivided> => (divided ??= seedDivided());
let divided: ReturnType<typeof seedDivided> | undefined;

async function seedDivided() {
  const database = await migratedDatabase(t);
  const folder = join(t.testdir(), 'seeds');
  await mkdir(folder);
  await writeFile(join(folder, 'country.yml'), JSON.stringify(dividedCountry));
  await seed(database, { folder });
  return open({ database, now: testNow });
}

t.test('the figures of three provinces that became one are added up, exactly and with inputs', async (t) => {
  const { on } = await openDivided();
  const { inputs, place, ...sum } = await on('2025-07-01', 'people-an-2023');
  t.strictSame(sum, {
    territory: '2025-07-01',
    kind: 'exact_sum',
    value: 0.6,
    unit: 'number',
    formula: '11 + 12 + 13',
    reason: 'all_predecessors_reported',
    text: 'The sum of the figures of all 3 places that an (11) was made of.',
  });
  t.equal(place?.id, 'place_version:11@2025-07-01');
  t.strictSame(
    inputs.map(({ place: { id }, ...rest }) => ({ id, ...rest })),
    [
      { id: 'place_version:11', coverage: 'whole', observation: 'observation:people-an-2023', value: 0.1 },
      { id: 'place_version:12', coverage: 'whole', observation: 'observation:people-binh-2023', value: 0.2 },
      { id: 'place_version:13', coverage: 'whole', observation: 'observation:people-chau-2023', value: 0.3 },
    ],
  );
  t.match(await on('2030-01-01', 'people-binh-2023'), { value: 0.6 }, 'the same from each of the three');
  t.match(await on('2025-07-01', 'people-an-2010'), { value: 0, formula: '11 + 12 + 13' });
});

t.test('what is not exactly known of each part is never added up', async (t) => {
  const { on, brief } = await openDivided();
  const reasons: [figure: string, reason: string, title: string][] = [
    ['people-an-2009', 'predecessor_not_reported', 'two of three have no figure'],
    ['people-an-2012', 'predecessor_not_reported', 'theirs have another unit and another scope'],
    ['income-an-2023', 'indicator_not_additive', 'average income'],
    ['people-an-2023-growth', 'measure_not_additive', 'growth'],
    ['people-an-2023-rank', 'measure_not_additive', 'a rank'],
    ['people-an-2022', 'bound_not_exact', 'at least 100'],
    ['people-binh-2022', 'predecessor_not_exact', 'another has at least 100'],
    ['people-an-2021', 'predecessor_not_exact', 'another has about 20'],
    ['people-an-2011', 'predecessor_not_exact', 'another has a finding without a number'],
    ['people-an-2014', 'no_number', 'a finding without a number'],
    ['people-an-2017', 'subset_of_another', 'an "of which"'],
    ['people-an-2016', 'figure_in_doubt', 'a scope that is not printed'],
    ['people-an-2015', 'figure_in_doubt', 'a reading'],
    ['people-an-2020', 'figures_in_contradiction', 'another has 20 from one body and 21 from another'],
    ['people-binh-2020', 'figures_in_contradiction', 'its place has another figure from another body'],
    ['people-an-2018', 'figures_in_contradiction', 'another is a side of a contradiction'],
    ['people-binh-2018', 'figures_in_contradiction', 'it is a side of a contradiction'],
    ['people-an-2013', 'sum_too_long', '999,999,999,999,999 + 0.5 + 1'],
  ];
  for (const [figure, reason, title] of reasons) {
    t.equal(await brief('2025-07-01', figure), `part ${reason} 11@2025-07-01`, title);
  }
  const missing = await on('2025-07-01', 'people-an-2009');
  t.match(missing, {
    value: null,
    unit: null,
    formula: null,
    text: 'an (11) until 2025-07-01 is a part of an (11) since 2025-07-01. No figure of the same kind is known of binh (12), chau (13).',
  });
  t.match(missing.inputs, [{ value: 7 }, { observation: null, value: null }, { observation: null }]);
  const disputed = await on('2025-07-01', 'people-an-2020');
  t.strictSame(
    disputed.inputs.map(({ value }) => value),
    [100, 20, 21, 3],
    'both sides are shown',
  );
  t.match((await on('2025-07-01', 'people-an-2011')).inputs, [
    { value: 100 },
    { observation: 'observation:people-binh-2011', value: null },
    { value: 3 },
  ]);
  t.match(
    await on('2025-07-01', 'people-an-2019'),
    { kind: 'exact_sum', value: 123, inputs: [{}, { observation: 'observation:people-binh-2019' }, {}] },
    'two bodies that give one figure do not disagree',
  );
});

t.test('a chain of changes is followed, and each place is taken at the level that reported', async (t) => {
  const { on, brief } = await openDivided();
  t.equal(await brief('2024-06-30', 'people-phuoc-2023'), 'same territory_unchanged 26@2024-01-01');
  t.match(await on('2025-12-31', 'people-phuoc-2023'), { value: 3, formula: '21 + 22' });
  t.match(
    await on('2026-01-01', 'people-phuoc-2023'),
    {
      kind: 'exact_sum',
      value: 1 + 2 + 3 + 4,
      formula: '21 + 22 + 24 + 25',
      place: { validFrom: '2026-01-01' },
    },
    'Ron, younger than the period, counts as what it was made of',
  );
  t.match(await on('2026-01-01', 'people-ru-2023'), { value: 10, formula: '21 + 22 + 24 + 25' });
  t.match(
    await on('2025-07-01', 'people-cu-2023'),
    { kind: 'part', reason: 'predecessor_not_reported', inputs: [{ place: { code: '27' } }, { value: 5 }] },
    'one that is younger and made of nothing known has no figure',
  );
});

t.test('a place that is another version of the same ground is the same', async (t) => {
  const { on, brief } = await openDivided();
  t.equal(await brief('2025-06-30', 'people-nam-2023'), 'same place_version_unchanged 31');
  t.equal(await brief('2025-07-01', 'people-nam-2023'), 'same territory_unchanged 31@2025-07-01');
  t.equal(await brief('2025-06-30', 'people-nam-2026'), 'same territory_unchanged 31', 'and backward');
  t.match(await on('2025-07-01', 'people-nam-2023'), { value: null, unit: null, formula: null, inputs: [] });
  t.equal(
    await brief('2025-07-01', 'people-zi-2023'),
    'same territory_unchanged 56@2025-07-01',
    'an imported table that says whole counts more than a primary link',
  );
});

t.test('what was divided, or went nobody knows where, is not comparable', async (t) => {
  const { on, brief } = await openDivided();
  const nowhere = async (territory: string, figure: string, reason: string, text: RegExp) => {
    t.equal(await brief(territory, figure), `not_comparable ${reason} nowhere`, `${figure} on ${territory}`);
    t.match((await on(territory, figure)).text, text);
  };
  await nowhere('2025-07-01', 'people-song-2023', 'place_divided', /went in parts to 2 places on 2025-07-01/);
  await nowhere('2025-07-01', 'people-sot-2023', 'place_divided', /Only a part of sot \(43\)/);
  await nowhere('2025-07-01', 'people-zo-2023', 'place_divided', /Only a part of zo \(57\)/);
  await nowhere('2025-07-01', 'people-dong-2023', 'place_divided', /Only a part of dong \(701\)/);
  await nowhere('2025-07-01', 'people-uan-2023', 'lineage_unknown', /No source says what became of uan/);
  await nowhere('2025-07-01', 'people-vo-2023', 'lineage_unknown', /No source says what became of vo/);
  await nowhere('2025-07-01', 'people-xa-2023', 'lineage_unknown', /How much of xa \(53\) went into/);
  await nowhere('2025-07-01', 'people-y-2023', 'lineage_unknown', /How much of y \(54\) went into/);
  await nowhere('2025-07-01', 'people-mai-2023', 'lineage_unknown', /what became of mai \(72\) on 2025/);
  await nowhere('2024-03-01', 'people-lan-2023', 'lineage_unknown', /what was there on that day/);
});

t.test('backward, a merged place covers more than any of the old ones, a half is a part', async (t) => {
  const { on, brief } = await openDivided();
  t.equal(await brief('2025-06-30', 'people-an-2026'), 'not_comparable place_merged nowhere');
  t.match((await on('2025-06-30', 'people-an-2026')).text, /was made of 3 places on 2025-07-01/);
  t.equal(await brief('2025-12-31', 'people-song-2026'), 'same territory_unchanged 41@2025-07-01');
  t.equal(await brief('2025-06-30', 'people-song-2026'), 'part part_of_predecessor 41');
  t.equal(await brief('2025-06-30', 'people-suoi-2026'), 'part part_of_predecessor 41');
  t.equal(await brief('2025-06-30', 'people-xa-2026'), 'not_comparable lineage_unknown nowhere');
  t.equal(await brief('2025-06-30', 'people-yen-2026'), 'not_comparable lineage_unknown nowhere');
  t.equal(await brief('2024-03-01', 'people-lan-2026'), 'not_comparable lineage_unknown nowhere');
});

t.test('a day on which the place is not known yet has no territory', async (t) => {
  const { on, brief } = await openDivided();
  const unknown = 'not_comparable territory_before_place nowhere';
  t.equal(await brief('2022-09-30', 'people-tra-2023'), unknown, 'the first snapshot is of 2022-10-01');
  t.match((await on('2022-09-30', 'people-tra-2023')).text, /is known since 2022-10-01/);
  t.equal(await brief('2022-10-01', 'people-tra-2023'), 'same place_version_unchanged 81');
  t.equal(
    await brief('2020-01-01', 'people-tra-2019'),
    'same place_version_unchanged 81',
    'since its own period',
  );
  t.equal(await brief('2019-01-01', 'people-tra-2019'), unknown);
  t.equal(
    await brief('2025-07-01', 'people-tre-2022'),
    'not_comparable place_version_assumed nowhere',
    'nor has a figure that is older than all versions',
  );
});

t.test('another predecessor of which only a part went in keeps the sum from being exact', async (t) => {
  const { on, brief } = await openDivided();
  t.equal(await brief('2025-07-01', 'people-gia-2023'), 'part predecessor_divided 61@2025-07-01');
  t.match((await on('2025-07-01', 'people-gia-2023')).inputs, [
    { coverage: 'whole', value: 1 },
    { place: { code: '62' }, coverage: 'part', observation: null },
  ]);
  t.equal(await brief('2025-07-01', 'people-ich-2023'), 'part predecessor_unknown 63@2025-07-01');
});

t.test('a district and its communes are one ground, counted once', async (t) => {
  const { on, brief } = await openDivided();
  t.match(await on('2025-07-01', 'people-xa-mot-2023'), { value: 10 + 11, formula: '70101 + 70102' });
  t.match(await on('2025-07-01', 'people-dat-mot-2023'), { value: 1 + 2, formula: '70401 + 70402' });
  t.equal(await brief('2025-07-01', 'people-dat-2023'), 'same territory_unchanged 70401@2025-07-01');
  t.equal(await brief('2025-06-30', 'people-dat-mot-2026'), 'same territory_unchanged 704', 'and backward');
  t.equal(await brief('2025-07-01', 'people-dao-2023'), 'same territory_unchanged 70301@2025-07-01');
  t.equal(await brief('2025-06-30', 'people-dao-xa-2026'), 'same territory_unchanged 703');
  t.equal(
    await brief('2025-07-01', 'people-xa-nam-2023'),
    'part predecessor_divided 70501@2025-07-01',
    'a district that gave ground without a commune of its own counts by itself',
  );
});

t.test('the published figures compare with the provinces of 2025 as far as they can', async (t) => {
  const { list, on, brief } = await open((await sharedDatabase()).context);
  const all = async (args: object) =>
    (await list({ territory: '2025-07-01', limit: 500, ...args })).items.map(
      ({ comparability }) => comparability as Comparability,
    );
  const kinds = async (args: object) => [...new Set((await all(args)).map(({ kind }) => kind))];
  const ofNinhBinh = { place: 'province:37', to: '2023-12-31' };
  t.strictSame(await kinds(ofNinhBinh), ['part']);
  t.ok((await all(ofNinhBinh)).every(({ place }) => place?.id === 'place_version:37@2025-07-01'));
  const tourists = await on('2025-07-01', 'ninh-binh-2023-6m-tourist-arrivals');
  t.match(tourists, {
    reason: 'predecessor_not_reported',
    text: /No figure of the same kind is known of Hà Nam \(35\), Nam Định \(36\)\.$/,
    inputs: [{ observation: null }, { observation: null }, { value: 4_530_000 }],
  });
  t.strictSame(await kinds({ place: 'province:40' }), ['same']);
  t.strictSame(await kinds({ place: 'district:087' }), ['not_comparable']);
  t.equal(await brief('2025-07-01', 'bao-yen-2024-average-income'), 'not_comparable place_divided nowhere');
  t.equal(await brief('2025-06-30', 'bao-yen-2024-average-income'), 'same place_version_unchanged 087');
});

t.test('a page costs two statements more, whatever its size, and none without a territory', async (t) => {
  const { context, scope, list } = await open((await sharedDatabase()).context);
  const costs = async (args: object): Promise<number> => {
    let count = 0;
    const pool = Object.create(context.database.pool, {
      query: {
        value: (...sent: unknown[]) => {
          count += 1;
          return Reflect.apply(context.database.pool.query, context.database.pool, sent);
        },
      },
    });
    await answer({ ...context, database: { pool } }, scope, 'observations', args);
    return count;
  };
  const territory = '2025-07-01';
  t.equal(await costs({ limit: 500 }), 1);
  t.equal(await costs({ limit: 500, territory }), 3);
  t.equal(await costs({ limit: 1, territory, place: 'province:37' }), 3);
  t.equal(await costs({ limit: 500, territory, place: 'province:40' }), 2, 'one where nothing was merged');
  const empty = { place: 'province:11' };
  t.equal(await costs({ ...empty, territory }), await costs(empty), 'an empty page costs nothing more');
  t.ok((await list({ limit: 500 })).items.every(({ comparability }) => comparability === null));
});

t.test('an edge to observations takes a territory, and asks once for all its parents', async (t) => {
  const { context, scope } = await open((await sharedDatabase()).context);
  const all = (await answer(context, scope, 'provinces', {})) as Page<Row>;
  const provinces = all.items.filter(({ code }) => code === '37' || code === '40');
  const pages = (await answerLink(context, scope, 'Place', 'observations', provinces, {
    territory: '2025-07-01',
    measure: ['value'],
    limit: 3,
  })) as Page<Row>[];
  const found = pages.map(({ items }) =>
    items.map(({ comparability }) => (comparability as Comparability).kind),
  );
  t.strictSame(found, [
    ['part', 'part', 'part'],
    ['same', 'same', 'same'],
  ]);
});

t.test('GraphQL serves the places and figures of a comparability whole', async (t) => {
  const { graphql } = await sharedService();
  const { data, errors } = await graphql(`{
    observation(id: "observation:ninh-binh-2023-6m-tourist-arrivals", territory: "2025-07-01") {
      comparability {
        kind reason territory
        place { fullName { vi } }
        inputs { coverage value place { code type } observation { id period { label } comparability { kind } } }
      }
    }
  }`);
  t.equal(errors, undefined);
  t.match(data?.['observation'], {
    comparability: {
      kind: 'part',
      territory: '2025-07-01',
      place: { fullName: { vi: 'Tỉnh Ninh Bình' } },
      inputs: [
        { place: { code: '35', type: 'province' }, observation: null },
        { place: { code: '36' }, observation: null },
        {
          value: 4_530_000,
          observation: { period: { label: '2023-01-01/2023-06-30' }, comparability: null },
        },
      ],
    },
  });
});
