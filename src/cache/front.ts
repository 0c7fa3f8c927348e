/**
 * Answers before routing: a request that is the same to the letter as one that was answered lately gets the same bytes,
 * as long as what they hold for is known to hold still. All others go on to the application.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Answers } from './answers.ts';
import { ofBody } from './conditional.ts';
import type { Encoding } from './negotiation.ts';
import { staleHead } from './validity.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface FrontOptions {
  answers: Answers;
  /** How much is kept of requests and of heads of answers; 0: nothing is answered here. */
  bytes: number;
  /** What all current answers hold for; undefined: nobody knows just now. */
  epoch: () => string | undefined;
  /** Settles once it is known, or cannot be. */
  known: () => Promise<void>;
  /** Milliseconds since that was known for sure, while the database is away; undefined: it is known. */
  staleMs: () => number | undefined;
  /** The one address whose answers depend on a body. */
  postedTo: string;
  /** Called for each request that is answered here, with what its mouth said of it; gives its id. */
  follow: (request: IncomingMessage, response: ServerResponse, said: Said) => string;
  /** Goes on with a request whose body was read meanwhile, on its behalf rather than on that of its connection. */
  resume?: ((request: IncomingMessage, next: () => void) => void) | undefined;
}

/** What a request was that its mouth has answered. */
export interface Said {
  /** What a request for it is counted as. */
  counted: string;
  /** By which it came to the mouth, and the release that was served. */
  route?: string | undefined;
  release?: number;
}

/** What a mouth says of an answer that may be sent again to whoever sends the same request. */
export interface Offer extends Said {
  /** Under which `Answers` keeps it. */
  key: string;
  /** What held before the answer was begun: none that began in one release is ever sent in another. */
  epoch: string | undefined;
  /** Milliseconds after which the application is to be asked again. */
  freshMs?: number;
}

interface Head extends Offer {
  etag: string | undefined;
  encoding: Encoding;
  /** Names and values in turn; undefined where only those asked who have the answer. */
  whole: readonly string[] | undefined;
  /** Of a 304. */
  unchanged: readonly string[];
}

interface Asked {
  key: string;
  body: Buffer | undefined;
  offer?: Offer;
}

type Headers = Readonly<Record<string, string | number | string[] | undefined>>;

/** Longer requests are left to the application: characters of an address, bytes of a body. */
const longest = { address: 4000, body: 16_384 };
/** Each says something that only the application understands. */
const special = ['if-match', 'range', 'expect', 'upgrade', 'content-encoding', 'transfer-encoding'];
/** They are of one request, not of the answer. */
const ofOneRequest = new Set(['x-request-id', 'connection', 'ratelimit', 'ratelimit-policy']);

export class Front {
  readonly #options: FrontOptions;
  readonly #heads: LRUCache<string, Head> | undefined;
  /** Those that went on to the application. */
  readonly #asked = new WeakMap<IncomingMessage, Asked>();
  /** How many requests were answered here, and how many might have been. */
  readonly lookups = { hit: 0, miss: 0 };
  #isOpen = true;

  constructor(options: FrontOptions) {
    this.#options = options;
    if (options.bytes === 0) return;
    this.#heads = new LRUCache({ maxSize: options.bytes, sizeCalculation: sizeOf });
  }

  get epoch(): string | undefined {
    return this.#options.epoch();
  }

  get staleMs(): number | undefined {
    return this.#options.staleMs();
  }

