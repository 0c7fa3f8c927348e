/** The service and its peers, each in a process of its own, on one database. */
import { execFileSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { cli, farLimits, finish, type Running, start } from '../service.ts';
import type { Route } from './bare.ts';
import { settings } from './settings.ts';

const peers = fileURLToPath(new URL('../peers', import.meta.url));
const bareRoutes = join(tmpdir(), `govdata-bench-bare-${process.pid}.json`);

/** Whoever is asked by wrk logs at the end of each round that its clients are gone. */
const logFile = join(tmpdir(), `govdata-bench-${process.pid}.log`);
const log = openSync(logFile, 'a');
process.once('exit', (code) => {
  if (code !== 0) console.error(readFileSync(logFile, 'utf8').slice(-2000));
  for (const file of [bareRoutes, logFile]) rmSync(file, { force: true });
});

const caches = { own: {}, overrun: { CACHE_MB: '1' }, none: { CACHE_MB: '0' } };

/** Started with what the part of the benchmark needs, and stopped when it is over. */
export class Servers {
  readonly #running: Running[] = [];

  async #start(args: readonly string[], environment: NodeJS.ProcessEnv, node?: string): Promise<Running> {
    const running = await start(args, environment, node, log).catch((error: unknown) => {
      throw new Error(readFileSync(logFile, 'utf8').slice(-2000), { cause: error });
    });
    this.#running.push(running);
    return running;
  }

  /** With the cache that it has by itself, with one that thousands of answers overrun, or without. */
  service(
    url: string,
    { cache, more = {} }: { cache: keyof typeof caches; more?: NodeJS.ProcessEnv },
  ): Promise<Running> {
    const pool = { POOL_SIZE: String(settings.pool) };
    const ours = { PORT: '0', LOG_LEVEL: 'warn', NODE_ENV: 'production', ...pool, ...farLimits };
    return this.#start([cli, 'serve'], { ...env, ...ours, ...caches[cache], ...more, DATABASE_URL: url });
  }

  byHand(url: string): Promise<Running> {
    return this.#start(['--import', 'tsx', 'bench/speed/by-hand.ts'], peerEnv(url));
  }

  bare(routes: readonly Route[]): Promise<Running> {
    writeFileSync(bareRoutes, JSON.stringify(routes));
    return this.#start(['--import', 'tsx', 'bench/speed/bare.ts', bareRoutes], peerEnv(''));
  }

  /** On a newer Node than ours, which it asks for. */
  async postgraphile(url: string): Promise<Running> {
    const { node } = await installPeers();
    return this.#start(
      [join(peers, 'postgraphile.mjs')],
      { ...peerEnv(url), GRAPHILE_ENV: 'production' },
      node,
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((one) => one.stop()));
  }
}

const peerEnv = (url: string): NodeJS.ProcessEnv => ({
  ...env,
  NODE_ENV: 'production',
  DATABASE_URL: url,
  POOL_SIZE: String(settings.pool),
});

/** What the peers need, from npm, unless it is there. No script of theirs is run. */
export async function installPeers(): Promise<{ node: string }> {
  const node = join(peers, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (!existsSync(node)) {
    console.log('npm ci in bench/peers');
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: peers,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  if (!existsSync(node)) {
    throw new Error(
      `There is no newer Node for ${process.platform}-${process.arch} in bench/peers/package.json.`,
    );
  }
  return { node };
}

/** Of a program of ours or theirs. */
export const versionOf = async (node: string): Promise<string> =>
  (await finish(['--version'], env, node)).out.trim();
