import t, { type Test } from 'tap';
import { answer, answerAll, answerLink, openScope } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import { addPlaces } from '../places.ts';
import { type SeedsName, seededDatabase } from '../service.ts';

interface Item {
  from: { id: string; code: string };
  to: { id: string; code: string } | null;
  coverage: string;
  changes: { changeId: string; kind: string; effectiveOn: string }[];
}

async function open(t: Test, seeds: SeedsName = 'real') {
  const { context, url } = await seededDatabase(t, seeds);
  const scope = await openScope(context);
  const walk = async (args: object) => {
    const page = (await answer(context, scope, 'placesCrosswalk', args)) as Page<Row>;
    return { ...page, rows: page.items.map((item) => item as Row & Item) };
  };
  return { context, scope, url, walk };
}
const short = ({ from, to, coverage }: Item) => `${from.code} ${to?.code ?? '-'} ${coverage}`;
const reform = { from: '2025-06-30', to: '2025-07-01' };

t.test('02950 and 02956 went into 02953 on 2025-07-01, and the act says so', async (t) => {
  const { walk } = await open(t);
  const { rows, total, notice } = await walk({ ...reform, toCode: ['02953'] });
  t.strictSame(rows.map(short), ['02950 02953 primary', '02953 02953 primary', '02956 02953 primary']);
  t.equal(total, 3);
  t.equal(notice, null);
  t.strictSame(rows[0]?.changes, [
    {
      changeId: 'place_change:nghia-do-02953-2025-07-01',
      kind: 'merge',
      effectiveOn: '2025-07-01',
      enactedOn: '2025-06-16',
      legalBasis: '1673/NQ-UBTVQH15',
    },
  ]);
  t.strictSame((await walk({ ...reform, fromCode: ['02947'] })).rows.map(short), ['02947 02947 primary']);
  t.match(await walk({ ...reform, fromCode: ['99999'] }), { rows: [], notice: { code: 'nothing_fits' } });
});

t.test('15 is Yên Bái on the earlier day, and what lies within it is looked for there', async (t) => {
  const { walk } = await open(t);
  const { rows } = await walk({ ...reform, level: 'province', toCode: ['15', '37'] });
  t.strictSame(rows.map(short), ['10 15 whole', '15 15 whole', '35 37 whole', '36 37 whole', '37 37 whole']);
  t.equal((await walk({ ...reform, within: 'province:15', limit: 500 })).total, 168, 'communes of Yên Bái');
  t.equal((await walk({ ...reform, within: 'province:10', limit: 500 })).total, 151);
  t.match(await walk({ ...reform, within: 'province:99' }), { notice: { code: 'unknown_place' } });
});

t.test('each side is seen on its own day, with what is asked of it', async (t) => {
  const { context, scope, walk } = await open(t);
  const { items } = await walk({ from: '2024-06-30', to: '2025-07-01', fromCode: ['02953', '02947'] });
  const sides = (await answerLink(context, scope, 'CrosswalkRow', 'from', items, {})) as Row[];
  t.match(sides[1], { id: 'place_version:02953', parent: { code: '087' } });
  const [above] = (await answerLink(
    context,
    scope,
    'Place',
    'ancestors',
    [sides[1] as Row],
    {},
  )) as Page<Row>[];
  t.strictSame(
    above?.items.map(({ code }) => code),
    ['087', '10', 'VN'],
  );
  const after = (await answerLink(context, scope, 'CrosswalkRow', 'to', items, {})) as Row[];
  t.match(after[1], { id: 'place_version:02953@2025-07-01', parent: { code: '15' } });
});

