/**
 * The current release, known without asking the database for each request: a new one is heard of, and what was heard is
 * confirmed by reading while requests come, so that a connection that fell silent misleads nobody for long.
 */
import type { Listening } from '../db/listen.ts';
import { midnightAfter, todayInVietNam } from './days.ts';
import { type FollowContext, releaseChannel } from './following.ts';
import { type CurrentRelease, readCurrent } from './releases.ts';
import type { Context, Releases, Scope } from './types.ts';

export interface KnownTimes {
  /** For which a reading is believed. */
  trustedMs: number;
  /** After which the next one is begun, while the last is still believed. */
  refreshMs: number;
}

interface Reading {
  /** When it began, by the clock of the process. */
  begun: number;
  done: Promise<void>;
}

const never = Number.NEGATIVE_INFINITY;
const nobody = (): void => undefined;
/** Scopes that are kept; who names more releases than these tries them all. */
const scopesMost = 1000;

export class KnownReleases implements Releases {
  readonly #context: FollowContext;
  readonly #changed: () => void;
  readonly #times: KnownTimes;
  readonly #scopes = new Map<string, Promise<Scope>>();
  #known: CurrentRelease | undefined;
  /** When the reading that is believed began, and when a release was heard of last. */
  #confirmed = never;
  #heard = never;
  #reading: Reading | undefined;
  #listening: Listening | undefined;
  #epoch = { text: '', until: never };

  /** `changed` is called when the current release is another than it was. */
  constructor(
    { database, now }: FollowContext,
    changed: () => void,
    times: KnownTimes = { trustedMs: 2000, refreshMs: 500 },
  ) {
    this.#context = { database, now };
    this.#changed = changed;
    this.#times = times;
  }

  /** What every current answer holds for, the release and the day; undefined: the release has to be read first. */
  get epoch(): string | undefined {
    const age = performance.now() - this.#confirmed;
    if (age > this.#times.trustedMs) return undefined;
    if (age > this.#times.refreshMs && this.#reading === undefined) this.#read().catch(nobody);
    const now = this.#context.now();
    if (now.getTime() >= this.#epoch.until) {
      const { number, hash } = this.#known as CurrentRelease;
      this.#epoch = { text: `${number} ${hash} ${todayInVietNam(now)}`, until: midnightAfter(now) };
    }
    return this.#epoch.text;
  }

  /** The number of the current release, read where it is not known; 0 before the first. */
  async current(): Promise<number> {
    if (this.epoch === undefined) await this.#readSince(this.#heard);
    return (this.#known as CurrentRelease).number;
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

  /** Resolves once nothing is heard or read any more. */
  async close(): Promise<void> {
    await this.#listening?.close();
    await this.#reading?.done.catch(nobody);
  }

  /** By a reading that began after the moment; one that began before may have missed what was heard then. */
  async #readSince(moment: number): Promise<void> {
    if (this.#reading !== undefined && this.#reading.begun < moment) await this.#reading.done.catch(nobody);
    await (this.#reading?.done ?? this.#read());
  }

  #read(): Promise<void> {
    this.#listening ??= this.#context.database.listen(releaseChannel, () => this.#hear());
    const begun = performance.now();
    const done = readCurrent(this.#context)
      .then((release) => this.#learn(release, begun))
      .finally(() => {
        this.#reading = undefined;
      });
    this.#reading = { begun, done };
    return done;
  }

  #hear(): void {
    this.#heard = performance.now();
    this.#confirmed = never;
    this.#readSince(this.#heard).catch(nobody);
  }

  #learn(release: CurrentRelease, begun: number): void {
    const known = this.#known;
    this.#known = release;
    if (begun >= this.#heard) this.#confirmed = begun;
    if (known?.number === release.number && known.hash === release.hash) return;
    this.#scopes.clear();
    this.#epoch.until = never;
    if (known !== undefined) this.#changed();
  }
}
