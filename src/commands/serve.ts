/** `govdata serve`: by one process, or by several. */
import cluster from 'node:cluster';
import { loadConfig } from '../config.ts';
import type { Database } from '../db/client.ts';
import type { Terminal } from './terminal.ts';

export interface Serving {
  setup?: true;
  workers?: number;
}

export async function serve(terminal: Terminal, { setup, workers = 1 }: Serving): Promise<void> {
  const config = loadConfig();
  const log = (line: string) => terminal.err(`${line}\n`);
  const print = (line: string) => terminal.out(`${line}\n`);
  if (setup && config.databaseUrl !== undefined) {
    log('--setup leaves the database of DATABASE_URL alone: run `govdata migrate` and `govdata seed`.');
  }
  const setUp = async (database: Database) => (await import('../import/setup.ts')).setUp(database, log);
  const options = { ...(setup && { setUp }), log };
  // Slow to load, and what is wrong with the settings is told at once.
  const { serve } = await import('../server.ts');
  const { serveAsWorker, serveByWorkers } = await import('../workers.ts');
  if (cluster.isWorker) await serveAsWorker(config, { log });
  else if (workers > 1) await serveByWorkers(config, workers, { ...options, print });
  else await serve(config, { ...options, print });
}
