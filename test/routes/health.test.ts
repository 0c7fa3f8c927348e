import t, { type Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { connect, type Database } from '../../src/db/client.ts';
import { planMigrations } from '../../src/db/migrate.ts';
import { FaultsError } from '../../src/errors.ts';
import { testDatabase } from '../helper.ts';
import { testService } from '../service.ts';

async function appOn(t: Test, url: string, pendingMigrations = pendingOf) {
  const database = connect(url, { role: 'reader' });
  const app = await buildApp({
    database,
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    pendingMigrations: () => pendingMigrations(database),
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  return app;
}

const pendingOf = async ({ pool }: Database) => (await planMigrations(pool)).pending.length;
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

t.test('/readyz is 200 when the database is there, migrated and seeded', async (t) => {
  const { app } = await testService(t);
  const response = await app.inject('/readyz');
  t.equal(response.statusCode, 200);
  t.equal(response.headers['cache-control'], 'no-store');
  t.strictSame(response.json(), {
    ready: true,
    checks: { load: 'ok', database: 'ok', migrations: 'ok', data: 'ok' },
  });
});

t.test('/readyz says that nothing was seeded, and lists are empty and of release 0', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const app = await appOn(t, url);
  const response = await app.inject('/readyz');
  t.equal(response.statusCode, 503);
  t.strictSame(response.json(), {
    ready: false,
    checks: {
      load: 'ok',
      database: 'ok',
      migrations: 'ok',
      data: 'There is no release yet. Run `govdata seed`.',
    },
  });
  t.match((await app.inject('/v1/provinces')).json(), { items: [], total: 0, release: 0 });
});

t.test('/readyz says that migrations are pending, and data is 503 until then', async (t) => {
  const { url } = await testDatabase(t);
  const app = await appOn(t, url);
  const response = await app.inject('/readyz');
  t.equal(response.statusCode, 503);
  t.match(response.json().checks, {
    database: 'ok',
    migrations: /^\d+ are pending\. Run `govdata migrate`\.$/,
    data: 'not checked',
  });
  const data = await app.inject('/v1/provinces');
  t.equal(data.statusCode, 503);
  t.match(data.json(), { code: 'unavailable', detail: 'The database has not been migrated yet.' });
});

t.test('/readyz says that the migrations do not fit, and not what is in them', async (t) => {
  const { url } = await testDatabase(t, { template: 'migrated' });
  const app = await appOn(t, url, async () => {
    throw new FaultsError('The database cannot be migrated.', [
      { code: 'edited_migration', message: 'it was edited', file: 'secret.sql' },
    ]);
  });
  const response = await app.inject('/readyz');
  t.equal(response.statusCode, 503);
  t.equal(response.json().checks.migrations, 'The database cannot be migrated.');
  t.notMatch(response.body, 'secret.sql');
});

t.test('/readyz says that the database cannot be reached, while /healthz is alive', async (t) => {
  const app = await appOn(t, nowhere);
  const ready = await app.inject('/readyz');
  t.equal(ready.statusCode, 503);
  t.strictSame(ready.json().checks, {
    load: 'ok',
    database: 'The database cannot be reached.',
    migrations: 'not checked',
    data: 'not checked',
  });
  const alive = await app.inject('/healthz');
  t.equal(alive.statusCode, 200);
  t.strictSame(alive.json(), { alive: true });
  t.equal(alive.headers['cache-control'], 'no-store');
});
