/** Both mouths give equal answers for every operation, to good questions and to bad ones. */
import t from 'tap';
import { type OperationName, operationNames, operationOf } from '../../src/schema/operations.ts';
import { type Arguments, asRest, bothSay, type Described, isSaidByBoth } from '../both-mouths.ts';
import { isDeep, oneIn } from '../deep.ts';
import { keeping } from '../service.ts';
import { sharedService } from '../shared-service.ts';

const placeKinds = { province: '15', district: '087', commune: '02953' };
const dictionary: Arguments = {
  place: 'district:087',
  within: 'province:15',
  on: '2025-06-30',
  q: 'Bảo',
  year: '2024',
  from: '2024-01-01',
  to: '2024-12-31',
  document: 'document:003',
  body: 'body:bao-yen-party-committee',
  indicator: 'average_income_per_capita',
  issuer: 'body:bao-yen-party-executive-committee',
  responsible: 'body:bao-yen-levels-and-sectors',
  supporting: 'body:bao-yen-fatherland-front',
  theme: 'theme:bao-yen-2024',
  paragraph: '5',
  territory: '2025-07-01',
  limit: '3',
  release: '1',
  asOf: '2026-11-22',
  publishedBy: '2024-12-31',
  since: '0',
  record: 'observation:bao-yen-2024-average-income',
};

/** Every argument of a list by itself, with a value that the published facts know, and words of each enum. */
function questionsOf(name: OperationName): Arguments[] {
  const { args, path, example, method } = operationOf(name);
  const needed = Object.fromEntries(
    Object.entries({ q: 'bao yen', id: `${name}:x`, ...example })
      .filter(([key]) => path.includes(`{${key}}`) || (args.required as string[] | undefined)?.includes(key))
      .map(([key, value]) => [key, [value].flat().join('|')]),
  );
  // What is picked shows in a short page, too.
  const short = !isDeep && 'limit' in args.properties ? { limit: '10' } : {};
  const single = Object.entries(args.properties as Record<string, Described>).flatMap(([key, schema]) => {
    const words = schema.enum ?? schema.items?.enum;
    const value = dictionary[key];
    return words
      ? [
          ...oneIn(4, words).map((word) => ({ ...needed, ...short, [key]: word })),
          ...(schema.items
            ? [{ ...needed, ...short, [key]: words.slice(0, 2).join(method === 'POST' ? '|' : ',') }]
            : []),
        ]
      : value === undefined
        ? []
        : [{ ...needed, ...short, [key]: value }];
  });
  return [needed, ...single];
}

t.test('lists: REST and GraphQL give the same items, totals, cursors and notices', async (t) => {
  const service = await sharedService('real', keeping);
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'list')) {
    for (const args of questionsOf(name)) {
      const said = await bothSay(service, name, args);
      const { rest, error } = said;
      t.equal(error, undefined, `GraphQL answers ${name} ${JSON.stringify(args)}`);
      t.equal(rest.status, 200, `REST answers ${name} ${JSON.stringify(args)}`);
      isSaidByBoth(t, name, said, `${name} ${JSON.stringify(args)} is the same in both`);
    }
  }
});

t.test('lists: the cursor of either mouth goes on in the other', async (t) => {
  const service = await sharedService('real', keeping);
  const first = await bothSay(service, 'tasks', { limit: '30' });
  const next = first.rest.body['next'] as string;
  const second = await bothSay(service, 'tasks', { limit: '30', after: next });
  t.strictSame(asRest('tasks', second.graphql), second.rest.body);
  const ids = [first, second].flatMap(({ rest }) =>
    (rest.body['items'] as { id: string }[]).map(({ id }) => id),
  );
  t.equal(new Set(ids).size, 60, 'two pages of thirty share no task');
});

t.test('values: REST and GraphQL give the same, whether asked by GET or by POST', async (t) => {
  const service = await sharedService('real', keeping);
  const lookup =
    '2953|087|kim son|X. Cúc Phương, H. Nho Quan, Ninh Bình|cuc phuonk|VN-18|15|Kim Sơn, Ninh Bình|zzzz';
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'value')) {
    const more =
      name === 'placesLookup' ? ['any', '2024-06-30'].map((on): Arguments => ({ items: lookup, on })) : [];
    for (const args of [...questionsOf(name), ...more]) {
      const said = await bothSay(service, name, args);
      const { rest, error } = said;
      t.equal(error, undefined, `GraphQL answers ${name} ${JSON.stringify(args)}`);
      t.equal(rest.status, 200, `REST answers ${name} ${JSON.stringify(args)}`);
      isSaidByBoth(t, name, said, `${name} ${JSON.stringify(args)} is the same in both`);
    }
  }
});

