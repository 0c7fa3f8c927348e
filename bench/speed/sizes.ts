/** What each operation takes among more and more observations: p50 at one connection, beside the smallest size, in turns. */
import { median } from '../service.ts';
import { ask } from './answers.ts';
import { type Data, databaseOf, withClient } from './data.ts';
import { type Asked, get, load, writeRequests } from './load.ts';
import { operationsAbout, type Sample } from './operations.ts';
import type { Part, Section } from './parts.ts';
import { Servers } from './servers.ts';
import { settings } from './settings.ts';

/** The goal, of p50 to that of the smallest size. */
const allowed = 1.2;

/** Beside the operations: lists as they grow. `total` of the first two is not exact beyond a hundred thousand. */
const lists = ({ indicator }: Sample): Record<string, Asked> => ({
  'observations, all': get('/v1/observations'),
  'observations of an indicator': get(`/v1/observations?indicator=${indicator}`),
  'observations, by release': get('/v1/observations?release=6'),
  'observations within a province': get('/v1/observations?within=province:37'),
});

interface Sized {
  data: Data;
  address: string;
  files: Map<string, { file: string; bytes: number }>;
}

export async function sizes({ server }: Part): Promise<Section> {
  const databases: Data[] = [];
  for (const size of settings.sizes) databases.push(await databaseOf(server, size));
  const servers = new Servers();
  try {
    const sample = await sampleOf(databases[0]?.url ?? '');
    const asked = Object.entries({ ...operationsAbout(sample), ...lists(sample) });
    const sized: Sized[] = [];
    for (const data of databases) {
      const { address } = await servers.service(data.url, { cache: 'none' });
      const files = new Map<string, { file: string; bytes: number }>();
      for (const [name, one] of asked) {
        const bytes = await lengthOf(address, one);
        if (bytes !== undefined) files.set(name, { file: writeRequests([one]), bytes });
      }
      sized.push({ data, address, files });
    }
    const raw: Record<string, One> = {};
    for (const one of asked) raw[one[0]] = await measureOne(one, sized);
    return sectionOf(sized, raw);
  } finally {
    await servers.stop();
  }
}

/** Undefined where there is no answer: it took longer than the service lets it, the second time, too. */
async function lengthOf(address: string, asked: Asked, isSecond = false): Promise<number | undefined> {
  try {
    return (await (await ask(address, asked)).arrayBuffer()).byteLength;
  } catch (error) {
    if (!isSecond) return lengthOf(address, asked, true);
    console.error(`${(error as Error).message}`);
    return undefined;
  }
}

/** What takes longer than a round. */
async function onceOf(address: string, asked: Asked): Promise<{ p50: number; p99: number }> {
  const begin = performance.now();
  await lengthOf(address, asked);
  const milliseconds = performance.now() - begin;
  return { p50: milliseconds, p99: milliseconds };
}

/** A figure that the smallest size has, so all have. */
const sampleOf = (url: string): Promise<Sample> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<Sample>(
      `select v.place_id as place, substr(o.indicator_id, 11) as indicator, o.id as observation
       from observations o join place_versions v on v.id = o.place_version_id and v.until_release is null
       where o.dataset_id is not null and o.until_release is null and v.level = 'district'
       order by o.id collate "C" limit 1`,
    );
    const [sample] = rows;
    if (sample === undefined) throw new Error(`${url} has no synthetic observations`);
    return sample;
  });

interface One {
  bytes: number[];
  /** Medians of rounds, ms, by size. */
  p50: number[];
  p99: number[];
}

async function measureOne([name, asked]: [string, Asked], sized: readonly Sized[]): Promise<One> {
  const rounds: { p50: number; p99: number }[][] = sized.map(() => []);
  // There are many operations, and one connection has many short answers in a second.
  const seconds = Math.max(1, Math.floor(settings.seconds / 6));
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const [index, { address, files }] of sized.entries()) {
      const { file } = files.get(name) ?? {};
      if (file === undefined) continue;
      const answered = await load({ address, file, seconds, connections: 1 });
      if (answered.errors > 0) throw new Error(`${name}: ${answered.errors} errors`);
      rounds[index]?.push(answered.requests > 0 ? answered : await onceOf(address, asked));
    }
  }
  const of = (key: 'p50' | 'p99') => rounds.map((list) => median(list.map((one) => one[key])));
  return { bytes: sized.map(({ files }) => files.get(name)?.bytes ?? 0), p50: of('p50'), p99: of('p99') };
}

function sectionOf(sized: readonly Sized[], raw: Record<string, One>): Section {
  const counts = sized.map(({ data }) => data.observations.toLocaleString('en'));
  const head = ['operation', 'bytes', ...counts.map((count) => `p50 ms of ${count}`)];
  const ratios = counts.slice(1).map((count) => `ratio of ${count}`);
  const over = Object.entries(raw).filter(([, { p50 }]) =>
    p50.some((one) => !(one / Number(p50[0]) <= allowed)),
  );
  const databases = sized.map(({ data }) => {
    const loaded = data.seconds === undefined ? '' : `, loaded in ${data.seconds.toFixed(0)} s`;
    return `${data.observations.toLocaleString('en')} observations ${data.mebibytes} MiB${loaded}`;
  });
  return {
    title: 'From few observations to many',
    text: `Every operation once, at one connection, \`CACHE_MB=0\`; where answers differ in size, both are told. Databases: ${databases.join('; ')}. The goal is at most ${allowed} of the smallest: ${over.length} of ${Object.keys(raw).length} take more${over.length === 0 ? '' : ` (${over.map(([name]) => name).join(', ')})`}.`,
    rows: [
      [...head, ...ratios],
      ...Object.entries(raw).map(([name, { bytes, p50 }]) => [
        name,
        [...new Set(bytes)].join(', '),
        ...p50.map((one) => (Number.isNaN(one) ? 'no answer' : one.toPrecision(3))),
        ...p50.slice(1).map((one) => (Number.isNaN(one) ? '' : (one / Number(p50[0])).toFixed(2))),
      ]),
    ],
    raw,
  };
}
