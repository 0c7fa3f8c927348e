import t, { type Test } from 'tap';
import { connect } from '../../src/db/client.ts';
import { answer, answerLink, answerNodes, openScope } from '../../src/queries/answer.ts';
import type { Context, Page, Row, Scope } from '../../src/queries/types.ts';
import type { OperationName } from '../../src/schema/operations.ts';
import { testDatabase } from '../helper.ts';
import { seededDatabase, sharedDatabase, testNow } from '../service.ts';

interface Refusal {
  code?: string;
  parameter?: string;
  suggestion?: string | undefined;
  message?: string | RegExp;
}

/** On the database that all read, unless the test is given one that it may write. */
async function open(database = sharedDatabase()) {
  const { context, url } = await database;
  const scope = await openScope(context);
  const ask = (name: OperationName, args: object = {}) => answer(context, scope, name, args);
  const list = async (name: OperationName, args: object = {}) => (await ask(name, args)) as Page<Row>;
  return { context, scope, ask, list, url };
}

/** What only an importer may do. */
async function write(t: Test, url: string, statement: string): Promise<void> {
  const writer = connect(url, { role: 'writer' });
  t.teardown(() => writer.close());
  await writer.pool.query(statement);
}

t.test('before the first release every list is empty and config says null', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const database = connect(url, { role: 'reader' });
  t.teardown(() => database.close());
  const context: Context = { database, now: testNow };
  const scope = await openScope(context);
  t.strictSame(scope, { release: 0, today: '2026-11-22' });
  t.match(await answer(context, scope, 'config', {}), {
    release: null,
    contractVersion: /^1\./,
    limits: { pageSizeMax: 500 },
  });
  t.match(await answer(context, scope, 'districts', {}), { total: 0, notice: { code: 'nothing_fits' } });
});

t.test('today is the day in Viet Nam', async (t) => {
  const { context } = await sharedDatabase();
  const late = { ...context, now: () => new Date('2026-11-22T17:30:00Z') };
  t.equal((await openScope(late)).today, '2026-11-23');
});

