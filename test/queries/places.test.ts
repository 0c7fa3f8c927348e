import t from 'tap';
import { answer, answerLink, openScope } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import type { OperationName } from '../../src/schema/operations.ts';
import { addPlaces } from '../places.ts';
import { seededDatabase, sharedDatabase } from '../service.ts';

const ids = (page: unknown): unknown[] => (page as Page<Row>).items.map(({ id }) => id);

t.test('a code means who bears it today, else who bore it last', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const ask = (name: OperationName, args: object) =>
    answer(context, scope, name, args) as Promise<Row | null>;

  t.test('15 is Lào Cai today and was Yên Bái on 2024-01-01', async (t) => {
    t.match(await ask('province', { code: '15' }), {
      placeId: 'place:lao-cai-10',
      status: 'in_force',
      current: null,
    });
    t.match(await ask('province', { code: '15', on: '2024-01-01' }), {
      placeId: 'place:yen-bai-15',
      status: 'abolished',
      successors: [{ coverage: 'whole', place: { code: '15' }, legalBasis: '202/2025/QH15' }],
      otherVersions: [{ id: 'place_version:15@2025-07-01' }],
    });
  });
  t.test('10 is superseded, and says where Lào Cai lives on', async (t) => {
    const province = await ask('province', { code: '10' });
    t.match(province, { status: 'superseded', current: { id: 'place_version:15@2025-07-01', code: '15' } });
  });
  t.test('10 bore nobody after the merger: null on 2025-07-01', async (t) => {
    t.equal(await ask('province', { code: '10', on: '2025-07-01' }), null);
    t.equal(await ask('province', { code: '99' }), null);
  });
  t.test('`any` is the same as no day for one place', async (t) => {
    t.match(await ask('district', { code: '087', on: 'any' }), {
      id: 'place_version:087',
      status: 'abolished',
    });
  });
  t.test('a place is found by its own id, by a version, and by a version moved to a day', async (t) => {
    t.match(await ask('place', { id: 'place:lao-cai-10' }), { id: 'place_version:15@2025-07-01' });
    t.match(await ask('place', { id: 'place_version:10' }), { id: 'place_version:10' });
    t.match(await ask('place', { id: 'place_version:10', on: '2026-01-01' }), {
      id: 'place_version:15@2025-07-01',
    });
    t.match(await ask('place', { id: 'place:lao-cai-10', on: '2024-01-01' }), { id: 'place_version:10' });
    t.equal(await ask('place', { id: 'place:atlantis' }), null);
    t.equal(await ask('place', { id: 'place_version:atlantis' }), null);
  });
  t.test('the parent is the one of the day: the province of a district is the old one', async (t) => {
    t.match(await ask('district', { code: '087' }), { parent: { id: 'place_version:10' } });
    t.match(await ask('commune', { code: '02953', on: '2024-01-01' }), {
      parent: { id: 'place_version:087' },
    });
    t.match(await ask('commune', { code: '02953' }), { parent: { id: 'place_version:15@2025-07-01' } });
  });
});

const districtsOfLaoCai = ['080', '082', '083', '084', '085', '086', '087', '088', '089'].map(
  (code) => `place_version:${code}`,
);

t.test('lists of places hold what is in force on the day, or every version', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const ask = (name: OperationName, args: object) => answer(context, scope, name, args);

  const provinces = async (args: object) => ids(await ask('provinces', { limit: 100, ...args }));
  const today = await provinces({});
  t.equal(today.length, 34);
  t.strictSame(today.slice(0, 4), [
    'place_version:01@2008-08-01',
    'place_version:04',
    'place_version:08@2025-07-01',
    'place_version:11',
  ]);
  const before = await provinces({ on: '2024-06-30' });
  t.equal(before.length, 63);
  t.ok(before.includes('place_version:10') && before.includes('place_version:15'));
  t.equal((await provinces({ on: 'any' })).length, 94, 'every version of every province');
  t.strictSame(ids(await ask('places', { level: ['district'], on: '2025-06-30', q: 'van ban' })), [
    'place_version:089',
  ]);
  t.strictSame(ids(await ask('communes', { parent: 'district:087', on: '2025-06-30', type: ['township'] })), [
    'place_version:02947',
  ]);
  t.equal(((await ask('communes', { within: 'district:087', on: '2025-06-30' })) as Page<Row>).total, 17);
  t.equal(((await ask('communes', { within: 'place_version:15@2025-07-01' })) as Page<Row>).total, 99);
  const tasks = async (place: string) => ((await ask('tasks', { place })) as Page<Row>).total;
  t.ok(((await tasks('place_version:087')) ?? 0) > 50, 'a version means its place');
  t.equal(await tasks('place:bao-yen-087'), await tasks('place_version:087'));
  t.equal(await tasks('district:087'), await tasks('place_version:087'));
  t.strictSame(ids(await ask('places', { code: ['087', '10'], on: '2024-01-01' })), [
    'place_version:10',
    'place_version:087',
  ]);
});

