/**
 * `npm run test:soak`: the built program at 70 % of what it can answer, with a release every minute, for SOAK_MINUTES (20
 * unless said). It fails where memory, handles or connections grow, where an answer is 5xx, and where one mixes two releases.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import pg from 'pg';
import { openEmbedded } from '../src/db/embedded.ts';
import { cli, finish, markdown, median, ownHome, start } from './service.ts';

const seconds = Number(process.env['SOAK_MINUTES'] ?? 20) * 60;
/** Each quarter of a short run has one. */
const releaseEvery = Math.min(60, seconds / 4);
const share = 0.7;
const connections = 16;
/** Growth that is no leak: of a heap that breathes, of a pool that opens what it may. */
const allowed = { megabytes: 64, ratio: 1.25, handles: 24, connections: 5 };

/** What is asked all the time, in both mouths: pages, one record, a file. */
const figures = '/v1/observations?indicator=soak&limit=100';
const questions: autocannon.Request[] = [
  ...['/v1/provinces', '/v1/observations?limit=20', figures, '/v1/changes?limit=20', '/v1/releases'].map(
    (path) => ({ method: 'GET' as const, path }),
  ),
  { method: 'GET', path: '/v1/communes?limit=100&q=an' },
  {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ provinces(first: 10) { nodes { id name { en } } release } }' }),
  },
];

const folder = mkdtempSync(join(tmpdir(), 'govdata-soak-'));
const files = { table: join(folder, 'soak.csv'), spec: join(folder, 'soak.yml') };
const provinces = ['Ha Noi', 'Can Tho', 'Da Nang', 'Thanh Hoa', 'Nghe An', 'Ha Giang', 'Lao Cai', 'Son La'];
writeFileSync(
  files.spec,
  `dataset: {id: dataset:soak, title: {en: Soak}}
place: {column: Province}
indicators:
  - {id: indicator:soak, name: {en: Soak}, definition: {en: Soak.}, unit: persons, topic: other, direction: none, additive: true}
columns:
  - {header: '{year}', indicator: indicator:soak}
`,
);

/** Each release has its own number as every figure, so that an answer says of which releases its parts are. */
async function makeRelease(env: NodeJS.ProcessEnv, number: number): Promise<void> {
  writeFileSync(files.table, `Province,2020\n${provinces.map((name) => `${name},${number}`).join('\n')}\n`);
  await finish([cli, 'import', 'table', files.table, '--spec', files.spec], env);
}

interface Sample {
  megabytes: number;
  handles: number;
  connections: number;
}

interface Watch {
  samples: Sample[];
  asked: number;
  mixed: string[];
}

/** Every second: what the process holds, and two questions whose answers are of one release, or are mixed. */
async function watch(
  { address, pid }: { address: string; pid: number },
  database: pg.Client,
  until: AbortSignal,
): Promise<Watch> {
  const seen: Watch = { samples: [], asked: 0, mixed: [] };
  while (!until.aborted) {
    const { rows } = await database.query(
      "select count(*)::int as count from pg_stat_activity where application_name like 'govdata reader%'",
    );
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    seen.samples.push({
      megabytes: Number(resident) / 1024,
      handles: readdirSync(`/proc/${pid}/fd`).length,
      connections: rows[0].count,
    });
    for (let turn = 0; turn < 10 && !until.aborted; turn += 1) {
      for (const answer of [await askRest(address), await askGraphql(address)]) {
        seen.asked += 1;
        if (new Set(answer).size > 1) seen.mixed.push(answer.join(' '));
      }
      await sleep(80);
    }
  }
  return seen;
}

interface List {
  release: number;
  items: { value: number }[];
}

/** The release that the answer names, and that of each figure in it. */
async function askRest(address: string): Promise<number[]> {
  const { release, items } = (await (await fetch(`${address}${figures}`)).json()) as List;
  return [release, ...items.map(({ value }) => value)];
}

