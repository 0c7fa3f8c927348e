/** What a run can be told by the environment: how large, how long, and where its data are kept. */
import { env } from 'node:process';

export interface Settings {
  /** Observations of the workloads; those that tables grow by are of their own. */
  observations: number;
  sizes: readonly number[];
  rounds: number;
  /** Of a round, and of warming up. */
  seconds: number;
  connections: number;
  /** Connections of each program to the database. */
  pool: number;
  /** Of full load, for the memory that a node has. */
  memoryMinutes: number;
  starts: number;
  /** A folder outside the repository for a database server that is there again next time; else one is made and removed. */
  folder: string | undefined;
}

export const isQuick = env['BENCH_QUICK'] !== undefined;

const figure = (name: string, usual: number, quick: number): number =>
  Number(env[name] || (isQuick ? quick : usual));

export const settings: Settings = {
  observations: figure('BENCH_OBSERVATIONS', 1_000_000, 50_000),
  sizes: (env['BENCH_SIZES'] || (isQuick ? '10000,50000' : '10000,1000000,10000000')).split(',').map(Number),
  rounds: figure('BENCH_ROUNDS', 5, 1),
  seconds: figure('BENCH_SECONDS', 6, 1),
  connections: 32,
  pool: 8,
  memoryMinutes: figure('BENCH_MEMORY_MINUTES', 10, 0.25),
  starts: figure('BENCH_STARTS', 9, 2),
  folder: env['BENCH_FOLDER'] || undefined,
};