  /** How many requests are known, and what they take. */
  get size(): { requests: number; bytes: number } {
    return { requests: this.#heads?.size ?? 0, bytes: this.#heads?.calculatedSize ?? 0 };
  }

  clear(): void {
    this.#heads?.clear();
  }

  /** From now on all is left to the application, which knows how to say that it stops. */
  close(): void {
    this.#isOpen = false;
    this.clear();
  }

  /** The handler of a server: what is known is answered, the rest goes to the application. */
  before(application: Handler): Handler {
    if (this.#heads === undefined) return application;
    return (request, response) => {
      if (!this.#isPlain(request)) application(request, response);
      else if (request.method === 'POST') this.#readFirst(request, response, application);
      else this.#answerOr(application, request, response);
    };
  }

  /** The body of a request that has been read already: nobody can read it again. */
  bodyOf(request: IncomingMessage): Buffer | undefined {
    return this.#asked.get(request)?.body;
  }

  /** To be called before the answer is sent. */
  offer(request: IncomingMessage, offer: Offer): void {
    const asked = this.#asked.get(request);
    if (asked !== undefined) asked.offer = offer;
  }

  /** To be called with all that is said of the answer when it is sent, a 304 without bytes; keeps what was offered. */
  remember(request: IncomingMessage, headers: Headers, bytes?: number): void {
    const { key = '', offer } = this.#asked.get(request) ?? {};
    if (offer?.epoch === undefined) return;
    const known = this.#heads?.peek(key);
    // A list of tags is for the application alone, and does not replace what others are answered with.
    if (bytes === undefined && known?.whole !== undefined && known.epoch === offer.epoch) return;
    const length = bytes === undefined ? {} : { 'content-length': bytes };
    const said = Object.entries({ ...headers, ...length })
      .filter(([name]) => !ofOneRequest.has(name))
      .map(([name, value]) => [name, `${value}`] as const);
    const head: Head = {
      ...offer,
      etag: headers['etag'] as string | undefined,
      encoding: (headers['content-encoding'] ?? 'identity') as Encoding,
      whole: bytes === undefined ? undefined : said.flat(),
      unchanged: said.filter(([name]) => !ofBody.has(name)).flat(),
    };
    this.#heads?.set(key, head, { ttl: offer.freshMs ?? 0 });
  }

  /** Of a kind that may be known: what it asks for stands in its address, in what it accepts, and in a small body. */
  #isPlain({ method, url = '', headers, httpVersion, rawHeaders }: IncomingMessage): boolean {
    if (!this.#isOpen || url.length > longest.address || httpVersion !== '1.1') return false;
    if (special.some((name) => headers[name] !== undefined) || !hasOneHost(rawHeaders)) return false;
    const length = headers['content-length'];
    if (method === 'GET') return length === undefined;
    return (
      method === 'POST' &&
      url === this.#options.postedTo &&
      (headers['content-type'] ?? '').startsWith('application/json') &&
      Number(length) <= longest.body
    );
  }

  #readFirst(request: IncomingMessage, response: ServerResponse, application: Handler): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    const answer = () => this.#answerOr(application, request, response, Buffer.concat(chunks));
    const { resume } = this.#options;
    request.once('end', resume === undefined ? answer : () => resume(request, answer));
  }

  #answerOr(application: Handler, request: IncomingMessage, response: ServerResponse, body?: Buffer): void {
    const { method, url, headers } = request;
    const said = `${method}\n${url}\n${headers.accept}\n${headers['accept-encoding']}`;
    const key = body === undefined ? said : `${said}\n${headers['content-type']}\n${body.toString('latin1')}`;
    const asked: Asked = { key, body };
    const head = this.#heads?.get(key);
    if (head === undefined || this.epoch !== undefined) {
      this.#answerBy(head, asked, application, request, response);
      return;
    }
    // The application would turn away what is kept while it has too much to do.
    this.#options.known().then(() => {
      if (!response.destroyed) this.#answerBy(head, asked, application, request, response);
    });
  }

  #answerBy(
    head: Head | undefined,
    asked: Asked,
    application: Handler,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (head !== undefined && this.#answer(head, request, response)) {
      this.lookups.hit += 1;
      return;
    }
    this.lookups.miss += 1;
    this.#asked.set(request, asked);
    application(request, response);
  }

  #answer(head: Head, request: IncomingMessage, response: ServerResponse): boolean {
    if (head.epoch !== this.epoch) return false;
    const named = request.headers['if-none-match'];
    if (named !== undefined) {
      if (named !== head.etag) return false;
      response.writeHead(304, this.#named(request, response, head, head.unchanged)).end();
      return true;
    }
    const bytes = this.#options.answers.get(head.key)?.bytesIn(head.encoding);
    if (head.whole === undefined || bytes === undefined) return false;
    response.writeHead(200, this.#named(request, response, head, head.whole)).end(bytes);
    return true;
  }

  #named(request: IncomingMessage, response: ServerResponse, said: Said, head: readonly string[]): string[] {
    const { staleMs } = this;
    const now = staleMs === undefined ? head : staleHead(head, staleMs);
    return ['x-request-id', this.#options.follow(request, response, said), ...now];
  }
}

/** An address without a host, or with two, is refused by the application. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1;
}

/** Bytes that an entry takes besides its texts. */
const entryBytes = 200;

const sizeOf = ({ whole = [], unchanged }: Head, key: string): number =>
  [...whole, ...unchanged].reduce((sum, text) => sum + text.length, key.length + entryBytes);
