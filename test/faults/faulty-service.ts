/** A service on a PostgreSQL that is about to be broken, and clients that do not stop asking meanwhile. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { connect } from '../../src/db/client.ts';
import { migrate } from '../../src/db/migrate.ts';
import { seed } from '../../src/import/seed.ts';
import { serve } from '../../src/server.ts';
import { OwnPostgres } from '../own-postgres.ts';
import { seedsOf } from '../service.ts';
import { asked, contentOf, lostOf } from './content.ts';
import { type Ledger, milliseconds } from './ledger.ts';

/** `200`, `200, stale`, `503`. */
type Word = string;

interface Seen {
  word: Word;
  begun: number;
  ms: number;
}

export interface Service {
  postgres: OwnPostgres;
  url: string;
  address: string;
  log: string[];
  poolSize: number;
}

/** Those that run on a server: nobody else has sessions there. */
const running = new WeakMap<OwnPostgres, Set<Service>>();

/** Migrated and seeded with the tiny country. */
export async function seededPostgres(
  t: Test,
  prepared?: OwnPostgres,
  ...settings: string[]
): Promise<OwnPostgres> {
  const postgres = prepared ?? (await OwnPostgres.prepare(t));
  await postgres.start(...settings);
  const writer = connect(postgres.url, { role: 'writer' });
  await migrate(writer.pool);
  await seed(writer, { folder: seedsOf.fixture });
  await writer.close();
  return postgres;
}

/** A service in this process on the database of an address, which may be on its way through something else. */
export async function serviceOn(
  t: Test,
  postgres: OwnPostgres,
  { url = postgres.url, settings = {} }: { url?: string; settings?: Record<string, string> } = {},
): Promise<Service> {
  const log: string[] = [];
  const config = loadConfig({ PORT: '0', LOG_LEVEL: 'silent', DATABASE_URL: url, ...settings });
  const { address, close } = await serve(config, { print: () => undefined, log: (line) => log.push(line) });
  const service = { postgres, url, address, log, poolSize: config.poolSize };
  const others = running.get(postgres) ?? new Set();
  running.set(postgres, others.add(service));
  t.teardown(async () => {
    await close();
    others.delete(service);
  });
  return service;
}

let asker = 0;
export const known = '/v1/provinces';
/** Nobody has asked it before. */
export const unheardOf = (): string => `/v1/observations?limit=3&from=${1000 + ++asker}-01-01`;

async function ask(address: string, path: string): Promise<Seen> {
  const begun = performance.now();
  const response = await fetch(`${address}${path}`);
  await response.text();
  const isStale = response.headers.get('cache-status')?.startsWith('govdata; hit; ttl=-') === true;
  const isTold = response.status !== 503 || response.headers.get('retry-after') === '2';
  const word = `${response.status}${isStale ? ', stale' : ''}${isTold ? '' : ' without Retry-After'}`;
  return { word, begun, ms: performance.now() - begun };
}

/** Two clients: one asks for what is kept, the other always for something else. */
class Clients {
  readonly known: Seen[] = [];
  readonly other: Seen[] = [];
  #isOver = false;
  readonly #running: Promise<unknown>;

  constructor({ address }: Service) {
    const run = async (seen: Seen[], path: () => string): Promise<void> => {
      while (!this.#isOver) {
        seen.push(await ask(address, path()));
        await sleep(10);
      }
    };
    this.#running = Promise.all([run(this.known, () => known), run(this.other, unheardOf)]);
  }

  async sees(when: () => boolean): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!when()) {
      if (performance.now() > deadline) throw new Error(`in vain: ${JSON.stringify(this.words())}`);
      await sleep(5);
    }
  }

  words(): { known: Word[]; other: Word[] } {
    const of = (seen: Seen[]) => [...new Set(seen.map(({ word }) => word))].sort();
    return { known: of(this.known), other: of(this.other) };
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }
}

export interface Fault {
  name: string;
  /** Begins it. */
  strike: () => unknown;
  /** Ends it; nothing where it is over by itself. */
  mend?: () => unknown;
  /** What both clients are told while it lasts; 200 and stale answers before and after apart. */
  known: Word;
  other: Word;
  /** Milliseconds in which everybody is answered, and in which all is as before once it is over. */
  within: number;
  recovers?: number;
  /** It begins with a write: what is lost is counted from there. */
  writes?: true;
  /** What holds besides while it lasts, when the clients have been told what they are. */
  holds?: () => unknown;
}

