import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { totalOf } from '../../src/queries/totals.ts';
import type { Context } from '../../src/queries/types.ts';

/** Nothing is asked of its database, so that none needs to be there. */
const contextOf = (): Context => ({
  database: connect('postgres://127.0.0.1/none', { role: 'reader' }),
  now: () => new Date(),
});

t.test(
  'a total is kept for its question and its database, and the oldest of many is forgotten',
  async (t) => {
    const context = contextOf();
    t.equal(totalOf(context, 'a', 1).value, undefined);
    totalOf(context, 'a', 1).keep(7);
    t.equal(totalOf(context, 'a', 1).value, 7);
    t.equal(totalOf(context, 'a', 2).value, undefined, 'of another release');
    t.equal(totalOf(contextOf(), 'a', 1).value, undefined, 'of another database');
    for (let count = 0; count < 1000; count += 1) totalOf(context, 'b', count).keep(count);
    t.equal(totalOf(context, 'a', 1).value, undefined);
    t.equal(totalOf(context, 'b', 999).value, 999);
  },
);
