/** Every operation of the contract with a spread of arguments, to be asked of any release in both mouths. */
import { formatOf, formatsOf } from '../src/schema/formats.ts';
import { type OperationName, operationNames, operationOf } from '../src/schema/operations.ts';
import { type Arguments, bodyOf, type Described, documentOf, restAddress } from './both-mouths.ts';
import { edgesOf } from './selection.ts';
import type { TestService } from './service.ts';

/** What the invented country knows, by the name of the argument. */
const dictionary: Arguments = {
  place: 'district:701',
  within: 'place:song-hoa-71',
  on: '2025-06-30',
  q: 'an khe',
  year: '2024',
  from: '2024-01-01',
  to: '2024-12-31',
  document: 'document:901',
  body: 'body:an-khe-party',
  issuer: 'body:an-khe-party',
  responsible: 'body:an-khe-education',
  supporting: 'body:front',
  theme: 'theme:an-khe-2024',
  event: 'event:conference-2024',
  instrument: 'instrument:18-nq-tu',
  task: 'task:tourism',
  fact: 'observation:income-growth-901',
  indicator: 'budget,visitors',
  topic: 'economy',
  paragraph: '2',
  territory: '2025-07-01',
  since: '0',
  record: 'observation:budget-2023',
  fromCode: '70002',
  toCode: '70001',
  lang: 'en',
  limit: '2',
};
const parents: Partial<Record<OperationName, string>> = {
  tasks: 'task:all',
  bodies: 'body:song-hoa-party',
  places: 'place:song-hoa-71',
  districts: 'place:song-hoa-71',
  communes: 'place:song-hoa-71',
};
const needed: Partial<Record<OperationName, Arguments>> = {
  placesCrosswalk: { from: '2025-06-30', to: '2025-07-01' },
  placeHistory: { id: 'place:song-hoa-71' },
  placesLookup: { items: '70001|An Khê|an khe moi|Song Hoa|zzzz' },
  documentCitations: { id: 'document:901' },
  search: { q: 'an khe' },
  series: { indicator: 'budget', place: 'place:song-hoa-71' },
  coverage: { place: 'district:701' },
  scorecard: { place: 'district:701', year: '2024' },
};

/** How one answer is asked for; both clocks are left out. */
export interface Question {
  title: string;
  rest?: { name: OperationName; args: Arguments; suffix?: string };
  /** A GraphQL document with `CLOCK` where the arguments of its root field end. */
  graphql?: string;
}

/** All that can be asked but single records by their ids. */
export function listQuestions(): Question[] {
  return operationNames
    .filter((name) => operationOf(name).kind !== 'item' || name in needed)
    .flatMap((name) => {
      const operation = operationOf(name);
      const { args } = operation;
      const own = needed[name] ?? {};
      const more = Object.entries(args.properties as Record<string, Described>).flatMap(([key, schema]) => {
        const words = (schema.enum ?? schema.items?.enum)?.slice(0, 2);
        const known = key === 'parent' ? parents[name] : dictionary[key];
        const values = words ?? (known === undefined || key in own ? [] : [known]);
        return values.map((value) => ({ ...own, [key]: value }));
      });
      const all = [own, ...more, { ...own, lang: 'vi' }];
      const files = formatsOf(operation).map((format) => ({
        title: `${name} as ${format}`,
        rest: { name, args: own, suffix: `.${formatOf(format).suffix}` },
      }));
      return [...all.flatMap((one) => bothMouths(name, one)), ...files];
    });
}

/** A single record of every kind, by all its addresses. */
export function recordQuestions(ids: readonly string[]): Question[] {
  return ids.flatMap((id) => {
    const type = id.slice(0, id.indexOf(':'));
    const own = operationNames.filter((name) => name === (type === 'place_version' ? 'place' : type));
    const args: Arguments = type === 'indicator' ? { code: id.slice('indicator:'.length) } : { id };
    const edges = edgesOf(type === 'place_version' ? 'Place' : typeName(type));
    const node =
      edges === '' ? '' : ` ... on ${type === 'place_version' ? 'Place' : typeName(type)} { ${edges} }`;
    return [
      ...own.flatMap((name) => bothMouths(name, args)),
      ...own
        .filter((name) => name === 'observation')
        .flatMap((name) => bothMouths(name, { ...args, territory: '2025-07-01' })),
      ...(type === 'document' ? [] : bothMouths('fact', { id })),
      ...(type === 'place_change'
        ? []
        : [{ title: `node ${id}`, graphql: `{ node(id: "${id}"CLOCK) { __typename id${node} } }` }]),
    ];
  });
}

