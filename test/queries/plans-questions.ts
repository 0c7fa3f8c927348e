/** Every way to ask of a list, an item or an edge, each with what makes it slow where it can be: much of it, or next to none. */
import { answer, answerLink } from '../../src/queries/answer.ts';
import type { Context, Page, Row, Scope } from '../../src/queries/types.ts';
import { type Link, links } from '../../src/schema/links.ts';
import { type OperationName, operationNames, operationOf } from '../../src/schema/operations.ts';

type Given = Record<string, unknown>;

/** Values of every argument that picks records. */
const samples: Record<string, readonly unknown[]> = {
  place: ['province:37', 'district:087', 'place:lao-cai-10'],
  within: ['province:37', 'country:VN'],
  parent: ['province:37'],
  id: ['place:lao-cai-10'],
  code: [['15']],
  fromCode: [['02953']],
  toCode: [['02953']],
  level: [['province'], ['commune']],
  on: ['2025-06-30'],
  direction: [['up']],
  indicator: [['average_income_per_capita'], ['communes', 'average_income_per_capita'], ['gdp_growth']],
  topic: [['economy'], ['health']],
  measure: [['value'], ['plan_share'], ['rank', 'growth']],
  scenario: [['actual'], ['target'], ['estimate']],
  year: [2023, 1999],
  from: ['2024-06-30', '2030-01-01'],
  to: ['2021-06-30', '2030-01-01'],
  document: ['document:003', 'document:001'],
  publishedBy: ['2024-12-31', 'unknown'],
  flag: [['derived'], ['year_inferred', 'unit_suspect']],
  q: ['muc tieu nhiem ky', 'thu ngan sach', 'qqqq', 'bao yen'],
  issuer: ['body:bao-yen-party-committee'],
  body: ['body:bao-yen-party-committee'],
  territory: ['2025-07-01'],
  paragraph: [5],
  since: [0, 8, 10],
  record: ['observation:bao-yen-2024-average-income'],
  fact: ['observation:ninh-binh-2022-pci-rank-change'],
  theme: ['theme:bao-yen-2024'],
  task: ['task:bao-yen-2024-airport-relocation'],
  event: ['event:bao-yen-2024-review'],
  instrument: ['instrument:bao-yen-18-nq-hu'],
  responsible: ['body:bao-yen-levels-and-sectors'],
  supporting: ['body:bao-yen-fatherland-front'],
  items: [['14404', 'Xã Cúc Phương, Ninh Bình']],
  include: [['possibly_same_as', 'residuals']],
  status: [['met', 'exceeded']],
  // `reason` and the kinds and types, which differ from list to list, are all the words that the contract has.
};

/** Several arguments at once, as screens ask. */
const together: Partial<Record<OperationName, readonly Given[]>> = {
  places: [{ on: 'any', level: ['commune'] }],
  observations: [
    { indicator: ['average_income_per_capita'], from: '2021-01-01', to: '2022-12-31' },
    { indicator: ['average_income_per_capita'], place: 'province:37' },
    { indicator: ['average_income_per_capita'], within: 'province:37', year: 2023 },
    { indicator: ['average_income_per_capita'], measure: ['rank'] },
    { indicator: ['average_income_per_capita'], scenario: ['target'] },
    { scenario: ['target'], issuer: 'body:bao-yen-party-committee' },
    { place: 'province:37', scenario: ['target'] },
    { within: 'province:37', q: 'thu ngan sach' },
    { q: 'muc tieu', scenario: ['target'] },
    { from: '2022-01-01', to: '2022-12-31' },
    { from: '2025-01-01', to: '2026-12-31' },
    { topic: ['economy'], within: 'province:37', year: 2023 },
    { document: 'document:003', measure: ['rank'] },
    { flag: ['derived'], scenario: ['target'] },
    { publishedBy: '2024-12-31', indicator: ['average_income_per_capita'] },
  ],
  targets: [
    { indicator: ['average_income_per_capita'], year: 2023 },
    { place: 'province:37', year: 2023 },
    { within: 'province:37', kind: ['set'] },
  ],
  changes: [
    { type: ['observation'], reason: ['revised'], since: 5 },
    { type: ['citation'], since: 9 },
    { type: ['place_version'], since: 1 },
  ],
  search: [{ q: 'muc tieu', type: ['observation'] }, { q: 'ninh binh', within: 'province:37' }, { q: 'th' }],
  placesLookup: [{ items: ['Tân Thành', 'Xã Cúc Phươnk, Ninh Bình'] }],
  series: [
    { indicator: 'average_income_per_capita', place: 'country:VN' },
    { indicator: 'average_income_per_capita', place: 'province:37', territory: '2025-07-01' },
  ],
};

const ids: Partial<Record<OperationName, string>> = { dataset: 'dataset:bench-yearbook' };

interface Described {
  type?: string;
  enum?: readonly string[];
  items?: Described;
}

const isPaging = (name: string): boolean => ['release', 'asOf', 'limit', 'after', 'lang'].includes(name);

/** What an operation needs to be asked at all. */
function neededBy(name: OperationName): Given {
  const { args, example } = operationOf(name);
  const properties = args.properties as Record<string, Described>;
  const required = (args['required'] as string[] | undefined) ?? [];
  return Object.fromEntries(
    required.map((key) => {
      const value = ids[name] ?? example[key];
      return [key, properties[key]?.type === 'integer' ? Number(value) : value];
    }),
  );
}

