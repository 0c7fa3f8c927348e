import t from 'tap';
import { answer, answerLink, openScope } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import type { OperationName } from '../../src/schema/operations.ts';
import { seededDatabase } from '../service.ts';

const ids = (page: unknown): unknown[] => (page as Page<Row>).items.map(({ id }) => id);

t.test('a code means who bears it today, else who bore it last', async (t) => {
  const { context } = await seededDatabase(t);
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
  });
  t.test('the parent is the one of the day: the province of a district is the old one', async (t) => {
    t.match(await ask('district', { code: '087' }), { parent: { id: 'place_version:10' } });
    t.match(await ask('commune', { code: '02953', on: '2024-01-01' }), {
      parent: { id: 'place_version:087' },
    });
    t.match(await ask('commune', { code: '02953' }), { parent: { id: 'place_version:15@2025-07-01' } });
  });
});

const provincesOf2024 = ['10', '11', '15', '35', '36', '37', '40'].map((code) => `place_version:${code}`);

t.test('lists of places hold what is in force on the day, or every version', async (t) => {
  const { context } = await seededDatabase(t);
  const scope = await openScope(context);
  const ask = (name: OperationName, args: object) => answer(context, scope, name, args);

  t.strictSame(ids(await ask('provinces', {})), [
    'place_version:11',
    'place_version:15@2025-07-01',
    'place_version:37@2025-07-01',
    'place_version:40',
  ]);
  t.strictSame(ids(await ask('provinces', { on: '2024-06-30' })), provincesOf2024);
  t.equal(ids(await ask('provinces', { on: 'any' })).length, 9);
  t.strictSame(ids(await ask('places', { level: ['district'], on: '2025-06-30', q: 'van ban' })), [
    'place_version:089',
  ]);
  t.strictSame(ids(await ask('communes', { parent: 'district:087', on: '2025-06-30', type: ['township'] })), [
    'place_version:02947',
  ]);
  t.equal(((await ask('communes', { within: 'district:087', on: '2025-06-30' })) as Page<Row>).total, 17);
  t.equal(((await ask('communes', { within: 'place_version:15@2025-07-01' })) as Page<Row>).total, 6);
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
  const { context } = await seededDatabase(t);
  const scope = await openScope(context);
  const children = async (args: object, filter: object = {}) => {
    const parent = (await answer(context, scope, 'place', args)) as Row;
    const [page] = await answerLink(context, scope, 'Place', 'children', [parent], filter);
    return page as Page<Row>;
  };
  t.equal((await children({ id: 'place_version:087' })).total, 17, 'an ended district has its 17 communes');
  t.equal((await children({ id: 'place:lao-cai-10' })).total, 6, 'the province of today has communes');
  t.strictSame(ids(await children({ id: 'place:lao-cai-10', on: '2024-01-01' })), [
    'place_version:087',
    'place_version:089',
  ]);
  t.strictSame(ids(await children({ id: 'place_version:087' }, { q: 'bao ha' })), ['place_version:02989']);

  const country = (await answer(context, scope, 'places', {
    level: ['country'],
    on: '2024-01-01',
  })) as Page<Row>;
  const [provinces] = (await answerLink(
    context,
    scope,
    'Place',
    'children',
    country.items,
    {},
  )) as Page<Row>[];
  t.strictSame(ids(provinces), provincesOf2024, 'the day of a list passes down');

  const below = async (rows: Row[], args: object = {}) =>
    ((await answerLink(context, scope, 'Place', 'children', rows, args)) as Page<Row>[]).map(ids);
  t.strictSame(
    (await below(provinces?.items ?? [])).slice(0, 3),
    [['place_version:087', 'place_version:089'], [], []],
    'and further down',
  );
  const today = (await answer(context, scope, 'province', { code: '15' })) as Row;
  t.strictSame(await below([today], { on: '2024-01-01' }), [['place_version:087', 'place_version:089']]);
  t.equal((await below([today], { on: 'any' }))[0]?.length, 8, 'two districts and six communes');
  const [parent] = (await answerLink(context, scope, 'Place', 'parent', provinces?.items ?? [], {})) as Row[];
  t.equal((await below([parent as Row]))[0]?.length, 7, 'and up: the country of that day has its provinces');
});

t.test('edges from a place go across all its versions', async (t) => {
  const { context } = await seededDatabase(t);
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
