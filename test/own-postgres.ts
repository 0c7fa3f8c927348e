/** A PostgreSQL of a test's own, to be stopped, frozen and started again. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type Cluster, prepareCluster, run, superuser, type User } from '../src/db/cluster.ts';
import { rootOpenFolder } from './db/embedded-helper.ts';

export class OwnPostgres {
  readonly url: string;
  readonly port: number;
  readonly #cluster: Cluster;

  /** Stopped when the test ends, frozen or not. It is not started yet. */
  static async prepare(t: Test): Promise<OwnPostgres> {
    const own = new OwnPostgres(await prepareCluster(rootOpenFolder(t), () => undefined), await freePort());
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

  async start(): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`;
    await this.#control('start', '-l', join(this.#cluster.folder, 'log'), '-o', options);
  }

  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    await this.#control('stop', '-m', mode);
  }

  /** No process of the server does anything, but its port still accepts connections. */
  freeze(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGCONT');
  }

  #processes(): number[] {
    try {
      const postmaster = Number(
        readFileSync(join(this.#cluster.data, 'postmaster.pid'), 'utf8').split('\n')[0],
      );
      const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim();
      return [postmaster, ...children.split(' ').filter(Boolean).map(Number)];
    } catch {
      return [];
    }
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
