/** Connections: pages from either end, bounds on both sides, filters as one value, and nothing that is not asked for. */
import t, { type Test } from 'tap';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { literalOf } from '../both-mouths.ts';
import { type TestService, testNow, testService } from '../service.ts';

interface Page {
  edges: { cursor: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** `field(arguments) { … }`, asked below what leads there. */
async function pageOf(
  { graphql }: TestService,
  field: string,
  args: readonly string[],
  around: (field: string) => string = (inner) => inner,
): Promise<Page> {
  const inner = `${field}(${args.join(', ')}) { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
  const { data, errors } = await graphql(`{ ${around(`${inner}`)} }`);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  let found: unknown = data;
  while (!Object.hasOwn(found as object, 'edges')) found = Object.values(found as object)[0];
  return found as Page;
}

/** Walks a list from its end to its beginning, and tries every kind of bound. */
async function walk(t: Test, ask: (...args: string[]) => Promise<Page>, name: string): Promise<void> {
  const cursorsOf = ({ edges }: Page): string[] => edges.map(({ cursor }) => cursor);
  const every = await ask('first: 12');
  const all = cursorsOf(every);
  const more = every.pageInfo.hasNextPage;
  t.ok(all.length > 1, `${name}: ${all.length} records`);
  const size = Math.max(1, Math.floor(all.length / 3));
  const [last, second] = [all.at(-1) as string, all[1] as string];

  const end = await ask(`last: ${size}`);
  t.equal(end.pageInfo.hasNextPage, false, `${name}: nothing follows the end`);
  t.equal(end.pageInfo.hasPreviousPage, more || all.length > size);
  if (!more)
    t.strictSame(cursorsOf(end), all.slice(-size), `${name}: the last ones, in the order of the list`);

  const backwards: string[] = [];
  for (let before = last; ; ) {
    const page = await ask(`last: ${size}`, `before: "${before}"`);
    backwards.unshift(...cursorsOf(page));
    t.equal(page.pageInfo.hasNextPage, true);
    t.equal(page.pageInfo.startCursor, cursorsOf(page)[0]);
    t.equal(page.pageInfo.endCursor, cursorsOf(page).at(-1));
    if (!page.pageInfo.hasPreviousPage) break;
    before = page.pageInfo.startCursor as string;
  }
  t.strictSame(backwards, all.slice(0, -1), `${name}: backwards it is the same list`);

  const between = await ask('first: 500', `after: "${all[0]}"`, `before: "${last}"`);
  t.strictSame(cursorsOf(between), all.slice(1, -1), `${name}: between two bounds`);
  t.match(between.pageInfo, { hasPreviousPage: true, hasNextPage: true });
  const tail = await ask(`last: ${size}`, `after: "${second}"`, `before: "${last}"`);
  t.strictSame(cursorsOf(tail), all.slice(2, -1).slice(-size), `${name}: the last ones between two bounds`);
}

t.test('every list can be paged from either end', async (t) => {
  const service = await testService(t);
  const examples: Record<string, Record<string, string>> = {
    search: { q: 'ninh' },
    series: { place: 'province:37', indicator: 'grdp_growth' },
    coverage: { place: 'province:37' },
    documentCitations: { id: 'document:003' },
    datasets: {},
  };
  // One series, one release, no imported table: too little to page through.
  const small = ['datasets', 'series', 'releases'];
  for (const name of operationNames.filter((one) => operationOf(one).kind === 'list')) {
    if (small.includes(name)) continue;
    const { example } = operationOf(name);
    const fixed = Object.entries({ ...example, ...examples[name] }).map(
      ([key, value]) => `${key}: ${literalOf(name, key, String(value))}`,
    );
    await walk(t, (...args) => pageOf(service, name, [...fixed, ...args]), name);
  }
});

t.test('edges can be paged from either end', async (t) => {
  const service = await testService(t);
  const within = (start: string) => (inner: string) => `${start} { ${inner} }`;
  const edges: [around: (inner: string) => string, field: string][] = [
    [within('district(code: "087")'), 'tasks'],
    [within('province(code: "37")'), 'observations'],
    [within('province(code: "37")'), 'descendants'],
    [within('document(id: "document:003")'), 'citations'],
    [within('scorecard(place: "province:37", year: 2023)'), 'targets'],
  ];
  for (const [around, field] of edges) {
    await walk(t, (...args) => pageOf(service, field, args, around), field);
  }
});

t.test('releases, the newest first, and series, of two kinds, are paged from the end too', async (t) => {
  const { graphql } = await testService(t);
  const { data } = await graphql('{ releases(last: 1) { nodes { number } pageInfo { hasPreviousPage } } }');
  t.strictSame(data, { releases: { nodes: [{ number: 1 }], pageInfo: { hasPreviousPage: false } } });
});

t.test('refuses bounds of different releases', async (t) => {
  const { graphql } = await testService(t);
  const { data } = await graphql('{ tasks(first: 1) { edges { cursor } } }');
  const [{ cursor }] = (data as Record<'tasks', Page>).tasks.edges as [{ cursor: string }];
  const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const other = Buffer.from(JSON.stringify([parts[0], 0, '2026-11-01', parts[3]])).toString('base64url');
  const { errors } = await graphql(`{ tasks(after: "${cursor}", before: "${other}") { totalCount } }`);
  t.match(errors, [{ message: '"after" and "before" belong to different releases.' }]);
  t.match(errors, [{ extensions: { code: 'bad_cursor', parameter: 'before' } }]);
});

t.test('filters stand beside the other arguments or in one value, and mean the same', async (t) => {
  const { graphql } = await testService(t);
  const query = `query ($filter: ObservationsFilter!, $after: String) {
    one: observations(filter: $filter, first: 3, after: $after) { edges { cursor } totalCount }
    other: observations(place: "province:37", year: 2023, measure: [growth], first: 3, after: $after) { edges { cursor } totalCount }
    place: province(code: "37") { observations(filter: { year: 2023, measure: [growth] }) { totalCount } }
  }`;
  const filter = { place: 'province:37', year: 2023, measure: ['growth'] };
  const first = await graphql(query, { filter });
  t.equal(first.errors, undefined);
  const { one, other, place } = first.data as Record<
    string,
    { totalCount: number; edges: { cursor: string }[] }
  >;
  t.ok((one?.totalCount ?? 0) > 3);
  t.strictSame(one, other, 'the cursors too: what pages one pages the other');
  t.match(place, { observations: { totalCount: one?.totalCount } });
  const next = await graphql(query, { filter, after: one?.edges.at(-1)?.cursor });
  t.strictSame(next.data?.['one'], next.data?.['other']);
});

t.test('what lies around a place is paged on the next day too', async (t) => {
  let day = testNow();
  const service = await testService(t, 'real', { now: () => day });
  const ask = async (after: string) =>
    (
      (await service.graphql(`{ province(code: "37") { children(first: 3${after}) { edges { cursor } } } }`))
        .data as { province: { children: Page } }
    ).province.children.edges;
  const first = await ask('');
  const cursor = first.at(-1)?.cursor;
  const same = await ask(`, after: "${cursor}"`);
  day = new Date(day.getTime() + 86_400_000);
  t.strictSame(await ask(`, after: "${cursor}"`), same);
});

t.test('many places are found by two statements', async (t) => {
  const { graphql, reader } = await testService(t);
  const { data } = await graphql('{ places(level: [province], on: "any", first: 90) { nodes { placeId } } }');
  const { nodes } = (data as { places: { nodes: { placeId: string }[] } }).places;
  const ids = [...new Set(nodes.map(({ placeId }) => placeId))];
  t.ok(ids.length > 50);
  let count = 0;
  reader.pool.on('acquire', () => {
    count += 1;
  });
  const found = await graphql('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Place { placeId } } }', {
    ids,
  });
  t.strictSame(
    (found.data as { nodes: { placeId: string }[] }).nodes.map(({ placeId }) => placeId),
    ids,
  );
  t.equal(count, 3, 'and one for the scope');
});

t.test('nodes answers records of any types in order, and null for what there never was', async (t) => {
  const { graphql } = await testService(t);
  const { data, errors } = await graphql(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Theme { name { en } place { code } } } again: nodes(ids: $ids, release: 1) { id } }`,
    {
      ids: ['document:003', 'theme:bao-yen-2024', 'theme:atlantis', 'place:lao-cai-10', 'theme:bao-yen-2024'],
    },
  );
  t.equal(errors, undefined);
  const { nodes, again } = data as Record<string, ({ id: string } | null)[]>;
  t.match(nodes, [
    { __typename: 'Document', id: 'document:003' },
    { __typename: 'Theme', name: { en: /./ }, place: { code: '087' } },
    null,
    { __typename: 'Place', id: /^place_version:/ },
    { __typename: 'Theme' },
  ]);
  t.strictSame(
    again,
    nodes?.map((one) => one && { id: one.id }),
  );
});
