/** How much one address may ask for: counted before routing, so that answers that are kept count like any other. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Handler } from '../cache/front.ts';
import { PublicError } from '../errors.ts';
import { clientOf, type Trusts } from './client-address.ts';
import type { Count, Counter } from './shared-count.ts';
import { isSupervision } from './traffic.ts';

export interface RateLimitOptions {
  /** Requests of an address in a window of so many seconds. */
  limit: number;
  seconds: number;
  counter: Counter;
  trusts: Trusts;
}

interface Verdict {
  isOver: boolean;
  /** Until the window ends. */
  seconds: number;
  /** As of the draft "RateLimit header fields for HTTP" of the IETF. */
  headers: Record<string, string>;
}

export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #verdicts = new WeakMap<IncomingMessage, Verdict>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** The handler of a server: what is over the limit goes to the application, which says so, past what is `kept`. */
  before(kept: Handler, application: Handler): Handler {
    return async (request, response) => {
      const verdict = await this.#count(request);
      // The client has gone, and nobody would count the request out again.
      if (response.destroyed) return;
      for (const [name, value] of Object.entries(verdict?.headers ?? {})) response.setHeader(name, value);
      (verdict?.isOver ? application : kept)(request, response);
    };
  }

  /** To be called before any hook is added but those that hold for every request. */
  guard(app: FastifyInstance): void {
    app.addHook('onRequest', async ({ raw }, reply) => {
      // A WebSocket comes by another way than the handler.
      const verdict = this.#verdicts.get(raw) ?? (await this.#count(raw));
      if (verdict === undefined) return;
      reply.headers(verdict.headers);
      if (!verdict.isOver) return;
      const { limit, seconds } = this.#options;
      throw new PublicError(
        'too_many_requests',
        `An address may send ${limit} requests in ${seconds} s; this one has.`,
        { retryAfter: verdict.seconds },
      );
    });
    app.addHook('onClose', async () => this.#options.counter.close());
  }

  async #count(request: IncomingMessage): Promise<Verdict | undefined> {
    if (isSupervision(`${request.url}`)) return undefined;
    const { counter, trusts } = this.#options;
    const verdict = this.#verdictOf(await counter.count(clientOf(request, trusts)));
    this.#verdicts.set(request, verdict);
    return verdict;
  }

  #verdictOf({ isOver, remaining, ms }: Count): Verdict {
    const { limit, seconds: window } = this.#options;
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    return {
      isOver,
      seconds,
      headers: {
        'ratelimit-policy': `"address";q=${limit};w=${window}`,
        ratelimit: `"address";r=${remaining};t=${seconds}`,
      },
    };
  }
}
