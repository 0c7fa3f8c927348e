/** Settings that protect the service: from more than it can do, and from one client that asks for all of it. */
import { compile } from '@fastify/proxy-addr';
import { type Setting, whole } from './setting.ts';

export interface Protection {
  /** 0: no limit; so of all others here that are numbers. */
  eventLoopDelayMs: number;
  heapPercent: number;
  queueMs: number;
  connectionsMax: number;
  /** Requests of an address in `rateLimitSeconds`. */
  rateLimit: number;
  rateLimitSeconds: number;
  socketsPerAddress: number;
  /** Undefined: each process counts for itself. */
  redisUrl: string | undefined;
  redisPrefix: string;
  /** For which browsers ask by TLS alone. */
  hstsSeconds: number;
  /** Addresses and ranges of the proxies that are believed; none: nobody is. */
  trustProxy: readonly string[];
}

export const protection: { readonly [K in keyof Protection]: Setting<Protection[K]> } = {
  eventLoopDelayMs: {
    name: 'EVENT_LOOP_DELAY_MS',
    description:
      'Milliseconds by which the process may lag, on average over a second, before it sheds load; 0: any.',
    default: '1000',
    ...whole(0, 60_000),
  },
  heapPercent: {
    name: 'HEAP_PERCENT',
    description: 'Of the heap that Node may use, the part above which the process sheds load; 0: all of it.',
    default: '90',
    ...whole(0, 100),
  },
  queueMs: {
    name: 'QUEUE_MS',
    description:
      'Milliseconds that a request may have to wait for the database; one that would wait for longer is shed. 0: any.',
    default: '1000',
    ...whole(0, 60_000),
  },
  connectionsMax: {
    name: 'CONNECTIONS_MAX',
    description: 'Connections of clients to a process; one more is closed at once. 0: as many as come.',
    default: '10000',
    ...whole(0, 1_000_000),
  },
  rateLimit: {
    name: 'RATE_LIMIT',
    description: 'Requests of one address in `RATE_LIMIT_SECONDS`; 0: as many as come.',
    default: '0',
    ...whole(0, 100_000_000),
  },
  rateLimitSeconds: {
    name: 'RATE_LIMIT_SECONDS',
    description: 'Seconds of the window in which requests of an address are counted.',
    default: '60',
    ...whole(1, 86_400),
  },
  socketsPerAddress: {
    name: 'SOCKETS_PER_ADDRESS',
    description: 'WebSocket connections of one address to a process; 0: as many as the process takes.',
    default: '0',
    ...whole(0, 1000),
  },
  redisUrl: {
    name: 'REDIS_URL',
    description:
      'Redis in which all processes count requests together, as `redis://user:password@host:port/0`. Unset: each counts for itself.',
    default: null,
    rule: 'an address that begins with redis:// or rediss://',
    read: (text) => (/^rediss?:\/\//.test(text) && URL.canParse(text) ? text : undefined),
    secret: true,
  },
  redisPrefix: {
    name: 'REDIS_PREFIX',
    description: 'What the keys in Redis begin with.',
    default: 'govdata:',
    rule: '1 to 100 letters, digits and -_.:',
    read: (text) => (/^[\w.:-]{1,100}$/.test(text) ? text : undefined),
  },
  hstsSeconds: {
    name: 'HSTS_SECONDS',
    description:
      'Seconds for which browsers are told to come by TLS alone (`Strict-Transport-Security`), where all clients can; 0: they are not told.',
    default: '0',
    ...whole(0, 100_000_000),
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    description:
      'Addresses or ranges of the proxies whose `X-Forwarded-For` is believed, separated by commas, such as `10.0.0.2,fd00::/8` or `loopback`. Unset: none.',
    default: null,
    rule: 'IP addresses or ranges such as 10.0.0.0/8, separated by commas',
    read: readProxies,
  },
};

function readProxies(text: string): readonly string[] | undefined {
  const ranges = text.split(',').map((range) => range.trim());
  try {
    compile(ranges);
    return ranges;
  } catch {
    return undefined;
  }
}
