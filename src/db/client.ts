/** Connections: a pool whose sessions cannot do more, or wait longer, than their role should. */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Config } from '../config.ts';
import { openEmbedded } from './embedded.ts';
import { type Listening, listen } from './listen.ts';
import { modeAtFirst } from './planning.ts';

/** Readers serve requests and cannot write; writers are commands, and take the time they need. */
export type Role = 'reader' | 'writer';

export interface ConnectOptions {
  role: Role;
  poolSize?: number;
  statementTimeoutMs?: number;
  log?: (line: string) => void;
}

export interface Database {
  pool: pg.Pool;
  orm: NodePgDatabase;
  url: string;
  embedded: boolean;
  /** On a connection beside the pool; see ListenOptions for when it is heard. */
  listen(channel: string, heard: () => void): Listening;
  close(): Promise<void>;
}

/** Opens no connection yet: the first query does. */
export function connect(url: string, options: ConnectOptions): Database {
  const { role, poolSize = 5, statementTimeoutMs = 3000, log = () => undefined } = options;
  const limits = role === 'reader' ? readerLimits(statementTimeoutMs) : writerLimits;
  const pool = new pg.Pool({
    connectionString: withSettings(url, limits.session),
    max: poolSize,
    connectionTimeoutMillis: 2000,
    keepAlive: true,
    application_name: `govdata ${role}`,
    ...limits.client,
  });
  // Without these listeners a backend that is killed would end the process: the pool's hears of idle
  // connections, the client's of those in use, whose query reports the failure by itself.
  pool.on('error', (error) => log(`a database connection was lost: ${error.message}`));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    orm: drizzle(pool),
    url,
    embedded: false,
    listen: (channel, heard) => listen({ url: withSettings(url, limits.session), channel, heard, log }),
    close: () => pool.end(),
  };
}

/** The database of the settings: on DATABASE_URL, or else the embedded one. */
export async function openDatabase(
  config: Config,
  options: { role: Role; log: (line: string) => void },
): Promise<Database> {
  const limits = { poolSize: config.poolSize, statementTimeoutMs: config.statementTimeoutMs };
  if (config.databaseUrl !== undefined) return connect(config.databaseUrl, { ...options, ...limits });
  const server = await openEmbedded(config.home, options.log);
  const database = connect(server.url, { ...options, ...limits });
  return {
    ...database,
    embedded: true,
    async close() {
      await database.close();
      await server.close();
    },
  };
}

interface Limits {
  session: Record<string, string | number>;
  client: pg.ClientConfig;
}

/** Each limit answers a fault that was tried: slow, locked, forgotten and frozen sessions. */
function readerLimits(statementTimeoutMs: number): Limits {
  return {
    session: {
      default_transaction_read_only: 'on',
      statement_timeout: statementTimeoutMs,
      lock_timeout: 2000,
      idle_in_transaction_session_timeout: 5000,
      TimeZone: 'UTC',
      // A server that compiles queries takes longer to compile the walks along changes than to run them.
      jit: 'off',
      // A plan for any release and any period is right for few: what takes 10 ms with its own plan took 330.
      plan_cache_mode: modeAtFirst,
    },
    // A frozen server does not cancel anything by itself.
    client: { query_timeout: statementTimeoutMs + 1000 },
  };
}

const writerLimits: Limits = { session: { lock_timeout: 10_000, TimeZone: 'UTC' }, client: {} };

/** Ours come last, so that options in the address cannot lift them. */
function withSettings(url: string, session: Limits['session']): string {
  const address = new URL(url);
  const ours = Object.entries(session).map(([name, value]) => `-c ${name}=${value}`);
  const theirs = address.searchParams.getAll('options');
  address.searchParams.set('options', [...theirs, ...ours].join(' '));
  return address.href;
}
