import t from 'tap';
import { byPosition, Positions } from '../../src/import/positions.ts';

const at = (file: string, line: number, column: number) => ({ code: 'x', message: '', file, line, column });

t.test('sorts faults by file, line and column; those without come first', async (t) => {
  const faults = [at('b', 1, 1), at('a', 2, 1), at('a', 1, 9), at('a', 1, 2), { code: 'x', message: '' }];
  const sorted = [...faults].sort(byPosition);
  t.strictSame(sorted, [faults[4], faults[3], faults[2], faults[1], faults[0]]);
  const nowhere = { code: 'x', message: '' };
  t.equal(byPosition(nowhere, nowhere), 0);
});

t.test('knows a member, or else the whole, and refuses what was not read', async (t) => {
  const positions = new Positions();
  const [self, member] = [
    { file: 'a', line: 1, column: 1 },
    { file: 'a', line: 2, column: 3 },
  ];
  const object = {};
  positions.set(object, self, new Map([['kind', member]]));
  t.equal(positions.of(object, 'kind'), member);
  t.equal(positions.of(object, 'name'), self);
  t.equal(positions.of(object), self);
  t.throws(() => positions.of({}), { message: 'This object was not read from a seed file.' });
});
