/** Targets with what came of them: the real ones, one by one, and invented ones for each rule, in both mouths. */
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { seed } from '../../src/import/seed.ts';
import { answer, openScope } from '../../src/queries/answer.ts';
import type { Context, Page, Row } from '../../src/queries/types.ts';
import { type Target, TargetRule } from '../../src/schema/target.ts';
import { asRest, bothSay } from '../both-mouths.ts';
import { seedsWith } from '../import/country.ts';
import { type TestService, testService } from '../service.ts';
import { sharedService } from '../shared-service.ts';
import { cases, casesSeeds, indicator, observation } from './target-cases.ts';

/** The tiny country, with more facts in a second release. */
async function countryWith(t: Test, seeds: object): Promise<TestService> {
  const service = await testService(t, 'fixture');
  const writer = connect(service.url, { role: 'writer' });
  await seed(writer, { folder: await seedsWith(t, JSON.stringify(seeds)) });
  await writer.close();
  return service;
}

const key = ({ id }: { id: string }): string => id.replace('observation:', '');

async function targetsOf({ get }: TestService, question = ''): Promise<Target[]> {
  const { status, body } = await get(`/v1/targets?limit=500${question}`);
  t.equal(status, 200, question);
  return body['items'] as Target[];
}

t.test(
  'every target of the five documents has a status, by one call of REST and one of GraphQL',
  async (t) => {
    const service = await sharedService();
    const { rest, graphql } = await bothSay(service, 'targets', { limit: '500' });
    t.strictSame(asRest('targets', graphql), rest.body);
    const items = rest.body['items'] as Target[];
    const nothing = 'set no_result nothing_reported';
    const running = 'plan in_progress plan_not_over';
    t.strictSame(
      Object.fromEntries(
        items.map((one) => [key(one), `${one.kind} ${one.result.status} ${one.result.rule}`]),
      ),
      {
        'bao-yen-2024-advanced-new-rural-communes': nothing,
        'bao-yen-2024-average-income': nothing,
        'bao-yen-2024-crop-output-value': nothing,
        'bao-yen-2024-new-rural-communes': nothing,
        'bao-yen-2024-one-stop-communes': nothing,
        'bao-yen-2024-organisations-district': nothing,
        'bao-yen-2024-organisations-grassroots': nothing,
        'bao-yen-2024-party-cells-and-authorities': nothing,
        'bao-yen-2024-schools': nothing,
        'bao-yen-2024-tourism-and-services-revenue': nothing,
        'bao-yen-2024-tourist-arrivals': nothing,
        'bao-yen-2025-fairly-developed': nothing,
        'bao-yen-2025-new-rural-district': nothing,
        'bao-yen-2025-online-cases': nothing,
        'nghe-an-2023-commune-cadre-management-capacity-target': 'set not_comparable dimensions_differ',
        'nghe-an-2023-commune-cadre-qualifications-target': 'set undecided period_inferred',
        'nghe-an-2023-commune-cadre-working-capacity-target': 'set undecided period_inferred',
        'ninh-binh-2023-6m-tourist-arrivals-plan-share': running,
        'ninh-binh-2023-9m-new-party-members-plan-share': running,
        'ninh-binh-2023-9m-new-party-organisations-plan-share': 'plan met plan_share_reached',
        'ninh-binh-2023-9m-production-value-plan-share': running,
        'ninh-binh-2023-9m-public-investment-plan-share': running,
        'ninh-binh-2023-9m-state-budget-revenue-estimate-share': running,
        'ninh-binh-2023-9m-tourism-revenue-plan-share': running,
        'ninh-binh-2023-grdp-growth-target': 'set missed at_least',
        'ninh-binh-2023-h2-agricultural-value': nothing,
        'ninh-binh-2023-h2-online-public-services': nothing,
        'ninh-binh-2023-h2-staff-performance': nothing,
        'ninh-binh-2023-q4-front-and-organisations-quality': nothing,
        'ninh-binh-2023-sustainable-development-breakthrough': nothing,
        'ninh-binh-2023-targets-goal': 'set not_comparable measure_differs',
        'ninh-binh-2023-theme-later-years': 'set not_comparable dimensions_differ',
        'yen-khanh-2023-advanced-new-rural': 'set undecided finding_without_number',
      },
    );
    const withResult = items.filter(({ result }) => result.observation !== null);
    t.equal(withResult.length, 5, 'of 33 have a result, and the others say why not');
    const why: Record<string, number> = {};
    for (const { result } of items.filter((one) => !withResult.includes(one))) {
      why[result.rule] = (why[result.rule] ?? 0) + 1;
    }
    t.strictSame(why, { nothing_reported: 19, plan_not_over: 6, dimensions_differ: 2, measure_differs: 1 });
  },
);

