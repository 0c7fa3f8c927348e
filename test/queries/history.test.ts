import t from 'tap';
import { answer, openScope } from '../../src/queries/answer.ts';
import type { Page, Row } from '../../src/queries/types.ts';
import { sharedDatabase } from '../service.ts';

t.test('a history tells every version, oldest first, with what it was made of and became', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  const history = async (id: string, more: object = {}) =>
    (await answer(context, scope, 'placeHistory', { id, ...more })) as Page<Row>;

  const laoCai = await history('place:lao-cai-10');
  t.equal(laoCai.total, 2);
  t.match(laoCai.items, [
    {
      id: 'place_version:10',
      predecessors: [],
      successors: [
        {
          place: { id: 'place_version:15@2025-07-01' },
          coverage: 'whole',
          kind: 'merge',
          enactedOn: '2025-06-12',
          effectiveOn: '2025-07-01',
          legalBasis: '202/2025/QH15',
        },
      ],
    },
    {
      id: 'place_version:15@2025-07-01',
      predecessors: [{ place: { code: '10' } }, { place: { code: '15', name: { vi: 'Yên Bái' } } }],
    },
  ]);
  for (const id of ['place_version:10', 'place_version:15@2025-07-01', 'province:10'])
    t.strictSame((await history(id)).items, laoCai.items, `${id} means the same place`);
  t.match(await history('province:15', { limit: 1 }), { items: [{ id: 'place_version:10' }], next: String });
});

t.test('the history of what never existed is empty, and says so', async (t) => {
  const { context } = await sharedDatabase();
  const scope = await openScope(context);
  for (const id of ['place:atlantis', 'place_version:99@2025-07-01', 'province:99'])
    t.match(await answer(context, scope, 'placeHistory', { id }), {
      items: [],
      total: 0,
      notice: { code: 'unknown_place', text: new RegExp(`No place is known as ${id}`) },
    });
});
