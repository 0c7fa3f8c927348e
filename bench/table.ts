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
import { onSeeded } from './databases.ts';
import { cli, markdown } from './service.ts';

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

await onSeeded(async ({ url, env }) => {
  const psql = (...commands: string[]): string =>
    execFileSync('psql', [url, '-qAtX', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((one) => ['-c', one])], {
      encoding: 'utf8',
    }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'govdata-bench-table-'));
  const at = (name: string) => join(folder, name);
  try {
    const provinces = psql(
      `select distinct name->>'en' from place_versions
       where level = 'province' and valid_from is null and coalesce(valid_to, '9999-01-01') > '2024-01-01'`,
    );
    await pipeline(Readable.from(lines(provinces.split('\n'))), createWriteStream(at('bench.csv')));
    writeFileSync(at('bench.yml'), spec);
    const begin = performance.now();
    const command = [process.execPath, cli, 'import', 'table', at('bench.csv'), '--spec', at('bench.yml')];
    execFileSync('/usr/bin/time', ['-f', '%M', '-o', at('time'), ...command], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const seconds = (performance.now() - begin) / 1000;
    const copySeconds = copyOf(psql, at);
    const head = [
      'figures',
      'MiB of CSV',
      'import, s',
      'figures/s',
      '\\copy of its rows, s',
      'ratio',
      'peak memory, MiB',
    ];
    const row = [
      ...[figures, Math.round(statSync(at('bench.csv')).size / 2 ** 20), seconds.toFixed(1)],
      ...[Math.round(figures / seconds), copySeconds.toFixed(1), (copySeconds / seconds).toFixed(2)],
      Math.round(Number(readFileSync(at('time'), 'utf8')) / 1024),
    ];
    console.log(markdown([head, row]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Seconds that the rows that were written take into empty tables like theirs. */
function copyOf(psql: (...commands: string[]) => string, at: (name: string) => string): number {
  for (const [table, rows] of written) psql(`\\copy (select * from ${table} ${rows}) to '${at(table)}'`);
  psql(
    'create schema alike',
    ...written.map(([table]) => `create table alike.${table} (like public.${table} including all)`),
  );
  const keys = psql(
    `select format('alter table alike.%I add %s', conrelid::regclass, replace(pg_get_constraintdef(oid), 'identities(', 'public.identities('))
     from pg_constraint where contype = 'f' and conrelid::regclass::text in (${written.map(([table]) => `'${table}'`).join(', ')})`,
  );
  psql(...keys.split('\n'));
  const begin = performance.now();
  for (const [table] of written) psql(`\\copy alike.${table} from '${at(table)}'`);
  return (performance.now() - begin) / 1000;
}
