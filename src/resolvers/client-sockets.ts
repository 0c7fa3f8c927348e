/** How many WebSocket connections each client has, so that one cannot take all that there may be. */
import type { IncomingMessage } from 'node:http';
import { PublicError } from '../errors.ts';

export interface ClientSocketsOptions {
  /** Names the client that a request is of. */
  clientOf: (request: IncomingMessage) => string;
  /** Connections that a client may have. */
  most: number;
}

export class ClientSockets {
  readonly #options: ClientSocketsOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: ClientSocketsOptions) {
    this.#options = options;
  }

  /** Counts one more until its connection is closed. Throws `too_many_requests` where the client has as many as it may. */
  take(request: IncomingMessage): void {
    const client = this.#options.clientOf(request);
    const count = this.#counts.get(client) ?? 0;
    if (count >= this.#options.most) {
      const message = `The address has ${count} WebSocket connections, and may have no more.`;
      throw new PublicError('too_many_requests', message, { retryAfter: 5 });
    }
    this.#counts.set(client, count + 1);
    request.socket.once('close', () => this.#leave(client));
  }

  #leave(client: string): void {
    const left = Number(this.#counts.get(client)) - 1;
    if (left === 0) this.#counts.delete(client);
    else this.#counts.set(client, left);
  }
}
