import t, { type Test } from 'tap';
import { answer, answerLink } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import { claimIndicators, type Scorecard } from '../../src/schema/scorecard.ts';
import { bothSay, isSaidByBoth } from '../both-mouths.ts';
import type { TestService } from '../service.ts';
import { sharedService } from '../shared-service.ts';
import { indicator } from './comparability-country.ts';
import { figure, plant } from './figures-country.ts';

type Card = Scorecard & Row;
const records = [
  'themes',
  'targets',
  'tasks',
  'observations',
  'rankings',
  'findings',
  'contradictions',
] as const;
const sizesOf = (card: Scorecard) => Object.fromEntries(records.map((part) => [part, card[part].length]));
const nothing = Object.fromEntries(records.map((part) => [part, 0]));

/** The card, which both mouths give alike. */
async function cardOf(t: Test, service: TestService, place: string, year: number): Promise<Card> {
  const said = await bothSay(service, 'scorecard', { place, year: `${year}` });
  const { rest, error } = said;
  t.equal(error, undefined);
  t.equal(rest.status, 200);
  isSaidByBoth(t, 'scorecard', said, `${place} ${year} is the same in both mouths`);
  return rest.body as Card;
}

const real: [place: string, year: number, sizes: object][] = [
  [
    'province:37',
    2023,
    { themes: 1, targets: 15, tasks: 138, observations: 34, rankings: 0, findings: 78, contradictions: 1 },
  ],
  ['district:375', 2023, { ...nothing, themes: 1, targets: 1, tasks: 2, observations: 7, findings: 8 }],
  ['district:087', 2024, { ...nothing, themes: 1, targets: 11, tasks: 81 }],
];

t.test('a card holds what the lists have of the place and year, each record whole and once', async (t) => {
  const service = await sharedService();
  const list = async (address: string) =>
    (await service.get(`/v1/${address}&limit=500`)).body['items'] as (Row & { id: string })[];
  for (const [place, year, sizes] of real) {
    const card = await cardOf(t, service, place, year);
    t.strictSame(sizesOf(card), sizes, `${place} ${year}`);
    const of = `place=${place}&year=${year}`;
    for (const part of ['themes', 'tasks', 'targets'] as const) {
      t.strictSame(card[part], await list(`${part}?${of}`), `${part} of ${place} ${year}`);
    }
    const reported = await list(`observations?${of}&scenario=actual,preliminary,estimate`);
    const told = [...card.observations, ...card.rankings, ...card.findings];
    t.strictSame(byId(told), byId(reported), 'each result is in one of the three');
    const ranks = await list(
      `observations?${of}&scenario=actual,preliminary,estimate&measure=rank,rank_change`,
    );
    t.strictSame(card.rankings, ranks);
    t.ok(card.observations.every(({ value, numerator }) => value !== null || numerator !== null));
    t.ok(card.findings.every(({ value, numerator }) => value === null && numerator === null));
    const sides = new Set([...told, ...card.themes, ...card.tasks, ...card.targets].map(({ id }) => id));
    const all = (await list('contradictions?')) as Scorecard['contradictions'];
    const cells = await list(`coverage?place=${place}&from=${year}-01-01&to=${year}-12-31`);
    const { counts, missing } = card.coverage;
    t.equal(
      Object.values(counts).reduce((sum, count) => sum + count),
      cells.length,
    );
    for (const [status, count] of Object.entries(counts)) {
      t.equal(cells.filter((cell) => cell['status'] === status).length, count, `${status} ${place} ${year}`);
    }
    t.strictSame(
      missing,
      cells.filter(({ status }) => !`${status}`.startsWith('reported')),
      'the cells without an outcome',
    );
    t.strictSame(
      card.contradictions,
      all.filter((one) => one.sides.some(({ fact }) => sides.has(fact.id))),
    );
  }
});

