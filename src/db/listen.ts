/** Hears what is notified on a channel, over a connection of its own that is made again whenever it is lost. */
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Listening {
  /** Resolves once the connection is gone, however the server behaves. */
  close(): Promise<void>;
}

export interface ListenOptions {
  url: string;
  channel: string;
  /** Called for each notification, and for each connection that was made: what came meanwhile was told to nobody. */
  heard: () => void;
  log: (line: string) => void;
}

/** Between two attempts to connect; doubled from one to the next. */
const delayMs = { first: 100, most: 30_000 };

export function listen(options: ListenOptions): Listening {
  const listener = new Listener(options);
  const ended = listener.run();
  return {
    close() {
      listener.stop();
      return ended;
    },
  };
}

class Listener {
  readonly #options: ListenOptions;
  readonly #stopping = new AbortController();
  #socket: Socket | undefined;
  #delay = delayMs.first;

  constructor(options: ListenOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const reason = await this.#session();
      if (signal.aborted) return;
      // Of failures in a row, the first is told: a standby refuses each time, and may do so for ever.
      const isFirst = this.#delay === delayMs.first;
      if (isFirst) this.#options.log(`the database tells of no new release just now: ${reason}`);
      await sleep(this.#delay, undefined, { signal }).catch(() => undefined);
      this.#delay = Math.min(this.#delay * 2, delayMs.most);
    }
  }

  /** Not by a farewell: a server that does not answer would be waited for. */
  stop(): void {
    this.#stopping.abort();
    this.#socket?.destroy();
  }

  /** Resolves when the connection has ended, with the reason. */
  async #session(): Promise<string> {
    const { url, channel, heard } = this.#options;
    const socket = new Socket();
    this.#socket = socket;
    const client = new pg.Client({
      connectionString: url,
      stream: () => socket,
      application_name: 'govdata listener',
      connectionTimeoutMillis: 2000,
      query_timeout: 2000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    let reason = 'the connection ended';
    client.on('error', (error) => {
      reason = error.message;
    });
    client.on('notification', heard);
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.#delay = delayMs.first;
      heard();
    } catch (error) {
      reason = (error as Error).message;
      socket.destroy();
    }
    await ended;
    return reason;
  }
}
