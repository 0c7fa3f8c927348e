/**
 * Cursors in both mouths: whoever follows them, in pages of any sizes and from either end, sees the whole list once; whoever
 * forges one is refused, or gets a page of the list. `GOVDATA_TEST_SEED` repeats the questions of `npm run test:deep`.
 */
import fc from 'fast-check';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import t, { type Test } from 'tap';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { printSchema } from '../../src/schema/sdl.ts';
import { type Arguments, literalOf, restAddress } from '../both-mouths.ts';
import { runsOr, seedOr } from '../deep.ts';
import { countryAt, poolOfCountry } from './country.ts';
import { changed, type Forgery } from './cursors.ts';
import type { Json, OpenApi } from './document.ts';
import { type Draw, drawFrom } from './draw.ts';
import { answersOf, codesOf, faultsOfAnswer } from './graphql-oracle.ts';
import { hostileTexts, oddValues } from './hostile.ts';
import type { Pool } from './pool.ts';
import { type Answer, type Ask, jsonOf } from './service.ts';

const seed = seedOr(20261129);
const schema = buildSchema(printSchema());

/** A list of either mouth; one that lies below a record is GraphQL's alone. */
interface List {
  title: string;
  field: string;
  args: readonly string[];
  around: (field: string) => string;
  rest?: (page: Arguments) => string;
}

let ask: Ask;
let lists: readonly List[];
let count = 0;
t.before(async () => {
  const { ask: counted, openApi } = await countryAt(3);
  ask = (question) => {
    count += 1;
    return counted(question);
  };
  const pool = await poolOfCountry();
  lists = [...rootLists(pool, openApi), ...(await listsBelow(pool, openApi))];
});

/** Lists of versions of places, on a day or on any. */
const places: readonly string[] = ['places', 'provinces', 'districts', 'communes'];

function rootLists(pool: Pool, { operations }: OpenApi): List[] {
  return operationNames
    .filter((name) => operationOf(name).kind === 'list')
    .flatMap((name) => {
      const described = operations.find(({ path }) => path === `/v1${operationOf(name).path}`);
      const known = described ? pool.answered(described) : [];
      return known.flatMap((given) => {
        const args = Object.fromEntries(
          given
            .filter(({ parameter }) => !['limit', 'after'].includes(parameter.name))
            .map(({ parameter, value }) => [parameter.name, String(value.json)]),
        );
        const wider: Arguments[] = places.includes(name) ? [args, { ...args, on: 'any' }] : [args];
        return wider.map((one) => ({
          title: `${name} ${JSON.stringify(one)}`,
          field: name,
          args: Object.entries(one).map(([key, text]) => `${key}: ${literalOf(name, key, text)}`),
          around: (field: string) => field,
          rest: (page: Arguments) => restAddress(name, { ...one, ...page }),
        }));
      });
    });
}

/** Every list that lies below a record of its type. */
async function listsBelow(pool: Pool, { operations }: OpenApi): Promise<List[]> {
  const fact = operations.find(({ path }) => path === '/v1/facts/{id}');
  const [parameter] = fact?.parameters ?? [];
  const ids = fact && parameter ? pool.valuesFor(fact, parameter) : [];
  const found: List[] = [];
  for (const id of ids) {
    const { data } = jsonOf(await post(`{ node(id: ${JSON.stringify(id)}) { __typename } }`)) as {
      data: { node: { __typename: string } | null };
    };
    const name = data.node?.__typename ?? '';
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    const connections = fields.filter(({ type: of }) => getNamedType(of).name.endsWith('Connection'));
    const listed = connections.map(
      ({ name: field, args }): List => ({
        title: `${id} ${field}`,
        field,
        args: args.some((one) => one.name === 'on') ? ['on: "any"'] : [],
        around: (inner) => `node(id: ${JSON.stringify(id)}) { ... on ${name} { ${inner} } }`,
      }),
    );
    for (const list of listed) if ((await wholeOf(list)).length > 1) found.push(list);
  }
  return found;
}

const post = (query: string): Promise<Answer> =>
  ask({
    method: 'POST',
    target: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query }),
  });

interface Page {
  cursors: string[];
  next: boolean;
  previous: boolean;
}

const askList = (list: List, page: readonly string[]): Promise<Answer> => {
  const args = [...list.args, ...page].join(', ');
  const field = `${list.field}(${args}) { edges { cursor } pageInfo { hasNextPage hasPreviousPage } }`;
  return post(`{ ${list.around(field)} }`);
};