/** The argument alone, with each of its sample values. Throws for one that has none, so that a new one is not forgotten. */
function valuesOf(name: OperationName, key: string, schema: Described): readonly unknown[] {
  if (samples[key] !== undefined) return samples[key];
  const words = schema.items?.enum ?? schema.enum;
  if (words === undefined) throw new Error(`plans-questions.ts has no value for "${key}" of ${name}`);
  return words.map((word) => (schema.items ? [word] : word));
}

/** An argument may be of another form in one list than in another. */
const fitting = (schema: Described, value: unknown): unknown =>
  schema.items ? [value].flat() : [value].flat()[0];

/** Who asks, and the same without being watched. */
export interface Asking {
  context: Context;
  unwatched: Context;
  scope: Scope;
}

export interface Question {
  name: string;
  /** A list is asked from its beginning, or from a record near its end. */
  ask: (asking: Asking, isDeep: boolean) => Promise<unknown>;
}

const argumentsOf = (operation: OperationName): Given[] => {
  const { args, kind } = operationOf(operation);
  const needed = neededBy(operation);
  if (kind !== 'list') return [needed];
  const alone = Object.entries(args.properties as Record<string, Described>)
    .filter(([key]) => !isPaging(key) && !(key in needed))
    .flatMap(([key, schema]) =>
      valuesOf(operation, key, schema).map((value) => ({ ...needed, [key]: fitting(schema, value) })),
    );
  return [needed, ...alone, ...(together[operation] ?? []).map((some) => ({ ...needed, ...some }))];
};

/** More than a page. */
const fromEnd = { last: 60 };

/** Asks for a page, or for the one that begins that far from the end. */
async function askPage(
  { context, unwatched }: Asking,
  isDeep: boolean,
  page: (context: Context, after: Given, reading: object) => Promise<Page<Row>>,
): Promise<unknown> {
  if (!isDeep) return page(context, {}, {});
  const { items, cursorOf } = await page(unwatched, {}, fromEnd);
  return items.length === 0 ? undefined : page(context, { after: cursorOf(0) }, {});
}

export const operationQuestions: readonly Question[] = operationNames.flatMap((operation) =>
  argumentsOf(operation).map((args) => ({
    name: `${operation} ${JSON.stringify(args)}`,
    ask: (asking, isDeep) =>
      operationOf(operation).kind === 'list'
        ? askPage(
            asking,
            isDeep,
            async (context, after, reading) =>
              (await answer(context, asking.scope, operation, { ...args, ...after }, reading)) as Page<Row>,
          )
        : answer(asking.context, asking.scope, operation, args),
  })),
);

/** Records of every type that has edges, wherever answers hold them. */
export async function readParents(context: Context, scope: Scope): Promise<Map<string, Row[]>> {
  const found = new Map<string, Row[]>();
  for (const operation of operationNames) {
    for (const args of [neededBy(operation), ...(together[operation] ?? [])]) {
      const result = await answer(context, scope, operation, { ...neededBy(operation), ...args });
      const rows = operationOf(operation).kind === 'list' ? (result as Page<Row>).items : [result];
      for (const row of rows) collect(row, operationOf(operation).of, found);
    }
  }
  const [first] = found.get('Observation') as [Row];
  // These no answer on this data holds.
  found.set('ComparabilityInput', [{ place: first['place'], observation: first['id'] }]);
  found.set('SeriesBreak', [{ since: first['id'] }]);
  return found;
}

interface Shape {
  title?: string;
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
}

function collect(value: unknown, described: Shape, into: Map<string, Row[]>): void {
  if (typeof value !== 'object' || value === null) return;
  const shape = described.anyOf?.find((one) => one.properties ?? one.items) ?? described;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, shape.items ?? {}, into);
    return;
  }
  if (shape.title !== undefined && shape.title in links) {
    into.set(shape.title, [...(into.get(shape.title) ?? []), value as Row]);
  }
  for (const [name, member] of Object.entries(shape.properties ?? {})) {
    collect((value as Row)[name], member, into);
  }
}

/** A screen of them. */
const several = 20;

/** Every edge of one record and of several, and of one with every argument that picks figures. */
export function edgeQuestions(parents: ReadonlyMap<string, Row[]>): Question[] {
  return Object.entries(links as Record<string, Record<string, Link>>).flatMap(([type, edges]) =>
    Object.entries(edges).flatMap(([field, { kind, args: operation }]) => {
      const some = parents.get(type)?.slice(0, several);
      if (some === undefined)
        throw new Error(`no answer holds a ${type}, so that its edges are not asked for`);
      const filtered =
        operation === 'observations' || operation === 'targets' ? argumentsOf(operation) : [{}];
      const asked = filtered.map((args) => ({ some: some.slice(0, 1), args }));
      return [{ some, args: {} }, ...asked].map(({ some, args }) => ({
        name: `${type}.${field} ${JSON.stringify(args)} of ${some.length}`,
        ask: (asking: Asking, isDeep: boolean) => {
          // A cursor is of the edge of one record.
          const near = isDeep ? some.slice(0, 1) : some;
          const ask = (context: Context, after: Given, reading: object) =>
            answerLink(context, asking.scope, type, field, near, { ...args, ...after }, reading);
          return kind === 'one'
            ? ask(asking.context, {}, {})
            : askPage(asking, isDeep, async (...how) => (await ask(...how))[0] as Page<Row>);
        },
      }));
    }),
  );
}