t.test('items: REST and GraphQL give the same record for every id that a list names', async (t) => {
  const service = await sharedService('real', keeping);
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'item')) {
    const level = name in placeKinds ? placeKinds[name as keyof typeof placeKinds] : undefined;
    const list = operationNames.find(
      (one) =>
        operationOf(one).kind === 'list' &&
        operationOf(one).path === operationOf(name).path.replace(/\/\{\w+\}$/, ''),
    );
    const key = 'code' in operationOf(name).args.properties ? 'code' : 'id';
    const known =
      list === undefined
        ? []
        : ((await service.get(`/v1${operationOf(list).path}?limit=500`)).body['items'] as Record<
            string,
            string
          >[]);
    const keys = level
      ? [level]
      : name === 'fact'
        ? ['theme:bao-yen-2024', 'place_version:087']
        : known.map((record) => record[key] as string);
    // Some of a type, evenly: the lists above have shown all of each record.
    const some = keys.filter((_, index) => index % Math.ceil(keys.length / (isDeep ? 500 : 15)) === 0);
    // What has no address of its own is asked for by its arguments.
    const questions = operationOf(name).path.includes('{')
      ? some.flatMap((value): Arguments[] => [
          { [key]: value },
          ...('territory' in operationOf(name).args.properties
            ? [{ [key]: value, territory: dictionary['territory'] as string }]
            : []),
        ])
      : questionsOf(name);
    for (const args of questions) {
      const said = await bothSay(service, name, args);
      const { rest, error } = said;
      t.equal(error, undefined);
      t.equal(rest.status, 200);
      isSaidByBoth(t, name, said, `${name} ${JSON.stringify(args)} is the same in both`);
    }
  }
});

t.test('what never existed is 404 in REST and null without an error in GraphQL', async (t) => {
  const service = await sharedService('real', keeping);
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'item')) {
    const length = { province: 2, district: 3, commune: 5 }[name as string];
    const args = length
      ? { code: '9'.repeat(length) }
      : name === 'indicator'
        ? { code: 'no_such' }
        : name === 'scorecard'
          ? { place: 'place:no-such', year: '2024' }
          : { id: `${name}:no-such` };
    const { rest, graphql, error } = await bothSay(service, name, args as Arguments);
    t.equal(rest.status, 404, name);
    t.equal(rest.body['code'], 'not_found');
    t.equal(graphql, null);
    t.equal(error, undefined);
  }
});

const bad: [argument: string, value: string][] = [
  ['limit', '0'],
  ['limit', '501'],
  ['limit', '-1'],
  ['after', 'forged'],
  ['after', 'WyJ4IiwxLCIyMDI2LTExLTIyIiwieCJd'],
  ['on', '2025-02-30'],
  ['on', 'yesterday'],
  ['from', '2024-13-01'],
  ['to', '24-01-01'],
  ['territory', '2025-02-30'],
  ['territory', 'any'],
  ['release', '0'],
  ['release', '2'],
  ['release', 'first'],
  ['asOf', '2026-11-21'],
  ['asOf', '2026-11-23'],
  ['asOf', '2026-02-30'],
  ['asOf', 'any'],
  ['publishedBy', '2024-02-30'],
  ['publishedBy', 'any'],
  ['since', '-1'],
  ['reason', 'gone'],
  ['record', 'no colon'],
  ['year', '1600'],
  ['place', 'Lào Cai'],
  ['place', 'body:bao-yen-party-committee'],
  ['within', 'galaxy:15'],
  ['document', '003'],
  ['q', 'a\u0000b'],
  ['q', ''],
  ['q', 'x'.repeat(201)],
  ['code', '15'],
  ['code', '0295'],
  ['id', 'no colon'],
  ['items', ''],
  ['items', '  '],
  ['items', 'x'.repeat(201)],
  ['items', '14404|a\u0000b'],
  ['items', Array(1001).fill('14404').join('|')],
  ['measure', 'growht'],
  ['scenario', 'Actual'],
  ['status', 'won'],
  ['level', 'galaxy'],
  ['flag', 'nonsense'],
  ['paragraph', '0'],
  ['nonsense', 'x'],
  ['plce', 'x'],
];

t.test('bad arguments: REST and GraphQL refuse alike, with the same code and parameter', async (t) => {
  const service = await sharedService('real', keeping);
  let refused = 0;
  for (const name of operationNames) {
    const { args, kind } = operationOf(name);
    const needed = questionsOf(name)[0] as Arguments;
    for (const [argument, value] of bad) {
      const known = argument in args.properties;
      const unknown = argument === 'nonsense' || argument === 'plce';
      if (!known && !unknown) continue;
      if (argument === 'code' && (kind !== 'item' || (name === 'province' && value === '15'))) continue;
      const { rest, error } = await bothSay(service, name, { ...needed, [argument]: value });
      const question = `${name} ${argument}=${value.slice(0, 20)}`;
      if (rest.status === 404) {
        t.equal(error, undefined, `${question}: an indicator may have this code`);
        continue;
      }
      refused += 1;
      t.equal(rest.status, 400, `${question} is 400 in REST`);
      t.equal(error?.['code'], rest.body['code'], `${question} has one code: ${String(rest.body['code'])}`);
      t.equal(
        error?.['parameter'],
        argument === 'limit' && error?.['parameter'] === 'first' ? 'first' : argument,
      );
      t.equal(error?.['status'], 400);
    }
  }
  t.ok(refused > 150, `${refused} refusals were compared`);
});
