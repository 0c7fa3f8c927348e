/** The parts of the benchmark, which may be run one by one: `npm run bench -- speed cached rest`. */
import type { Data } from './data.ts';
import type { Postgres } from './postgres.ts';

export const partNames = ['cached', 'rest', 'graphql', 'sizes', 'start', 'memory'] as const;
export type PartName = (typeof partNames)[number];

/** What a part has to work with. */
export interface Part {
  server: Postgres;
  /** The database of the workloads, made when it is first asked for. */
  data(): Promise<Data>;
}

/** What a part has to say: a table, and all that it measured. */
export interface Section {
  title: string;
  /** Before the table: what was asked, and beside whom. */
  text: string;
  rows: (string | number)[][];
  raw: unknown;
}
