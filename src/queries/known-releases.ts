/**
 * The current release, known without asking the database for each request: a new one is heard of, and what was heard is
 * confirmed by reading while requests come, so that a connection that fell silent misleads nobody for long. While the
 * database is away, the release that it told of last goes on being told of, as one that may no longer be the current one.
 */
import type { Listening } from '../db/listen.ts';
import { releaseChannel } from '../db/releases-told.ts';
import { isAway, PublicError } from '../errors.ts';
import { midnightAfter, todayInVietNam } from './days.ts';
import type { FollowContext } from './following.ts';
import { type CurrentRelease, readCurrent } from './releases.ts';
import { Shared } from './shared.ts';
import type { Context, Releases, Scope } from './types.ts';

export interface KnownTimes {
  /** For which a reading is believed. */
  trustedMs: number;
  /** After which the next one is begun, while the last is still believed, or has failed. */
  refreshMs: number;
  /** For which a reading is waited for: a database that takes longer is as good as away. */
  patienceMs: number;
  /** For which the release is told of that a database told of last which is away. */
  staleMostMs: number;
}

interface Reading {
  /** When it began, by the clock of the process. */
  begun: number;
  /** Settles when it is known, or when nobody waits any more. */
  done: Promise<void>;
  /** Settles when nothing is read any more. */
  over: Promise<void>;
}

/** What current answers hold for: the release and the day. */
interface Holding {
  text: string;
  scope: Scope;
  /** Midnight. */
  until: number;
}

const never = Number.NEGATIVE_INFINITY;
const nobody = (): void => undefined;
/** Scopes that are kept; who names more releases than these tries them all. */
const scopesMost = 1000;
/** Of what records of one type share, the values that are kept: all places and indicators that there are. */
const sharedMost = 20_000;

export class KnownReleases implements Releases {
  readonly #context: FollowContext;
  readonly #changed: () => void;
  readonly #times: KnownTimes;
  readonly #scopes = new Map<string, Promise<Scope>>();
  readonly #shared = new Map<string, Shared>();
  #known: CurrentRelease | undefined;
  /** When the last reading began that succeeded, when the one that is believed, and when a release was heard of last. */
  #read = never;
  #confirmed = never;
  #heard = never;
  #reading: Reading | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isAway = false;
  #listening: Listening | undefined;
  #holding: Holding | undefined;

  /** `changed` is called when the current release is another than it was. */
  constructor({ database, now }: FollowContext, changed: () => void, times: KnownTimes) {
    this.#context = { database, now };
    this.#changed = changed;
    this.#times = times;
  }

  /** What every current answer holds for, the release and the day; undefined: the release has to be read first. */
  get epoch(): string | undefined {
    return this.#held()?.text;
  }

  /** What was read last and how long ago, in milliseconds, for those who watch: nothing is read for them. */
  get reading(): { number: number; ageMs: number } | undefined {
    return this.#known && { number: this.#known.number, ageMs: performance.now() - this.#read };
  }

  /**
   * Milliseconds since the release was read that is told of although the database is away; undefined: it is the current
   * one, or has to be read first.
   */
  get staleMs(): number | undefined {
    const now = performance.now();
    if (!this.#isSilent(now) || now - this.#confirmed <= this.#times.trustedMs) return undefined;
    const age = now - this.#read;
    return age <= this.#times.staleMostMs ? age : undefined;
  }

  /** The current release and its day, read where they are not known; release 0 before the first. */
  async current(): Promise<Scope> {
    if (this.#held() === undefined) {
      await this.#readSince(this.#heard).catch((error: unknown) => {
        if (this.staleMs === undefined) throw error;
      });
    }
    return (this.#held() ?? this.#hold()).scope;
  }

