/** Clients of the subscriptions: graphql-ws, as frontends use it, and bare sockets, for what it would never send. */
import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { type Client, createClient, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type pg from 'pg';
import type { Test } from 'tap';
import { type ClientOptions, WebSocket } from 'ws';

export const selection =
  'number note hash createdAt counts { added revised corrected withdrawn } byType { type added }';
export const subscription = `subscription ($since: Int) { releasePublished(since: $since) { ${selection} } }`;

export interface Event {
  data?: Record<string, unknown> | null;
  errors?: readonly object[];
}

export async function listening(app: FastifyInstance): Promise<string> {
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return `${address.replace('http', 'ws')}/graphql`;
}

/** Never tries again by itself, so that a test sees each failure. */
export function clientOf(t: Test, url: string): Client {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  t.teardown(() => client.dispose());
  return client;
}

/** What the client is told, one by one; a failure is thrown. */
export function subscribe(
  client: Client,
  variables: Record<string, unknown> = {},
  query = subscription,
): AsyncIterableIterator<Event> {
  return client.iterate({ query, variables }) as AsyncIterableIterator<Event>;
}

/** Resolves when as many connections listen at the database of the pool. */
export async function listeners(pool: pg.Pool, count: number): Promise<void> {
  const asked = `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'govdata listener' and query like 'listen%'`;
  while ((await pool.query(asked)).rows[0].count !== count) await pool.query('select pg_sleep(0.02)');
}

export interface Closed {
  code: number;
  reason: string;
}

/** A socket that says what it is told to. */
export class Bare {
  readonly socket: WebSocket;
  readonly closed: Promise<Closed>;
  readonly #messages: string[] = [];

  static async open(t: Test, url: string, protocol = GRAPHQL_TRANSPORT_WS_PROTOCOL, options = {}) {
    const bare = new Bare(t, url, [protocol].flat(), options);
    await once(bare.socket, 'open');
    return bare;
  }

  /** A connection that may subscribe. */
  static async ready(t: Test, url: string): Promise<Bare> {
    const bare = await Bare.open(t, url);
    bare.say({ type: 'connection_init' });
    await bare.hears('connection_ack');
    return bare;
  }

  constructor(t: Test, url: string, protocols: string[], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.#messages.push(String(data)));
    // `once` would fail for an error that comes before.
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    t.teardown(() => this.socket.terminate());
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query = subscription, variables: object = {}): void {
    this.say({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message, which must be of this type. */
  async hears(type: string): Promise<Record<string, unknown>> {
    while (this.#messages.length === 0) await once(this.socket, 'message');
    const message = JSON.parse(`${this.#messages.shift()}`);
    if (message.type !== type) throw new Error(`told ${JSON.stringify(message)} instead of ${type}`);
    return message;
  }
}
