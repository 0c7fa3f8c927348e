/** How long after it is started on an embedded database that is there the service answers, beside bare reopening of it. */
import { join } from 'node:path';
import pg from 'pg';
import { prepareCluster, run, superuser } from '../../src/db/cluster.ts';
import { cli, finish, median, ownHome, start as startService } from '../service.ts';
import type { Section } from './parts.ts';
import { freePort } from './postgres.ts';
import { settings } from './settings.ts';

/** The goal is so much longer than reopening, in ms. */
const allowed = 1200;

export async function start(): Promise<Section> {
  const { env, forget } = ownHome();
  try {
    await finish([cli, 'migrate'], env);
    await finish([cli, 'seed'], env);
    const bare: number[] = [];
    const first: number[] = [];
    for (let round = 0; round < settings.starts; round += 1) {
      bare.push(await reopen(String(env['GOVDATA_HOME'])));
      first.push(await firstAnswer(env));
    }
    const [ours, theirs] = [median(first), median(bare)];
    const told = [ours, Math.min(...first), Math.max(...first), theirs, ours - theirs];
    return {
      title: 'First answer after a start',
      text: `\`govdata serve\` on an embedded database that was seeded before, from the start of its process to the first place answered, beside the start of that database server (the embedded PostgreSQL, with its defaults) alone and \`select 1\`; ${settings.starts} starts of each in turns, ms.`,
      rows: [
        ['first answer', 'least', 'most', 'bare reopening', 'difference', 'goal'],
        [...told.map((value) => value.toFixed(0)), `≤ ${allowed}`],
      ],
      raw: { first, bare },
    };
  } finally {
    forget();
  }
}

async function reopen(home: string): Promise<number> {
  const { bin, data, user, password, folder } = await prepareCluster(home, () => undefined);
  const port = await freePort();
  const control = (...args: string[]) => run(join(bin, 'pg_ctl'), [...args, '-D', data], user);
  const begin = performance.now();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  await control('start', '-l', join(folder, 'log'), '-o', options);
  try {
    const client = new pg.Client(`postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`);
    await client.connect();
    await client.query('select 1');
    const milliseconds = performance.now() - begin;
    await client.end();
    return milliseconds;
  } finally {
    await control('stop', '-m', 'fast');
  }
}

async function firstAnswer(env: NodeJS.ProcessEnv): Promise<number> {
  const begin = performance.now();
  const service = await startService([cli, 'serve'], env);
  try {
    const response = await fetch(`${service.address}/v1/provinces/37`);
    await response.text();
    if (response.status !== 200) throw new Error(`the first answer was ${response.status}`);
    return performance.now() - begin;
  } finally {
    await service.stop();
  }
}
