/** An import that is killed, or whose database goes, leaves all as it was, or is finished. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import t from 'tap';
import type { Database } from '../../../src/db/client.ts';
import { importTable } from '../../../src/import/table/import.ts';
import { isDeep } from '../../deep.ts';
import { writableDatabase } from '../../service.ts';
import { described, filesOf, oneColumn } from './made.ts';

const cli = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));
const years = Array.from({ length: 60 }, (_, index) => 1960 + index);
const provinces = ['Ha Noi', 'Can Tho', 'Da Nang', 'Thanh Hoa', 'Nghe An', 'Ha Giang', 'Lao Cai', 'Son La'];
const table = [
  `Province,${years.join(',')}`,
  ...provinces.map((name, row) => `${name},${years.map((year) => year * (row + 1)).join(',')}`),
].join('\n');
const spec = described(oneColumn.replace('{status} ', ''));
const all = years.length * provinces.length;
const runs = isDeep ? 10 : 2;

async function stateOf({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ state: string }>(
    `select concat_ws(' ', (select count(*) from releases), (select count(*) from observations where dataset_id is not null),
       (select count(*) from datasets), (select count(*) from identities where since_release > 1), (select count(*) from changes where release > 1)) as state`,
  );
  return rows[0]?.state ?? '';
}
const before = '1 0 0 0 0';
/** The figures, the dataset, the indicator and its citation. */
const finished = `2 ${all} 1 ${all + 3} ${all + 3}`;

t.test('killed at any moment', async (t) => {
  const { url, database } = await writableDatabase(t, 'provinces');
  const files = filesOf(t, spec, table);
  for (let run = 0; run < runs; run += 1) {
    const args = [...process.execArgv, cli, 'import', 'table', files.table, '--spec', files.spec];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exit = once(child, 'exit');
    // The table is being written from then on, or is about to be.
    await Promise.race([once(child.stderr, 'data'), exit]);
    await sleep(Math.random() * 80);
    child.kill('SIGKILL');
    await exit;
    // Its session may still be busy with what it was told last.
    for (let busy = true; busy; ) {
      const { rows } = await database.pool.query<{ busy: boolean }>(
        `select exists (select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle') as busy`,
      );
      busy = rows[0]?.busy ?? false;
      if (busy) await sleep(50);
    }
    const state = await stateOf(database);
    t.ok([before, finished].includes(state), `run ${run}: ${state}`);
  }
  await importTable(database, files.table, { spec: files.spec });
  t.equal(await stateOf(database), finished, 'the next one succeeds');
});

t.test('the database ends its session in the middle', async (t) => {
  const { url, database } = await writableDatabase(t, 'provinces');
  const files = filesOf(t, spec, table);
  const holder = new pg.Client(url);
  await holder.connect();
  t.teardown(() => holder.end());
  // The release is there by then, what has changed is not. Whoever waits is looked for outside: a transaction sees one moment.
  await holder.query('begin; lock table changes in share mode');
  const failed = t.rejects(importTable(database, files.table, { spec: files.spec }), { code: '57P01' });
  for (let ended = 0; ended === 0; ) {
    const { rows } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into changes%'`,
    );
    ended = rows.length;
    if (ended === 0) await sleep(20);
  }
  await failed;
  await holder.query('rollback');
  t.equal(await stateOf(database), before);
});
