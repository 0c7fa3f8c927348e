/** Counts in Redis, for all processes together; while it is away, each process counts for itself and goes on answering. */
import { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';

/** What is known of a key once it has been counted. */
export interface Count {
  isOver: boolean;
  remaining: number;
  /** Until the window ends. */
  ms: number;
}

export interface Counter {
  count(key: string): Promise<Count>;
  close(): void;
}

export interface CounterOptions {
  /** Counts that a key may have in a window of so many seconds. */
  limit: number;
  seconds: number;
  redisUrl: string | undefined;
  /** What the keys in Redis begin with. */
  prefix: string;
  /** Told once when Redis goes away and once when it is back. */
  log: (line: string) => void;
}

/** A Redis that does not answer is given up on for this request; the answer matters more than the count. */
const answerMs = 250;
const reconnectMostMs = 2000;

/** Never rejects, and needs Redis for nothing. */
export function counterOf(options: CounterOptions): Counter {
  const { limit: points, seconds: duration, redisUrl } = options;
  const own = new RateLimiterMemory({ points, duration });
  const alone: Counter = { count: (key) => countBy(own, key), close: () => undefined };
  return redisUrl === undefined ? alone : sharedCounter(alone, redisUrl, options);
}

function sharedCounter(alone: Counter, redisUrl: string, options: CounterOptions): Counter {
  const { limit: points, seconds: duration, prefix, log } = options;
  const redis = new Redis(redisUrl, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: answerMs,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(attempt * 100, reconnectMostMs),
  });
  const shared = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `${prefix}requests`,
    points,
    duration,
    // Who is over the limit costs Redis nothing.
    inMemoryBlockOnConsumed: points + 1,
    rejectIfRedisNotReady: true,
  });
  let isAway = false;
  // What the error holds besides may be the command that failed, with the password in it.
  const away = ({ message }: Error): void => {
    if (!isAway) log(`requests are counted by this process alone, since Redis is away: ${message}`);
    isAway = true;
  };
  redis.on('error', away);
  redis.on('ready', () => {
    if (isAway) log('requests are counted in Redis again');
    isAway = false;
  });
  return {
    count: (key) =>
      countBy(shared, key).catch((error: Error) => {
        away(error);
        // Of one that is frozen, the next request would wait as well; until it answers to a new connection, none does.
        if (redis.status === 'ready') redis.disconnect(true);
        return alone.count(key);
      }),
    close: () => redis.disconnect(),
  };
}

/** Rejects with what Redis failed by. */
async function countBy(limiter: RateLimiterAbstract, key: string): Promise<Count> {
  const { result, isOver } = await limiter.consume(key).then(
    (result) => ({ result, isOver: false }),
    (result: unknown) => {
      if (result instanceof RateLimiterRes) return { result, isOver: true };
      throw result;
    },
  );
  return { isOver, remaining: result.remainingPoints, ms: result.msBeforeNext };
}
