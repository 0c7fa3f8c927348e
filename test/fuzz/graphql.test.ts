/**
 * The GraphQL mouth, fuzzed from the schema that it serves: documents that fit it, and what becomes of them in bad hands.
 * The same questions each time, unless `npm run test:deep` asks more of them: `GOVDATA_TEST_SEED` repeats those.
 */
import fc from 'fast-check';
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
  validate,
} from 'graphql';
import t, { type Test } from 'tap';
import { type OperationName, operationNames, operationOf } from '../../src/schema/operations.ts';
import { type Arguments, asRest, bothSay, type Described } from '../both-mouths.ts';
import { runsOr, seedOr } from '../deep.ts';
import { days } from '../second-release.ts';
import { keeping, serviceAt, type TestService } from '../service.ts';
import { countryAt, poolOfCountry } from './country.ts';
import { type Draw, drawFrom } from './draw.ts';
import { documentFrom, type GraphqlDocument, type Values } from './graphql-document.ts';
import { hostileRequest, spoiltDocument } from './graphql-hostile.ts';
import { answersOf, codesOf, faultsOfAnswer, type GraphqlAnswer, shapeFaultsOf } from './graphql-oracle.ts';
import { hostileTexts } from './hostile.ts';
import { type Answer, type Ask, askOf, jsonOf } from './service.ts';

const seed = seedOr(20261129);

interface Country {
  service: TestService;
  /** The same data by a service that keeps no answers, and by one that keeps them. */
  ask: Ask;
  askKeeping: Ask;
  schema: GraphQLSchema;
  values: Values;
}

let country: Country;
t.before(async () => {
  const { service, ask, openApi } = await countryAt(3);
  const now = (): Date => new Date(`${days[2]}T05:00:00Z`);
  const keeper = await serviceAt(t, service.url, now, keeping);
  const introspection = jsonOf(await post(ask, { query: getIntrospectionQuery(), variables: {} }));
  const schema = buildClientSchema((introspection as { data: IntrospectionQuery }).data);
  const pool = await poolOfCountry();
  const values = new Map<string, unknown[]>();
  for (const operation of openApi.operations)
    for (const parameter of operation.parameters)
      values.set(parameter.name, [
        ...(values.get(parameter.name) ?? []),
        ...pool.valuesFor(operation, parameter),
      ]);
  values.set('ids', values.get('id') ?? []);
  country = { service, ask, askKeeping: await askOf(t, keeper.app), schema, values };
});

const longestMs = 8000;
let count = 0;
const codes = new Map<string, number>();

async function timed(ask: Ask, question: Parameters<Ask>[0]): Promise<Answer> {
  const begin = performance.now();
  const answer = await ask(question);
  count += 1;
  if (performance.now() - begin > longestMs) throw new Error('it took too long');
  return answer;
}

const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const post = (ask: Ask, asked: GraphqlDocument): Promise<Answer> =>
  timed(ask, { method: 'POST', target: '/graphql', headers, body: JSON.stringify(asked) });
const get = (ask: Ask, { query, variables, operationName }: GraphqlDocument): Promise<Answer> => {
  const search = new URLSearchParams({
    query,
    variables: JSON.stringify(variables),
    ...(operationName && { operationName }),
  });
  return timed(ask, { method: 'GET', target: `/graphql?${search}`, headers: { accept: headers.accept } });
};

/**
 * What two answers to one request have in common: where an error empties what lies around it, others that lie there, too,
 * are told or not, as time has it. What is refused as a whole is refused alike, but for the id of the request.
 */
function comparable(answer: Answer): string {
  const text = answer.body.toString('utf8');
  if (!`${answer.headers['content-type']}`.includes('json') || text === '') return `${answer.status} ${text}`;
  const withoutIds = (name: string, value: unknown): unknown => (name === 'requestId' ? undefined : value);
  const parts = [JSON.parse(text, withoutIds)].flat().map(({ data, errors, ...more }) => {
    const told = data === undefined ? errors : errors?.length > 0;
    return { data, errors: told, ...more };
  });
  return `${answer.status} ${JSON.stringify(parts)}`;
}

