/**
 * The upgrade path: a database as an earlier program left it, of each schema since the first that held data, is migrated,
 * and answers as one that was made with the newest schema. Its rows are what the program of that time wrote: all columns
 * that there were, of facts that it could hold (no corrections, no imported figures), and no feed where it wrote none.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { applyWithin, migrationTags } from '../../src/db/apply.ts';
import { connect, type Database } from '../../src/db/client.ts';
import { transferredTables } from '../../src/import/transfer/tables.ts';
import { onlyDeep } from '../deep.ts';
import { govdata } from '../govdata.ts';
import { testDatabase } from '../helper.ts';
import { sameAnswers } from '../same-answers.ts';
import { secondSeeds } from '../second-release.ts';
import { dateRelease, testNow, writableDatabase } from '../service.ts';
import { rootOpenFolder } from './embedded-helper.ts';

const tags = await migrationTags();
/** Tables and rules; those before it hold no data. */
const first = tags.indexOf('0001_constraints_and_views');

/** Two releases of the invented country, without what came later. */
let fresh: { url: string; database: Database };
/** What they are as files. */
let exported: Map<string, string>;
t.before(async () => {
  fresh = await writableDatabase(t, 'fixture');
  const folder = await secondSeeds(t);
  const added = join(folder, 'zz.yml');
  const text = await readFile(added, 'utf8');
  await writeFile(added, text.slice(0, text.indexOf('corrections:')));
  await govdata(['seed', '--from', folder], { url: fresh.url });
  await dateRelease(fresh.database, 2, new Date('2026-11-23T18:00:00Z'));
  exported = await exportOf(t, fresh.url);
});

/** The same facts in the schema of then. */
async function asOf(t: Test, schema: number): Promise<{ url: string; database: Database }> {
  const { url } = await testDatabase(t);
  const database = connect(url, { role: 'writer' });
  t.teardown(() => database.close());
  const client = await database.pool.connect();
  await client.query('begin');
  await applyWithin(client, tags.slice(0, schema + 1), () => undefined);
  await client.query('commit');
  client.release();
  for (const { table } of transferredTables) await copyRows(t, database, table);
  return { url, database };
}

async function copyRows(t: Test, { pool }: Database, table: string): Promise<void> {
  const { rows: known } = await pool.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1",
    [table],
  );
  const columns = known.map(({ name }) => name);
  const { rows } = await fresh.database.pool.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) as row from ${table} t`,
  );
  const lost = rows.flatMap(({ row }) =>
    Object.entries(row).filter(([name, value]) => value !== null && !columns.includes(name)),
  );
  // The feed is derived, and migrations derive it.
  if (table !== 'changes') t.strictSame(lost, [], `${table}: the schema of then holds all of it`);
  if (columns.length === 0) return;
  const listed = columns.map((name) => `"${name}"`).join(', ');
  await pool.query(
    `insert into ${table} (${listed}) select ${listed} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows.map(({ row }) => row))],
  );
}

async function exportOf(t: Test, url: string): Promise<Map<string, string>> {
  const folder = join(rootOpenFolder(t), 'export');
  const { code, err } = await govdata(['export', folder], { url });
  t.equal(code, 0, err);
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

t.test('from the first schema that held data: every operation answers the same', async (t) => {
  const { url } = await asOf(t, first);
  const { code, out } = await govdata(['migrate'], { url });
  t.equal(code, 0);
  t.equal(out, `${tags.length - first - 1} migrations applied.\n`);
  t.strictSame(await exportOf(t, url), exported, 'and holds the same, row by row');
  const compared = await sameAnswers(t, [fresh.url, url], { now: testNow, clocks: [{}, { release: 1 }] });
  t.ok(compared > 80, `${compared} answers compared`);
  t.equal((await govdata(['doctor'], { url })).err.includes('fault'), false);
});

for (const [index, tag] of tags.entries()) {
  if (index <= first) continue;
  // Also who has little time begins at one in four.
  const skip = index % 4 !== 0 && onlyDeep;
  t.test(`from ${tag}: holds the same, row by row`, { skip }, async (t) => {
    const { url } = await asOf(t, index);
    t.equal((await govdata(['migrate'], { url })).code, 0);
    t.strictSame(await exportOf(t, url), exported);
  });
}
