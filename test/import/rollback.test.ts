/** Rollbacks: what they refuse, two writers at once, and one that is killed midway. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t from 'tap';
import { connect } from '../../src/db/client.ts';
import { FaultsError } from '../../src/errors.ts';
import { rollback } from '../../src/import/rollback.ts';
import { seed } from '../../src/import/seed.ts';
import { fixtureService } from '../second-release.ts';
import { countrySeeds } from './country.ts';

const hashes = `select number, hash from releases order by number`;

t.test('refuses the current release and those that there never were, and writes nothing', async (t) => {
  const { writer } = await fixtureService(t, 2);
  for (const number of [0, 2, 3]) {
    const message = number === 2 ? /current one/ : /There is no release/;
    await t.rejects(rollback(writer, number), { constructor: FaultsError, message });
  }
  t.equal((await writer.pool.query(hashes)).rows.length, 2);
});

t.test('makes a release with the content of the earlier one, and can be undone alike', async (t) => {
  const { writer } = await fixtureService(t, 2);
  t.match(await rollback(writer, 1, { dryRun: true }), { release: 2, made: false });
  t.match(await rollback(writer, 1), { release: 3, made: true });
  t.match(await rollback(writer, 2), { release: 4, made: true });
  const { rows } = await writer.pool.query<{ hash: string }>(hashes);
  const [first, second, third, fourth] = rows.map(({ hash }) => hash);
  t.not(first, second);
  t.strictSame([third, fourth], [first, second]);
});

t.test('of writers at once each waits for the other, and the second finds what the first left', async (t) => {
  const { writer, folder } = await fixtureService(t, 2);
  const other = connect(writer.url, { role: 'writer' });
  t.teardown(() => other.close());
  const [one, two] = await Promise.all([rollback(writer, 1), rollback(other, 1)]);
  t.strictSame([one.made, two.made].sort(), [false, true], 'the same content is no release');
  t.strictSame([one.release, two.release], [3, 3]);
  const [back, seeded] = await Promise.all([rollback(writer, 2), seed(other, { folder: countrySeeds })]);
  const { rows } = await writer.pool.query<{ hash: string }>(hashes);
  t.ok(back.made);
  t.equal(seeded.made, rows.length === 5, 'the seed is that of release 1: it writes only after the rollback');
  t.match(await seed(writer, { folder }), { made: rows.length === 5 }, 'and either can be had again');
});

t.test('changes nothing when it is killed midway, and the next one succeeds', async (t) => {
  const { writer } = await fixtureService(t, 2);
  const holder = new pg.Client(writer.url);
  await holder.connect();
  t.teardown(() => holder.end());
  // Lets the rollback read the corrections, but not end them.
  await holder.query('begin; lock table corrections in share mode');
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, cli, 'rollback', '1'], {
    env: { ...process.env, DATABASE_URL: writer.url },
    stdio: 'ignore',
  });
  t.teardown(() => child.kill('SIGKILL'));
  const sessions = async (condition: string): Promise<number> => {
    const { rows } = await writer.pool.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
    );
    return rows.length;
  };
  const midway = "query like 'update corrections%'";
  while ((await sessions(`wait_event_type = 'Lock' and ${midway}`)) === 0) await sleep(50);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await holder.query('rollback');
  while ((await sessions(midway)) > 0) await sleep(50);
  t.equal((await writer.pool.query(hashes)).rows.length, 2);
  t.equal((await writer.pool.query('select from changes where release > 2')).rows.length, 0);
  t.match(await rollback(writer, 1), { release: 3, made: true });
});
