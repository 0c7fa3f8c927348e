/** What had been published by a day, as far as sources say; and what is left out because they do not. */
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { leftOutNotice } from '../../src/queries/publication.ts';
import { type TestService, testService } from '../service.ts';
import { sharedService } from '../shared-service.ts';

/** The ids of a list that the service has at an address. */
const idsOf =
  ({ get }: TestService) =>
  async (address: string): Promise<string[]> =>
    ((await get(`/v1/${address}`)).body['items'] as { id: string }[]).map(({ id }) => id);

t.test('a record counts as published when the first of its sources with a date was', async (t) => {
  const service = await sharedService('fixture');
  const list = async (address: string) => (await service.get(`/v1/${address}`)).body;
  const ids = idsOf(service);
  const all = await ids('observations?limit=500');
  const by = (day: string) => ids(`observations?limit=500&publishedBy=${day}`);
  const [before, then, unknown] = [await by('2024-01-31'), await by('2024-02-01'), await by('unknown')];
  t.strictSame(before, [], 'document:901 is of 2024-02-01');
  t.ok(then.length > 0 && unknown.length > 0, 'document:902 prints no date');
  t.strictSame([...then, ...unknown].sort(), [...all].sort(), 'each is on one side');
  t.match(await list('observations?publishedBy=2024-02-01&limit=1'), {
    total: then.length,
    notice: {
      code: 'publication_unknown',
      text: `${unknown.length} records are left out that have no source with a date of publication.`,
      try: 'publishedBy=unknown',
    },
  });
  t.match(await list('observations?publishedBy=unknown'), { total: unknown.length, notice: null });
  t.match(await list('observations?publishedBy=2020-01-01&document=document:902'), {
    notice: { code: 'publication_unknown' },
  });
});

t.test(
  'documents go by their own date, legal acts by theirs, tables by the day that they were got on',
  async (t) => {
    const service = await testService(t, 'fixture');
    const ids = idsOf(service);
    const [counted, enacted] = (await ids('observations?publishedBy=unknown')) as [string, string];
    t.ok(enacted, 'document:902 alone knows of two of them');
    const { pool, close } = connect(service.url, { role: 'writer' });
    t.teardown(close);
    await pool.query(
      "insert into identities values ('dataset:counts', 1), ('citation:count-1', 1), ('citation:act-1', 1)",
    );
    await pool.query(
      `insert into datasets (id, since_release, title, sha256, retrieved_on, folded)
       values ('dataset:counts', 1, '{"vi": null, "en": "Counts", "ar": null, "he": null}', $1, '2026-09-20', 'counts')`,
      ['ab'.repeat(32)],
    );
    await pool.query(
      `insert into citations (id, since_release, fact_id, ordinal, kind, dataset_id, row_number, column_name, resolution, resolution_date, inferred)
       values ('citation:count-1', 1, $1, 9, 'cell', 'dataset:counts', 7, 'B', null, null, '{}'),
         ('citation:act-1', 1, $2, 9, 'legal', null, null, null, '2/2025/QH', '2025-06-12', '{}')`,
      [counted, enacted],
    );
    t.strictSame(await ids('documents?publishedBy=2024-02-01'), ['document:901']);
    t.strictSame(await ids('documents?publishedBy=unknown'), ['document:902']);
    t.strictSame(await ids('datasets?publishedBy=2026-09-19'), []);
    t.strictSame(await ids('datasets?publishedBy=2026-09-20'), ['dataset:counts']);
    const observations = async (day: string) =>
      (await ids(`observations?limit=500&publishedBy=${day}`)).filter(
        (id) => id === counted || id === enacted,
      );
    t.strictSame(await observations('2025-06-11'), []);
    t.strictSame(await observations('2025-06-12'), [enacted]);
    t.strictSame(await observations('2026-09-20'), [counted, enacted]);
  },
);

t.test('a contradiction was out when all its sides were', async (t) => {
  const service = await sharedService('fixture');
  const ids = idsOf(service);
  const at = (day: string) => ids(`contradictions?publishedBy=${day}`);
  t.strictSame(await at('2024-01-31'), []);
  const out = await at('2024-02-01');
  const unknown = await at('unknown');
  t.strictSame([...out, ...unknown].sort(), (await ids('contradictions')).sort());
  t.ok(unknown.length > 0, 'a side of it is known from document:902 alone');
});

t.test('what no source dates is said so on the published facts: no document prints its date', async (t) => {
  const { get, graphql } = await sharedService();
  t.match((await get('/v1/observations?publishedBy=2026-11-22')).body, {
    total: 0,
    notice: { code: 'publication_unknown', text: /^174 records are left out/ },
  });
  const { data } = await graphql(
    '{ contradictions(publishedBy: "2026-11-22") { totalCount notice { code text } } }',
  );
  t.match(data, { contradictions: { totalCount: 0, notice: { code: 'publication_unknown' } } });
});

t.test('an edge says what it leaves out, of each record its own', async (t) => {
  const { graphql } = await sharedService('fixture');
  const { data } = await graphql(`{
    indicators { nodes {
      dated: observations(publishedBy: "2024-02-01") { totalCount notice { code text } }
      undated: observations(publishedBy: "unknown") { totalCount notice { code } }
    } }
  }`);
  interface Counted {
    totalCount: number;
    notice: { text: string } | null;
  }
  const found = data?.['indicators'] as { nodes: Record<'dated' | 'undated', Counted>[] } | undefined;
  const { nodes } = found ?? { nodes: [] };
  for (const { dated, undated } of nodes) {
    t.equal(undated.notice, null);
    if (undated.totalCount === 0) t.equal(dated.notice, null);
    else t.match(dated.notice?.text, new RegExp(`^${undated.totalCount} records? (is|are) left out`));
  }
  t.ok(nodes.some(({ undated }) => undated.totalCount > 0));
  t.ok(nodes.some(({ undated }) => undated.totalCount === 0));
});

t.test('one is told in the singular, and more than can be counted as more than that', async (t) => {
  t.equal(leftOutNotice(0), null);
  t.match(leftOutNotice(1), { text: '1 record is left out that has no source with a date of publication.' });
  t.match(leftOutNotice(100_001), { text: /^More than 100000 records are left out that have / });
});
