/** Which reason a change has, where a correction begins or only comes in other words. */
import t from 'tap';
import { compare } from '../../src/import/differ.ts';
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
