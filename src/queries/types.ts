/** What every query is given and what a page of answers holds. */
import type { SQLWrapper } from 'drizzle-orm';
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
  /** Told of each statement that is run, where there is anybody who wants to know. */
  trace?: <T>(text: string, run: () => Promise<T>) => Promise<T>;
}

export interface Releases {
  /** The current one and its day; while the database is away, those that it told of last. */
  current(): Promise<Scope>;
  /** What a text of clocks stands for, opened once for all who ask for it. */
  scope(clocks: string, open: (context: Context) => Promise<Scope>): Promise<Scope>;
  /** What records of a published type share, kept for the current release; undefined of another one. */
  shared(release: number, type: string): Keeper | undefined;
}

/** Keeps what many records share. */
export interface Keeper {
  /** Puts what the keys lead to in the place of the keys, in the members that are found by key. */
  fill(context: Context, columns: Record<string, SQLWrapper>, records: readonly Row[]): Promise<void>;
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
  /** The cursor of an item, as the last of a page is `next`. */
  cursorOf: (index: number) => string;
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