function pageOf(answer: Answer): Page | undefined {
  let found: unknown = answersOf(answer)[0]?.data;
  while (typeof found === 'object' && found !== null && !('edges' in found)) found = Object.values(found)[0];
  if (typeof found !== 'object' || found === null) return undefined;
  const { edges, pageInfo } = found as {
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
  };
  return {
    cursors: edges.map(({ cursor }) => cursor),
    next: pageInfo.hasNextPage,
    previous: pageInfo.hasPreviousPage,
  };
}

async function needPage(list: List, page: readonly string[]): Promise<Page> {
  const answer = await askList(list, page);
  const found = pageOf(answer);
  if (found === undefined) throw new Error(`${list.title} ${page}: ${answer.body}`);
  return found;
}

const wholes = new Map<string, string[]>();
const longest = 60;

/** The cursors of the whole list, or of its first records. */
async function wholeOf(list: List): Promise<string[]> {
  const known = wholes.get(list.title) ?? (await needPage(list, ['first: 500'])).cursors;
  wholes.set(list.title, known);
  return known;
}

async function check(t: Test, numRuns: number, judge: (draw: Draw) => Promise<string[]>): Promise<void> {
  const property = fc.asyncProperty(fc.gen(), async (g) => {
    const faults = await judge(drawFrom(g));
    if (faults.length > 0) throw new Error(faults.join('\n').slice(0, 3000));
  });
  const before = count;
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns });
  t.comment(`${numRuns} cases, ${count - before} requests, ${lists.length} lists, seed ${seed}`);
  t.equal(failed ? `${errorInstance} (seed ${seed}, path ${counterexamplePath})` : '', '');
}

/** Each record that is met, forwards or backwards, up to the end or until there are enough. */
async function walked(draw: Draw, list: List, backwards: boolean): Promise<string[]> {
  const met: string[] = [];
  for (let more = true; more && met.length <= longest; ) {
    const [size, bound, edge] = backwards ? ['last', 'before', met[0]] : ['first', 'after', met.at(-1)];
    const at = edge === undefined ? [] : [`${bound}: ${JSON.stringify(edge)}`];
    const page = await needPage(list, [`${size}: ${1 + draw.upTo(draw.pick([2, 10, 40]))}`, ...at]);
    if (backwards) met.unshift(...page.cursors);
    else met.push(...page.cursors);
    more = backwards ? page.previous : page.next;
    if (more && page.cursors.length === 0) throw new Error(`${list.title}: an empty page, and more`);
  }
  return met;
}

async function walkedInRest(draw: Draw, address: NonNullable<List['rest']>): Promise<Json[]> {
  const met: Json[] = [];
  let after: string | null = null;
  do {
    const page: Arguments = {
      limit: String(1 + draw.upTo(draw.pick([2, 10, 40]))),
      ...(after === null ? {} : { after }),
    };
    const answer = await ask({ method: 'GET', target: address(page) });
    if (answer.status !== 200) throw new Error(`${answer.status} ${address(page)}: ${answer.body}`);
    const { items, next } = jsonOf(answer) as { items: Json[]; next: string | null };
    met.push(...items);
    after = next;
  } while (after !== null && met.length <= longest);
  return met;
}

t.test('pages of any sizes, from either end, are the whole list, each record once', async (t) => {
  await check(t, runsOr(40, 2), async (draw) => {
    const list = draw.pick(lists);
    const whole = await wholeOf(list);
    const backwards = draw.often(40);
    const faults: string[] = [];
    const met = await walked(draw, list, backwards);
    // Of a list that is longer than one page, the end is not known.
    const expected = backwards ? whole.slice(-met.length) : whole.slice(0, met.length);
    const isWhole = met.length > longest || met.length === whole.length;
    if (whole.length < 500 && (!isWhole || (met.length > 0 && met.join() !== expected.join())))
      faults.push(`${list.title}${backwards ? ', backwards' : ''}: ${met.length} of ${whole.length} are met`);
    if (list.rest && draw.often(50)) {
      const items = await walkedInRest(draw, list.rest);
      const all = (
        jsonOf(await ask({ method: 'GET', target: list.rest({ limit: '500' }) })) as { items: Json[] }
      ).items;
      if (
        JSON.stringify(items) !== JSON.stringify(all.slice(0, items.length)) ||
        (items.length <= longest && items.length !== all.length)
      )
        faults.push(`${list.title}, in REST: ${items.length} of ${all.length}`);
    }
    return faults;
  });
});

const oddParts: unknown[] = [
  ...oddValues,
  ...[[], {}, [[]], { toString: 1 }, { __proto__: null }],
  ...['0001-01-01', 'a\nb', '~'.repeat(1500), '\u{10ffff}', '{"a":1}', '[]'],
];
const oddCursors = [
  ...[
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '[[[[]]]]',
    '"x"',
    '1e999',
    '[1,2,3,4]',
    '{"length":4,"0":"a"}',
    '\ufeff[]',
    '['.repeat(2000),
  ],
];
const inBase64 = (text: string): string => Buffer.from(text).toString('base64url');