/** What an argument may be beyond its type, and a page beyond its limits. */
const refusals = ['bad_argument', 'bad_cursor', 'repeated_argument', 'missing_argument', 'query_too_large'];

async function check(t: Test, numRuns: number, judge: (draw: Draw) => Promise<string[]>): Promise<void> {
  const property = fc.asyncProperty(fc.gen(), async (g) => {
    const faults = await judge(drawFrom(g));
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });
  const before = count;
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns });
  t.comment(
    `${numRuns} cases, ${count - before} requests, seed ${seed}; ${JSON.stringify([...codes].sort())}`,
  );
  codes.clear();
  t.equal(failed ? `${errorInstance} (seed ${seed}, path ${counterexamplePath})` : '', '');
}

t.test(
  'a document that fits the schema is answered in its shape, by GET and by POST, kept or not',
  async (t) => {
    const { schema, values, ask, askKeeping } = country;
    let answered = 0;
    await check(t, runsOr(40, 10), async (draw) => {
      const asked = documentFrom(draw, schema, values);
      const invalid = validate(schema, parse(asked.query));
      const answer = await post(ask, asked);
      const faults = faultsOfAnswer(answer);
      faults.push(...invalid.map(({ message }) => `the test wrote what does not fit: ${message}`));
      const found = codesOf(answer);
      for (const code of found) codes.set(code, (codes.get(code) ?? 0) + 1);
      faults.push(
        ...found.filter((code) => !refusals.includes(code)).map((code) => `it is refused: ${code}`),
      );
      const [own] = answersOf(answer);
      if (own?.data) {
        answered += 1;
        faults.push(...shapeFaultsOf(schema, asked, own as GraphqlAnswer));
      }
      const others = [await post(askKeeping, asked), await post(askKeeping, asked)];
      if (asked.query.length < 4000) others.push(await get(ask, asked), await get(askKeeping, asked));
      if (others.some((other) => comparable(other) !== comparable(answer)))
        faults.push(
          `another way it is answered otherwise: ${others.map(comparable).join('\n')}\n≠ ${comparable(answer)}`,
        );
      return faults.map((fault) => `${fault} ← ${JSON.stringify(asked).slice(0, 2000)}`);
    });
    t.ok(answered > 20, `${answered} have data`);
  },
);

t.test(
  'whatever becomes of a document or its request, it is refused as the contract says, or answered',
  async (t) => {
    const { schema, values, ask, askKeeping } = country;
    const healthy = { query: '{ places(first: 3) { totalCount nodes { id code } } }', variables: {} };
    const before = comparable(await post(ask, healthy));
    await check(t, runsOr(120, 20), async (draw) => {
      const good = documentFrom(draw, schema, values);
      const question = hostileRequest(draw, draw.often(75) ? spoiltDocument(draw, good) : good);
      const answer = await timed(ask, question);
      const isHead = question.method === 'HEAD';
      const faults = isHead
        ? answer.status >= 500
          ? [`status ${answer.status}`]
          : []
        : faultsOfAnswer(answer);
      if (!isHead && faults.length === 0 && !`${answer.headers['content-type']}`.includes('problem'))
        for (const code of codesOf(answer)) codes.set(code, (codes.get(code) ?? 0) + 1);
      const kept = [await timed(askKeeping, question), await timed(askKeeping, question)];
      if (kept.some((other) => comparable(other) !== comparable(answer)))
        faults.push(`kept it is answered otherwise: ${kept.map(comparable)} ≠ ${comparable(answer)}`);
      if (answer.status !== 200 && draw.often(5) && comparable(await post(ask, healthy)) !== before)
        faults.push('the next one is not answered as before');
      const { method, target, body } = question;
      return faults.map((fault) =>
        `${fault} ← ${method} ${target} ${JSON.stringify(question.headers)} ${body}`.slice(0, 3000),
      );
    });
    t.equal(comparable(await post(ask, healthy)), before, 'and others are answered as before');
  },
);

