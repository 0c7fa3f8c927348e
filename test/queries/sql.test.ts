import { sql } from 'drizzle-orm';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { run } from '../../src/queries/sql.ts';
import { sharedDatabase, testNow } from '../service.ts';

t.test('only so many statements are prepared, whatever is asked', async (t) => {
  const { url } = await sharedDatabase();
  const database = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(() => database.close());
  const context = { database, now: testNow };
  for (let n = 0; n < 520; n += 1) {
    t.strictSame(await run(context, sql`select ${sql.raw(String(n))} as n`), [{ n }]);
  }
  const { rows } = await database.pool.query('select count(*)::int as count from pg_prepared_statements');
  t.strictSame(rows, [{ count: 500 }]);
});