t.test('children are those of the day asked for, else of the last day of the version', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const children = async (args: object, filter: object = {}) => {
    const parent = (await answer(context, scope, 'place', args)) as Row;
    const [page] = await answerLink(context, scope, 'Place', 'children', [parent], filter);
    return page as Page<Row>;
  };
  t.equal((await children({ id: 'place_version:087' })).total, 17, 'an ended district has its 17 communes');
  t.equal((await children({ id: 'place:lao-cai-10' })).total, 99, 'the province of today has communes');
  t.strictSame(ids(await children({ id: 'place:lao-cai-10', on: '2024-01-01' })), districtsOfLaoCai);
  t.strictSame(ids(await children({ id: 'place_version:087' }, { q: 'bao ha' })), ['place_version:02989']);

  const country = (await answer(context, scope, 'places', {
    level: ['country'],
    on: '2024-01-01',
  })) as Page<Row>;
  const [provinces] = (await answerLink(context, scope, 'Place', 'children', country.items, {
    limit: 100,
  })) as Page<Row>[];
  t.equal(provinces?.total, 63, 'the day of a list passes down');

  const below = async (rows: Row[], args: object = {}) =>
    ((await answerLink(context, scope, 'Place', 'children', rows, args)) as Page<Row>[]).map(ids);
  const laoCai = provinces?.items.find(({ code }) => code === '10') as Row;
  t.strictSame(await below([laoCai]), [districtsOfLaoCai], 'and further down');
  const today = (await answer(context, scope, 'province', { code: '15' })) as Row;
  t.strictSame(await below([today], { on: '2024-01-01' }), [districtsOfLaoCai]);
  t.equal(
    (await below([today], { on: 'any', limit: 500 }))[0]?.length,
    108,
    'nine districts and 99 communes',
  );
  const [parent] = (await answerLink(context, scope, 'Place', 'parent', provinces?.items ?? [], {})) as Row[];
  t.equal(
    (await below([parent as Row], { limit: 100 }))[0]?.length,
    63,
    'and up: the country of that day has its provinces',
  );
});

t.test('what lies below a place, in a list, is what lay there on the day', async (t) => {
  const { context, url } = await seededDatabase(t);
  // In Hà Nam until 2025-07-01, in Ninh Bình since.
  const commune = { place: 'place:test-commune', type: 'ward' };
  await addPlaces(t, url, [
    { ...commune, key: '99402', parent: 'place:ha-nam-35', to: '2025-07-01' },
    { ...commune, key: '99402@2025-07-01', parent: 'place:ninh-binh-37' },
  ]);
  const scope = await openScope(context);
  const communes = async (args: object) =>
    ids(await answer(context, scope, 'places', { code: ['99402'], ...args }));
  const [before, since] = ['place_version:99402', 'place_version:99402@2025-07-01'];
  t.strictSame(await communes({ within: 'province:35' }), [], 'nothing lies within Hà Nam today');
  t.strictSame(await communes({ within: 'province:35', on: '2025-06-30' }), [before]);
  t.strictSame(await communes({ within: 'province:37', on: '2025-06-30' }), []);
  t.strictSame(await communes({ within: 'province:37' }), [since]);
  t.strictSame(
    await communes({ within: 'place:ha-nam-35', on: 'any' }),
    [before, since],
    'on any day: every version of what ever lay there',
  );
  t.strictSame(await communes({ parent: 'province:35', on: '2025-06-30' }), [before]);
  const ofCode = async (args: object) => (await answer(context, scope, 'districts', args)) as Page<Row>;
  const bore = await ofCode({ parent: 'province:15', on: '2025-06-30' });
  t.notOk(ids(bore).includes('place_version:087'), 'the code is that of Yên Bái on that day');
});