t.test('pages follow each other by cursor without a gap, and the last has no next', async (t) => {
  const { list } = await open();
  const all = await list('tasks', { limit: 500 });
  const seen: unknown[] = [];
  let after: string | null = null;
  do {
    const page: Page<Row> = await list('tasks', { limit: 7, ...(after === null ? {} : { after }) });
    t.equal(page.total, all.total, 'every page knows the total');
    seen.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  t.strictSame(
    seen,
    all.items.map(({ id }) => id),
  );
});

t.test('releases come newest first, and a cursor goes on to the older ones', async (t) => {
  const { context, scope, list, url } = await open(seededDatabase(t));
  t.match(await list('releases'), {
    items: [{ id: 'release:1', number: 1, createdAt: /^\d{4}-.*Z$/ }],
    next: null,
  });
  t.match(await answer(context, { ...scope, release: 0 }, 'releases', {}), { total: 0 });

  await write(
    t,
    url,
    'insert into releases select 2, created_at, hash, counts, by_type, program_version from releases',
  );
  const ask = async (args: object) =>
    (await answer(context, await openScope(context), 'releases', args)) as Page<Row>;
  const newest = await ask({ limit: 1 });
  t.match(newest, { items: [{ number: 2 }], total: 2 });
  t.match(await ask({ limit: 1, after: newest.next }), { items: [{ number: 1 }], next: null });
});

t.test('a total is exact up to 100,000, then null with what there is at least', async (t) => {
  const { list, url } = await open(seededDatabase(t));
  const many = `select 'body:made-' || number as id, number from generate_series(1, 100000) as number`;
  await write(t, url, `insert into identities select id, 1 from (${many}) as made`);
  await write(
    t,
    url,
    `insert into bodies (id, since_release, kind, name, aliases, flags, folded)
    select id, 1, 'other', jsonb_build_object('vi', null, 'en', number, 'ar', null, 'he', null), '[]', '{}', 'made up'
    from (${many}) as made`,
  );
  t.match(await list('bodies', { q: 'made up', limit: 1 }), { total: 100_000, totalAtLeast: null });
  t.match(await list('bodies', { limit: 1 }), { total: null, totalAtLeast: 100_000, next: String });
});

t.test('an answer of an earlier release holds nothing that came later', async (t) => {
  const { context, scope } = await open();
  const before: Scope = { ...scope, release: 0 };
  t.match(await answer(context, before, 'themes', {}), { total: 0, release: 0 });
  t.strictSame(await answerNodes(context, before, { ids: ['theme:bao-yen-2024'] }), [null]);
});

t.test('a cursor is refused when it is cut, forged, of another list or of a future release', async (t) => {
  const { list } = await open();
  const cursor = (await list('tasks', { limit: 1 })).next as string;
  const forge = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const [through, release, today, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
  const refused: [name: OperationName, args: object, why: RegExp][] = [
    ['tasks', { after: cursor.slice(0, 10) }, /not a cursor/],
    ['tasks', { after: forge('text') }, /not a cursor/],
    ['tasks', { after: forge([through, release, today]) }, /not a cursor/],
    ['tasks', { after: forge([1, release, today, key]) }, /not a cursor/],
    ['tasks', { after: forge([through, 1.5, today, key]) }, /not a cursor/],
    ['tasks', { after: forge([through, -1, today, key]) }, /not a cursor/],
    ['tasks', { after: forge([through, release, 7, key]) }, /not a cursor/],
    ['tasks', { after: forge([through, release, '2026-02-30', key]) }, /not a cursor/],
    ['tasks', { after: forge([through, release, today, null]) }, /not a cursor/],
    ['tasks', { after: forge([through, release, today, 'a\u0000']) }, /not a cursor/],
    ['tasks', { after: forge([through, 99, today, key]) }, /a release that does not exist/],
    ['tasks', { after: cursor, year: 2024 }, /another list or to other arguments/],
    ['themes', { after: cursor }, /another list or to other arguments/],
  ];
  for (const [name, args, why] of refused) {
    await t.rejects(list(name, args), { code: 'bad_cursor', parameter: 'after', message: why });
  }
  t.equal(
    (await list('tasks', { after: cursor, limit: 2, lang: 'en' })).items.length,
    2,
    'another limit is no other list',
  );
});

t.test('arguments are checked, and the first fault names the argument and what it wants', async (t) => {
  const { ask } = await open();
  const faults: [name: OperationName, args: object, fault: Refusal][] = [
    ['themes', { plce: 'x' }, { code: 'unknown_argument', parameter: 'plce', suggestion: 'place' }],
    ['themes', { zzzzzzzz: 'x' }, { code: 'unknown_argument', suggestion: undefined }],
    ['search', {}, { code: 'missing_argument', parameter: 'q' }],
    [
      'observations',
      { measure: ['growht'] },
      {
        code: 'bad_argument',
        suggestion: 'growth',
        message: /a list of at most 100 values, each one of value, growth/,
      },
    ],
    ['observations', { scenario: ['xxxxxxxxx'] }, { code: 'bad_argument', suggestion: undefined }],
    ['observations', { limit: 501 }, { message: '"limit" must be a whole number from 1 to 500, not 501.' }],
    [
      'observations',
      { from: '2023-02-30' },
      { message: '"from" must be a day that exists, as YYYY-MM-DD, not "2023-02-30".' },
    ],
    [
      'places',
      { on: 'tomorrow' },
      { message: '"on" must be a day that exists, as YYYY-MM-DD, or any, not "tomorrow".' },
    ],
    [
      'themes',
      { q: 'a\u0000b' },
      {
        code: 'bad_argument',
        message: /text of 1 to 200 characters, not only blanks, without control characters/,
      },
    ],
    ['themes', { q: ' \t ' }, { code: 'bad_argument' }],
    ['themes', { q: '  ' }, { code: 'bad_argument', parameter: 'q' }],
    ['themes', { lang: 'fr' }, { message: '"lang" must be one of vi, en, ar, he, not "fr".' }],
    [
      'province',
      { code: '7' },
      {
        message:
          '"code" must be a code of 2 digits as the statistics office gives it (no ISO 3166-2), leading zeros included; /v1/provinces lists them, not "7".',
        suggestion: '07',
      },
    ],
    ['province', { code: 'VN-18' }, { message: /statistics office/, suggestion: undefined }],
    ['commune', { code: '2953' }, { suggestion: '02953', message: /5 digits .*\/v1\/communes lists them/ }],
    ['places', { code: ['02947', '2953'] }, { suggestion: '02947,02953' }],
    ['places', { code: ['2953', 'x'] }, { code: 'bad_argument', suggestion: undefined }],
    [
      'themes',
      { place: 'commune:2953' },
      { parameter: 'place', suggestion: 'commune:02953', message: /names a commune by a code of 5 digits/ },
    ],
    [
      'tasks',
      { within: 'province:VN-18' },
      { message: /\(no ISO 3166-2\).*\/v1\/provinces/, suggestion: undefined },
    ],
    ['placeHistory', { id: 'body:x' }, { code: 'bad_argument', parameter: 'id' }],
    ['places', { level: [7] }, { code: 'bad_argument', suggestion: undefined }],
    [
      'themes',
      { place: 'body:x' },
      { code: 'bad_argument', parameter: 'place', message: /level and code such as province:37/ },
    ],
  ];
  for (const [name, args, fault] of faults) {
    const refused = await ask(name, args).then(
      () => undefined,
      (error: unknown) => error,
    );
    t.match(refused, fault, `${name} ${JSON.stringify(args)}`);
  }
  t.match(await ask('themes', { place: null, q: undefined }), { total: 4 }, 'null is absent');
  t.match(await answer((await open()).context, { release: 1, today: '2026-11-22' }, 'themes', undefined), {
    total: 4,
  });
});

t.test('an empty list says why, and what to ask', async (t) => {
  const { list } = await open();
  const notices: [name: OperationName, args: object, notice: object][] = [
    ['districts', {}, { code: 'districts_ended', since: '2025-07-01', try: 'on=2025-06-30' }],
    ['places', { level: ['district'] }, { code: 'districts_ended' }],
    ['communes', { parent: 'district:087' }, { code: 'districts_ended', try: 'on=2025-06-30' }],
    ['communes', { within: 'district:087' }, { code: 'districts_ended' }],
    ['communes', { type: ['township'] }, { code: 'districts_ended' }],
    ['places', { type: ['township'], on: 'any', code: ['02953'] }, { code: 'nothing_fits', try: null }],
    [
      'placesCrosswalk',
      { from: '2025-07-01', to: '2026-01-01', level: 'district' },
      { code: 'districts_ended', try: 'from=2025-06-30' },
    ],
    [
      'placesCrosswalk',
      { from: '2025-06-30', to: '2025-07-01', fromCode: ['087'] },
      { code: 'nothing_fits', try: 'level=district' },
    ],
    [
      'placesCrosswalk',
      { from: '2025-06-30', to: '2025-07-01', toCode: ['11948'] },
      { code: 'nothing_fits', try: 'level=district' },
    ],
    [
      'placesCrosswalk',
      { from: '2025-06-30', to: '2025-07-01', fromCode: ['99999'] },
      { code: 'nothing_fits', try: null },
    ],
    ['search', { q: 'no such place anywhere', on: '2010-01-01' }, { code: 'before_first_snapshot' }],
    ['districts', { q: 'zzz', on: '2024-01-01' }, { code: 'nothing_fits' }],
    ['districts', { q: 'zzz', on: 'any' }, { code: 'nothing_fits' }],
    [
      'observations',
      { place: 'district:999' },
      { code: 'unknown_place', text: /No place is known as district:999/ },
    ],
    ['observations', { within: 'place_version:99' }, { code: 'unknown_place' }],
    ['bodies', { parent: 'body:none' }, { code: 'nothing_fits' }],
    ['observations', { indicator: ['average_income'] }, { code: 'unknown_indicator', try: null }],
    [
      'observations',
      { indicator: ['average_incom_per_capita'] },
      { try: 'indicator=average_income_per_capita' },
    ],
    [
      'observations',
      { indicator: ['average_income_per_capita'], place: 'province:15' },
      { code: 'nothing_fits' },
    ],
  ];
  for (const [name, args, notice] of notices)
    t.match((await list(name, args)).notice, notice, `${name} ${JSON.stringify(args)}`);
  t.equal((await list('themes')).notice, null);
});

t.test('a list of places says when its day is before the first snapshot, or still to come', async (t) => {
  const { context, scope, list } = await open();
  const before = await list('provinces', { on: '2010-01-01' });
  t.match(before.notice, { code: 'before_first_snapshot', since: '2022-10-01', try: 'on=2022-10-01' });
  t.ok(before.items.length >= 7, 'the oldest known versions');
  t.match((await list('places', { on: '2010-01-01', q: 'zzz' })).notice, { code: 'before_first_snapshot' });
  t.equal((await list('provinces', { on: '2022-10-01' })).notice, null);
  t.equal((await list('provinces', { on: 'any' })).notice, null);
  const after = await list('communes', { on: '2030-01-01' });
  t.match(after.notice, { code: 'future_day', since: '2026-11-22', try: 'on=2026-11-22' });
  t.match((await list('districts', { on: '2030-01-01' })).notice, { code: 'districts_ended' });
  const unknown = await list('places', { on: '2010-01-01', within: 'province:99' });
  t.match(unknown.notice, { code: 'unknown_place' }, 'that tells more');
  const none = await answer(context, { ...scope, release: 0 }, 'provinces', { on: '2010-01-01' });
  t.match(none, { notice: { code: 'nothing_fits' } }, 'before the first release there is no snapshot');
});

t.test('a label is in the language asked for, else in the first that the name has', async (t) => {
  const { list, ask } = await open();
  t.match(await ask('province', { code: '15', lang: 'en' }), {
    name: { vi: 'Lào Cai', label: { text: 'Lao Cai', language: 'en' } },
    parent: { name: { label: { text: 'Viet Nam', language: 'en' } } },
    validTo: null,
  });
  const [theme] = (await list('themes', { lang: 'vi' })).items;
  t.match(theme, { name: { label: { language: 'en' } }, elements: [{ label: { language: 'en' } }] });
  const [document] = (await list('documents', { lang: 'vi' })).items;
  t.match(document, { title: { label: { text: null, language: null } } });
});

t.test('search finds names without diacritics, whole names first', async (t) => {
  const { list } = await open();
  t.match((await list('search', { q: 'BAO  YEN' })).items.slice(0, 2), [
    { id: 'place_version:02947@2025-07-01', type: 'place_version', match: 'exact', place: { code: '02947' } },
    { id: 'place_version:087', match: 'exact' },
  ]);
  t.match((await list('search', { q: 'bao y', type: ['place_version'] })).items[0], { match: 'prefix' });
  t.match((await list('search', { q: 'income per', type: ['indicator'] })).items[0], { match: 'word' });
  t.match((await list('search', { q: 'ao ye', type: ['place_version'] })).items[0], { match: 'part' });
  t.equal((await list('search', { q: '100%_' })).total, 0, 'wildcards are taken literally');
});

t.test('any record has a permanent address as a fact, and is a node', async (t) => {
  const { context, scope, ask } = await open();
  t.match(await ask('fact', { id: 'theme:bao-yen-2024' }), {
    type: 'theme',
    path: '/v1/themes/theme:bao-yen-2024',
    sinceRelease: 1,
  });
  t.match(await ask('fact', { id: 'indicator:average_income_per_capita' }), {
    path: '/v1/indicators/average_income_per_capita',
  });
  t.match(await ask('fact', { id: 'place_version:087' }), { path: '/v1/places/place_version:087' });
  t.match(await ask('fact', { id: 'place_change:lao-cai-15-2025-07-01' }), {
    name: { en: 'merge of 2025-07-01' },
    path: '/v1/facts/place_change:lao-cai-15-2025-07-01',
  });
  t.match(await ask('fact', { id: 'observation:bao-yen-2024-average-income' }), {
    name: { en: 'Average income per person' },
  });
  const ids = ['document:003', 'place:atlantis', 'place:bao-yen-087', 'nonsense:1', 'document:003'];
  t.match(await answerNodes(context, scope, { ids }), [
    { type: 'Document', row: { id: 'document:003' } },
    null,
    { type: 'Place', row: { id: 'place_version:087' } },
    null,
    { type: 'Document' },
  ]);
});

t.test('an edge answers a batch in the order of the rows, with null where there is nothing', async (t) => {
  const { context, scope, list } = await open();
  const tasks = (await list('tasks', { limit: 500 })).items;
  const parents = await answerLink(context, scope, 'Task', 'parent', tasks, {});
  t.strictSame(
    parents.map((one) => (one as Row | null)?.['id'] ?? null),
    tasks.map((task) => (task['parent'] as Row | null)?.['id'] ?? null),
  );
  const subtasks = (await answerLink(context, scope, 'Task', 'subtasks', tasks, {
    limit: 500,
  })) as Page<Row>[];
  const children = (id: unknown) =>
    tasks.filter((task) => (task['parent'] as Row | null)?.['id'] === id).length;
  t.strictSame(
    subtasks.map(({ total }) => total),
    tasks.map(({ id }) => children(id)),
  );
  for (const page of subtasks) {
    const ordinals = page.items.map(({ ordinal }) => ordinal as number);
    t.strictSame(
      ordinals,
      [...ordinals].sort((a, b) => a - b),
      'parts come in printed order',
    );
  }
  const events = [{ event: null }, { event: { id: 'event:none' } }];
  t.strictSame(await answerLink(context, scope, 'Theme', 'event', events, {}), [null, null]);
  t.strictSame(await answerLink(context, scope, 'Theme', 'event', [{ event: null }], {}), [null]);
  t.strictSame(await answerLink(context, scope, 'Theme', 'tasks', [], {}), []);
  await t.rejects(
    answerLink(context, scope, 'Theme', 'nonsense', [], {}),
    /no query for the link Theme.nonsense/,
  );
  await t.rejects(answerLink(context, scope, 'Nonsense', 'x', [], {}), /no query for the link Nonsense.x/);
});

t.test('a nested cursor belongs to its parent, and pages on', async (t) => {
  const { context, scope, list } = await open();
  const tasks = (await list('tasks', { limit: 500 })).items;
  const [big, other] = tasks.filter(
    (task) => task['announcedCount'] === 5 || (task['parent'] === null && task['announcedCount'] !== null),
  );
  t.ok(big && other);
  const ask = async (parent: Row, args: object) =>
    ((await answerLink(context, scope, 'Task', 'citations', [parent], args)) as Page<Row>[])[0] as Page<Row>;
  const body = (await list('bodies', { limit: 500 })).items.find(
    ({ id }) => id === 'body:bao-yen-party-committee',
  ) as Row;
  const first = (
    (await answerLink(context, scope, 'Body', 'citations', [body], { limit: 1 })) as Page<Row>[]
  )[0] as Page<Row>;
  t.ok(first.next, 'the committee is printed more than once');
  const second = (
    (await answerLink(context, scope, 'Body', 'citations', [body], {
      limit: 1,
      after: first.next,
    })) as Page<Row>[]
  )[0];
  t.not(second?.items[0]?.['id'], first.items[0]?.['id']);
  await t.rejects(ask(big as Row, { after: first.next }), { code: 'bad_cursor' });
  await t.rejects(ask(other as Row, { first: 1 }), { code: 'unknown_argument' });
});

t.test('records behind facts and hits are found in one statement a type', async (t) => {
  const { context, scope, list } = await open();
  const hits = (await list('search', { q: 'bao yen', limit: 20 })).items;
  const records = (await answerLink(context, scope, 'Hit', 'record', hits, {})) as ({
    type: string;
    row: Row;
  } | null)[];
  t.strictSame(
    records.map((record) => record?.row['id']),
    hits.map(({ id }) => id),
  );
});
