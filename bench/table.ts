/**
 * Millions of figures imported from a table, next to `psql \copy` of the very rows that it wrote into empty tables with the same
 * indexes, checks and foreign keys. `npm run bench -- table`; `FIGURES=5000000` for more. See RESULTS.md.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { cli, finish, markdown } from './service.ts';

const server = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const figures = Number(process.env['FIGURES'] ?? 1_000_000);
const groups = 167;

const spec = `dataset:
  id: dataset:bench
  title: {en: Bench}
place: {column: Province}
time: {column: Month, form: '{year}-{month}'}
dimensions:
  group:
    column: Group
    values: {${Array.from({ length: groups }, (_, index) => `g${index}: g${index}`).join(', ')}}
indicators:
  - id: indicator:bench
    name: {en: Bench}
    definition: {en: Made up.}
    unit: persons
    topic: other
    direction: none
    additive: true
columns:
  - header: Value
    indicator: indicator:bench
`;

function* lines(provinces: readonly string[]): Generator<string> {
  yield 'Province,Month,Group,Value\n';
  let number = 0;
  for (let month = 0; ; month += 1) {
    const label = `${1980 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    for (const province of provinces) {
      for (let group = 0; group < groups; group += 1) {
        if (number === figures) return;
        number += 1;
        yield `${province},${label},g${group},${((number * 7919) % 100000) / 10}\n`;
      }
    }
  }
}

const written = [
  ['identities', 'where since_release = 2'],
  ['observations', "where dataset_id = 'dataset:bench'"],
  ['changes', 'where release = 2'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'govdata-bench-table-'));
const name = `govdata_bench_${process.pid}`;
const database = new URL(server);
database.pathname = `/${name}`;
const url = database.href;
const env = { ...process.env, DATABASE_URL: url };
const psql = (...commands: string[]) =>
  execFileSync('psql', [url, '-qAtX', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((one) => ['-c', one])]);
const admin = new pg.Client(server);
await admin.connect();
await admin.query(`create database ${name}`);
try {
  await finish([cli, 'migrate'], env);
  await finish([cli, 'seed'], env);
  const provinces = String(
    psql(
      `select distinct name->>'en' from place_versions where level = 'province' and valid_from is null and coalesce(valid_to, '9999-01-01') > '2024-01-01'`,
    ),
  ).trim();
  await pipeline(Readable.from(lines(provinces.split('\n'))), createWriteStream(join(folder, 'bench.csv')));
  writeFileSync(join(folder, 'bench.yml'), spec);
  const time = join(folder, 'time');
  const begin = performance.now();
  const command = [
    process.execPath,
    cli,
    'import',
    'table',
    join(folder, 'bench.csv'),
    '--spec',
    join(folder, 'bench.yml'),
  ];
  execFileSync('/usr/bin/time', ['-f', '%M', '-o', time, ...command], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - begin) / 1000;
  const peak = Number(readFileSync(time, 'utf8')) / 1024;

  for (const [table, rows] of written)
    psql(`\\copy (select * from ${table} ${rows}) to '${join(folder, table)}'`);
  psql(
    'create schema alike',
    'set search_path = alike, public; ' +
      written.map(([table]) => `create table alike.${table} (like public.${table} including all)`).join('; '),
  );
  const keys = String(
    psql(
      `select format('alter table alike.%I add %s', conrelid::regclass, replace(pg_get_constraintdef(oid), 'identities(', 'public.identities(')) from pg_constraint
       where contype = 'f' and conrelid::regclass::text in (${written.map(([table]) => `'${table}'`).join(', ')})`,
    ),
  );
  psql(...keys.trim().split('\n'));
  const copying = performance.now();
  for (const [table] of written) psql(`\\copy alike.${table} from '${join(folder, table)}'`);
  const copySeconds = (performance.now() - copying) / 1000;
  const bytes = statSync(join(folder, 'bench.csv')).size;
  console.log(
    markdown([
      [
        'figures',
        'MiB of CSV',
        'import, s',
        'figures/s',
        '\\copy of its rows, s',
        'ratio',
        'peak memory, MiB',
      ],
      [
        ...[figures, Math.round(bytes / 2 ** 20), seconds.toFixed(1), Math.round(figures / seconds)],
        ...[copySeconds.toFixed(1), (copySeconds / seconds).toFixed(2), Math.round(peak)],
      ],
    ]),
  );
} finally {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
}
