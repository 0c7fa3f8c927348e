/** Which release an answer is of: two in one document, pages that go on, records that ended, and what is refused. */
import t, { type Test } from 'tap';
import { bothSay } from '../both-mouths.ts';
import { isProblem } from '../routes/rest.ts';
import { fixtureService } from '../second-release.ts';
import type { TestService } from '../service.ts';

const party = '/v1/bodies/body:song-hoa-party';

async function dataOf<T = Record<string, unknown>>({ graphql }: TestService, query: string): Promise<T> {
  const { data, errors } = await graphql(query);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data as T;
}

t.test(
  'fields of one document may be of different releases, and so is all that lies below each',
  async (t) => {
    const service = await fixtureService(t, 2);
    const below = `{
    name { en }
    children(first: 3) { nodes {
      id place { name { en } }
      tasks(first: 9) { nodes { id subtasks(first: 9) { nodes { id supporting(first: 5) { nodes { id parent { id } } } } } } }
    } }
  }`;
    const both = await dataOf(
      service,
      `{
      now: body(id: "body:song-hoa-party") ${below}
      then: body(id: "body:song-hoa-party", release: 1) ${below}
      thatDay: body(id: "body:song-hoa-party", asOf: "2026-11-23") ${below}
      node(id: "task:schools", release: 1) { ... on Task { supporting { nodes { id } } } }
      nodeNow: node(id: "task:schools") { ... on Task { supporting { nodes { id } } } }
    }`,
    );
    t.strictSame(both['then'], both['thatDay']);
    t.match(both['then'], { name: { en: 'Party Committee of Song Hoa' } });
    t.match(both['now'], { name: { en: 'Provincial Party Committee' } });
    const [then, now] = [JSON.stringify(both['then']), JSON.stringify(both['now'])];
    t.match(then, /"An Khe"/);
    t.match(now, /"An Khe Moi"/);
    t.match(then, /"body:front"/, 'the support that ended, four edges below');
    t.notMatch(now, /"body:front"|"An Khe"/);
    t.match(now, /"task:new"/);
    t.notMatch(then, /"task:new"/);
    t.strictSame(both['node'], { supporting: { nodes: [{ id: 'body:front' }] } });
    t.strictSame(both['nodeNow'], { supporting: { nodes: [] } });
    const alone = await dataOf(service, `{ then: body(id: "body:song-hoa-party", release: 1) ${below} }`);
    t.strictSame(both['then'], alone['then'], 'what stands beside it makes no difference');
  },
);

t.test('a page that was begun at a release goes on at it, and with another one is refused', async (t) => {
  const service = await fixtureService(t, 1);
  const whole = await bothSay(service, 'observations', {});
  const begun = await bothSay(service, 'observations', { limit: '5' });
  const after = begun.rest.body['next'] as string;
  await service.makeNext();
  const ids = (body: Record<string, unknown>) => (body['items'] as { id: string }[]).map(({ id }) => id);
  for (const clock of [{}, { release: '1' }, { asOf: '2026-11-22' }]) {
    const rest = await bothSay(service, 'observations', { limit: '50', after, ...clock });
    t.equal(rest.error, undefined);
    t.match(rest.rest, { status: 200, body: { release: 1, total: 17, next: null } });
    t.strictSame([...ids(begun.rest.body), ...ids(rest.rest.body)], ids(whole.rest.body));
    t.strictSame((rest.graphql as { release: number }).release, 1);
  }
  for (const clock of [{ release: '2' }, { asOf: '2026-11-24' }, { asOf: '2026-11-23' }]) {
    const refused = await bothSay(service, 'observations', { after, ...clock });
    t.match(
      refused.rest,
      { status: 400, body: { code: 'bad_cursor', parameter: 'after' } },
      JSON.stringify(clock),
    );
    t.match(
      refused.rest.body['detail'],
      /"after" belongs to release 1 as of 2026-11-22, not to the one that is asked for\./,
    );
    t.match(refused.error, { code: 'bad_cursor', parameter: 'after' });
  }
  const second = await bothSay(service, 'observations', { limit: '5' });
  t.match(
    (await bothSay(service, 'observations', { release: '1', after: second.rest.body['next'] as string }))
      .rest,
    {
      status: 400,
      body: { code: 'bad_cursor' },
    },
  );
});

t.test('below a page that goes on, edges are of its release too, and what lies within rows', async (t) => {
  const service = await fixtureService(t, 1);
  const page = (after: string) => `{
    bodies(first: 1${after}) {
      release
      pageInfo { endCursor }
      nodes { id place { name { en } } aliases { document { byline } } tasks { nodes { supporting { nodes { id } } } } }
    }
  }`;
  type Begun = { bodies: { pageInfo: { endCursor: string } } };
  const cursor = (await dataOf<Begun>(service, page(''))).bodies.pageInfo.endCursor;
  const then = await dataOf(service, page(`, after: "${cursor}"`));
  await service.makeNext();
  const now = await dataOf(service, page(`, after: "${cursor}"`));
  t.strictSame(now, then);
  t.match(JSON.stringify(then), /"release":1.*"A\. Nobody"/);
});

