/**
 * A million observations as CSV and as NDJSON, next to `psql` with `COPY … TO STDOUT` of the same query as CSV, in turns.
 * `npm run bench -- export`; see RESULTS.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { observations as source } from '../src/queries/observations.ts';
import { bytewise, partsOf, selectList } from '../src/queries/sql.ts';
import { lastRelease } from './million.ts';
import { onMillion } from './million-database.ts';
import { cli, markdown, median, start } from './service.ts';

const rounds = 3;

interface Export {
  rows: number;
  bytes: number;
  seconds: number;
  firstMs: number;
  /** Of the service, in MiB. */
  peak: number;
}

/** What the file is made of, each member of an observation a column. */
function query(): string {
  const scope = { release: lastRelease, today: '2026-11-25' };
  const [text, params] = partsOf(
    sql`select ${selectList(source.columns(scope))} from ${source.table} where ${source.live(scope)} order by ${bytewise(source.order)}`,
  );
  // COPY takes no parameters; these are numbers, and text without quotes.
  return text.replace(/\$(\d+)/g, (_, number: string) => {
    const value = params[Number(number) - 1];
    return typeof value === 'number' ? String(value) : `'${value}'`;
  });
}

async function lengthOf(stream: AsyncIterable<Uint8Array>): Promise<Pick<Export, 'rows' | 'bytes'>> {
  let [rows, bytes] = [0, 0];
  for await (const piece of stream) {
    bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows += 1;
  }
  return { rows, bytes };
}

async function copy(url: string): Promise<Export> {
  const begin = performance.now();
  // As the sessions of the service have it.
  const command = ['-qAtX', '-c', 'set jit = off', '-c', `copy (${query()}) to stdout (format csv)`];
  const psql = spawn('psql', [url, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(psql, 'exit');
  const firstMs = once(psql.stdout, 'readable').then(() => performance.now() - begin);
  await firstMs;
  const length = await lengthOf(psql.stdout);
  const [code] = await ended;
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return { ...length, seconds: (performance.now() - begin) / 1000, firstMs: await firstMs, peak: Number.NaN };
}

/** By a service that was started for it, so that its peak is that of one file. */
async function download(env: NodeJS.ProcessEnv, suffix: string): Promise<Export> {
  const service = await start([cli, 'serve'], env);
  try {
    await fetch(`${service.address}/v1/observations?limit=1`);
    const begin = performance.now();
    const response = await fetch(`${service.address}/v1/observations.${suffix}`);
    if (response.status !== 200 || response.body === null) throw new Error(`${suffix}: ${response.status}`);
    const reader = response.body.getReader();
    const first = await reader.read();
    const firstMs = performance.now() - begin;
    const all = (async function* () {
      for (let part = first; part.value !== undefined; part = await reader.read()) yield part.value;
    })();
    const length = await lengthOf(all);
    return { ...length, seconds: (performance.now() - begin) / 1000, firstMs, peak: service.peak() };
  } finally {
    await service.stop();
  }
}

await onMillion(async ({ url, env }) => {
  const ways: Record<string, () => Promise<Export>> = {
    'psql COPY': () => copy(url),
    CSV: () => download(env, 'csv'),
    NDJSON: () => download(env, 'ndjson'),
  };
  const runs = new Map<string, Export[]>(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, way] of Object.entries(ways)) runs.get(name)?.push(await way());
  }
  const of = (name: string, value: (one: Export) => number) => median((runs.get(name) ?? []).map(value));
  const rate = (name: string) => of(name, ({ rows, seconds }) => rows / seconds);
  const table = [...runs.keys()].map((name) => [
    name,
    ...[of(name, ({ rows }) => rows), of(name, ({ bytes }) => Math.round(bytes / 2 ** 20))],
    ...[rate(name).toFixed(0), (rate(name) / rate('psql COPY')).toFixed(2)],
    ...[of(name, ({ firstMs }) => firstMs).toFixed(0), of(name, ({ peak }) => peak).toFixed(0)],
  ]);
  const head = ['way', 'lines', 'MiB', 'lines/s', 'ratio to COPY', 'first byte, ms', 'peak memory, MiB'];
  console.log(markdown([head, ...table]));
});
