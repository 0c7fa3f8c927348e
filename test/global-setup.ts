/** Runs before the suite: one embedded server, or the one of TEST_DATABASE_URL, for all test files. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { openEmbedded } from '../src/db/embedded.ts';
import { endRun } from './global-teardown.ts';
import { deadRuns, homeOf, runFolder, stateOf, type TestRun } from './test-run.ts';

for (const folder of deadRuns()) await endRun(folder);
rmSync(runFolder, { recursive: true, force: true });
mkdirSync(runFolder, { mode: 0o755 });

const given = process.env['TEST_DATABASE_URL'];
const url = given || (await openEmbedded(homeOf(runFolder), () => undefined)).url;
const run: TestRun = { url, prefix: `govdata_test_${process.ppid}_${Date.now().toString(36)}` };
writeFileSync(stateOf(runFolder), JSON.stringify(run), { mode: 0o600 });
if (!given) await forgetDurability();
// Leaves without closing, so that the embedded server stays for the test files.
process.exit(0);

/** Nobody misses these databases after a power cut, and creating one takes half the time. */
async function forgetDurability(): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await client.query(`alter system set ${setting} = off`);
  }
  await client.query('select pg_reload_conf()');
  await client.end();
}
