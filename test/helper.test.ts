import t from 'tap';
import { onServer, template, testDatabase } from './helper.ts';

const exists = (name: string): Promise<boolean> =>
  onServer(
    async (server) =>
      (await server.query('select from pg_database where datname = $1', [name])).rowCount === 1,
  );

t.test('each test has a database of its own, which is gone after the test', async (t) => {
  const names: string[] = [];
  await t.test('one', async (t) => names.push((await testDatabase(t)).name));
  await t.test('two', async (t) => {
    const { name } = await testDatabase(t, { template: 'migrated' });
    names.push(name);
    t.ok(await exists(name));
  });
  t.equal(new Set(names).size, 2);
  for (const name of names) t.notOk(await exists(name));
});

t.test('a template is filled once, also when two ask at the same time', async (t) => {
  let fills = 0;
  const fill = async (): Promise<void> => void fills++;
  const [one, two] = await Promise.all([template('once', fill), template('once', fill)]);
  t.equal(one, two);
  t.equal(fills, 1);
});

t.test('a template that could not be filled is made again', async (t) => {
  await t.rejects(
    template('again', () => Promise.reject(new Error('no luck'))),
    { message: 'no luck' },
  );
  await t.resolves(template('again', async () => undefined));
});
