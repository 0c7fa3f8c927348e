/**
 * A million observations as CSV and as NDJSON, next to `psql` with `COPY … TO STDOUT` of the same query as CSV, in turns.
 * `npm run bench -- export`; see RESULTS.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { observations as source } from '../src/queries/observations.ts';
import { bytewise, partsOf, selectList } from '../src/queries/sql.ts';
import { onMillion } from './databases.ts';
import { lastRelease } from './figures.ts';
import { cli, markdown, median, start } from './service.ts';

const rounds = 3;

interface Export {
  rows: number;
  bytes: number;
  seconds: number;
  /** Until the first byte, and until that of the same file when the process has made one before. */
  firstMs: number;
  nextFirstMs: number;
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

/** Empty for what a way does not have. */
const whole = (value: number): string => (Number.isNaN(value) ? '' : value.toFixed(0));

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
  const seconds = (performance.now() - begin) / 1000;
  return { ...length, seconds, firstMs: await firstMs, nextFirstMs: Number.NaN, peak: Number.NaN };
}

async function firstOf(address: string) {
  const begin = performance.now();
  // COPY packs nothing, either.
  const response = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
  if (response.status !== 200 || response.body === null) throw new Error(`${address}: ${response.status}`);
  const reader = response.body.getReader();
  const first = await reader.read();
  return { reader, first, firstMs: performance.now() - begin };
}

/** By a service that was started for it, so that its peak is that of one file. */
async function download(env: NodeJS.ProcessEnv, suffix: string): Promise<Export> {
  const service = await start([cli, 'serve'], env);
  try {
    await fetch(`${service.address}/v1/observations?limit=1`);
    const address = `${service.address}/v1/observations.${suffix}`;
    const begin = performance.now();
    const { first, firstMs, reader } = await firstOf(address);
    const all = (async function* () {
      for (let part = first; part.value !== undefined; part = await reader.read()) yield part.value;
    })();
    const length = await lengthOf(all);
    const seconds = (performance.now() - begin) / 1000;
    const next = await firstOf(address);
    await next.reader.cancel();
    return { ...length, seconds, firstMs, nextFirstMs: next.firstMs, peak: service.peak() };
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
    ...[of(name, ({ firstMs }) => firstMs), of(name, ({ nextFirstMs }) => nextFirstMs)].map(whole),
    whole(of(name, ({ peak }) => peak)),
  ]);
  const head = [
    'way',
    'lines',
    'MiB',
    'lines/s',
    'ratio to COPY',
    'first byte, ms',
    'of the next file',
    'peak memory, MiB',
  ];
  console.log(markdown([head, ...table]));
});
