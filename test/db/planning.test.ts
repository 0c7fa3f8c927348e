/** Statements that are planned once for all values, beside others that are planned with theirs, on one connection. */
import { sql } from 'drizzle-orm';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { run } from '../../src/queries/sql.ts';
import { sharedDatabase, testNow } from '../service.ts';

t.test('a session plans as each statement asks, and is told so only when that changes', async (t) => {
  const { url } = await sharedDatabase();
  const database = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(() => database.close());
  const sent: string[] = [];
  database.pool.once('connect', (client) => {
    const query = client.query.bind(client);
    t.intercept(client, 'query', {
      value: (asked: string | { text: string }) => {
        if (typeof asked === 'string') sent.push(asked);
        return query(asked as string);
      },
    });
  });
  const context = { database, now: testNow, signal: new AbortController().signal };
  const mode = async (planning?: 'anew' | 'once') => {
    const [row] = await run(context, sql`select current_setting('plan_cache_mode') as mode`, planning);
    return row?.['mode'];
  };
  t.equal(await mode(), 'force_custom_plan');
  t.equal(await mode('once'), 'force_generic_plan');
  t.equal(await mode('once'), 'force_generic_plan');
  t.equal(await mode('anew'), 'force_custom_plan');
  t.equal(await mode(), 'force_custom_plan');
  t.strictSame(sent, ['set plan_cache_mode = force_generic_plan', 'set plan_cache_mode = force_custom_plan']);
});
