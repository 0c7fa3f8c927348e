/** A PostgreSQL of the benchmark's own: that of the machine where there is one, else the embedded one, with stated settings. */
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import pg from 'pg';
import { nativeFolder, run, serverUser, type User, usableBin } from '../../src/db/cluster.ts';

/** All that is not PostgreSQL's own default. Nothing is written while it is measured, so that no load is disturbed. */
export const stated = {
  shared_buffers: env['BENCH_SHARED_BUFFERS'] || '2GB',
  effective_cache_size: '8GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  jit: 'off',
  fsync: 'off',
  autovacuum: 'off',
};

export interface Postgres {
  version: string;
  /** Folder of its programs, which pgbench may be in. */
  bin: string;
  /** The process that all others of it descend from. */
  pid: number;
  urlOf(database: string): string;
  /** A statement on the database `postgres`. */
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  stop(): Promise<void>;
}

/** In a folder that stays, or in one that goes with it. */
export async function startPostgres(kept?: string): Promise<Postgres> {
  const folder = kept === undefined ? await mkdtemp(join(tmpdir(), 'govdata-bench-')) : resolve(kept);
  const user = await serverUser();
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const bin = await findBin(folder, user);
  const data = join(folder, 'data');
  if (!existsSync(data)) {
    await mkdir(data, { mode: 0o700 });
    await chown(data, user.uid, user.gid);
    const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
    await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', ...locale], user);
  }
  const port = await freePort();
  const given = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', ...stated };
  const options = Object.entries(given)
    .map(([name, value]) => `-c ${name}=${value === '' ? "''" : value}`)
    .join(' ');
  const control = (command: string, ...more: string[]) =>
    run(join(bin, 'pg_ctl'), [command, '-D', data, '-t', '600', ...more], user);
  await control('start', '-l', join(data, 'log'), '-o', options);
  const urlOf = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const admin = new pg.Client(urlOf('postgres'));
  await admin.connect();
  const query = async <T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]> =>
    (await admin.query<T>(text, values)).rows;
  const [row] = await query<{ server_version: string }>('show server_version');
  return {
    version: String(row?.server_version),
    bin,
    pid: Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    urlOf,
    query,
    async stop() {
      await admin.end();
      await control('stop', '-m', 'fast');
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findBin(folder: string, user: User): Promise<string> {
  const told = env['BENCH_PG_BIN'] || (await run('pg_config', ['--bindir']).catch(() => '')).trim();
  if (told !== '' && existsSync(join(told, 'initdb'))) return told;
  console.error('No PostgreSQL server is installed (pg_config finds none): the embedded one is taken.');
  return usableBin(nativeFolder(), folder, user);
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