t.test('what lies above a place is told nearest first, as it was on the day', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const place = async (args: object) => (await answer(context, scope, 'place', args)) as Row;
  const told = (row: Row) => (row['ancestors'] as Row[]).map(({ id }) => id);
  const edge = async (row: Row, args: object = {}) =>
    ids(((await answerLink(context, scope, 'Place', 'ancestors', [row], args)) as Page<Row>[])[0]);
  const country = 'place_version:VN';
  const before = ['place_version:087', 'place_version:10', country];
  const after = ['place_version:15@2025-07-01', country];

  const ended = await place({ id: 'place_version:02953' });
  t.strictSame(told(ended), before, 'on its own last day');
  t.strictSame(await edge(ended), before);
  const today = await place({ id: 'place:nghia-do-02953' });
  t.strictSame(told(today), after);
  t.strictSame(await edge(today), after);
  t.strictSame(await edge(today, { on: '2024-01-01' }), before);
  t.strictSame(await edge(today, { level: ['province'] }), ['place_version:15@2025-07-01']);
  t.strictSame(await edge(today, { on: 'any', level: ['province'] }), [
    'place_version:10',
    'place_version:15@2025-07-01',
  ]);
  const then = await place({ id: 'place:nghia-do-02953', on: '2024-01-01' });
  t.strictSame(told(then), before);
  t.strictSame(await edge(then), before, 'the day passes down');
  t.strictSame(told(await place({ id: country })), []);

  // Asked for before it begins, a version is looked at on its first day.
  const past = { ...scope, today: '2025-01-01' };
  const laoCai = (await answer(context, past, 'provinces', { on: 'any', q: 'lao cai' })) as Page<Row>;
  const future = laoCai.items.find(({ id }) => id === 'place_version:15@2025-07-01') as Row;
  t.match(future, { ancestors: [{ id: country }] });
  const [below] = (await answerLink(context, past, 'Place', 'children', [future], {})) as Page<Row>[];
  t.equal(below?.total, 99, 'and so is what lies below it');
});

t.test('every place below is told, as it was on the day, for many places at once', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const all = (await answer(context, scope, 'provinces', { on: '2024-01-01', limit: 100 })) as Page<Row>;
  const items = ['10', '11'].map((wanted) => all.items.find(({ code }) => code === wanted) as Row);
  const link = async (name: string, rows: Row[], args: object = {}) =>
    (await answerLink(context, scope, 'Place', name, rows, args)) as Page<Row>[];
  const [laoCai, dienBien] = await link('descendants', items);
  t.strictSame(ids(laoCai).slice(0, 9), districtsOfLaoCai);
  t.equal(laoCai?.total, 161, 'nine districts and 152 communes');
  t.match(laoCai?.items[0], { id: 'place_version:080', parent: { id: 'place_version:10' } });
  t.equal(dienBien?.total, 139, 'ten districts and 129 communes');
  const [townships] = await link('descendants', items, { type: ['township'] });
  t.ok(ids(townships).includes('place_version:02947'));
  const [today] = await link('descendants', items, { on: '2026-01-01' });
  t.equal(today?.total, 99, 'on another day, of the place and not of the version');
  const [ever] = await link('descendants', items, { on: 'any' });
  t.ok((ever?.total ?? 0) >= (laoCai?.total ?? 0) + 99);

  const [page] = await link('descendants', items.slice(0, 1), { limit: 2 });
  const [next] = await link('descendants', items.slice(0, 1), { limit: 2, after: page?.next });
  t.strictSame(ids(next), ids(laoCai).slice(2, 4));
  const [children] = await link('children', items, { on: 'any' });
  t.match(children?.items[0], { id: 'place_version:080', parent: { id: 'place_version:10' } });
  const [inBaoYen] = await link('descendants', items, { parent: 'district:087' });
  const [parent] = await link('parent', [inBaoYen?.items[0] as Row]);
  t.match(parent, { id: 'place_version:087', ancestors: [{ id: 'place_version:10' }, {}] });
});

t.test('edges from a place go across all its versions', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const today = (await answer(context, scope, 'province', { code: '15' })) as Row;
  const [versions] = (await answerLink(context, scope, 'Place', 'versions', [today], {})) as Page<Row>[];
  t.strictSame(ids(versions), ['place_version:10', 'place_version:15@2025-07-01']);
  const [others] = (await answerLink(context, scope, 'Place', 'otherVersions', [today], {})) as Page<Row>[];
  t.strictSame(ids(others), ['place_version:15'], 'Yên Bái bore 15 before');
  const district = (await answer(context, scope, 'district', { code: '087' })) as Row;
  const [targets] = (await answerLink(context, scope, 'Place', 'observations', [district], {
    limit: 2,
  })) as Page<Row>[];
  t.ok((targets?.total ?? 0) > 10);
  t.equal(targets?.items.length, 2);
});
