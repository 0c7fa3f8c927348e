/** Runs after the suite, also when tests failed: drops its databases and stops its server. */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openEmbedded } from '../src/db/embedded.ts';
import { homeOf, readTestRun, runFolder, stateOf } from './test-run.ts';

if (process.argv[1] === fileURLToPath(import.meta.url)) await endRun(runFolder);

export async function endRun(folder: string): Promise<void> {
  const home = homeOf(folder);
  if (existsSync(home)) {
    // Who joins and is the last to leave stops the server.
    const server = await openEmbedded(home, () => undefined);
    await server.close();
  } else if (existsSync(stateOf(folder))) {
    await dropDatabases(folder).catch((error: Error) => console.error(`${folder}: ${error.message}`));
  }
  rmSync(folder, { recursive: true, force: true });
}

async function dropDatabases(folder: string): Promise<void> {
  const { url, prefix } = readTestRun(folder);
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}
