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
