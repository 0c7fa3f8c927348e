/** What lies between a service and its database, and falls silent: nothing is refused or closed, and nothing arrives. */
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { Test } from 'tap';

export class SilentProxy {
  readonly port: number;
  #isSilent = false;
  readonly #pairs = new Set<[near: Socket, far: Socket]>();

  static async before(t: Test, port: number): Promise<SilentProxy> {
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new SilentProxy((server.address() as AddressInfo).port);
    server.on('connection', (near) => proxy.#pass(near, port));
    t.teardown(() => {
      server.close();
      for (const pair of proxy.#pairs) for (const socket of pair) socket.destroy();
    });
    return proxy;
  }

  private constructor(port: number) {
    this.port = port;
  }

  /** Connections that are open now stay silent for ever; later ones until it speaks. */
  silence(): void {
    this.#isSilent = true;
    for (const [near, far] of this.#pairs) {
      near.unpipe(far);
      far.unpipe(near);
    }
  }

  speak(): void {
    this.#isSilent = false;
  }

  #pass(near: Socket, port: number): void {
    const far = createConnection({ port, host: '127.0.0.1' });
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    // Even a farewell does not arrive: who says it has to go by itself.
    const end = (): void => {
      for (const socket of pair) socket.destroy();
      this.#pairs.delete(pair);
    };
    near.on('error', end).on('close', end);
    far.on('error', () => undefined).on('close', () => this.#isSilent || end());
    if (!this.#isSilent) near.pipe(far).pipe(near);
  }
}