/** Breaks it while clients ask, and mends it. What they were told, and when, goes into the ledger. */
export async function suffer(t: Test, service: Service, ledger: Ledger, fault: Fault): Promise<void> {
  const { name, strike, mend = () => undefined, within, recovers = 2000, holds = () => undefined } = fault;
  const isSeen = (seen: Seen[], word: Word) => seen.some((one) => one.word === word);
  let before = await contentOf(service.postgres.url);
  const clients = new Clients(service);
  await clients.sees(() => isSeen(clients.known, '200') && isSeen(clients.other, '200'));
  let mended = 0;
  try {
    await strike();
    if (fault.writes) before = await contentOf(service.postgres.url);
    await clients.sees(() => isSeen(clients.known, fault.known) && isSeen(clients.other, fault.other));
    await holds();
  } finally {
    await mend();
    mended = performance.now();
    const isBack = (seen: Seen[]) => seen.some(({ word, begun }) => word === '200' && begun >= mended);
    await clients.sees(() => isBack(clients.known) && isBack(clients.other)).finally(() => clients.end());
  }
  const recovered = Math.max(...[clients.known, clients.other].map((seen) => backAfter(seen, mended)));
  const longest = Math.max(...[...clients.known, ...clients.other].map(({ ms }) => ms));
  const lost = lostOf(before, await contentOf(service.postgres.url));

  // What is read just before it is known again what the current release is, is marked, too.
  const allowed = (word: Word): Word[] => ['200', '200, stale', word];
  t.strictSame(
    [
      clients.known.filter(({ word }) => !allowed(fault.known).includes(word)),
      clients.other.filter(({ word }) => !allowed(fault.other).includes(word)),
    ],
    [[], []],
    name,
  );
  t.ok(longest < within, `answered within ${longest} ms`);
  t.ok(recovered < recovers, `recovered in ${recovered} ms`);
  t.equal(lost, 0, 'no fact is lost');
  await nothingLeaks(t, service);
  ledger.add(name, fault.known, fault.other, milliseconds(longest), milliseconds(recovered), lost);
}

/** Milliseconds until an answer had come that was as all are. */
function backAfter(seen: Seen[], mended: number): number {
  const back = seen.find(({ word, begun }) => word === '200' && begun >= mended);
  return back === undefined ? Number.POSITIVE_INFINITY : back.begun + back.ms - mended;
}

/** The pools and what listens, and none of them busy; also those that only this side, or only the other, believes in. */
async function nothingLeaks(t: Test, { postgres, url, poolSize }: Service): Promise<void> {
  const services = [...(running.get(postgres) ?? [])];
  const most: Record<string, number> = {
    'govdata listener': services.length,
    'govdata reader': services.reduce((sum, one) => sum + one.poolSize, 0),
  };
  const port = Number(new URL(url).port);
  const here = services.filter((one) => new URL(one.url).port === `${port}`);
  const mostHere = here.reduce((sum, one) => sum + one.poolSize + 1, 0);
  const sessions = () =>
    asked<{ name: string; count: number; busy: number }>(
      postgres.url,
      `select application_name as name, count(*)::int as count, (count(*) filter (where state <> 'idle'))::int as busy
       from pg_stat_activity where application_name in ('govdata reader', 'govdata listener') group by 1 order by 1`,
    );
  const isClean = async () =>
    (await sessions()).every(({ name, count, busy }) => busy === 0 && count <= Number(most[name])) &&
    socketsTo(port) <= mostHere;
  const deadline = performance.now() + 3000;
  while (!(await isClean()) && performance.now() < deadline) await sleep(50);
  t.ok(
    await isClean(),
    `no connection of ${poolSize} and one is left over: ${JSON.stringify(await sessions())}`,
  );
}

/** Connections of this machine to a port of it, whatever state they are in but for waiting to be forgotten. */
function socketsTo(port: number): number {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , address = '', state = '06']) => address.endsWith(remote) && state !== '06').length;
}
