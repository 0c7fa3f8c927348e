/** The databases that are asked: the real tree, and with it as many observations as a size says. Made once in a kept folder. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadFigures } from '../figures.ts';
import { cli, finish } from '../service.ts';
import type { Postgres } from './postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Data {
  observations: number;
  url: string;
  mebibytes: number;
  /** That loading took; undefined: they were there. */
  seconds: number | undefined;
}

/** What the rows depend on. Migrations are run on what is kept. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'bench/figures.ts')));
  for (const name of readdirSync(join(root, 'seeds'), { recursive: true, withFileTypes: true })) {
    if (name.isFile()) hash.update(name.name).update(readFileSync(join(name.parentPath, name.name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const migrate = (url: string) => finish([cli, 'migrate'], { ...env, DATABASE_URL: url, LOG_LEVEL: 'warn' });

/** A database with as many observations, migrated. */
export async function databaseOf(server: Postgres, observations: number): Promise<Data> {
  const mark = fingerprint();
  const name = `bench_${observations}`;
  const url = server.urlOf(name);
  const isKept = await holds(server, name, mark);
  const begin = performance.now();
  if (!isKept) {
    await seededTemplate(server, mark);
    await server.query(`drop database if exists ${name}`);
    await server.query(`create database ${name} template bench_seeded`);
    await withClient(url, (client) => loadFigures(client, observations));
    await server.query(`comment on database ${name} is '${mark}'`);
  } else await migrate(url);
  const seconds = isKept ? undefined : (performance.now() - begin) / 1000;
  await server.query('checkpoint');
  const [size] = await server.query<{ mebibytes: number }>(
    'select round(pg_database_size($1) / 1048576.0)::int as mebibytes',
    [name],
  );
  console.log(
    `${name}: ${size?.mebibytes} MiB, ${seconds === undefined ? 'kept' : `loaded in ${seconds.toFixed(0)} s`}`,
  );
  return { observations, url, mebibytes: Number(size?.mebibytes), seconds };
}

async function holds(server: Postgres, name: string, mark: string): Promise<boolean> {
  const rows = await server.query<{ mark: string | null }>(
    "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1",
    [name],
  );
  return rows[0]?.mark === mark;
}

async function seededTemplate(server: Postgres, mark: string): Promise<void> {
  const name = 'bench_seeded';
  const url = server.urlOf(name);
  if (await holds(server, name, mark)) {
    await migrate(url);
    return;
  }
  await server.query(`drop database if exists ${name}`);
  await server.query(`create database ${name}`);
  await migrate(url);
  await finish([cli, 'seed'], { ...env, DATABASE_URL: url, LOG_LEVEL: 'warn' });
  await server.query(`comment on database ${name} is '${mark}'`);
}

export async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  return run(client).finally(() => client.end());
}
