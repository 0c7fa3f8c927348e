/** The feed of changes: who replays it has the data, however often the reading is interrupted. */
import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { seed } from '../../src/import/seed.ts';
import { bothSay } from '../both-mouths.ts';
import { testDatabase } from '../helper.ts';
import { fixtureService, secondSeeds } from '../second-release.ts';
import type { TestService } from '../service.ts';
import { type States, statesOf } from '../stored-states.ts';

interface Line {
  release: number;
  record: string;
  type: string;
  reason: string;
  state: Record<string, unknown> | null;
  correction: { id: string } | null;
  cursor: string;
}

async function linesOf({ app }: TestService, query: string): Promise<Line[]> {
  const { statusCode, headers, body } = await app.inject(`/v1/changes.ndjson?${query}`);
  if (statusCode !== 200) throw new Error(body);
  if (headers['content-type'] !== 'application/x-ndjson') throw new Error(String(headers['content-type']));
  return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** What `lines` make of what there was. */
function replay(lines: readonly Line[], before: States = new Map()): States {
  const states = new Map(before);
  for (const { record, state } of lines) {
    if (state === null) states.delete(record);
    else states.set(record, state);
  }
  return new Map([...states].sort(([a], [b]) => (a < b ? -1 : 1)));
}

t.test(
  'the feed from release 1 onto the states of release 1 gives those of release 2, and of 3',
  async (t) => {
    const service = await fixtureService(t, 3);
    const first = replay(await linesOf(service, 'release=1'));
    t.strictSame(first, await statesOf(service.url, 1));
    const second = replay(await linesOf(service, 'since=1&release=2'), first);
    t.strictSame(second, await statesOf(service.url, 2));
    t.strictSame(second, await statesOf(await seededAnew(t), 1), 'as if there had never been a release 1');
    t.strictSame(second, replay(await linesOf(service, 'release=2')), 'or read from the beginning');
    const third = replay(await linesOf(service, 'since=2'), second);
    t.strictSame(third, await statesOf(service.url, 3));
    t.not(first.size, second.size);
  },
);

/** A database that was seeded with the second seeds alone. */
async function seededAnew(t: Test): Promise<string> {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  await seed(database, { folder: await secondSeeds(t) });
  return url;
}

t.test(
  'a reader that is cut off goes on behind the cursor of its last line, as NDJSON or in pages',
  async (t) => {
    const service = await fixtureService(t, 2);
    const whole = await linesOf(service, '');
    t.equal(new Set(whole.map(({ cursor }) => cursor)).size, whole.length);
    const cut = whole.slice(0, 40);
    const rest = await linesOf(service, `after=${cut.at(-1)?.cursor}`);
    t.strictSame([...cut, ...rest], whole);
    const pages: Line[] = [];
    let after = cut.at(-1)?.cursor ?? null;
    for (let size = 1; after !== null; size += 7) {
      const { body } = await service.get(`/v1/changes?limit=${size}&after=${after}`);
      pages.push(...(body['items'] as Line[]));
      after = body['next'] as string | null;
      if (pages.length > 20) break;
    }
    const end = await linesOf(service, `after=${after}`);
    const bare = (lines: readonly Line[]) => lines.map(({ cursor: _, ...line }) => line);
    t.strictSame([...bare(cut), ...pages, ...bare(end)], bare(whole));
    t.strictSame(
      await linesOf(service, `after=${whole.at(-1)?.cursor}`),
      [],
      'behind the last line is nothing',
    );
    await service.makeNext();
    t.strictSame(
      await linesOf(service, `after=${cut.at(-1)?.cursor}`),
      rest,
      'a later release does not get in between',
    );
    const { statusCode } = await service.app.inject(
      `/v1/changes.ndjson?release=3&after=${cut.at(-1)?.cursor}`,
    );
    t.equal(statusCode, 400);
  },
);

t.test('the feed is ordered by release, then by id, and picks by type, reason and record', async (t) => {
  const service = await fixtureService(t, 2);
  const whole = await linesOf(service, '');
  const keys = whole.map(({ release, record }) => `${release} ${record}`);
  t.strictSame(keys, [...keys].sort());
  for (const [query, holds] of [
    ['reason=merged,withdrawn', ({ reason }: Line) => ['merged', 'withdrawn'].includes(reason)],
    ['type=task,citation', ({ type }: Line) => ['task', 'citation'].includes(type)],
    ['record=observation:budget-2023', ({ record }: Line) => record === 'observation:budget-2023'],
    ['since=1', ({ release }: Line) => release === 2],
    ['since=2', () => false],
  ] as const) {
    const picked = (await linesOf(service, query)).map(({ cursor: _, ...line }) => line);
    t.strictSame(
      picked,
      whole.filter(holds).map(({ cursor: _, ...line }) => line),
      query,
    );
    t.equal(picked.length > 0, query !== 'since=2');
  }
});

t.test('each record has its reason, each release its counts, and what ended has no state', async (t) => {
  const service = await fixtureService(t, 3);
  const lines = await linesOf(service, 'since=1&release=2');
  const told = lines
    .filter(({ type }) => type !== 'citation')
    .map(({ record, reason, correction }) =>
      [record, reason, ...(correction ? [correction.id] : [])].join(' '),
    );
  t.strictSame(told, [
    'body:new new',
    'body:song-hoa-party corrected correction:party',
    'contradiction:new new',
    'correction:budget new',
    'correction:budget-again new',
    'correction:ho-dao new',
    'correction:motto new',
    'correction:party new',
    'document:901 revised',
    'indicator:budget revised',
    'indicator:income revised',
    'indicator:schools revised',
    'indicator:visitors revised',
    'motto:clear-people withdrawn correction:motto',
    'observation:budget-2023 corrected correction:budget-again',
    'observation:new new',
    'observation:rank-change-2023 withdrawn',
    'observation:schools revised',
    'observation:schools-ho-dao merged correction:ho-dao',
    'observation:visitors-9m revised',
    'place_change:ho-dao-2025 revised',
    'place_version:701 revised',
    'task:new new',
    'task:schools revised',
  ]);
  for (const { reason, state } of lines) t.equal(state === null, ['merged', 'withdrawn'].includes(reason));
  const { body } = await service.get('/v1/releases');
  const releases = body['items'] as {
    number: number;
    byType: object[];
    counts: object;
    note: string | null;
  }[];
  t.strictSame(
    releases.map(({ number, note }) => [number, note]),
    [
      [3, 'The third.'],
      [2, 'The second.'],
      [1, null],
    ],
  );
  for (const { number, byType, counts } of releases) {
    const own = await linesOf(service, `since=${number - 1}&release=${number}`);
    t.strictSame(byType, countsOf(own), `release ${number}`);
    const records = own.filter(({ type }) => !['citation', 'correction'].includes(type));
    const sum = countsOf(records.map((line) => ({ ...line, type: 'all' })));
    t.strictSame([{ type: 'all', ...counts }], sum);
  }
  t.match(await bothSay(service, 'releases', { release: '2' }), {
    rest: { body: { total: 2 } },
    error: undefined,
  });
});

function countsOf(lines: readonly Line[]) {
  const types = [...new Set(lines.map(({ type }) => type))].sort();
  return types.map((type) => {
    const count = (...reasons: string[]) =>
      lines.filter((line) => line.type === type && reasons.includes(line.reason)).length;
    return {
      type,
      added: count('new'),
      revised: count('revised'),
      corrected: count('corrected'),
      withdrawn: count('withdrawn', 'merged'),
    };
  });
}

t.test('a copy that is up to date hears so, and one that is ahead hears that it cannot be', async (t) => {
  const service = await fixtureService(t, 2);
  const noticeOf = async (since: number) => (await service.get(`/v1/changes?since=${since}`)).body['notice'];
  t.equal(await noticeOf(1), null);
  t.match(await noticeOf(2), {
    code: 'nothing_new',
    text: 'Nothing has changed since release 2, which is the last one.',
  });
  t.match(await noticeOf(9), {
    code: 'nothing_new',
    text: 'Nothing can have changed since release 9: the feed ends with release 2.',
  });
  t.match(await service.graphql('{ changes(since: 2) { totalCount notice { code } } }'), {
    data: { changes: { totalCount: 0, notice: { code: 'nothing_new' } } },
  });
});

t.test('a file that goes on says the release that it is of, though there is a later one', async (t) => {
  const service = await fixtureService(t, 2);
  const cursor = (await linesOf(service, 'since=1'))[3]?.cursor;
  const ask = (headers = {}) =>
    service.app.inject({ url: `/v1/changes.ndjson?since=1&after=${cursor}`, headers });
  const then = await ask();
  await service.makeNext();
  const now = await ask();
  t.equal(now.headers['govdata-release'], '2');
  t.equal(now.body, then.body);
  t.equal(now.headers.etag, then.headers.etag);
  const kept = await ask({ 'if-none-match': now.headers.etag });
  t.equal(kept.statusCode, 304);
  t.equal(kept.headers['govdata-release'], '2');
  const whole = await service.app.inject('/v1/changes.ndjson?since=1');
  t.equal(whole.headers['govdata-release'], '3');
});
