import { type SQL, sql } from 'drizzle-orm';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { observations } from '../../src/db/tables.ts';
import { MadeOnce } from '../../src/queries/made-once.ts';
import { flattened, partsOf, run } from '../../src/queries/sql.ts';
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

t.test('a piece in as few parts as it can have is the same text with the same values', async (t) => {
  const pieces = [
    sql`${observations.id} = ${'a'} and ${sql`${observations.value} > ${1}`} and ${sql.param(['b'])}::text[] is not null`,
    sql`true`,
    sql`${'first'}::text`,
  ];
  for (const piece of pieces) {
    const flat = flattened(piece);
    t.strictSame(partsOf(flat), partsOf(piece));
    t.strictSame(
      partsOf(sql`select ${1} where ${flat} and ${2}`),
      partsOf(sql`select ${1} where ${piece} and ${2}`),
    );
  }
  t.equal(flattened(pieces[0] as SQL).queryChunks.length, 7);
});

t.test('what is the same for many is made once', async (t) => {
  const once = new MadeOnce(flattened);
  let made = 0;
  const make = () => {
    made += 1;
    return sql`select ${made}`;
  };
  t.equal(once.get(['a', 1], make), once.get(['a', 1], make));
  t.equal(made, 1);
  t.not(once.get(['a', 2], make), once.get(['a', 1], make));
  t.equal(made, 2);
});