t.test(
  'the growth of 2023 of at least 7.5 per cent that was estimated at 7.27 is missed by 0.23',
  async (t) => {
    const service = await sharedService();
    const [target] = await targetsOf(service, '&indicator=grdp');
    t.match(target, { kind: 'set', direction: 'up', comparator: 'ge', value: 7.5 });
    const { inputs, ...result } = (target as Target).result;
    t.strictSame(result, {
      status: 'missed',
      rule: 'at_least',
      text: 'Wanted: at least 7.5 %. Reported: 7.27 % (estimate). That is not reached.',
      formula: '7.27 < 7.5',
      observation: 'observation:ninh-binh-2023-grdp-growth',
      scenario: 'estimate',
      gap: -0.23,
      gapUnit: 'percent',
      impliedPlan: null,
    });
    t.match(inputs, [
      { observation: 'observation:ninh-binh-2023-grdp-growth-target', role: 'target', value: 7.5 },
      { observation: 'observation:ninh-binh-2023-grdp-growth', role: 'result', value: 7.27 },
    ]);
  },
);

t.test(
  'plans that were not printed come out computed, as exact as what they are computed from',
  async (t) => {
    const service = await sharedService();
    const items = await targetsOf(service, '&kind=plan');
    t.strictSame(
      Object.fromEntries(items.map((one) => [key(one).replace('ninh-binh-2023-', ''), planOf(one)])),
      {
        '6m-tourist-arrivals-plan-share': 'approx 5348288.08 = 4530000 / 84.7 %',
        '9m-new-party-members-plan-share': 'approx 2291.67 = ≈ 2200 / 96 %',
        '9m-new-party-organisations-plan-share': 'eq 10 = 10 / 100 %',
        '9m-production-value-plan-share': null,
        '9m-public-investment-plan-share': 'gt 6550 = > 3930 / 60 %',
        '9m-state-budget-revenue-estimate-share': 'gt 22368.86 = > 10491 / 46.9 %',
        '9m-tourism-revenue-plan-share': 'approx 5148.52 = 5061 / 98.3 %',
      },
    );
    const members = items.find((one) => key(one).includes('party-members'));
    t.match(members, { value: 96, unit: 'percent', scenario: 'actual' }, 'the share stands as printed');
    t.match(members?.result.impliedPlan, {
      computed: true,
      unit: 'persons',
      inputs: [
        { role: 'quantity', value: 2200 },
        { role: 'progress', value: 96 },
      ],
    });
  },
);

function planOf({ result: { impliedPlan } }: Target): string | null {
  return impliedPlan && `${impliedPlan.comparator} ${impliedPlan.value} = ${impliedPlan.formula}`;
}

t.test('each rule gives the status that it says, with formula, gap and inputs, in both mouths', async (t) => {
  const service = await countryWith(t, casesSeeds);
  const { rest, graphql } = await bothSay(service, 'targets', { limit: '500', topic: 'society' });
  t.strictSame(asRest('targets', graphql), rest.body);
  const found = new Map((rest.body['items'] as Target[]).map((one) => [key(one), one]));
  for (const one of cases) {
    const id = one.name.replaceAll('_', '-');
    const target = found.get(`${id}-target`) as Target;
    const { status, rule, formula, gap, gapUnit, inputs, observation: result, scenario } = target.result;
    t.equal(`${status} ${rule}`, one.expected, one.name);
    if ('formula' in one) t.equal(formula, one.formula, `${one.name}: formula`);
    if (one.gap) t.strictSame([gap, gapUnit], one.gap, `${one.name}: gap`);
    if (one.inputs) {
      const roles = inputs.map(({ role, observation: used }) =>
        role === 'target' ? role : `${role}:${used.replace(`observation:${id}-`, '')}`,
      );
      t.equal(roles.join(' '), one.inputs, `${one.name}: inputs`);
    }
    if ('plan' in one) t.equal(planOf(target), one.plan, `${one.name}: implied plan`);
    const judged = inputs.some(({ role }) => role === 'result');
    const hasResult = judged && rule !== 'sources_disagree';
    t.equal(result !== null, hasResult, `${one.name}: the result is told where there is one`);
    t.equal(scenario !== null, judged, `${one.name}: and what kind of statement it is`);
    t.notMatch(target.result.text, /undefined|null/, `${one.name}: ${target.result.text}`);
  }
});