/** Two fields of one document are of one release, too. */
async function askGraphql(address: string): Promise<number[]> {
  const list = 'observations(indicator: "soak", first: 20) { release nodes { value } }';
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ a: ${list} provinces(first: 1) { release } b: ${list} }` }),
  });
  const { data } = (await response.json()) as {
    data: Record<'a' | 'b', { release: number; nodes: { value: number }[] }> & {
      provinces: { release: number };
    };
  };
  const parts = [data.a, data.b].flatMap(({ release, nodes }) => [
    release,
    ...nodes.map(({ value }) => value),
  ]);
  return [data.provinces.release, ...parts];
}

/** autocannon's own promise has no `finally`. */
const load = async (url: string, duration: number, overallRate?: number) =>
  await autocannon({
    url,
    connections,
    duration: Math.ceil(duration),
    requests: questions,
    ...(overallRate === undefined ? {} : { overallRate }),
  });

const { env: own, forget } = ownHome();
const env = { ...own, CACHE_MB: '32' };
const service = await start([cli, 'serve', '--setup'], env);
const embedded = await openEmbedded(String(own['GOVDATA_HOME']), () => undefined);
const database = new pg.Client(embedded.url);
await database.connect();
let failed = true;
const end = new AbortController();
try {
  let release = 2;
  await makeRelease(env, release);
  const capacity = (await load(service.address, Math.min(20, seconds / 4))).requests.average;
  // autocannon takes no rate below one request a connection.
  const rate = Math.max(connections, Math.round(capacity * share));
  const running = Promise.all([
    load(service.address, seconds, rate).finally(() => end.abort()),
    watch(service, database, end.signal),
  ]);
  running.catch(() => end.abort());
  for (const begin = performance.now(); !end.signal.aborted; ) {
    release += 1;
    await makeRelease(env, release);
    const next = begin + (release - 2) * releaseEvery * 1000;
    await sleep(Math.max(0, next - performance.now()), undefined, { signal: end.signal }).catch(
      () => undefined,
    );
  }
  const [result, seen] = await running;
  const quarter = Math.max(1, Math.floor(seen.samples.length / 4));
  const of = (member: keyof Sample, list: readonly Sample[]) => median(list.map((one) => one[member]));
  // The first quarter is that of warming up.
  const [first, last] = [seen.samples.slice(quarter, 2 * quarter), seen.samples.slice(-quarter)];
  const grown = (member: keyof Sample) => of(member, last) - of(member, first);
  const faults = [
    ...(result['5xx'] > 0 ? [`${result['5xx']} answers were 5xx`] : []),
    ...(result.errors > 0 ? [`${result.errors} requests failed`] : []),
    ...(seen.mixed.length > 0 ? [`${seen.mixed.length} answers mix releases, such as ${seen.mixed[0]}`] : []),
    ...(grown('megabytes') > allowed.megabytes &&
    of('megabytes', last) > of('megabytes', first) * allowed.ratio
      ? ['memory grew']
      : []),
    ...(['handles', 'connections'] as const)
      .filter((member) => grown(member) > allowed[member])
      .map((member) => `${member} grew`),
  ];
  const startAndEnd = (member: keyof Sample) =>
    `${Math.round(of(member, first))} → ${Math.round(of(member, last))}`;
  console.log(
    markdown([
      ['soak', ''],
      ['minutes', seconds / 60],
      ['capacity, requests/s', Math.round(capacity)],
      ['asked at, requests/s', rate],
      ['requests', result.requests.total],
      ['releases', release - 1],
      ['5xx', result['5xx']],
      ['failed requests', result.errors],
      ['answers looked through for two releases', seen.asked],
      ['of two releases', seen.mixed.length],
      ['99th percentile, ms', result.latency.p99],
      ['memory, MiB', startAndEnd('megabytes')],
      ['handles', startAndEnd('handles')],
      ['connections', startAndEnd('connections')],
    ]),
  );
  for (const one of faults) console.error(one);
  failed = faults.length > 0;
} finally {
  end.abort();
  await database.end();
  await service.stop();
  await embedded.close();
  forget();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
