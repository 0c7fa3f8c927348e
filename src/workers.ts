/** Several processes that serve at one address, each with a cache of its own, and the process that keeps them. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import { FaultsError } from './errors.ts';
import {
  closeDatabaseMs,
  openForReaders,
  type ServeOptions,
  type Service,
  serve,
  stopGracefully,
} from './server.ts';

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
): Promise<Service> {
  const { print = console.log, log = console.error } = options;
  const workers = new Workers(log);
  let database: Database | undefined;
  const close = async (): Promise<void> => {
    grace.uninstall();
    await workers.close();
    await database?.close();
  };
  const grace = stopGracefully(config.closeGraceMs + 2 * closeDatabaseMs, log, close);
  try {
    // It lives for as long as this process is there, whichever worker comes or goes.
    if (config.databaseUrl === undefined) database = await openForReaders(config, options);
    const address = await workers.start(count);
    print(`govdata listens on ${address} (${count} workers)`);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

class Workers {
  readonly #log: (line: string) => void;
  readonly #alive = new Set<Worker>();
  readonly #stopping = new AbortController();

  constructor(log: (line: string) => void) {
    this.#log = log;
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
    const service = await serve(config, { ...options, print: () => undefined });
    // There is but one thing to be told.
    const told = once(process, 'message');
    process.send?.(service.address);
    await told;
    await service.close();
  } finally {
    // What joins it with that process would keep it alive.
    process.channel?.unref();
  }
}