const byId = <T extends { id: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

t.test('of 15 targets Ninh Bình says 12 were met in 2023; of the 14 held one is met', async (t) => {
  const service = await sharedService();
  const { place, year, claims, targetCounts, targets } = await cardOf(t, service, 'province:37', 2023);
  t.match(place, { id: 'place_version:37', validTo: '2025-07-01' });
  t.equal(year, 2023);
  t.strictSame(claims, {
    announced: 15,
    met: 12,
    exceeded: 10,
    observations: [
      'observation:ninh-binh-2023-targets-completed',
      'observation:ninh-binh-2023-targets-exceeded',
    ],
    held: { targets: 7, withResult: 1, met: 0, exceeded: 0, missed: 1 },
    text: '15 targets are announced, 12 are said to be met, 10 of them exceeded. We hold 7 targets of the year, of which 0 can be confirmed as met, 0 as exceeded and 1 as missed; which of those announced they are, no source says.',
  });
  t.match(targetCounts, { met: 1, exceeded: 0, missed: 1, undecided: 0 });
  t.equal(
    Object.values(targetCounts).reduce((sum, count) => sum + count),
    targets.length,
    'each target is counted once, the goal to reach the targets too',
  );
});

t.test('a place is asked for by code, by its id and by that of a version, for the same card', async (t) => {
  const service = await sharedService();
  const of = (place: string) => service.get(`/v1/scorecards?place=${place}&year=2023`);
  const { body } = await of('province:37');
  t.strictSame((await of('place:ninh-binh-37')).body, body);
  t.strictSame((await of('place_version:37@2025-07-01')).body, body);
});

t.test('the place is the version of the end of the year, else the nearest', async (t) => {
  const service = await sharedService();
  const versions: [place: string, year: number, version: string][] = [
    ['province:15', 1950, '10'],
    ['province:15', 2024, '10'],
    ['province:15', 2025, '15@2025-07-01'],
    ['province:15', 2200, '15@2025-07-01'],
    ['district:087', 2026, '087'],
  ];
  for (const [place, year, version] of versions) {
    const { body } = await service.get(`/v1/scorecards?place=${place}&year=${year}`);
    t.match(body, { place: { id: `place_version:${version}` } }, `${place} ${year}`);
  }
});

t.test('of a year without records all is empty, of an abolished district too', async (t) => {
  const service = await sharedService();
  for (const [place, year, coverage] of [
    [
      'district:087',
      2026,
      {
        counts: { place_abolished: 13 },
        text: 'Of 13 indicators known of the place in any year: 13 not there, as the place had ended.',
      },
    ],
    [
      'district:087',
      2020,
      {
        counts: { not_known_before: 13 },
        text: 'Of 13 indicators known of the place in any year: 13 not there, as the place is not known so early.',
      },
    ],
    [
      'district:087',
      2023,
      {
        counts: { not_printed: 13 },
        text: 'Of 13 indicators known of the place in any year: 13 not printed.',
      },
    ],
    ['commune:02953', 2024, { missing: [], text: 'No figure is known of the place in any year.' }],
  ] as const) {
    const card = await cardOf(t, service, place, year);
    t.strictSame(sizesOf(card), nothing);
    t.match(card.coverage, coverage, `${place} ${year}`);
    t.ok(Object.values(card.targetCounts).every((count) => count === 0));
    t.strictSame(card.claims, {
      announced: null,
      met: null,
      exceeded: null,
      observations: [],
      held: { targets: 0, withResult: 0, met: 0, exceeded: 0, missed: 0 },
      text: 'No source says how many targets were met. We hold no target of the year.',
    });
  }
});

t.test('of a place that never was there is no card', async (t) => {
  const service = await sharedService();
  for (const place of ['district:000', 'place:no-such', 'place_version:no-such']) {
    const { rest, graphql, error } = await bothSay(service, 'scorecard', { place, year: '2024' });
    t.match(rest, {
      status: 404,
      body: {
        code: 'not_found',
        parameter: 'place',
        detail: `No scorecard has the place ${place} and the year 2024.`,
      },
    });
    t.equal(graphql, null);
    t.equal(error, undefined);
  }
});

t.test('place and year are both needed, and a year is one from 1900 to 2200', async (t) => {
  const service = await sharedService();
  for (const [query, code, parameter] of [
    ['place=province:37', 'missing_argument', 'year'],
    ['year=2023', 'missing_argument', 'place'],
    ['place=province:37&year=1899', 'bad_argument', 'year'],
    ['place=province:37&year=2201', 'bad_argument', 'year'],
    ['place=body:x&year=2023', 'bad_argument', 'place'],
  ] as const) {
    t.match((await service.get(`/v1/scorecards?${query}`)).body, { code, parameter, status: 400 }, query);
  }
});

t.test(
  'in GraphQL the parts are connections: paged, narrowed, and with what the records link to',
  async (t) => {
    const service = await sharedService();
    const tasks = (await service.get('/v1/tasks?place=district:087&year=2024&limit=500')).body['items'] as {
      id: string;
      kind: string;
    }[];
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await service.graphql(
        `query ($after: String) { scorecard(place: "district:087", year: 2024) {
        tasks(first: 40, after: $after) { totalCount nodes { id } pageInfo { endCursor hasNextPage } } } }`,
        { after },
      );
      const { nodes, totalCount, pageInfo } = (data as { scorecard: { tasks: Connection } }).scorecard.tasks;
      t.equal(totalCount, 81);
      found.push(...nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    t.strictSame(
      found,
      tasks.map(({ id }) => id),
      'all pages together are the list',
    );
    const { data } = await service.graphql(`{
    scorecard(place: "district:087", year: 2024) {
      place { status ancestors { nodes { code } } }
      tasks(kind: [breakthrough]) { nodes { id place { status } } }
      targets(status: [no_result], first: 1) { totalCount nodes { result { status } indicator { topic } } }
    }
    other: scorecard(place: "province:37", year: 2023) {
      targets(status: [missed]) { nodes { id } }
      claims { observations { nodes { numerator denominator value } } }
    }
  }`);
    t.strictSame(data, {
      scorecard: {
        place: { status: 'abolished', ancestors: { nodes: [{ code: '10' }, { code: 'VN' }] } },
        tasks: {
          nodes: [
            {
              id: tasks.find(({ kind }) => kind === 'breakthrough')?.id,
              place: { status: 'abolished' },
            },
          ],
        },
        targets: {
          totalCount: 11,
          nodes: [{ result: { status: 'no_result' }, indicator: { topic: 'new_rural_development' } }],
        },
      },
      other: {
        targets: { nodes: [{ id: 'observation:ninh-binh-2023-grdp-growth-target' }] },
        claims: {
          observations: {
            nodes: [
              { numerator: 12, denominator: 15, value: null },
              { numerator: null, denominator: null, value: 10 },
            ],
          },
        },
      },
    });
  },
);

interface Connection {
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

t.test('the indicators by which places count their targets are known', async (t) => {
  const service = await sharedService();
  for (const code of Object.values(claimIndicators)) {
    t.match(await service.get(`/v1/indicators/${code}`), { status: 200, body: { code, unit: 'targets' } });
  }
});

const counting = Object.values(claimIndicators).map((code) => indicator(code, false, { unit: 'targets' }));
const share = { measure: 'share', unit: 'targets' };

t.test('what is claimed is confirmed where targets and results are held', async (t) => {
  const country = await plant(
    t,
    [
      figure('people-target', 'people phuoc 2023 target', 10),
      figure('people', 'people phuoc 2023', 12),
      figure('income-target', 'income phuoc 2023 target', 10),
      figure('income', 'income phuoc 2023', 10),
      figure('rank', 'income phuoc 2023', 3, { measure: 'rank', unit: 'rank' }),
      figure('rank-change', 'income phuoc 2023', -2, { measure: 'rank_change', unit: 'places' }),
      figure('recognised', 'people phuoc 2023-06', null, { valueCode: 'recognised' }),
      figure('goal', `${claimIndicators.met} phuoc 2023 target`, null, {
        valueCode: 'goal',
        unit: 'targets',
      }),
      figure('met', `${claimIndicators.met} phuoc 2023`, null, { ...share, numerator: 2, denominator: 2 }),
      figure('exceeded', `${claimIndicators.exceeded} phuoc 2023`, 1, { unit: 'targets' }),
      figure('before', 'people phuoc 2022', 1),
      figure('decade', 'people phuoc 2021-01-01/2030-12-31 target', 20),
      figure('other-place', 'people quang 2023', 1),
      figure('other-target', 'people quang 2023 target', 1),
    ],
    { indicators: counting },
  );
  const card = async (place: string, year: number) =>
    (await answer(country.context, country.scope, 'scorecard', { place, year })) as Card;
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id.replace('observation:', ''));
  const { place, claims, targetCounts, targets, observations, rankings, findings } = await card(
    'place:phuoc',
    2023,
  );
  t.equal(place.code, '21', 'renamed on the first day of 2024');
  t.strictSame(claims, {
    announced: 2,
    met: 2,
    exceeded: 1,
    observations: ['observation:exceeded', 'observation:met'],
    held: { targets: 3, withResult: 2, met: 2, exceeded: 1, missed: 0 },
    text: '2 targets are announced, 2 are said to be met, 1 of them exceeded. We hold 3 targets of the year, of which 2 can be confirmed as met, 1 as exceeded and 0 as missed; which of those announced they are, no source says.',
  });
  t.match(targetCounts, { met: 1, exceeded: 1, missed: 0 });
  t.strictSame(ids(targets), ['decade', 'goal', 'income-target', 'people-target']);
  t.strictSame(ids(observations), ['exceeded', 'income', 'met', 'people']);
  t.strictSame(ids(rankings), ['rank', 'rank-change']);
  t.strictSame(ids(findings), ['recognised']);
  t.strictSame(
    ids((await card('place:phuoc', 2024)).targets),
    ['decade'],
    'a period of ten years touches each',
  );
  t.equal((await card('place:phuoc', 2024)).place.code, '26');

  const many = await country.statementsOf(() => card('place:phuoc', 2023));
  const few = await country.statementsOf(() => card('place:quang', 2023));
  t.equal(few, 10);
  t.equal(
    many,
    11,
    'one more where a target meets figures of another version, however many records there are',
  );
});

t.test('a batch of edges of two cards gives each its own', async (t) => {
  const service = await sharedService();
  const scope = { release: 1, today: '2026-11-22' };
  const cards = await Promise.all(
    real.map(
      async ([place, year]) => (await answer(service.context, scope, 'scorecard', { place, year })) as Card,
    ),
  );
  const pages = await answerLink(service.context, scope, 'Scorecard', 'targets', cards, { limit: 100 });
  for (const [index, card] of cards.entries()) {
    t.strictSame((pages[index] as Page<Row>).items, card.targets, `${card.place.code}`);
  }
});
