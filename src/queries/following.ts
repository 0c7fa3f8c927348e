/**
 * Tells releases to those who follow them, and reads the row of each once for all. A follower is no more than a position:
 * who is slow, or was away, reads on from there, and nothing piles up for anybody.
 */
import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { releaseChannel } from '../db/releases-told.ts';
import { releases as table } from '../db/tables.ts';
import { PublicError } from '../errors.ts';
import { todayInVietNam } from './days.ts';
import { openScope, releases } from './releases.ts';
import { rememberScope } from './scopes.ts';
import { findAll } from './source.ts';
import type { Context, Row } from './types.ts';

/** Rows of one statement, and rows that are kept. */
const [batch, keptMax] = [20, 200];

export interface FollowContext extends Context {
  database: Pick<Database, 'pool' | 'listen'>;
}

export interface FollowTimes {
  /** Between two readings of the number, for a database that notifies nobody: a standby, or one behind a pooler. */
  pollMs: number;
  /** After a reading that failed. */
  retryMs: number;
  /** For which the connection is kept when nobody follows any more: the next may come at once. */
  lingerMs: number;
}

/** One for a process. Its connection is there only while somebody follows: most services never need it. */
export class ReleaseHub {
  readonly #context: FollowContext;
  readonly #times: FollowTimes;
  readonly #followers = new Set<Follower>();
  readonly #rows = new Map<number, Promise<Row>>();
  #current: number | undefined;
  #running: Promise<number> | undefined;
  #next: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lingering: NodeJS.Timeout | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  #stopped: Promise<void> = Promise.resolve();

  constructor(
    context: FollowContext,
    times: FollowTimes = { pollMs: 30_000, retryMs: 1000, lingerMs: 1000 },
  ) {
    // Followers are told of what is read after they came; what is known to others may be older.
    this.#context = { database: context.database, now: context.now };
    this.#times = times;
  }

  /** The follower is one of `among` until it ends. Throws `bad_argument` for a number that is still to come. */
  async follow(among: Set<Follower>, since?: number): Promise<Follower> {
    const follower = new Follower(this, (ended) => {
      among.delete(ended);
      this.#leave(ended);
    });
    among.add(follower);
    this.#enter(follower);
    try {
      const current = await this.#refresh();
      if (since !== undefined && since > current) throw stillToCome(since, current);
      follower.position = since ?? current;
      return follower;
    } catch (error) {
      follower.end();
      throw error;
    }
  }

  /** The number that was read last; no follower moves before there is one. */
  get current(): number {
    return this.#current as number;
  }

  /** The row of a release that is not above the current one. */
  row(number: number): Promise<Row> {
    return this.#rows.get(number) ?? this.#load(number, this.current);
  }

  /** Ends all followers; resolves once the connection is gone. */
  async close(): Promise<void> {
    for (const follower of this.#followers) follower.end();
    this.#stop();
    await this.#stopped;
  }

  #enter(follower: Follower): void {
    this.#followers.add(follower);
    clearTimeout(this.#lingering);
    if (this.#stopListening === undefined) {
      const listening = this.#context.database.listen(releaseChannel, () => this.#look());
      this.#stopListening = () => listening.close();
    }
    this.#lookAfter(this.#times.pollMs);
  }

  #leave(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size > 0) return;
    clearTimeout(this.#timer);
    this.#lingering = setTimeout(() => this.#stop(), this.#times.lingerMs);
  }

  #stop(): void {
    clearTimeout(this.#lingering);
    if (this.#stopListening === undefined) return;
    this.#stopped = Promise.all([this.#stopped, this.#stopListening()]).then(() => undefined);
    this.#stopListening = undefined;
  }

  #look(): void {
    this.#refresh().then(
      () => this.#lookAfter(this.#times.pollMs),
      () => this.#lookAfter(this.#times.retryMs),
    );
  }

  #lookAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#followers.size > 0) this.#timer = setTimeout(() => this.#look(), ms);
  }

  /** A reading that begins after the call; whoever asks while another one runs shares the next. */
  #refresh(): Promise<number> {
    const running = this.#running?.catch(() => undefined) ?? Promise.resolve();
    this.#next ??= running.then(() => {
      this.#running = this.#next;
      this.#next = undefined;
      return this.#read();
    });
    return this.#next;
  }

  /** A new number is told once its row is there, so that followers do not meet a failure to read it. */
  async #read(): Promise<number> {
    const { release } = await openScope(this.#context);
    const known = this.#current ?? release;
    if (release > known) await this.#load(known + 1, release);
    this.#current = release;
    if (release > known) for (const follower of this.#followers) follower.wake();
    return release;
  }

  /** Reads a row and those that come next, which are most likely asked for next. */
  #load(first: number, current: number): Promise<Row> {
    const last = Math.min(first + batch - 1, current);
    const rows = this.#rowsBetween(first, last);
    for (let number = first; number <= last; number += 1) {
      const row = rows.then((found) => found[number - first] as Row);
      row.catch(() => this.#rows.delete(number));
      this.#rows.set(number, row);
    }
    for (const number of this.#rows.keys()) if (this.#rows.size > keptMax) this.#rows.delete(number);
    return this.#rows.get(first) as Promise<Row>;
  }

  /** Edges below a row are of the release that it tells. */
  async #rowsBetween(first: number, last: number): Promise<Row[]> {
    const today = todayInVietNam(this.#context.now());
    const found = await findAll(this.#context, { release: last, today }, releases, [
      sql`${table.number} >= ${first}`,
    ]);
    return found.reverse().map((row) => rememberScope(row, { release: row['number'] as number, today }));
  }
}

/** The releases after a position, one by one, without end until it is ended. */
export class Follower implements AsyncIterableIterator<Row> {
  position = 0;
  readonly #hub: ReleaseHub;
  readonly #ended: (follower: Follower) => void;
  #isEnded = false;
  #wake: () => void = () => undefined;

  constructor(hub: ReleaseHub, ended: (follower: Follower) => void) {
    this.#hub = hub;
    this.#ended = ended;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Row>> {
    while (!this.#isEnded) {
      if (this.position < this.#hub.current) {
        const value = await this.#read();
        // What was read for a client that has left meanwhile is not told.
        if (!this.#isEnded) return { value, done: false };
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    return { value: undefined, done: true };
  }

  /** Who iterates does not come back after a failure. */
  async #read(): Promise<Row> {
    try {
      const row = await this.#hub.row(this.position + 1);
      this.position += 1;
      return row;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Row>> {
    this.end();
    return { value: undefined, done: true };
  }

  wake(): void {
    this.#wake();
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#ended(this);
    this.#wake();
  }
}

const stillToCome = (since: number, current: number): PublicError =>
  new PublicError('bad_argument', `There is no release ${since} yet; the current one is ${current}.`, {
    parameter: 'since',
    suggestion: `${current}`,
  });
