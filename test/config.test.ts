import { homedir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { defaultHome, loadConfig, settings } from '../src/config.ts';
import { FaultsError, faultLine } from '../src/errors.ts';

function faultLines(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof FaultsError) return error.faults.map(faultLine);
    throw error;
  }
  return [];
}

t.test('needs no setting: it listens on 127.0.0.1:3000 and has its own database', async (t) => {
  t.strictSame(loadConfig({ GOVDATA_HOME: '/srv/govdata' }), {
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: undefined,
    home: '/srv/govdata',
    logLevel: 'info',
    poolSize: 5,
    statementTimeoutMs: 3000,
    corsOrigin: '*',
    graphqlOperations: 'any',
    cacheMegabytes: 32,
    closeGraceMs: 10000,
    metricsHost: '127.0.0.1',
    metricsPort: undefined,
    eventLoopDelayMs: 1000,
    heapPercent: 90,
    queueMs: 1000,
    connectionsMax: 10000,
    rateLimit: 0,
    rateLimitSeconds: 60,
    socketsPerAddress: 0,
    redisUrl: undefined,
    redisPrefix: 'govdata:',
    hstsSeconds: 0,
    trustProxy: [],
    otelSdkDisabled: false,
    otlpEndpoint: undefined,
    otlpTracesEndpoint: undefined,
    otlpHeaders: undefined,
    otelServiceName: undefined,
    otelResourceAttributes: undefined,
    otelTracesSampler: 'parentbased_always_on',
    otelTracesSamplerArg: 1,
  });
});

t.test('reads the environment of the process unless another one is given', async (t) => {
  t.same(loadConfig().logLevel, process.env['LOG_LEVEL'] ?? 'info');
});

