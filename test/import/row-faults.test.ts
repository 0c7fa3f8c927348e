import t from 'tap';
import { FaultsError } from '../../src/errors.ts';
import { RowFaults } from '../../src/import/row-faults.ts';
import { linesOf } from './country.ts';

t.test('without a fault nothing is thrown', async (t) => {
  t.strictSame(await linesOf(async () => new RowFaults('a.csv').throwAny('No.')), []);
});

t.test('faults come in the order of the rows, those of one row as they were told', async (t) => {
  const faults = new RowFaults('a.csv');
  faults.tell('b', 'two', 9, () => 'twice');
  faults.tell('a', 'one', 2);
  faults.tell('c', 'three', 9, () => undefined);
  t.equal(faults.count, 3);
  t.strictSame(await linesOf(async () => faults.throwAny('No.')), [
    'a.csv:2  a  one',
    'a.csv:9  b  two; did you mean "twice"?',
    'a.csv:9  c  three',
  ]);
});

t.test('the first 50 are shown, the others only counted, and no suggestion is looked for', async (t) => {
  const faults = new RowFaults('a.csv');
  let asked = 0;
  const suggest = () => `${++asked}`;
  for (let row = 10_000; row > 1; row--) faults.tell('x', 'wrong', row, suggest);
  const thrown = t.throws(() => faults.throwAny('No.'), FaultsError);
  t.match(thrown, { message: 'No.', more: 9949, faults: { length: 50, 0: { line: 2 }, 49: { line: 51 } } });
  t.equal(asked, 50);
});