  /** The scope that clocks stand for, opened once for as long as the current release is the same. */
  async scope(clocks: string, open: (context: Context) => Promise<Scope>): Promise<Scope> {
    await this.current();
    const known = this.#scopes.get(clocks);
    if (known !== undefined) return known;
    if (this.#scopes.size >= scopesMost) this.#scopes.clear();
    const scope = open(this.#context);
    this.#scopes.set(clocks, scope);
    scope.catch(() => this.#scopes.delete(clocks));
    return scope;
  }

  /** What records of a published type share, kept for as long as the current release is the same; undefined of another one. */
  shared(release: number, type: string): Shared | undefined {
    if (release !== this.#known?.number) return undefined;
    const shared = this.#shared.get(type) ?? new Shared(sharedMost);
    this.#shared.set(type, shared);
    return shared;
  }

  /** Resolves once nothing is heard or read any more. */
  async close(): Promise<void> {
    await this.#listening?.close();
    await this.#reading?.over.catch(nobody);
    clearTimeout(this.#retry);
  }

  /** By the clock as well as by what failed: a timer is late in a process that has a lot to do. */
  #isSilent(now: number): boolean {
    const begun = this.#reading?.begun ?? now;
    return this.#isAway || now - begun > this.#times.patienceMs;
  }

  #held(): Holding | undefined {
    const age = performance.now() - this.#confirmed;
    const isTrusted = age <= this.#times.trustedMs;
    // A day that began while nobody could be asked has no answers: those of the day before are told.
    if (!isTrusted) return this.staleMs === undefined ? undefined : (this.#holding ?? this.#hold());
    const isDue = age > this.#times.refreshMs && !this.#isAway;
    if (isDue && this.#reading === undefined) this.#begin().catch(nobody);
    const isOver = this.#context.now().getTime() >= (this.#holding?.until ?? never);
    return isOver ? this.#hold() : this.#holding;
  }

  #hold(): Holding {
    const now = this.#context.now();
    const { number, hash } = this.#known as CurrentRelease;
    const scope = { release: number, today: todayInVietNam(now) };
    this.#holding = { scope, text: `${number} ${hash} ${scope.today}`, until: midnightAfter(now) };
    return this.#holding;
  }

  /** By a reading that began after the moment; one that began before may have missed what was heard then. */
  async #readSince(moment: number): Promise<void> {
    if (this.#reading !== undefined && this.#reading.begun < moment) await this.#reading.done.catch(nobody);
    await (this.#reading?.done ?? this.#begin());
  }

  /** One reading at a time, so that a database that hangs is not asked again and again. */
  #begin(): Promise<void> {
    clearTimeout(this.#retry);
    this.#listening ??= this.#context.database.listen(releaseChannel, () => this.#hear());
    const begun = performance.now();
    const over = readCurrent(this.#context)
      .then(
        (release) => this.#learn(release, begun),
        (error: unknown) => {
          this.#isAway = isAway(error);
          throw error;
        },
      )
      .finally(() => {
        this.#reading = undefined;
        if (this.#isAway) this.#tryAgain();
      });
    const done = this.#patiently(over);
    this.#reading = { begun, done, over };
    return done;
  }

  /** Also while nobody asks: whoever asks next is told what is so then. */
  #tryAgain(): void {
    this.#retry = setTimeout(() => this.#begin().catch(nobody), this.#times.refreshMs).unref();
  }

  #patiently(over: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#isAway = true;
        reject(new PublicError('unavailable', 'The database does not answer.', { retryAfter: 2 }));
      }, this.#times.patienceMs);
    });
    return Promise.race([over, late]).finally(() => clearTimeout(timer));
  }

  #hear(): void {
    this.#heard = performance.now();
    this.#confirmed = never;
    this.#readSince(this.#heard).catch(nobody);
  }

  #learn(release: CurrentRelease, begun: number): void {
    const known = this.#known;
    this.#known = release;
    this.#isAway = false;
    this.#read = begun;
    if (begun >= this.#heard) this.#confirmed = begun;
    if (known?.number === release.number && known.hash === release.hash) return;
    this.#scopes.clear();
    this.#shared.clear();
    this.#holding = undefined;
    if (known !== undefined) this.#changed();
  }
}
