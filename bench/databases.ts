/** Databases for benchmarks, made on the server of DATABASE_URL and dropped at the end: seeded, and with a million observations. */
import pg from 'pg';
import { loadFigures } from './figures.ts';
import { cli, finish, ofServices } from './service.ts';

const server = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export interface BenchDatabase {
  url: string;
  /** That of a program of ours that serves it. */
  env: NodeJS.ProcessEnv;
}

export async function onSeeded(run: (database: BenchDatabase) => Promise<void>): Promise<void> {
  const name = `govdata_bench_${process.pid}`;
  const database = new URL(server);
  database.pathname = `/${name}`;
  const url = database.href;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  try {
    const env = { ...process.env, ...ofServices, DATABASE_URL: url };
    await finish([cli, 'migrate'], env);
    await finish([cli, 'seed'], env);
    await run({ url, env });
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

export const onMillion = (run: (database: BenchDatabase) => Promise<void>): Promise<void> =>
  onSeeded(async (database) => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    const client = await pool.connect();
    await loadFigures(client, 1_000_000).finally(() => client.release());
    await pool.end();
    await run(database);
  });
