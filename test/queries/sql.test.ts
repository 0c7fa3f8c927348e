import { type SQL, sql } from 'drizzle-orm';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { observations } from '../../src/db/tables.ts';
import { MadeOnce } from '../../src/queries/made-once.ts';
import { flattened, partsOf, prepared, run } from '../../src/queries/sql.ts';
import { StatementNames } from '../../src/queries/statement-names.ts';
import { sharedDatabase, testNow } from '../service.ts';

t.test('a statement is prepared once on a connection, under the name of its text', async (t) => {
  const { url } = await sharedDatabase();
  const database = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(() => database.close());
  const context = { database, now: testNow };
  const unnamed = prepared(sql`select ${1}::int as n`);
  const statement = { ...unnamed, name: new StatementNames(1).of(unnamed.text) };
  for (let asked = 0; asked < 3; asked += 1) t.strictSame(await run(context, statement), [{ n: 1 }]);
  const { rows } = await database.pool.query('select name from pg_prepared_statements');
  t.strictSame(rows, [{ name: statement.name }]);
});

t.test('only so many statements are prepared, whatever is asked', async (t) => {
  const names = new StatementNames(2);
  const [first, second] = [names.of('select 1'), names.of('select 2')];
  t.match(first, /^[\w-]{40}$/);
  t.not(second, first);
  t.equal(names.of('select 3'), undefined);
  t.equal(names.of('select 1'), first);

  const { url } = await sharedDatabase();
  const database = connect(url, { role: 'reader', poolSize: 1 });
  t.teardown(() => database.close());
  const unnamed = { ...prepared(sql`select 3 as n`), name: names.of('select 3') };
  t.strictSame(await run({ database, now: testNow }, unnamed), [{ n: 3 }]);
  const { rows } = await database.pool.query('select name from pg_prepared_statements');
  t.strictSame(rows, []);
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
  const once = new MadeOnce<SQL>();
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
