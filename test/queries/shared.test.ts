import { sql } from 'drizzle-orm';
import t from 'tap';
import { bodyRef, indicatorRef, placeRef } from '../../src/queries/refs.ts';
import { isShared, keysOf, Shared } from '../../src/queries/shared.ts';
import { object, run } from '../../src/queries/sql.ts';
import type { Context, Row } from '../../src/queries/types.ts';
import { sharedDatabase, testNow } from '../service.ts';

const scope = { release: 1, today: '2026-10-01' };
const columns = {
  id: sql`id`,
  indicator: indicatorRef(sql`indicator_id`, scope),
  place: placeRef(sql`place_version_id`, scope),
  issuer: bodyRef(sql`issuer_id`, scope),
};

t.test('what records share is read once, and is the same object in each', async (t) => {
  const { reader } = await sharedDatabase();
  const statements: string[] = [];
  const pool = new Proxy(reader.pool, {
    get(target, name) {
      if (name === 'query') statements.push('query');
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const context: Context = { database: { pool }, now: testNow };
  const read = async (of: typeof columns | ReturnType<typeof keysOf>): Promise<Row[]> => {
    const rows = await run(
      context,
      sql`select ${object(of)} as record from observations order by id collate "C" limit 300`,
    );
    return rows.map((row) => row['record'] as Row);
  };
  const whole = await read(columns);
  t.ok(
    whole.some(({ issuer }) => issuer === null),
    'some have none',
  );
  t.ok(whole.some(({ issuer }) => issuer !== null));

  const shared = new Shared();
  const records = await read(keysOf(columns));
  t.type(records[0]?.['place'], 'string');
  statements.length = 0;
  await shared.fill(context, columns, records);
  t.equal(statements.length, 1, 'one statement for all members');
  t.strictSame(records, whole, 'nobody sees a difference');
  const [first] = records as [Row];
  const alike = records.filter(
    ({ indicator }) => (indicator as Row)['id'] === (first['indicator'] as Row)['id'],
  );
  t.ok(alike.every(({ indicator }) => indicator === first['indicator']));
  t.ok(isShared(first['indicator'] as object));
  t.notOk(isShared(first));

  const again = await read(keysOf(columns));
  statements.length = 0;
  await shared.fill(context, columns, again);
  t.equal(statements.length, 0, 'what is known is not read again');
  t.strictSame(again, whole);

  const forgetful = new Shared(1);
  for (let time = 0; time < 2; time += 1) {
    const rows = await read(keysOf(columns));
    statements.length = 0;
    await forgetful.fill(context, columns, rows);
    t.equal(statements.length, 1, 'what is too much to keep is read again');
    t.strictSame(rows, whole);
  }

  const nothing = [{ id: 'observation:x', indicator: 'indicator:none', place: null, issuer: null }];
  await shared.fill(context, columns, nothing);
  t.strictSame(nothing, [{ id: 'observation:x', indicator: null, place: null, issuer: null }]);
});