const typeName = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1);

/** Places by their codes, as they are and on a day. */
export const codeQuestions = (): Question[] =>
  (
    Object.entries({ province: '72', district: '701', commune: '70001' }) as [OperationName, string][]
  ).flatMap(([name, code]) => [
    ...bothMouths(name, { code }),
    ...bothMouths(name, { code, on: '2025-06-30' }),
  ]);

/** REST and, where nothing but what is needed is asked with, GraphQL with all edges: that they are equal, other tests say. */
function bothMouths(name: OperationName, args: Arguments): Question[] {
  const title = `${name} ${JSON.stringify(args)}`;
  return [
    { title, rest: { name, args } },
    ...(isPlain(name, args) ? [{ title: `${title} in GraphQL`, graphql: withClock(name, args) }] : []),
    ...edgesBelow(name, args).map((graphql) => ({ title: `the edges of ${title}`, graphql })),
  ];
}

function withClock(name: OperationName, args: Arguments): string {
  const whole = documentOf(name, args);
  return Object.keys(args).length > 0
    ? whole.replace(/\) \{/, 'CLOCK) {')
    : whole.replace(`: ${name}`, `: ${name}(CLOCK)`);
}

/** Of an item, the kinds that GraphQL is asked for once. */
const isPlain = (name: OperationName, args: Arguments): boolean =>
  operationOf(name).kind === 'item'
    ? Object.values(args).some((value) => plainIds.includes(value))
    : Object.keys(args).length === Object.keys(needed[name] ?? {}).length;
const plainIds = [
  '701',
  'budget',
  'observation:budget-2023',
  'observation:schools-ho-dao',
  'task:schools',
  'document:901',
];

/** All edges of the records of a list that is asked for without more than it needs. */
function edgesBelow(name: OperationName, args: Arguments): string[] {
  const { kind, of } = operationOf(name);
  const edges = edgesOf(String((of as { title?: string }).title));
  if (edges === '' || kind !== 'list' || Object.keys(args).length > Object.keys(needed[name] ?? {}).length)
    return [];
  const list = Object.entries(args).map(([key, text]) => `${key}: ${JSON.stringify(text)}`);
  return [`{ ${name}(first: 20 ${list.join(' ')}CLOCK) { nodes { ${edges} } } }`];
}

export interface Answer {
  status: number;
  body: string;
  etag: string | undefined;
}

/** What the service answers, as of `release` or `asOf`, or now. */
export async function ask(
  { app }: TestService,
  { rest, graphql }: Question,
  clock: { release?: number; asOf?: string } = {},
): Promise<Answer> {
  const [[argument, value] = []] = Object.entries(clock);
  const literal = argument === undefined ? '' : ` ${argument}: ${JSON.stringify(value)}`;
  const response = graphql
    ? await app.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query: graphql.replace('(CLOCK)', literal && `(${literal})`).replace('CLOCK', literal) },
      })
    : await askRest(app, rest as NonNullable<Question['rest']>, clock);
  return {
    status: response.statusCode,
    // Of a file every byte counts, also where it is no text.
    body: rest?.suffix === undefined ? response.body : response.rawPayload.toString('latin1'),
    etag: response.headers.etag as string | undefined,
  };
}

function askRest(
  app: TestService['app'],
  { name, args, suffix = '' }: NonNullable<Question['rest']>,
  clock: object,
) {
  const pinned = Object.fromEntries(Object.entries(clock).map(([key, value]) => [key, String(value)]));
  if (operationOf(name).method !== 'POST') {
    const [path, query] = restAddress(name, { ...args, ...pinned }).split('?');
    return app.inject(`${path}${suffix}${query === undefined ? '' : `?${query}`}`);
  }
  return app.inject({
    method: 'POST',
    url: `/v1${operationOf(name).path}`,
    payload: bodyOf(name, { ...args, ...pinned }),
  });
}
