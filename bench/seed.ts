/**
 * The whole tree from empty: time and peak memory of `govdata seed`, next to COPY of the very rows that it wrote
 * into an empty copy of the same tables. `npm run bench -- seed`; see RESULTS.md.
 */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { loadConfig } from '../src/config.ts';
import { openDatabase } from '../src/db/client.ts';
import { migrate } from '../src/db/migrate.ts';
import { layouts } from '../src/import/layout.ts';
import { cli, finish, markdown, median, ownHome } from './service.ts';

const rounds = 3;
/** The command in a process that tells the most memory that it used, in MiB. */
const measured = `
  const { main } = await import('./dist/commands/main.js');
  process.exitCode = await main(['seed']);
  console.log('peak ' + process.resourceUsage().maxRSS / 1024);
`;

const seeds: { seconds: number; mebibytes: number }[] = [];
const copies: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const { env, forget } = ownHome();
  try {
    await finish([cli, 'migrate'], env);
    const { out, seconds } = await finish(['--input-type=module', '-e', measured], env);
    seeds.push({ seconds, mebibytes: Number(/peak (\S+)/.exec(out)?.[1]) });
    const again = await finish([cli, 'seed'], env);
    if (!again.out.startsWith('Nothing has changed')) throw new Error(`a second seed said: ${again.out}`);
    copies.push(await copySeconds(env));
  } finally {
    forget();
  }
}
const seconds = median(seeds.map((one) => one.seconds));
const copy = median(copies);
console.log(
  markdown([
    ['govdata seed, s', 'COPY of its rows, s', 'ratio', 'peak memory, MiB', 'second seed'],
    [
      seconds.toFixed(1),
      copy.toFixed(1),
      (seconds / copy).toFixed(1),
      Math.round(median(seeds.map((one) => one.mebibytes))),
      'no release',
    ],
  ]),
);

/** Into a second database on the same server, with the same keys and indexes. */
async function copySeconds(env: NodeJS.ProcessEnv): Promise<number> {
  const database = await openDatabase(loadConfig(env), { role: 'writer', log: () => undefined });
  const url = new URL(database.url);
  url.pathname = '/bench_copy';
  await database.pool.query('create database bench_copy');
  const pool = new pg.Pool({ connectionString: url.href });
  try {
    await migrate(pool);
    const tables = ['releases', 'identities', ...[...layouts.values()].map(({ table }) => table)];
    const source = await database.pool.connect();
    const target = await pool.connect();
    let milliseconds = 0;
    for (const table of tables) {
      const chunks: Buffer[] = [];
      for await (const chunk of source.query(copyTo(`copy ${table} to stdout`))) chunks.push(chunk as Buffer);
      const start = performance.now();
      await pipeline(Readable.from(chunks), target.query(copyFrom(`copy ${table} from stdin`)));
      milliseconds += performance.now() - start;
    }
    source.release();
    target.release();
    return milliseconds / 1000;
  } finally {
    await pool.end();
    await database.close();
  }
}
