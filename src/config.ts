/**
 * Settings from the environment: the only reader of `process.env`. One table says name, default and
 * rule of each; the docs list it, and all faults are told at once.
 */
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type Protection, protection } from './config/protection.ts';
import { textOf } from './config/secret.ts';
import { faultOf, oneOf, type Setting, whole } from './config/setting.ts';
import { type TraceSettings, traces } from './config/traces.ts';
import { type Fault, FaultsError } from './errors.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Which GraphQL documents are answered: every one, or those alone that were registered. */
export const operationsModes = ['any', 'registered'] as const;
export type OperationsMode = (typeof operationsModes)[number];

export interface Config extends Protection, TraceSettings {
  host: string;
  port: number;
  /** Undefined: the embedded database in `home`. */
  databaseUrl: string | undefined;
  home: string;
  logLevel: LogLevel;
  poolSize: number;
  statementTimeoutMs: number;
  corsOrigin: string;
  graphqlOperations: OperationsMode;
  /** 0: no answer is kept. */
  cacheMegabytes: number;
  closeGraceMs: number;
  metricsHost: string;
  /** Undefined: metrics are not served. */
  metricsPort: number | undefined;
}

const address: Pick<Setting<string>, 'rule' | 'read'> = {
  rule: 'a host name or an IP address',
  read: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
};

export const settings: { readonly [K in keyof Config]: Setting<Config[K]> } = {
  host: {
    name: 'HOST',
    description: 'Address to listen on. `0.0.0.0` or `::` opens the service to other machines.',
    default: '127.0.0.1',
    ...address,
  },
  port: {
    name: 'PORT',
    description: 'TCP port to listen on; 0 takes a free one and logs it.',
    default: '3000',
    ...whole(0, 65_535),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    description: 'PostgreSQL 15 or newer, as `postgres://user:password@host:port/database`. Unset: embedded.',
    default: null,
    rule: 'an address that begins with postgres:// or postgresql://',
    read: (text) => (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? text : undefined),
    secret: true,
  },
  home: {
    name: 'GOVDATA_HOME',
    description:
      'Folder of the embedded database. Unset: `/var/lib/govdata` for root, else `govdata` in ' +
      '`XDG_DATA_HOME`, `~/.local/share` or, on macOS, `~/Library/Application Support`.',
    default: null,
    rule: 'the path of a folder',
    read: (text) => resolve(text),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    description: `Least level that is logged: ${logLevels.join(', ')}.`,
    default: 'info',
    ...oneOf(logLevels),
  },
  poolSize: {
    name: 'POOL_SIZE',
    description: 'Most connections that the service opens to the database.',
    default: '5',
    ...whole(1, 1000),
  },
  statementTimeoutMs: {
    name: 'STATEMENT_TIMEOUT_MS',
    description: 'Milliseconds after which the database cancels a query of the service.',
    default: '3000',
    ...whole(1, 600_000),
  },
  corsOrigin: {
    name: 'CORS_ORIGIN',
    description: 'Web origin whose pages may call the service; `*` allows all.',
    default: '*',
    rule: '* or an origin like https://example.org',
    read: (text) =>
      text === '*' || (URL.canParse(text) && new URL(text).origin === text) ? text : undefined,
  },
  graphqlOperations: {
    name: 'GRAPHQL_OPERATIONS',
    description:
      'Which GraphQL documents are answered: `any`, or `registered` for those alone that ' +
      '`govdata operations register` has taken in.',
    default: 'any',
    ...oneOf(operationsModes),
  },
  cacheMegabytes: {
    name: 'CACHE_MB',
    description:
      'Megabytes of answers that the service keeps in memory while their release is the current one; 0 keeps none.',
    default: '32',
    ...whole(0, 100_000),
  },
  closeGraceMs: {
    name: 'CLOSE_GRACE_MS',
    description: 'Milliseconds that requests in flight are given to finish when the service stops.',
    default: '10000',
    ...whole(1, 600_000),
  },
  metricsHost: {
    name: 'METRICS_HOST',
    description: 'Address where metrics are read. Everybody who reaches it may read them.',
    default: '127.0.0.1',
    ...address,
  },
  metricsPort: {
    name: 'METRICS_PORT',
    description: 'TCP port where metrics are read, at `/metrics`; 0 takes a free one. Unset: nowhere.',
    default: null,
    ...whole(0, 65_535),
  },
  ...protection,
  ...traces,
};

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const faults: Fault[] = [];
  const value = <K extends keyof Config>(key: K): Config[K] => {
    const setting = settings[key];
    // Empty is unset: docker-compose passes what it does not know as an empty string.
    const text = textOf(setting, env, faults) || (setting.default ?? unset(key, env));
    if (text === undefined) return undefined as Config[K];
    const read = setting.read(text);
    if (read === undefined) faults.push(faultOf(setting, text));
    return read as Config[K];
  };
  const config: Config = {
    host: value('host'),
    port: value('port'),
    databaseUrl: value('databaseUrl'),
    home: value('home'),
    logLevel: value('logLevel'),
    poolSize: value('poolSize'),
    statementTimeoutMs: value('statementTimeoutMs'),
    corsOrigin: value('corsOrigin'),
    graphqlOperations: value('graphqlOperations'),
    cacheMegabytes: value('cacheMegabytes'),
    closeGraceMs: value('closeGraceMs'),
    metricsHost: value('metricsHost'),
    metricsPort: value('metricsPort'),
    eventLoopDelayMs: value('eventLoopDelayMs'),
    heapPercent: value('heapPercent'),
    queueMs: value('queueMs'),
    connectionsMax: value('connectionsMax'),
    rateLimit: value('rateLimit'),
    rateLimitSeconds: value('rateLimitSeconds'),
    socketsPerAddress: value('socketsPerAddress'),
    redisUrl: value('redisUrl'),
    redisPrefix: value('redisPrefix'),
    hstsSeconds: value('hstsSeconds'),
    trustProxy: value('trustProxy') ?? [],
    otelSdkDisabled: value('otelSdkDisabled'),
    otlpEndpoint: value('otlpEndpoint'),
    otlpTracesEndpoint: value('otlpTracesEndpoint'),
    otlpHeaders: value('otlpHeaders'),
    otelServiceName: value('otelServiceName'),
    otelResourceAttributes: value('otelResourceAttributes'),
    otelTracesSampler: value('otelTracesSampler'),
    otelTracesSamplerArg: value('otelTracesSamplerArg'),
  };
  if (faults.length > 0) throw new FaultsError('The settings in the environment cannot be used.', faults);
  return config;
}

/** Where the embedded database lives unless GOVDATA_HOME says so. */
export function defaultHome(
  env: NodeJS.ProcessEnv,
  uid = userInfo().uid,
  platform = process.platform,
): string {
  if (uid === 0) return '/var/lib/govdata';
  const share =
    platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support')
      : env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return join(share, 'govdata');
}

function unset(key: keyof Config, env: NodeJS.ProcessEnv): string | undefined {
  return key === 'home' ? defaultHome(env) : undefined;
}
