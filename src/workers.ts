/** Several processes that serve at one address, each with a cache of its own, and the process that keeps them. */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
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
/** What a worker is told: to stop as a signal would stop it, and no harm if one did. */
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
  // It lives for as long as this process is there, whichever worker comes or goes.
  const database = config.databaseUrl === undefined ? await openForReaders(config, options) : undefined;
  const close = async (): Promise<void> => {
    grace.uninstall();
    await workers.close();
    await database?.close();
  };
  const grace = stopGracefully(config.closeGraceMs + 2 * closeDatabaseMs, log, close);
  try {
    const { address, port } = await workers.start(count);
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
    print(`govdata listens on ${url} (${count} workers)`);
    return { address: url, close };
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

  /** Resolves with what all listen on; rejects if one of them does not come to that. */
  async start(count: number): Promise<AddressInfo> {
    const started = Array.from({ length: count }, () => this.#fork());
    const [address] = await Promise.all(started.map(listening));
    for (const worker of started) worker.once('exit', () => this.#replace());
    return address as AddressInfo;
  }

  /** Resolves once all have ended. */
  async close(): Promise<void> {
    this.#stopping.abort();
    const ends = [...this.#alive].map((worker) => once(worker, 'exit'));
    for (const worker of this.#alive) worker.send(stop, () => undefined);
    await Promise.all(ends);
  }

  #fork(): Worker {
    const worker = cluster.fork();
    this.#alive.add(worker);
    worker.once('exit', () => this.#alive.delete(worker));
    return worker;
  }

  /** However often: one that cannot start says why, and the others go on. */
  async #replace(): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    this.#log('a worker ended; another takes its place');
    await sleep(restartMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) this.#fork().once('exit', () => this.#replace());
  }
}

async function listening(worker: Worker): Promise<AddressInfo> {
  const ended = new AbortController();
  worker.once('exit', () => ended.abort());
  try {
    const [address] = await once(worker, 'listening', { signal: ended.signal });
    return address as AddressInfo;
  } catch {
    throw new FaultsError('A worker did not start; it has said why.');
  }
}

/** In a worker: serves until it is told to stop. The process that keeps it says where all of them listen. */
export async function serveAsWorker(config: Config, options: ServeOptions): Promise<void> {
  // What joins it with that process would keep it alive.
  const leave = (): void => process.channel?.unref();
  try {
    const service = await serve(config, { ...options, print: () => undefined });
    // There is but one thing to be told.
    process.once('message', async () => {
      await service.close();
      leave();
    });
  } catch (error) {
    leave();
    throw error;
  }
}