t.test('every rule has a case, and leads to no status but those that its meaning names', async (t) => {
  const { 'x-words': words } = TargetRule as object as { 'x-words': Record<string, string> };
  const statuses = new Map<string, Set<string>>(Object.keys(words).map((rule) => [rule, new Set()]));
  for (const { expected } of cases) {
    const [status, rule] = expected.split(' ') as [string, string];
    statuses.get(rule)?.add(status);
  }
  for (const [rule, seen] of statuses) {
    const named = (words[rule] as string).split(':')[0]?.split(/, | or /) ?? [];
    t.ok(seen.size > 0, `${rule} has a case`);
    t.strictSame(
      [...seen].filter((status) => !named.includes(status)),
      [],
      `${rule}: ${named.join(', ')}`,
    );
  }
});

t.test('directions are those that count: of a rank down, of places gained up', async (t) => {
  const service = await countryWith(t, casesSeeds);
  const directions = async (code: string) =>
    (await targetsOf(service, `&indicator=${code}`)).map(({ direction }) => direction);
  t.strictSame(await directions('rank'), ['down'], 'although more of the indicator is better');
  t.strictSame(await directions('rank_change'), ['up'], 'although less of the indicator is better');
  t.strictSame(await directions('neither'), ['none']);
});

t.test('status, kind and year pick targets, with exact totals, on pages and on edges alike', async (t) => {
  const service = await sharedService();
  const { get, graphql } = service;
  const totalOf = async (question: string) => (await get(`/v1/targets?limit=1&${question}`)).body['total'];
  t.equal(await totalOf('status=missed'), 1);
  t.equal(await totalOf('status=missed,met,exceeded'), 2);
  t.equal(await totalOf('status=exceeded'), 0);
  t.equal(await totalOf('status=in_progress&kind=plan'), 6);
  t.equal(await totalOf('kind=set'), 26);
  t.equal(await totalOf('year=2025'), 3);
  t.equal(await totalOf('year=2025&status=no_result&place=district:087'), 3);
  const first = (await get('/v1/targets?limit=4&status=in_progress')).body;
  const next = (await get(`/v1/targets?limit=4&status=in_progress&after=${first['next']}`)).body;
  const ids = [first, next].flatMap(({ items }) => (items as Target[]).map(({ id }) => id));
  t.equal(new Set(ids).size, 6);
  t.equal(next['next'], null);
  const { data } = await graphql(`{
    province(code: "37") { targets(status: [missed]) { totalCount nodes { result { rule observation { value } } } } }
    body(id: "body:bao-yen-party-committee") { targets { totalCount nodes { observation { numerator } } } }
    indicator(code: "tourist_arrivals") {
      targets { nodes { kind result { status inputs { observation { id } place { code } } } } }
    }
  }`);
  t.match(data, {
    province: {
      targets: { totalCount: 1, nodes: [{ result: { rule: 'at_least', observation: { value: 7.27 } } }] },
    },
    body: { targets: { totalCount: 1, nodes: [{ observation: { numerator: 17 } }] } },
    indicator: {
      targets: {
        nodes: [
          { kind: 'set', result: { status: 'no_result' } },
          { kind: 'plan', result: { status: 'in_progress', inputs: [{ place: { code: '37' } }] } },
        ],
      },
    },
  });
});

t.test('a file has every target with its columns', async (t) => {
  const { app } = await sharedService();
  const { statusCode, body } = await app.inject('/v1/targets.csv?status=missed');
  t.equal(statusCode, 200);
  const [header = '', line = ''] = body.split('\r\n');
  t.match(header, /^id,kind,direction,indicator_id,.*,result_status,result_rule,result_text,result_formula,/);
  t.match(line, /^observation:ninh-binh-2023-grdp-growth-target,set,up,.*,missed,at_least,.*,7\.27 < 7\.5,/);
});

