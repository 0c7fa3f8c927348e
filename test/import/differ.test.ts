/** Which reason a change has, where a correction begins or only comes in other words. */
import t from 'tap';
import { compare, withFigures } from '../../src/import/differ.ts';
import type { StoredRow, Tables } from '../../src/import/layout.ts';

const id = 'observation:a';
const correction = (rest: StoredRow = {}): StoredRow => ({
  id: 'correction:a',
  fact_id: id,
  kind: 'set',
  corrected: { value: 2 },
  merged_into_id: null,
  reason: 'Digits swapped.',
  date: '2026-11-25',
  ...rest,
});
const tables = (value: number, ...corrections: StoredRow[]): Tables =>
  new Map([
    ['observations', [{ id, value }]],
    ['corrections', corrections],
  ]);
const changeOf = (held: Tables, wished: Tables) => compare(held, wished).changes.get(id);

t.test('a correction that begins is the reason of what happens to its record', async (t) => {
  t.strictSame(changeOf(tables(1), tables(2, correction())), {
    reason: 'corrected',
    correction: 'correction:a',
  });
});

t.test('one that corrects to something else begins anew', async (t) => {
  const other = correction({ corrected: { value: 3 } });
  t.match(changeOf(tables(2, correction()), tables(3, other)), { reason: 'corrected' });
});

t.test('one that is only worded anew is no reason: the record was read anew', async (t) => {
  const reworded = correction({ reason: 'Two digits had changed places.' });
  const { changes } = compare(tables(2, correction()), tables(5, reworded));
  t.strictSame(changes.get(id), { reason: 'revised', correction: null });
  t.strictSame(changes.get('correction:a'), { reason: 'revised', correction: null });
});

t.test('a row that is wanted twice begins once, and the hash is that of one', async (t) => {
  const [once, twice] = [1, 2].map(
    (times): Tables => new Map([['observations', Array(times).fill({ id, value: 1 })]]),
  );
  const differences = compare(new Map(), twice as Tables);
  t.strictSame(
    differences.tables.flatMap(({ begun }) => begun),
    [{ id, value: 1 }],
  );
  t.equal(differences.hash(), compare(new Map(), once as Tables).hash());
  t.not(differences.hash(), compare(new Map(), tables(2)).hash());
  t.strictSame(
    compare(once as Tables, twice as Tables).tables.flatMap(({ begun, ended }) => [...begun, ...ended]),
    [],
  );
});

t.test('figures that were compared elsewhere are counted with the others', async (t) => {
  const none = compare(new Map(), new Map());
  const some = { added: 2, revised: 1, withdrawn: 3, left: 9 };
  t.equal(withFigures(none, { ...some, added: 0, revised: 0, withdrawn: 0 }), none);
  const once = withFigures(none, some);
  t.strictSame(once.byType, [{ type: 'observation', added: 2, revised: 1, corrected: 0, withdrawn: 3 }]);
  const twice = withFigures(
    { ...once, byType: [...once.byType, { type: 'body', added: 2, revised: 1, corrected: 0, withdrawn: 3 }] },
    some,
  );
  t.strictSame(
    twice.byType.map(({ type, added, withdrawn }) => [type, added, withdrawn]),
    [
      ['body', 2, 3],
      ['observation', 4, 6],
    ],
  );
});
