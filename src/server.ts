/** The process: database, application, listening, and stopping on a signal. */
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { collectorOf } from './config/traces.ts';
import type { Config } from './config.ts';
import { connect, type Database, openDatabase } from './db/client.ts';
import { planMigrations } from './db/migrate.ts';
import { FaultsError } from './errors.ts';
import type { MetricsListener } from './metrics/listen.ts';
import type { Measured } from './metrics/registry.ts';
import { flushMs, type Tracing } from './tracing/tracing.ts';

export interface ServeOptions {
  /** Migrates and seeds an empty database; only ever called with the embedded one, as a writer. */
  setUp?: (database: Database) => Promise<void>;
  /** Takes the one line that says where the service listens; standard output unless said. */
  print?: (line: string) => void;
  /** What happens to the process, a line each; standard error unless said. */
  log?: (line: string) => void;
}

export interface Service {
  address: string;
  /** Where metrics are read, if anywhere. */
  metricsAddress: string | undefined;
  /** What there is to measure. */
  measured: Measured;
  /** Stops as a signal would, but does not end the process. */
  close(): Promise<void>;
}

/** What closing the database may take, past the grace of requests in flight. */
export const closeDatabaseMs = 8000;

/** Resolves once the service listens; a signal stops it and ends the process. */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Service> {
  const { print = console.log, log = console.error } = options;
  const opened: { close(): PromiseLike<unknown> }[] = [];
  const close = async (): Promise<void> => {
    grace.uninstall();
    for (let last = opened.pop(); last; last = opened.pop()) await last.close();
  };
  const grace = stopGracefully(config.closeGraceMs + closeDatabaseMs + flushMs, log, close);
  try {
    const tracing = await traceTo(config, log);
    // Closed last, when all that was begun has ended.
    if (tracing !== undefined) opened.push(tracing);
    const database = await openForReaders(config, options);
    opened.push(database);
    const pendingMigrations = async () => (await planMigrations(database.pool)).pending.length;
    const app = await buildApp({ database, config, pendingMigrations, tracing });
    opened.push(app);
    const address = await app
      .listen({ host: config.host, port: config.port })
      .catch(cannotListen(config.host, config.port, 'PORT'));
    const scrapes = await openMetrics(config, log, async () => {
      const { registryOf } = await import('./metrics/registry.ts');
      const registry = registryOf(app.measured);
      return () => registry.metrics();
    });
    if (scrapes !== undefined) opened.push(scrapes);
    print(`govdata listens on ${address}`);
    return { address, metricsAddress: scrapes?.address, measured: app.measured, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A signal, or a failure that nobody caught, closes what is open and ends the process, at the latest after `delay` milliseconds. */
export const stopGracefully = (delay: number, log: (line: string) => void, close: () => Promise<void>) =>
  closeWithGrace({ delay, logger: { error: log } }, async ({ signal, err }) => {
    log(err ? `stopping after a failure: ${err.stack}` : `stopping on ${signal}`);
    await close();
  });

/** The database of the settings, set up where that is asked for: nothing that a request can reach is able to write. */
export async function openForReaders(
  config: Config,
  { setUp, log = console.error }: ServeOptions,
): Promise<Database> {
  const database = await openDatabase(config, { role: 'reader', log });
  try {
    if (setUp && database.embedded) await setUpAsWriter(setUp, database.url);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function setUpAsWriter(setUp: (database: Database) => Promise<void>, url: string): Promise<void> {
  const writer = connect(url, { role: 'writer' });
  try {
    await setUp(writer);
  } finally {
    await writer.close();
  }
}

/** Traces where the settings name a collector; OpenTelemetry is loaded only then. */
async function traceTo(config: Config, log: (line: string) => void): Promise<Tracing | undefined> {
  const collector = collectorOf(config);
  if (collector === undefined) return undefined;
  const { openTracing } = await import('./tracing/open.ts');
  return openTracing(collector, config, log);
}

/** Listens for scrapes where the settings say so; what makes the text is loaded only then. */
export async function openMetrics(
  { metricsHost: host, metricsPort: port }: Config,
  log: (line: string) => void,
  prepare: () => Promise<() => Promise<string>>,
): Promise<MetricsListener | undefined> {
  if (port === undefined) return undefined;
  const { listenForScrapes } = await import('./metrics/listen.ts');
  const read = await prepare();
  const listener = await listenForScrapes({ host, port, read, log }).catch(
    cannotListen(host, port, 'METRICS_PORT'),
  );
  log(`metrics are read at ${listener.address}`);
  return listener;
}

function cannotListen(host: string, port: number, setting: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const isTaken = error.code === 'EADDRINUSE';
    const reason = isTaken ? `another process listens there; set ${setting}` : error.message;
    throw new FaultsError(`Cannot listen on port ${port} of ${host}: ${reason}.`);
  };
}
