/**
 * What it costs to ask for an earlier state: questions on a million observations as of an early, a middle and the last
 * release, each next to the current read of the same question, in turns. `npm run bench -- releases`; see RESULTS.md.
 */
import autocannon from 'autocannon';
import { onMillion } from './databases.ts';
import { dayOf, firstYear, lastRelease } from './figures.ts';
import { cli, markdown, median, type Running, start } from './service.ts';

const rounds = 3;
const duration = 2;
const [early, middle] = [3, 6];
/** The first is the baseline. */
const clocks = {
  now: '',
  early: `release=${early}`,
  middle: `asOf=${dayOf(middle)}`,
  last: `release=${lastRelease}`,
};
type Clock = keyof typeof clocks;

interface Question {
  name: string;
  path: string;
  /** Instead of the first page, the one after this key. */
  after?: (key: string) => string;
}

/** Those that have an answer in every one of the releases. */
function questionsAbout(id: string, indicator: string): Question[] {
  const ofIndicator = `/v1/observations?indicator=${indicator}&from=${firstYear}-01-01&to=${firstYear + 1}-12-31`;
  const halfWay = () => 'observation:bench-15000';
  return [
    { name: 'one observation', path: `/v1/observations/${id}` },
    { name: 'of a place', path: '/v1/observations?place=province:37' },
    { name: 'within a province', path: '/v1/observations?within=province:37' },
    { name: 'of an indicator in two years', path: ofIndicator },
    { name: 'of an indicator, a deep page', path: ofIndicator, after: halfWay },
    { name: 'all', path: '/v1/observations' },
    { name: 'all, a deep page', path: '/v1/observations', after: halfWay },
    { name: 'changes since 1', path: '/v1/changes?since=1' },
    {
      name: 'changes in the middle',
      path: '/v1/changes?since=1',
      after: (key) => `${key.split(' ')[0]} ${halfWay()}`,
    },
    { name: 'fact', path: `/v1/facts/${id}` },
  ];
}

async function get(url: string) {
  const begin = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  const milliseconds = performance.now() - begin;
  if (response.status !== 200) throw new Error(`${url}: ${response.status} ${text}`);
  return { body: JSON.parse(text), bytes: Buffer.byteLength(text), milliseconds };
}

const withArgument = (url: string, argument: string): string =>
  argument === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${argument}`;

/** The address of a question; where it is deep within a list, by a cursor that is moved there. */
async function addressOf({ address }: Running, { path, after }: Question, clock: Clock): Promise<string> {
  const url = withArgument(`${address}${path}`, clocks[clock]);
  if (after === undefined) return url;
  const { next } = (await get(url)).body;
  const position = JSON.parse(Buffer.from(next, 'base64url').toString());
  const moved = [...position.slice(0, -1), after(position.at(-1))];
  return withArgument(url, `after=${Buffer.from(JSON.stringify(moved)).toString('base64url')}`);
}

interface Round {
  p50: number;
  p99: number;
}

/** One connection: what one who asks waits for. */
async function load(url: string): Promise<Round> {
  const times: number[] = [];
  const { non2xx, errors } = await autocannon({
    url,
    connections: 1,
    duration,
    setupClient: (client) => {
      client.on('response', (_status, _bytes, milliseconds) => times.push(milliseconds));
    },
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} not answered, ${errors} errors`);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** A row of the table: what is asked for the first time, then the baseline, then the ratios to it. */
async function measure(service: Running, question: Question): Promise<string[]> {
  const names = Object.keys(clocks) as Clock[];
  const first = await get(await addressOf(service, question, 'now'));
  const runs = new Map<Clock, Round[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) runs.get(name)?.push(await load(await addressOf(service, question, name)));
  }
  const of = (name: Clock, key: keyof Round) => median((runs.get(name) ?? []).map((one) => one[key]));
  const ratios = names.slice(1).map((name) => {
    const ratio = (key: keyof Round) => (of(name, key) / of('now', key)).toFixed(2);
    return `${ratio('p50')}, ${ratio('p99')}`;
  });
  const figures = [first.milliseconds, of('now', 'p50'), of('now', 'p99')].map((one) => one.toPrecision(3));
  return [question.name, String(first.bytes), ...figures, ...ratios];
}

/** A question that takes longer than the service lets it has no figures, and hinders no other. */
function withoutAnswer({ name }: Question, error: Error): string[] {
  if (!/: 503 /.test(error.message)) throw error;
  return [name, '', 'no answer'];
}

await onMillion(async ({ env }) => {
  const service = await start([cli, 'serve'], env);
  try {
    const idle = service.peak();
    const path = `/v1/observations?place=province:37&from=${firstYear}-01-01&to=${firstYear}-12-31&release=${early}`;
    const [one] = (await get(`${service.address}${path}`)).body.items;
    const head = ['question', 'bytes', 'first, ms', 'now p50, ms', 'p99'];
    const rows = [[...head, `release ${early}`, `as of release ${middle}`, `release ${lastRelease}`]];
    for (const question of questionsAbout(one.id, one.indicator.code)) {
      rows.push(await measure(service, question).catch((error: Error) => withoutAnswer(question, error)));
    }
    console.log(markdown(rows));
    console.log(
      `\nPeak memory of the service: ${idle.toFixed(0)} MiB idle, ${service.peak().toFixed(0)} MiB`,
    );
  } finally {
    await service.stop();
  }
});
