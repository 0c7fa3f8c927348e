/**
 * Places under load: four questions on the whole tree, each next to a bare Fastify route that answers as many
 * bytes, in turns. `npm run bench -- places`; see RESULTS.md.
 */
import autocannon from 'autocannon';
import { cli, markdown, median, ownHome, start } from './service.ts';

const questions = {
  'list page': '/v1/communes?limit=50',
  'lookup by code': '/v1/communes/14404?on=2024-01-01',
  search: '/v1/search?q=cuc%20phuong',
  'crosswalk page': '/v1/places/crosswalk?from=2025-06-30&to=2025-07-01&limit=50',
};
const rounds = 3;
const duration = 5;
const connections = 16;

interface Round {
  perSecond: number;
  p95: number;
}

async function load(url: string): Promise<Round> {
  const times: number[] = [];
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections,
    duration,
    setupClient: (client) => {
      client.on('response', (_status, _bytes, milliseconds) => times.push(milliseconds));
    },
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} not answered, ${errors} errors`);
  times.sort((a, b) => a - b);
  return { perSecond: requests.average, p95: times[Math.floor(times.length * 0.95)] ?? Number.NaN };
}

const { env, forget } = ownHome();
const service = await start([cli, 'serve', '--setup'], env);
const rows: string[][] = [['question', 'bytes', 'requests/s', 'bare', 'ratio', 'p95 ms', 'bare', 'ratio']];
try {
  for (const [name, path] of Object.entries(questions)) {
    const url = `${service.address}${path}`;
    const bytes = (await (await fetch(url)).arrayBuffer()).byteLength;
    const bare = await start(['--import', 'tsx', 'bench/bare.ts', String(bytes)], env);
    const ours: Round[] = [];
    const theirs: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await load(url));
      theirs.push(await load(bare.address));
    }
    await bare.stop();
    const of = (list: Round[], key: keyof Round) => median(list.map((one) => one[key]));
    const [rate, bareRate] = [of(ours, 'perSecond'), of(theirs, 'perSecond')];
    const [p95, bareP95] = [of(ours, 'p95'), of(theirs, 'p95')];
    const numbers = [rate, bareRate, rate / bareRate, p95, bareP95, p95 / bareP95];
    rows.push([name, String(bytes), ...numbers.map((one) => one.toPrecision(3))]);
  }
} finally {
  await service.stop();
  forget();
}
console.log(markdown(rows));