t.test('an edge pages at the release at which it was begun', async (t) => {
  const service = await fixtureService(t, 1);
  const tasks = (after: string, clock = '') => `{
    place(id: "place:an-khe-701"${clock}) { name { en } tasks(first: 1${after}) {
      release totalCount pageInfo { endCursor hasNextPage } nodes { id supporting { nodes { id } } localities { nodes { id } } }
    } }
  }`;
  type Found = { place: { name: { en: string }; tasks: { pageInfo: { endCursor: string } } } };
  const begun = (await dataOf<Found>(service, tasks(''))).place;
  const after = `, after: "${begun.tasks.pageInfo.endCursor}"`;
  const then = (await dataOf<Found>(service, tasks(after))).place;
  await service.makeNext();
  const now = (await dataOf<Found>(service, tasks(after))).place;
  t.equal(now.name.en, 'An Khe Moi', 'the place is of the current release');
  t.strictSame(now.tasks, then.tasks);
  t.match(now.tasks, {
    release: 1,
    totalCount: 3,
    nodes: [{ id: 'task:schools', supporting: { nodes: [{ id: 'body:front' }] } }],
  });
  t.strictSame((await dataOf<Found>(service, tasks(after, ', release: 1'))).place.tasks, then.tasks);
  const { errors } = await service.graphql(tasks(after, ', release: 2'));
  t.match(errors, [{ extensions: { code: 'bad_cursor', parameter: 'after' } }]);
});

t.test(
  'a record that ended is found as it was last, in both mouths, and its edges are of that release',
  async (t) => {
    const service = await fixtureService(t, 2);
    const merged = await bothSay(service, 'fact', { id: 'observation:schools-ho-dao' });
    t.match(merged.rest, {
      status: 200,
      body: {
        id: 'observation:schools-ho-dao',
        type: 'observation',
        status: 'merged',
        mergedInto: 'observation:schools',
        sinceRelease: 1,
        corrections: [{ id: 'correction:ho-dao', kind: 'merge', reason: 'The same schools.' }],
        history: [
          { release: 1, reason: 'new', correction: null, state: { value: 2 } },
          { release: 2, reason: 'merged', correction: { id: 'correction:ho-dao' }, state: null },
        ],
        citations: [{ paragraph: 3, printed: '2' }],
      },
    });
    t.match(
      merged.rest.body['citeAs'],
      /govdata, release 1 of 2026-11-22, \/v1\/facts\/observation:schools-ho-dao\.$/,
    );
    t.match(merged.graphql, { status: 'merged', mergedInto: 'observation:schools' });
    const path = String(merged.rest.body['path']);
    t.equal(path, '/v1/observations/observation:schools-ho-dao?release=1');
    t.match(await service.get(path), { status: 200, body: { value: 2 } }, 'the whole record, as it was last');
    const withdrawn = await bothSay(service, 'fact', { id: 'motto:clear-people' });
    t.match(withdrawn.rest.body, {
      status: 'withdrawn',
      mergedInto: null,
      corrections: [{ id: 'correction:motto' }],
      history: [{ reason: 'new' }, { reason: 'withdrawn', correction: { id: 'correction:motto' } }],
    });
    const dropped = await bothSay(service, 'fact', { id: 'observation:rank-change-2023' });
    t.match(dropped.rest.body, {
      status: 'withdrawn',
      corrections: [],
      history: [{}, { reason: 'withdrawn', correction: null }],
    });
    const { fact } = await dataOf(
      service,
      `{ fact(id: "observation:schools-ho-dao") {
      record { __typename id ... on Observation { value place { name { en } parent { name { en } } } subsetOf { id } } }
      citations(first: 1) { totalCount pageInfo { endCursor } nodes { document { byline } fact { id status record { id } } } }
    } }`,
    );
    t.match(fact, {
      record: {
        __typename: 'Observation',
        value: 2,
        place: { name: { en: 'Ho Dao' }, parent: { name: { en: 'An Khe' } } },
        subsetOf: { id: 'observation:schools' },
      },
      citations: {
        totalCount: 1,
        nodes: [
          {
            document: { byline: 'A. Nobody' },
            fact: {
              id: 'observation:schools-ho-dao',
              status: 'current',
              record: { id: 'observation:schools-ho-dao' },
            },
          },
        ],
      },
    });
    for (const id of ['observation:schools-ho-dao', 'motto:clear-people', 'observation:rank-change-2023']) {
      const then = await bothSay(service, 'fact', { id, release: '1' });
      t.match(then.rest, {
        status: 200,
        body: { status: 'current', mergedInto: null, corrections: [], history: [{ release: 1 }] },
      });
      t.equal((then.rest.body['history'] as unknown[]).length, 1);
      t.equal((await bothSay(service, (id.split(':')[0] ?? '') as 'motto', { id })).rest.status, 404);
    }
    const early = await bothSay(service, 'fact', { id: 'task:new', release: '1' });
    t.strictSame(
      [early.rest.status, early.rest.body['code'], early.graphql, early.error],
      [404, 'not_found', null, undefined],
    );
    for (const id of ['correction:budget', 'document:901', 'citation:none']) {
      t.equal((await bothSay(service, 'fact', { id })).rest.status, 404, `${id} is no fact`);
    }
  },
);