t.test('the later day comes second; the same day twice changes nothing', async (t) => {
  const { walk } = await open(t);
  await t.rejects(walk({ from: '2025-07-01', to: '2025-06-30' }), {
    code: 'bad_argument',
    parameter: 'from',
    message: '"from" must not be later than "to"; 2025-07-01 is later than 2025-06-30.',
  });
  await t.rejects(walk({ from: '2025-07-01' }), { code: 'missing_argument', parameter: 'to' });
  const same = await walk({ from: '2024-01-01', to: '2024-01-01', level: 'province' });
  t.match(same, {
    notice: { code: 'nothing_changed', text: /No province changed after 2024-01-01/, try: null },
  });
  t.ok(
    same.rows.every(
      ({ from, to, coverage, changes }) => from.id === to?.id && coverage === 'whole' && changes.length === 0,
    ),
  );
  t.equal((await walk({ from: '2024-01-01', to: '2024-02-01', fromCode: ['02953'] })).notice, null);
  t.match(await walk({ from: '2010-01-01', to: '2024-01-01' }), {
    notice: { code: 'before_first_snapshot', since: '2022-10-01', try: 'from=2022-10-01' },
  });
  t.match(await walk({ from: '2024-01-01', to: '2030-01-01' }), {
    notice: { code: 'future_day', since: '2026-11-22', try: 'to=2026-11-22' },
  });
});

const district = 'place:an-khe-701';
const province = 'place:song-hoa-71';

/** A place before 2025-07-01, one from then to 2026-03-01, and one since. */
const old = (code: string, to?: string) => ({
  key: code,
  place: `place:x-${code}`,
  parent: district,
  ...(to ? { to } : {}),
});
const later = (key: string, to?: string) => ({
  key,
  place: `place:y-${key.slice(0, 5)}`,
  parent: province,
  ...(to ? { to } : {}),
});
const [day1, day2] = ['2025-07-01', '2026-03-01'];

async function withWays(t: Test) {
  const opened = await open(t, 'fixture');
  const step = (change: string, from: string, to: string | null, coverage: string) => ({
    change,
    on: change.startsWith('one') ? day1 : day2,
    from,
    to,
    coverage,
  });
  await addPlaces(
    t,
    opened.url,
    [
      old('70101', day1),
      old('70102', day1),
      old('70103', day1),
      old('70104', day1),
      old('70105'),
      old('70106', day1),
      later(`70201@${day1}`, day2),
      later(`70202@${day1}`, day2),
      later(`70203@${day1}`),
      later(`70204@${day1}`, day2),
      later(`70301@${day2}`),
      later(`70302@${day2}`),
    ],
    [
      // By two ways into one: by 70201 in part, by 70202 whole.
      step('one-a', '70101', `70201@${day1}`, 'part'),
      step('one-b', '70101', `70202@${day1}`, 'whole'),
      step('two-a', `70201@${day1}`, `70301@${day2}`, 'whole'),
      step('two-b', `70202@${day1}`, `70301@${day2}`, 'whole'),
      // Primary, then in part; and primary, then whole.
      step('one-c', '70102', `70202@${day1}`, 'primary'),
      step('two-c', `70202@${day1}`, `70302@${day2}`, 'part'),
      // To what nobody followed up, and to what goes on.
      step('one-d', '70103', `70204@${day1}`, 'whole'),
      step('one-d', '70103', `70203@${day1}`, 'unknown'),
      // Nobody names the successor of 70104; nothing at all is said of 70106.
      step('one-e', '70104', null, 'unknown'),
      // It gave a part away and lives on.
      step('one-f', '70105', `70203@${day1}`, 'part'),
    ],
  );
  return opened;
}
const codes = ['70101', '70102', '70103', '70104', '70105', '70106'];
const whole = { from: '2025-06-30', to: '2026-06-01', fromCode: codes };
const expected = [
  '70101 70301 whole',
  '70101 70302 part',
  '70102 70301 primary',
  '70102 70302 part',
  '70103 70203 unknown',
  '70103 - unknown',
  '70104 - unknown',
  '70105 70105 whole',
  '70105 70203 part',
  '70106 - unknown',
];

t.test('a way is known as well as its worst step, and the best of several ways is told', async (t) => {
  const { walk } = await withWays(t);
  const { rows, total } = await walk(whole);
  t.strictSame(rows.map(short), expected);
  t.equal(total, expected.length);
  const changesOf = (at: number) =>
    rows[at]?.changes.map(({ changeId }) => changeId.slice('place_change:'.length));
  t.strictSame(changesOf(0), ['one-b', 'two-b'], 'the way by 70202, in order');
  t.strictSame(changesOf(5), ['one-d'], 'as far as the way is known');
  t.strictSame(changesOf(6), ['one-e'], 'the change that ended it');
  t.strictSame(changesOf(7), [], 'nothing led from it to itself');
  t.strictSame(changesOf(9), []);
});

