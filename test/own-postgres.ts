/** A PostgreSQL of a test's own, to be stopped, frozen and started again. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type Cluster, prepareCluster, run, superuser, type User } from '../src/db/cluster.ts';
import { rootOpenFolder } from './db/embedded-helper.ts';
import { signalServer } from './server-processes.ts';
import { runFolder } from './test-run.ts';

export class OwnPostgres {
  readonly url: string;
  readonly port: number;
  readonly #cluster: Cluster;

  /**
   * In a new folder unless there is one, as a copy of one that is made once a run: initdb takes seconds. Stopped when the
   * test ends, frozen or not. It is not started yet.
   */
  static async prepare(t: Test, folder = rootOpenFolder(t)): Promise<OwnPostgres> {
    const made = await prepareCluster(join(runFolder, 'own'), () => undefined);
    await run('cp', ['-a', made.folder, folder]);
    const own = new OwnPostgres(await prepareCluster(folder, () => undefined), await freePort());
    t.teardown(async () => {
      own.thaw();
      await own.stop('immediate').catch(() => undefined);
    });
    return own;
  }

  private constructor(cluster: Cluster, port: number) {
    this.#cluster = cluster;
    this.port = port;
    this.url = `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/postgres`;
  }

  /** Whom its processes run as. */
  get user(): User {
    return this.#cluster.user;
  }

  /** Address of another database of it. */
  urlOf(database: string): string {
    return this.url.replace(/postgres$/, database);
  }

  /** With settings of its own, such as `max_connections=20`. */
  async start(...settings: string[]): Promise<void> {
    const fixed = ['listen_addresses=127.0.0.1', "unix_socket_directories=''", 'fsync=off'];
    const options = [...fixed, ...settings].map((setting) => `-c ${setting}`);
    const log = join(this.#cluster.folder, 'log');
    await this.#control('start', '-l', log, '-o', [`-p ${this.port}`, ...options].join(' '));
  }

  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    await this.#control('stop', '-m', mode);
  }

  /** No process of the server does anything, but its port still accepts connections. */
  freeze(): void {
    signalServer(this.#cluster.data, 'SIGSTOP');
  }

  thaw(): void {
    signalServer(this.#cluster.data, 'SIGCONT');
  }

  async #control(command: string, ...args: string[]): Promise<void> {
    const { bin, data, user } = this.#cluster;
    await run(join(bin, 'pg_ctl'), [command, '-D', data, ...args], user);
  }
}

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