const refusals: [
  what: string,
  args: Record<string, string>,
  parameter: string,
  detail: RegExp,
  suggestion?: string,
][] = [
  [
    'a release that does not exist',
    { release: '3' },
    'release',
    /^There is no release 3; the current one is 2\.$/,
    '2',
  ],
  [
    'a day before the first release',
    { asOf: '2026-11-21' },
    'asOf',
    /^The first release was made on 2026-11-22; there is nothing as of 2026-11-21\.$/,
    '2026-11-22',
  ],
  [
    'a day that is still to come',
    { asOf: '2026-11-25' },
    'asOf',
    /^2026-11-25 is still to come; today is 2026-11-24\.$/,
    '2026-11-24',
  ],
  ['both clocks', { release: '1', asOf: '2026-11-22' }, 'asOf', /^Give "release" or "asOf", not both/],
];

t.test('refuses in both mouths, with the same code and parameter', async (t) => {
  const service = await fixtureService(t, 2);
  for (const [what, args, parameter, detail, suggestion] of refusals) {
    await t.test(what, async (t) => {
      for (const name of ['observations', 'config', 'placesLookup'] as const) {
        const more = name === 'placesLookup' ? { items: '701' } : {};
        const { rest, error } = await bothSay(service, name, { ...more, ...args });
        t.match(rest, { status: 400, body: { code: 'bad_argument', parameter, detail } }, name);
        t.match(error, { code: 'bad_argument', parameter }, name);
        if (suggestion)
          t.strictSame([rest.body['suggestion'], error?.['suggestion']], [suggestion, suggestion]);
      }
      const query = new URLSearchParams(args).toString();
      for (const path of [
        `${party}?`,
        '/v1/changes.ndjson?',
        '/v1/places/crosswalk.csv?from=2025-06-30&to=2025-07-01&',
      ]) {
        isProblem(t, await service.app.inject(path + query), {
          code: 'bad_argument',
          parameter,
          detail,
          ...(suggestion ? { suggestion } : {}),
        });
      }
      const clock = Object.entries(args).map(
        ([key, value]) => `${key}: ${key === 'release' ? value : JSON.stringify(value)}`,
      );
      const { errors } = await service.graphql(`{ node(id: "task:all", ${clock.join(', ')}) { id } }`);
      t.match(errors, [{ extensions: { code: 'bad_argument', parameter } }]);
    });
  }
});

t.test('before the first release every clock is refused, and nothing else', async (t) => {
  const service = await fixtureService(t, 0);
  for (const args of [{ release: '1' }, { asOf: '2026-11-22' }]) {
    const [parameter] = Object.keys(args);
    const { rest, error } = await bothSay(service, 'observations', args as Record<string, string>);
    t.match(rest, {
      status: 400,
      body: { code: 'bad_argument', parameter, detail: 'There is no release yet.' },
    });
    t.match(error, { code: 'bad_argument', parameter });
  }
  t.match((await bothSay(service, 'observations', {})).rest, {
    status: 200,
    body: { items: [], release: 0 },
  });
  t.match((await bothSay(service, 'changes', {})).rest, { status: 200, body: { items: [], total: 0 } });
});

t.test('a cursor of a release that there never was is refused', async (t: Test) => {
  const service = await fixtureService(t, 2);
  const begun = await bothSay(service, 'tasks', { limit: '1' });
  const parts = JSON.parse(Buffer.from(begun.rest.body['next'] as string, 'base64url').toString());
  const forged = (...members: unknown[]) => Buffer.from(JSON.stringify(members)).toString('base64url');
  const [through, release, today, key] = parts;
  t.equal(release, 2);
  for (const after of [
    forged(through, 3, today, key),
    forged(through, -1, today, key),
    forged(through, 1.5, today, key),
    forged(through, 2, 'today', key),
    forged(through, 2, 5, key),
    forged(through, 2, today, 'a\u0000'),
    forged(through, 2, today, 5),
    forged(5, 2, today, key),
    forged(through, 2, today),
    forged('x', 2, today, key),
    'x',
    Buffer.from('{}').toString('base64url'),
  ]) {
    const { rest, error } = await bothSay(service, 'tasks', { after });
    t.match(rest, { status: 400, body: { code: 'bad_cursor', parameter: 'after' } });
    t.match(error, { code: 'bad_cursor', parameter: 'after' });
  }
});
