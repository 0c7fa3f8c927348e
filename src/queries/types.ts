/** What every query is given and what a page of answers holds. */
import type { Database } from '../db/client.ts';
import type { Notice } from '../schema/notice.ts';

/** The service's side of a request. */
export interface Context {
  database: Pick<Database, 'pool'>;
  now: () => Date;
  /** Ends the request: what the database still does for it is cancelled. */
  signal?: AbortSignal;
  /** Knows the current release; without it each request reads it anew. */
  releases?: Releases;
}

export interface Releases {
  /** The number of the current one. */
  current(): Promise<number>;
  /** What a text of clocks stands for, opened once for all who ask for it. */
  scope(clocks: string, open: (context: Context) => Promise<Scope>): Promise<Scope>;
}

/** What of an answer is wanted, so that nothing else is read: all of it, unless said. */
export interface Wanted {
  /** Members of the records. */
  members?: ReadonlySet<string> | undefined;
  total?: boolean;
  notice?: boolean;
}

/** What an answer holds for: one release and one day, the same for all parts of a request. */
export interface Scope {
  /** 0 before the first release. */
  release: number;
  /** Asia/Ho_Chi_Minh, `YYYY-MM-DD`. */
  today: string;
  /** The client named the release or the day: a cursor of another one is refused. */
  pinned?: true;
}

export interface Page<T> {
  items: T[];
  /** The cursor of each item, as the last of a page is `next`. */
  cursors: string[];
  /** The cursor that the next page starts after; null on the last, and where pages are asked for from the end. */
  next: string | null;
  /** Whether the list goes on beyond the page, in the direction in which it is paged. */
  more: boolean;
  /** Exact up to the limit of exact totals, else null. */
  total: number | null;
  totalAtLeast: number | null;
  release: number;
  notice: Notice | null;
}

/** A published record on its way out; its shape is the contract's. */
export type Row = Record<string, unknown>;