t.test('takes every setting from its variable', async (t) => {
  const config = loadConfig({
    HOST: '::1',
    PORT: '0',
    DATABASE_URL: 'postgresql://reader:secret@db.example.org:5433/govdata',
    GOVDATA_HOME: 'data',
    LOG_LEVEL: 'silent',
    POOL_SIZE: '20',
    STATEMENT_TIMEOUT_MS: '500',
    CORS_ORIGIN: 'https://example.org:8443',
    GRAPHQL_OPERATIONS: 'registered',
    CACHE_MB: '7',
    CLOSE_GRACE_MS: '1',
    METRICS_HOST: '::',
    METRICS_PORT: '9464',
    EVENT_LOOP_DELAY_MS: '200',
    HEAP_PERCENT: '80',
    QUEUE_MS: '0',
    CONNECTIONS_MAX: '5000',
    RATE_LIMIT: '600',
    RATE_LIMIT_SECONDS: '10',
    SOCKETS_PER_ADDRESS: '5',
    REDIS_URL: 'rediss://counter:secret@redis.example.org:6380/1',
    REDIS_PREFIX: 'staging:',
    HSTS_SECONDS: '31536000',
    TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::1',
    OTEL_SDK_DISABLED: 'True',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.example.org/traces',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x, tenant=one',
    OTEL_SERVICE_NAME: 'figures',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=staging',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  });
  t.strictSame(config, {
    host: '::1',
    port: 0,
    databaseUrl: 'postgresql://reader:secret@db.example.org:5433/govdata',
    home: join(process.cwd(), 'data'),
    logLevel: 'silent',
    poolSize: 20,
    statementTimeoutMs: 500,
    corsOrigin: 'https://example.org:8443',
    graphqlOperations: 'registered',
    cacheMegabytes: 7,
    closeGraceMs: 1,
    metricsHost: '::',
    metricsPort: 9464,
    eventLoopDelayMs: 200,
    heapPercent: 80,
    queueMs: 0,
    connectionsMax: 5000,
    rateLimit: 600,
    rateLimitSeconds: 10,
    socketsPerAddress: 5,
    redisUrl: 'rediss://counter:secret@redis.example.org:6380/1',
    redisPrefix: 'staging:',
    hstsSeconds: 31536000,
    trustProxy: ['loopback', '10.0.0.0/8', 'fd00::1'],
    otelSdkDisabled: true,
    otlpEndpoint: 'http://collector:4318',
    otlpTracesEndpoint: 'https://collector.example.org/traces',
    otlpHeaders: 'authorization=Bearer%20x, tenant=one',
    otelServiceName: 'figures',
    otelResourceAttributes: 'deployment.environment.name=staging',
    otelTracesSampler: 'parentbased_traceidratio',
    otelTracesSamplerArg: 0.25,
  });
});

t.test('treats an empty variable as unset', async (t) => {
  const config = loadConfig({ PORT: '', DATABASE_URL: '', GOVDATA_HOME: '/srv/govdata' });
  t.equal(config.port, 3000);
  t.equal(config.databaseUrl, undefined);
});

t.test('tells all faults at once, one for each variable, and what each must be', async (t) => {
  t.strictSame(
    faultLines({
      HOST: 'two words',
      PORT: '65536',
      DATABASE_URL: 'mysql://root:hunter2@db/govdata',
      LOG_LEVEL: 'Debug',
      POOL_SIZE: '0',
      STATEMENT_TIMEOUT_MS: '-1',
      CORS_ORIGIN: 'https://example.org/path',
      GRAPHQL_OPERATIONS: 'registred',
      CLOSE_GRACE_MS: '10s',
      METRICS_HOST: 'a/b',
      METRICS_PORT: '-1',
      REDIS_URL: 'http://:hunter2@redis',
      REDIS_PREFIX: 'two words',
      TRUST_PROXY: '10.0.0.0/8,proxy.example.org',
      OTEL_SDK_DISABLED: 'yes',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
      OTEL_RESOURCE_ATTRIBUTES: 'staging',
      OTEL_TRACES_SAMPLER: 'parentbased_always_onn',
      OTEL_TRACES_SAMPLER_ARG: '1.5',
    }),
    [
      'bad_setting  HOST is "two words" but must be a host name or an IP address',
      'bad_setting  PORT is "65536" but must be a whole number from 0 to 65535',
      'bad_setting  DATABASE_URL must be an address that begins with postgres:// or postgresql://',
      'bad_setting  LOG_LEVEL is "Debug" but must be one of fatal, error, warn, info, debug, trace, silent; ' +
        'did you mean "debug"?',
      'bad_setting  POOL_SIZE is "0" but must be a whole number from 1 to 1000',
      'bad_setting  STATEMENT_TIMEOUT_MS is "-1" but must be a whole number from 1 to 600000',
      'bad_setting  CORS_ORIGIN is "https://example.org/path" but must be * or an origin like https://example.org',
      'bad_setting  GRAPHQL_OPERATIONS is "registred" but must be one of any, registered; did you mean "registered"?',
      'bad_setting  CLOSE_GRACE_MS is "10s" but must be a whole number from 1 to 600000',
      'bad_setting  METRICS_HOST is "a/b" but must be a host name or an IP address',
      'bad_setting  METRICS_PORT is "-1" but must be a whole number from 0 to 65535',
      'bad_setting  REDIS_URL must be an address that begins with redis:// or rediss://',
      'bad_setting  REDIS_PREFIX is "two words" but must be 1 to 100 letters, digits and -_.:',
      'bad_setting  TRUST_PROXY is "10.0.0.0/8,proxy.example.org" but must be IP addresses or ranges such as ' +
        '10.0.0.0/8, separated by commas',
      'bad_setting  OTEL_SDK_DISABLED is "yes" but must be true or false',
      'bad_setting  OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4318" but must be an address that begins with http:// or ' +
        'https://',
      'bad_setting  OTEL_EXPORTER_OTLP_HEADERS must be pairs like name=value, separated by commas',
      'bad_setting  OTEL_RESOURCE_ATTRIBUTES is "staging" but must be pairs like name=value, separated by commas',
      'bad_setting  OTEL_TRACES_SAMPLER is "parentbased_always_onn" but must be one of always_on, always_off, ' +
        'traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio; did you mean ' +
        '"parentbased_always_on"?',
      'bad_setting  OTEL_TRACES_SAMPLER_ARG is "1.5" but must be a number from 0 to 1',
    ],
  );
});

t.test('refuses numbers that only look like numbers, such as 0x10 and " 80"', async (t) => {
  for (const PORT of ['0x10', ' 80', '80.0', '+80', '1e2', '99999999999']) {
    t.equal(faultLines({ PORT }).length, 1, PORT);
  }
});

t.test('never repeats a faulty DATABASE_URL, since it may hold a password', async (t) => {
  for (const DATABASE_URL of ['db:hunter2', 'postgres://user:hunter2@bad host/x']) {
    const lines = faultLines({ DATABASE_URL });
    t.equal(lines.length, 1);
    t.notMatch(lines.join(), /hunter2/);
  }
});

t.test('reads a secret from the file that NAME_FILE names, without the white space around it', async (t) => {
  const folder = t.testdir({
    url: 'postgres://reader:hunter2@db.example.org/govdata\n',
    redis: ' redis://:hunter2@redis/0\n',
    empty: '\n',
    wrong: 'mysql://root:hunter2@db/govdata',
  });
  const file = (name: string): string => join(folder, name);
  t.match(loadConfig({ DATABASE_URL_FILE: file('url'), REDIS_URL_FILE: file('redis'), DATABASE_URL: '' }), {
    databaseUrl: 'postgres://reader:hunter2@db.example.org/govdata',
    redisUrl: 'redis://:hunter2@redis/0',
  });
  t.equal(loadConfig({ DATABASE_URL_FILE: '' }).databaseUrl, undefined);
  t.equal(loadConfig({ HOST_FILE: file('url') }).host, '127.0.0.1', 'of secrets alone');
  const lines = faultLines({
    DATABASE_URL_FILE: file('missing'),
    REDIS_URL_FILE: file('empty'),
  });
  t.strictSame(lines, [
    'bad_setting  DATABASE_URL_FILE names a file that cannot be read (ENOENT)',
    'bad_setting  REDIS_URL_FILE names a file that is empty',
  ]);
  t.strictSame(faultLines({ DATABASE_URL_FILE: file('wrong') }), [
    'bad_setting  DATABASE_URL must be an address that begins with postgres:// or postgresql://',
  ]);
  t.strictSame(faultLines({ DATABASE_URL: 'postgres://x:hunter2@y/z', DATABASE_URL_FILE: file('url') }), [
    'bad_setting  DATABASE_URL and DATABASE_URL_FILE are both set; leave one of them out',
  ]);
});

t.test('keeps data in /var/lib/govdata as root and in a folder of the user otherwise', async (t) => {
  t.equal(defaultHome({ XDG_DATA_HOME: '/data' }, 0), '/var/lib/govdata');
  t.equal(defaultHome({ XDG_DATA_HOME: '/data' }, 1000, 'linux'), '/data/govdata');
  t.equal(defaultHome({}, 1000, 'linux'), join(homedir(), '.local/share/govdata'));
  t.equal(defaultHome({}, 1000, 'darwin'), join(homedir(), 'Library/Application Support/govdata'));
  t.equal(loadConfig({}).home, defaultHome({}));
});

t.test('has a variable, a description and a readable default for every setting', async (t) => {
  const names = Object.values(settings).map(({ name }) => name);
  t.equal(new Set(names).size, names.length);
  for (const { name, description, default: preset, read } of Object.values(settings)) {
    t.match(name, /^[A-Z_]+$/);
    t.match(description, /\.$/, name);
    if (preset !== null) t.not(read(preset), undefined, name);
  }
});
