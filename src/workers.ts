/** Several processes that serve at one address, each with a cache of its own, and the process that keeps them. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import { FaultsError } from './errors.ts';
import type { Gathering, MetricsOfWorker } from './metrics/gathering.ts';
import type { MetricsListener } from './metrics/listen.ts';
import {
  closeDatabaseMs,
  openForReaders,
  openMetrics,
  type ServeOptions,
  type Service,
  serve,
  stopGracefully,
} from './server.ts';
import { flushMs } from './tracing/tracing.ts';

/** Loaded only where metrics are read. */
const gatheringFor = async ({ metricsPort }: Config): Promise<Gathering | undefined> =>
  metricsPort === undefined ? undefined : new (await import('./metrics/gathering.ts')).Gathering();

/** Before another process takes the place of one that ended. */
const restartMs = 1000;
/** What a worker is told: to stop, as a signal would stop it; no harm if one did. */
const stop = 'stop';

/** What each worker runs. */
const commandLine = fileURLToPath(new URL(`cli${extname(import.meta.url)}`, import.meta.url));

/** Resolves once all workers listen; a signal stops them and ends the process. */
export async function serveByWorkers(
  config: Config,
  count: number,
  options: ServeOptions = {},
): Promise<Pick<Service, 'address' | 'close'>> {
  const { print = console.log, log = console.error } = options;
  const gathering = await gatheringFor(config);
  const workers = new Workers(log, gathering);
  let database: Database | undefined;
  let scrapes: MetricsListener | undefined;
  const close = async (): Promise<void> => {
    grace.uninstall();
    await scrapes?.close();
    await workers.close();
    await database?.close();
  };
  const grace = stopGracefully(config.closeGraceMs + 2 * closeDatabaseMs + flushMs, log, close);
  try {
    // It lives for as long as this process is there, whichever worker comes or goes.
    if (config.databaseUrl === undefined) database = await openForReaders(config, options);
    const address = await workers.start(count);
    if (gathering) scrapes = await openMetrics(config, log, async () => () => gathering.text());
    print(`govdata listens on ${address} (${count} workers)`);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

class Workers {
  readonly #log: (line: string) => void;
  readonly #gathering: Gathering | undefined;
  readonly #alive = new Set<Worker>();
  readonly #stopping = new AbortController();

  constructor(log: (line: string) => void, gathering: Gathering | undefined) {
    this.#log = log;
    this.#gathering = gathering;
    cluster.setupPrimary({ exec: commandLine, args: ['serve'] });
  }

  /** Resolves with the address of all; rejects if one of them does not come to listen. */
  async start(count: number): Promise<string> {
    const [address] = await Promise.all(Array.from({ length: count }, () => addressOf(this.#fork())));
    return address as string;
  }

  /** Resolves once all have ended. */
  async close(): Promise<void> {
    this.#stopping.abort();
    const ends = [...this.#alive].map((worker) => once(worker, 'exit'));
    for (const worker of this.#alive) {
      const tell = () => worker.send(stop, () => undefined);
      tell();
      // One that still starts hears nothing before it says that it listens.
      worker.once('message', tell);
    }
    await Promise.all(ends);
  }

  #fork(): Worker {
    const worker = cluster.fork();
    this.#alive.add(worker);
    this.#gathering?.follow(worker);
    worker.once('exit', () => {
      this.#alive.delete(worker);
      void this.#replace();
    });
    return worker;
  }

  /** However often: one that cannot start says why, and the others go on. */
  async #replace(): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(restartMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    this.#log('a worker ended; another takes its place');
    this.#fork();
  }
}

/** What a worker says as soon as it listens. */
async function addressOf(worker: Worker): Promise<string> {
  const ended = new AbortController();
  worker.once('exit', () => ended.abort());
  try {
    const [address] = await once(worker, 'message', { signal: ended.signal });
    return address as string;
  } catch {
    throw new FaultsError('A worker did not start; it has said why.');
  }
}

/** In a worker: says to the process that keeps it where it listens, and serves until it is told to stop. */
export async function serveAsWorker(config: Config, options: ServeOptions): Promise<void> {
  try {
    // What all have counted is read from the process that keeps them.
    const own = { ...config, metricsPort: undefined };
    const service = await serve(own, { ...options, print: () => undefined });
    const told = new Promise<void>((resolve) => {
      process.on('message', (message) => {
        if (message === stop) resolve();
      });
    });
    if (config.metricsPort !== undefined) await answerScrapes(service);
    process.send?.(service.address);
    await told;
    await service.close();
  } finally {
    // What joins it with that process would keep it alive.
    process.channel?.unref();
  }
}

/** Whatever else a worker is told is to stop. */
async function answerScrapes({ measured }: Service): Promise<void> {
  const { registryOf } = await import('./metrics/registry.ts');
  const registry = registryOf(measured);
  process.on('message', async (message) => {
    if (message === stop) return;
    // One that cannot tell goes on serving, and is missed among those that answered.
    const [told] = await Promise.allSettled([registry.getMetricsAsJSON()]);
    if (told.status === 'fulfilled') process.send?.({ metrics: told.value } satisfies MetricsOfWorker);
  });
}