t.test('with a day of publication, neither a later result nor a period that ends later counts', async (t) => {
  const cited = (date: string) => ({ citations: [{ resolution: '9/NQ', date }] });
  const service = await countryWith(t, {
    indicators: [indicator('dated', 'up')],
    observations: [
      observation('dated', 'target', { value: 10, ...cited('2023-01-10') }),
      observation('dated', '1', { value: 9, scenario: 'estimate', ...cited('2023-12-10') }),
      observation('dated', '2', { value: 11, ...cited('2024-03-01') }),
    ],
  });
  const at = async (day: string) => {
    const [target] = await targetsOf(service, `&indicator=dated&publishedBy=${day}`);
    return target && `${target.result.status} ${target.result.rule}`;
  };
  t.equal(await at('2023-01-09'), undefined, 'not even the target');
  t.equal(await at('2023-06-30'), 'in_progress period_not_over');
  t.equal(await at('2023-12-31'), 'missed at_least', 'by the estimate');
  t.equal(await at('2024-03-01'), 'exceeded at_least', 'by the actual figure');
  t.equal(await at('2030-01-01'), 'exceeded at_least');
  const picked = async (question: string) =>
    (await targetsOf(service, `&indicator=dated&${question}`)).map(({ result }) => result.status);
  t.strictSame(await picked('status=missed&publishedBy=2023-12-31'), ['missed']);
  t.strictSame(await picked('status=missed&publishedBy=2024-03-01'), []);
  t.strictSame(await picked('status=exceeded'), ['exceeded']);
  t.strictSame(await picked('publishedBy=unknown'), []);
});

t.test('a year that is not over yet is in progress as of a day in it, and has no result later', async (t) => {
  const service = await countryWith(t, {
    indicators: [indicator('running', 'up')],
    observations: [observation('running', 'target', { value: 10, period: '2026' })],
  });
  const scope = await openScope(service.context);
  const on = async (today: string) => {
    const page = (await answer(service.context, { ...scope, today }, 'targets', {})) as Page<Row>;
    return (page.items as unknown[] as Target[]).find(({ id }) => id === 'observation:running-target')?.result
      .rule;
  };
  t.equal(await on('2026-12-31'), 'period_not_over');
  t.equal(await on('2027-01-01'), 'nothing_reported');
});

/** Counts the statements; `fail` makes the next one fail. */
function counting({ database, now }: Context) {
  const state = { statements: 0, fail: false };
  const { pool } = database;
  const query = (...args: [never]) => {
    state.statements += 1;
    if (!state.fail) return pool.query(...args);
    state.fail = false;
    return Promise.reject(new Error('The connection is lost.'));
  };
  const counted = { database: { pool: { query } }, now } as object as Context;
  return { context: counted, state };
}

t.test('a page takes as many statements for one target as for all', async (t) => {
  const service = await countryWith(t, casesSeeds);
  const { context, state } = counting(service.context);
  const scope = await openScope(service.context);
  const statementsFor = async (args: object) => {
    state.statements = 0;
    const page = (await answer(context, scope, 'targets', args)) as Page<Row>;
    return [page.items.length > 1, state.statements];
  };
  t.strictSame(await statementsFor({ indicator: ['merged'], limit: 1 }), [false, 3]);
  t.strictSame(await statementsFor({ limit: 500 }), [true, 3]);
  t.strictSame(
    await statementsFor({ indicator: ['more'] }),
    [false, 2],
    'one less where no place has two versions',
  );
});

t.test('statuses are judged once a day and release, all of them, and again after a failure', async (t) => {
  const count = 1004;
  const service = await countryWith(t, {
    indicators: [indicator('many', 'up')],
    observations: [
      ...Array.from({ length: count }, (_, index) =>
        observation('many', `target-${1000 + index}`, {
          scenario: 'target',
          value: index,
          dimensions: { number: `n${index}` },
        }),
      ),
      observation('many', 'z', { value: count, dimensions: { number: `n${count - 1}` } }),
    ],
  });
  const { context, state } = counting(service.context);
  const scope = await openScope(service.context);
  const ask = async (args: object) => {
    state.statements = 0;
    const { items, total } = (await answer(context, scope, 'targets', args)) as Page<Row>;
    return { ids: items.map(({ id }) => id), total, statements: state.statements };
  };
  state.fail = true;
  await t.rejects(ask({ status: ['exceeded'] }), { message: 'The connection is lost.' });
  const exceeded = { ids: ['observation:many-target-2003'], total: 1 };
  t.match(await ask({ status: ['exceeded'] }), { ...exceeded, statements: 6 }, 'two pieces and the page');
  t.match(await ask({ status: ['exceeded'] }), { ...exceeded, statements: 2 }, 'the page alone');
  t.match(await ask({ status: ['not_comparable'], indicator: ['many'] }), {
    total: count - 1,
    statements: 2,
  });
  for (let day = 1; day <= 8; day += 1) await ask({ status: ['met'], publishedBy: `2026-01-0${day}` });
  t.match(
    await ask({ status: ['exceeded'] }),
    { ...exceeded, statements: 6 },
    'the oldest of many is forgotten',
  );
});