/** Arguments as REST takes them: of the data, or hostile. */
function argumentsFrom(draw: Draw, name: OperationName, values: Values): Arguments {
  const { args } = operationOf(name);
  const required = (args.required ?? []) as string[];
  const given = Object.entries(args.properties as Record<string, Described>).flatMap(([key, schema]) => {
    if (key === 'lang' || (!required.includes(key) && !draw.often(key === 'limit' ? 60 : 12))) return [];
    const words = schema.enum ?? schema.items?.enum;
    const known = (values.get(key) ?? []).map(String).filter((one) => !/[,|]/.test(one));
    const hostile = hostileTexts.filter((one) => !/[,|\ud800-\udfff]/.test(one) && one !== '');
    const one = (): string => {
      if (key === 'limit') return String(1 + draw.upTo(6));
      if (draw.often(words ? 0 : 6) && schema.type !== 'integer') return draw.pick(hostile);
      return words ? draw.pick(words) : known.length > 0 ? draw.pick(known) : '2024';
    };
    const separator = operationOf(name).method === 'POST' ? '|' : ',';
    return [[key, schema.items ? Array.from({ length: 1 + draw.upTo(1) }, one).join(separator) : one()]];
  });
  return Object.fromEntries(given);
}

t.test('a number beyond all numbers is not taken for null, for which an answer is kept', async (t) => {
  const query = 'query ($n: Int) { places(first: $n) { totalCount } }';
  const ask = async (ask: Ask, n: string): Promise<string> => {
    const body = `{"query":${JSON.stringify(query)},"variables":{"n":${n}}}`;
    const answer = await timed(ask, { method: 'POST', target: '/graphql', headers, body });
    return codesOf(answer).join();
  };
  for (const mouth of [country.ask, country.askKeeping])
    for (const [n, code] of [
      ['null', ''],
      ['1e999', 'bad_argument'],
      ['-1e999', 'bad_argument'],
    ] as const)
      t.equal(await ask(mouth, n), code, n);
});

t.test('both mouths say the same, whatever is asked', async (t) => {
  const { service, values } = country;
  let same = 0;
  await check(t, runsOr(60, 5), async (draw) => {
    const name = draw.pick(operationNames);
    const args = argumentsFrom(draw, name, values);
    count += 2;
    const { rest, graphql, error } = await bothSay(service, name, args);
    const told = rest.body as { code?: string; parameter?: string };
    const as = (parameter: unknown): unknown => (parameter === 'limit' ? 'first' : parameter);
    const code = rest.status === 200 ? 'answered' : `${told.code}`;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    const said = (value: unknown): string => JSON.stringify(sorted(value));
    const faults: string[] = [];
    // `..` in a path is another path.
    if (told.code === 'no_such_route') return [];
    if (rest.status === 200) {
      same += 1;
      if (error !== undefined || said(asRest(name, graphql)) !== said(rest.body))
        faults.push(`REST ${said(rest.body)} ≠ ${said(error ?? asRest(name, graphql))}`);
    } else if (rest.status === 404 ? graphql !== null || error !== undefined : error?.['code'] !== told.code)
      faults.push(`REST ${rest.status} ${said(told)} ≠ ${said(error ?? graphql)}`);
    else if (rest.status !== 404 && as(told.parameter) !== error?.['parameter'])
      faults.push(`REST is about ${told.parameter}, GraphQL about ${error?.['parameter']}`);
    return faults.map((fault) => `${fault} ← ${name} ${JSON.stringify(args)}`.slice(0, 3000));
  });
  t.ok(same > 20, `${same} are answered`);
});

/** With members in one order, since each mouth has its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
