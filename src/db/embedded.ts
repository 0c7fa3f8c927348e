/**
 * The embedded database: a real PostgreSQL that this process starts in its home folder, or joins
 * when another one has started it. Each process holds a shared advisory lock for as long as it is
 * present; who can have it exclusively is the last, and stops the server. The lock dies with its
 * process, so nothing has to be cleaned up after a `kill -9`: the next start joins what was left.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { FaultsError } from '../errors.ts';
import { type Cluster, prepareCluster, run, superuser } from './cluster.ts';
import { lockKey } from './locks.ts';

export interface Embedded {
  url: string;
  /** Another process had started the server. */
  joined: boolean;
  /** Leaves; the last one to leave stops the server. */
  close(): Promise<void>;
}

interface Presence {
  client: pg.Client;
  port: number;
  joined: boolean;
}

type Log = (line: string) => void;

const host = '127.0.0.1';
/** For a server that starts, recovers or stops. */
const patienceMs = 60_000;
/** Of failed starts while no other server is there: a port may be taken, once or twice. */
const mostFailures = 3;
/** Of connecting, and of an answer to a presence's short questions: a frozen server gives none. */
const answerMs = 2000;
/** Between attempts to bring back a server that was lost. */
const retryMs = 1000;

export async function openEmbedded(home: string, log: Log): Promise<Embedded> {
  try {
    return await stay(await prepareCluster(home, log), log);
  } catch (error) {
    const message = `${home}: ${(error as Error).message}; set DATABASE_URL to use a PostgreSQL of your own`;
    throw new FaultsError('The embedded database cannot be used.', [{ code: 'embedded_database', message }]);
  }
}

/** Enters, and enters again whenever the server was killed under us, until it is closed. */
async function stay(cluster: Cluster, log: Log): Promise<Embedded> {
  let closing = false;
  let presence = enter(cluster, log);
  const { client, port, joined } = await presence;
  const watch = (watched: pg.Client): void => {
    watched.once('end', async () => {
      while (!closing) {
        log('the embedded database went away');
        presence = enter(cluster, log);
        try {
          return watch((await presence).client);
        } catch (error) {
          log(`the embedded database does not start: ${(error as Error).message}`);
          await sleep(retryMs, undefined, { ref: false });
        }
      }
    });
  };
  watch(client);
  return {
    url: `postgres://${superuser}:${cluster.password}@${host}:${port}/postgres`,
    joined,
    async close() {
      closing = true;
      await presence
        .then((last) => leave(cluster, last.client, log))
        .catch((error: Error) => log(`left the embedded database: ${error.message}`));
    },
  };
}

/** Joins the running server, or starts one; of several that start at once one succeeds. */
async function enter(cluster: Cluster, log: Log): Promise<Presence> {
  let joined = true;
  let port = await lastPort(cluster);
  const deadline = Date.now() + patienceMs;
  for (let failures = 0; ; ) {
    const client = await joinServer(cluster).catch(() => undefined);
    if (client) {
      log(`${joined ? 'joined' : 'started'} the embedded database on port ${client.port}`);
      return { client, port: client.port, joined };
    }
    try {
      await startServer(cluster, port ?? (await freePort()));
      joined = false;
    } catch (error) {
      // A file that stays says that another server lives there still, or just dies.
      if (!existsSync(pidFile(cluster))) {
        failures += 1;
        port = undefined;
      }
      if (failures === mostFailures || Date.now() > deadline)
        throw await startFailure(cluster, error as Error);
      await sleep(100);
    }
  }
}

/** Connects to the port in `postmaster.pid`, and asks whoever answers there to show the same file. */
async function joinServer(cluster: Cluster): Promise<pg.Client> {
  const identity = (await readFile(pidFile(cluster), 'utf8')).split('\n').slice(0, 4);
  const { password } = cluster;
  const client = new pg.Client({
    ...{ host, port: Number(identity[3]), user: superuser, password, database: 'postgres' },
    application_name: 'govdata presence',
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
    keepAlive: true,
  });
  // Whoever waits for an answer hears of the error from there; the loss itself is told by `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${lockKey('presence')})`);
    const same = "select starts_with(pg_read_file('postmaster.pid'), $1) as ours";
    const { rows } = await client.query<{ ours: boolean }>(same, [identity.join('\n')]);
    if (!rows[0]?.ours) throw new Error('another server has taken the port');
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function leave(cluster: Cluster, client: pg.Client, log: Log): Promise<void> {
  const key = lockKey('presence');
  await client.query(`select pg_advisory_unlock_shared(${key})`);
  const { rows } = await client.query<{ last: boolean }>(`select pg_try_advisory_lock(${key}) as last`);
  if (rows[0]?.last) {
    await run(join(cluster.bin, 'pg_ctl'), ['stop', '-D', cluster.data, '-m', 'fast'], cluster.user);
    log('stopped the embedded database');
  }
  await client.end();
}

/** pg_ctl gives the server a process group of its own, which a terminal's Ctrl-C does not reach. */
async function startServer(cluster: Cluster, port: number): Promise<void> {
  const settings = [`listen_addresses=${host}`, "unix_socket_directories=''", 'log_min_messages=log'];
  const options = `-p ${port} ${settings.map((setting) => `-c ${setting}`).join(' ')}`;
  const args = ['start', '-D', cluster.data, '-l', join(cluster.folder, 'log'), '-o', options];
  await run(join(cluster.bin, 'pg_ctl'), args, cluster.user);
}

async function startFailure(cluster: Cluster, error: Error): Promise<Error> {
  const log = await readFile(join(cluster.folder, 'log'), 'utf8').catch(() => '');
  return new Error([error.message, ...log.trim().split('\n').slice(-3)].join(' ').replace(/\s+/g, ' '));
}

/** The port of the last start, so that the address stays the same for those who were connected. */
async function lastPort(cluster: Cluster): Promise<number | undefined> {
  const options = await readFile(join(cluster.data, 'postmaster.opts'), 'utf8').catch(() => '');
  const port = /"-p" "(\d+)"/.exec(options)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function pidFile(cluster: Cluster): string {
  return join(cluster.data, 'postmaster.pid');
}
