import t from 'tap';
import { answer, answerLink } from '../../src/queries/answer.ts';
import { partsOfObservations } from '../../src/queries/observation-parts.ts';
import { observations, whichObservations } from '../../src/queries/observations.ts';
import { openScope } from '../../src/queries/releases.ts';
import type { Slice } from '../../src/queries/slices.ts';
import { findPage } from '../../src/queries/source.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import type { Args } from '../../src/schema/operations.ts';
import { sharedDatabase } from '../service.ts';

type Asked = Args<'observations'>;

/** Each way that leads to observations, and each with others that then only narrow. */
const ways: Record<string, Asked> = {
  place: { place: 'province:37' },
  within: { within: 'province:10' },
  'within a country, by words': { within: 'country:VN', q: 'thu' },
  'place and within': { place: 'district:087', within: 'province:10' },
  document: { document: 'document:003' },
  'day of publication': { publishedBy: '2024-12-31' },
  'an early day of publication': { publishedBy: '2023-12-31' },
  words: { q: 'san' },
  'words that nothing has': { q: 'qqqq' },
  topics: { topic: ['economy', 'agriculture'] },
  indicators: { indicator: ['average_income_per_capita', 'grdp'] },
  'indicators of a topic': { topic: ['living_standards'], indicator: ['average_income_per_capita', 'grdp'] },
};
const besides: Record<string, Asked> = {
  'nothing else': {},
  'an indicator': { indicator: ['average_income_per_capita'] },
  'words and a scenario': { q: 'thu nhap', scenario: ['actual', 'target'] },
  'a year and no source with a date': { year: 2023, publishedBy: 'unknown' },
};
const slices: Record<string, Slice> = {
  'first page': { limit: 5, after: undefined },
  'page in the middle': { limit: 5, after: 'observation:nghe-an' },
  'page from the end': { limit: 5, after: undefined, fromEnd: true },
  'page without a total': { limit: 5, after: undefined, uncounted: true },
  'page from the end without a total': { limit: 3, after: undefined, fromEnd: true, uncounted: true },
};

t.test('records that are found by parts are those that fit all conditions, in the same order', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  let found = 0;
  for (const [way, first] of Object.entries(ways)) {
    for (const [beside, more] of Object.entries(besides)) {
      const args = { ...more, ...first };
      const parts = partsOfObservations(args, scope);
      t.ok(parts, `${way}, ${beside}: there are parts`);
      const where = whichObservations(args, scope);
      for (const [page, slice] of Object.entries(slices)) {
        const whole = await findPage(context, scope, observations, { ...slice, where });
        // A database that knows no total yet.
        const anew = { ...context, database: { pool: context.database.pool } };
        const fromParts = await findPage(anew, scope, observations, { ...slice, where, parts });
        t.strictSame(fromParts, whole, `${way}, ${beside}: ${page}`);
        found += whole.rows.length;
      }
    }
  }
  t.ok(found > 300, `${found} records`);
});

t.test('one indicator, and no argument, are one part: an index is in their order', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  t.equal(partsOfObservations({}, scope), undefined);
  t.equal(partsOfObservations({ within: 'country:VN' }, scope), undefined, 'nor are nearly all places');
  t.equal(partsOfObservations({ indicator: ['grdp'], publishedBy: 'unknown' }, scope), undefined);
});

/** The near end of an edge, and the argument of the list that says the same. */
const nearEnds: [type: string, row: Row, same: Asked][] = [
  ['Indicator', { id: 'indicator:average_income_per_capita' }, { indicator: ['average_income_per_capita'] }],
  [
    'Body',
    { id: 'body:nghe-an-party-standing-committee' },
    { issuer: 'body:nghe-an-party-standing-committee' },
  ],
  ['Place', { placeId: 'place:bao-yen-087' }, { place: 'district:087' }],
];

t.test('an edge with arguments holds what the list holds with all of them', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const asked = [...Object.values(ways), ...Object.values(besides), { scenario: ['target' as const] }];
  let found = 0;
  for (const [type, row, same] of nearEnds) {
    for (const args of asked.filter((one) => Object.keys(same).every((name) => !(name in one)))) {
      const list = (await answer(context, scope, 'observations', { ...args, ...same })) as Page<Row>;
      const [edge] = await answerLink(context, scope, type, 'observations', [row], args);
      const { items, total } = edge as Page<Row>;
      t.strictSame(
        { items, total },
        { items: list.items, total: list.total },
        `${type} ${JSON.stringify(args)}`,
      );
      found += list.items.length;
    }
  }
  t.ok(found > 50, `${found} records`);
});

t.test('within a country are all but its own', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const read = async (args: Asked) =>
    ((await answer(context, scope, 'observations', { ...args, limit: 500 })) as Page<Row>).items;
  const all = await read({});
  const own = all.filter(({ place }) => (place as Row)['level'] === 'country');
  t.strictSame(
    await read({ within: 'country:VN' }),
    all.filter((one) => !own.includes(one)),
  );
  t.ok(all.length > own.length);
});