t.test('a day in between shows the places of that day', async (t) => {
  const { walk } = await withWays(t);
  t.strictSame((await walk({ ...whole, to: '2025-12-31', fromCode: ['70101'] })).rows.map(short), [
    '70101 70201 part',
    '70101 70202 whole',
  ]);
  t.strictSame(
    (await walk({ ...whole, from: '2025-12-31', fromCode: ['70105'] })).rows.map(short),
    ['70105 70105 whole'],
    'what it gave away before is no matter',
  );
  t.strictSame((await walk({ ...whole, fromCode: codes, toCode: ['70302', '70203'] })).rows.map(short), [
    '70101 70302 part',
    '70102 70302 part',
    '70103 70203 unknown',
    '70105 70203 part',
  ]);
  const both = await walk({ ...whole, fromCode: ['70101'], toCode: ['70301'] });
  t.strictSame([both.total, both.rows.map(short)], [1, ['70101 70301 whole']]);
});

t.test('pages of any size follow each other without a gap, and each knows the total', async (t) => {
  const { walk } = await withWays(t);
  for (const limit of [1, 2, 3]) {
    for (const filter of [{}, { toCode: ['70302', '70203', '70301'] }]) {
      const all = (await walk({ ...whole, ...filter })).rows.map(short);
      const seen: string[] = [];
      for (let after: string | null | undefined; after !== null; ) {
        const page = await walk({ ...whole, ...filter, limit, ...(after === undefined ? {} : { after }) });
        t.equal(page.total, all.length);
        seen.push(...page.rows.map(short));
        after = page.next;
      }
      t.strictSame(seen, all, `pages of ${limit}`);
    }
  }
});

t.test('what nobody names has no far side to ask', async (t) => {
  const { context, scope, walk } = await withWays(t);
  const { items } = await walk({ ...whole, fromCode: ['70104', '70105'] });
  const [lost, same] = (await answerLink(context, scope, 'CrosswalkRow', 'to', items, {})) as Row[];
  t.equal(lost, null);
  t.match(same, { code: '70105' });
});

t.test('changes that go round in a circle are walked once', async (t) => {
  const { url, walk } = await open(t, 'fixture');
  await addPlaces(
    t,
    url,
    [old('70101', day2), old('70102', day2)],
    [
      { change: 'there', on: day1, from: '70101', to: '70102', coverage: 'whole' },
      { change: 'back', on: day2, from: '70102', to: '70101', coverage: 'whole' },
    ],
  );
  t.strictSame((await walk({ ...whole, fromCode: ['70101'] })).total, 0);
});

t.test(
  'the whole list comes in pieces, with labels where they are asked for, and takes no page',
  async (t) => {
    const { context, scope, url } = await open(t, 'fixture');
    const many = Array.from({ length: 1003 }, (_, index) => old(String(60000 + index)));
    await addPlaces(t, url, many);
    const pieces: Row[][] = [];
    const whole = answerAll(context, scope, 'placesCrosswalk', { ...reform, lang: 'vi' });
    for await (const { rows } of await whole.read()) pieces.push(rows);
    t.equal(pieces[0]?.length, 100, 'the first is small, so that a file begins soon');
    t.equal(pieces.flat().length, 1005);
    t.match(pieces.flat()[1000], { from: { code: '61000', name: { label: { language: 'vi' } } } });
    let read = 0;
    const communes = answerAll(context, scope, 'communes', { on: '2024-01-01' });
    for await (const { rows } of await communes.read()) read += rows.length;
    t.equal(read, 1005, 'any list can be had so');
    t.throws(() => answerAll(context, scope, 'placesCrosswalk', { ...reform, limit: 5 }), {
      code: 'unknown_argument',
      parameter: 'limit',
    });
    t.throws(() => answerAll(context, scope, 'placesCrosswalk', { from: '2025-06-30' }), {
      code: 'missing_argument',
    });
  },
);