/** The cursor as a client may send it back: as it was, damaged, or made up. */
function forged(draw: Draw, cursor: string): string {
  const at = draw.upTo(500);
  const forgeries: readonly (() => string)[] = [
    () => cursor,
    ...(['cut', 'flipped', 'longer'] as const).map((kind) => () => changed(cursor, { kind, at } as Forgery)),
    () =>
      changed(cursor, {
        kind: 'forged',
        part: draw.upTo(4),
        value: draw.pick([...oddParts, ...hostileTexts]),
      }),
    () => inBase64(draw.pick(oddCursors)),
    () => draw.pick([...hostileTexts, ...oddCursors]),
    () => cursor.toUpperCase(),
    () => `${cursor}${draw.pick(['=', '==', '\n', ' ', '%00', '.', 'A'])}`,
    () => inBase64(JSON.stringify(draw.json()) ?? ''),
    () => Buffer.from(JSON.parse(JSON.stringify(draw.text()))).toString('base64url'),
    () => Buffer.from(Buffer.from(cursor, 'base64url').toString(), 'utf16le').toString('base64url'),
  ];
  return draw.pick(forgeries)();
}

/** What decides which page it is: two cursors that hold the same are the same. */
const heldBy = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

t.test('a cursor that was not given is refused, or leads to a page of its list', async (t) => {
  const told = { refused: 0, answered: 0 };
  await check(t, runsOr(150, 20), async (draw) => {
    const list = draw.pick(lists);
    const whole = await wholeOf(list);
    const of = draw.often(20) ? await wholeOf(draw.pick(lists)) : whole;
    if (of.length === 0) return [];
    const index = draw.upTo(of.length - 1);
    const given = of[index] as string;
    const cursor = forged(draw, given);
    const bound = draw.pick(['after', 'before'] as const);
    const size = 1 + draw.upTo(5);
    const end = draw.pick(['first', 'last']);
    const both = draw.often(15)
      ? [`${bound === 'after' ? 'before' : 'after'}: ${JSON.stringify(given)}`]
      : [];
    const args = [`${end}: ${size}`, `${bound}: ${JSON.stringify(cursor)}`, ...both];
    const answer = await askList(list, args);
    const faults = faultsOfAnswer(answer);
    const codes = codesOf(answer);
    const strange = codes.filter(
      (code) => !['bad_cursor', 'bad_argument', 'graphql_syntax', 'query_too_large'].includes(code),
    );
    if (strange.length > 0) faults.push(`refused as ${strange}`);
    const page = pageOf(answer);
    if (page === undefined && codes.length === 0) faults.push('neither a page nor a refusal');
    told[codes.length > 0 ? 'refused' : 'answered'] += 1;
    const isOwn = of === whole && heldBy(cursor) === heldBy(given);
    if (isOwn && page === undefined && cursor === given) faults.push('its own cursor is refused');
    if (page && isOwn && both.length === 0) {
      const side = bound === 'after' ? whole.slice(index + 1) : whole.slice(0, index);
      const right = end === 'first' ? side.slice(0, size) : side.slice(-size);
      if (whole.length < 500 && right.join() !== page.cursors.join())
        faults.push('its own cursor leads elsewhere');
    }
    // Of another release or day it is another list.
    const sameScope = page?.cursors.every((one) => scopeOf(one) === scopeOf(whole[0] as string));
    if (page && sameScope && whole.length < 500 && !whole.join().includes(page.cursors.join()))
      faults.push(`a page that is no part of the list: ${page.cursors.map(heldBy)}`);
    if (list.rest && draw.often(50)) faults.push(...(await restFaults(list.rest, cursor, size)));
    return faults.map((fault) => `${fault} ← ${list.title} ${args} ${heldBy(cursor)}`);
  });
  t.comment(JSON.stringify(told));
  t.ok(told.refused > 50 && told.answered > 10);
});

const scopeOf = (cursor: string): string => JSON.stringify(JSON.parse(heldBy(cursor)).slice(1, 3));

async function restFaults(
  address: NonNullable<List['rest']>,
  after: string,
  limit: number,
): Promise<string[]> {
  const answer = await ask({
    method: 'GET',
    target: address({ limit: String(limit), after: Buffer.from(after).toString() }),
  });
  if (answer.status === 200) return [];
  const { code, parameter } = jsonOf(answer) as { code: string; parameter?: string };
  const isRight =
    answer.status === 400 && ['bad_cursor', 'bad_argument'].includes(code) && parameter === 'after';
  return isRight ? [] : [`REST answers ${answer.status} ${code} ${parameter}`];
}
