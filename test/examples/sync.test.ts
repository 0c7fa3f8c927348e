/** The copy is held against the tables of the service, its facts and its lists: never against the feed that it was made of. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { rollback } from '../../src/import/rollback.ts';
import { type ReleasedService, releasedService } from '../second-release.ts';
import type { TestService } from '../service.ts';
import { statesOf } from '../stored-states.ts';
import { type Copy, newCopy } from './copy.ts';
import { listening, secondRelease } from './served.ts';
import { root } from './workspace.ts';

/** That the copy is a release, whole, and nothing else. */
async function isRelease(t: Test, copy: Copy, { url }: TestService, release: number): Promise<void> {
  t.strictSame(copy.states(), await statesOf(url, release), `the records of release ${release}`);
  t.match(copy.rows('select max(number) as number from releases'), [{ number: release }]);
}

t.test('the program imports nothing of ours, and no package but SQLite', async (t) => {
  const text = readFileSync(`${root}/examples/rest/sync.mjs`, 'utf8');
  const imports = [...text.matchAll(/\bimport\b[^'\n]*'([^']+)'/g)].map(([, name]) => name);
  t.strictSame(imports, ['node:sqlite', 'libsql']);
});

t.test(
  'through three releases with withdrawals and a rollback, the copy is what the service is',
  async (t) => {
    const service = await releasedService(t);
    const address = await listening(service);
    const copy = newCopy(t);
    for (const [release, said] of [
      [1, /^govdata\.db: first load → release 1: (\d+) new; \1 records$/],
      [
        2,
        /^govdata\.db: release 1 → release 2: (?=.* 2 corrected)(?=.* 1 merged)(?=.* revised).* withdrawn.*; \d+ records$/,
      ],
      [3, /^govdata\.db: release 2 → release 3: .*\d+ new.*; \d+ records$/],
    ] as const) {
      const { code, out, err } = await copy.sync(address);
      t.strictSame({ code, err }, { code: 0, err: '' });
      t.match(out, said);
      await isRelease(t, copy, service, release);
      await hasWhatFactsSay(t, copy, service);
      await hasWhatListsSay(t, copy, service);
      if (release < 3) await service.makeNext();
    }
    t.match(copy.rows("select * from ended where type <> 'citation' order by id"), [
      { id: 'motto:clear-people', reason: 'withdrawn', merged_into: null, because: 'No motto.', release: 2 },
      { id: 'observation:rank-change-2023', reason: 'withdrawn', because: null },
      {
        id: 'observation:schools-ho-dao',
        reason: 'merged',
        merged_into: 'observation:schools',
        because: 'The same schools.',
      },
    ]);

    await t.test('a copy that begins now is the same', async (t) => {
      const late = newCopy(t);
      t.match(await late.sync(address), { code: 0, out: /^govdata\.db: first load → release 3: / });
      for (const table of ['records', 'ended', 'releases']) {
        const query = `select * from ${table} order by 1`;
        t.strictSame(late.rows(query).map(bare), copy.rows(query).map(bare), table);
      }
    });

    await t.test('what ended and comes back is a record again', async (t) => {
      await rollback(service.writer, 1);
      t.match(await copy.sync(address), { code: 0, out: /release 3 → release 4/ });
      await isRelease(t, copy, service, 4);
      t.match(copy.rows("select id from ended where id like 'observation:%' order by id"), [
        { id: 'observation:new' },
      ]);
    });
  },
);

/** libsql adds how long it took. */
const bare = ({ _metadata, ...row }: Record<string, unknown>) => row;

/** What `/v1/facts` says of every record that the copy has, and of every one that it has no more. */
async function hasWhatFactsSay(t: Test, copy: Copy, { get }: ReleasedService): Promise<void> {
  const others = "('citation', 'document', 'dataset', 'correction')";
  const rows = copy.rows(`
    select id, type, 'current' as status, null as mergedInto from records where type not in ${others}
    union all select id, type, reason, merged_into from ended where type not in ${others}`);
  const told = [];
  for (const { id } of rows) {
    const { body } = await get(`/v1/facts/${id}`);
    const { type, status, mergedInto } = body;
    told.push({ id, type, status, mergedInto });
  }
  t.ok(rows.length > 50);
  t.strictSame(rows.map(bare), told);
}

/** The views of the copy beside the lists of the service. */
async function hasWhatListsSay(t: Test, copy: Copy, { get }: ReleasedService): Promise<void> {
  const { body } = await get('/v1/observations?limit=500');
  const items = body['items'] as ListedObservation[];
  t.strictSame(
    copy
      .rows(
        'select id, indicator, place_code, place, period, value, unit, flags from observations order by id',
      )
      .map(bare),
    items.map((item) => ({
      id: item.id,
      indicator: item.indicator.code,
      place_code: item.place.code,
      place: item.place.name.vi ?? item.place.name.en,
      period: item.period.label,
      value: item.value,
      unit: item.unit,
      flags: JSON.stringify(item.flags),
    })),
  );
  t.strictSame(
    copy
      .rows('select c.id, file_name from citations c join observations o on o.id = c.fact order by c.id')
      .map(bare),
    items
      .flatMap(({ citations }) => citations)
      .map(({ id, document }) => ({ id, file_name: document?.fileName ?? null }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
}

interface ListedObservation {
  id: string;
  indicator: { code: string };
  place: { code: string; name: { vi: string | null; en: string | null } };
  period: { label: string };
  value: number | null;
  unit: string;
  flags: string[];
  citations: { id: string; document: { fileName: string } | null }[];
}

t.test('where there is no new release, nothing is written', async (t) => {
  const { address } = await secondRelease();
  const copy = newCopy(t);
  await copy.sync(address);
  const digest = () => createHash('sha256').update(readFileSync(copy.file)).digest('hex');
  const before = digest();
  const { code, out } = await copy.sync(address);
  t.equal(code, 0);
  t.match(out, /^govdata\.db: release 2, nothing new; \d+ records$/);
  t.equal(digest(), before);
});
