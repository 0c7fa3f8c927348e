/** Commands that are given what is spoilt: each does it, or tells what is wrong and leaves the database as it was. */
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { rootOpenFolder } from '../db/embedded-helper.ts';
import { seedOr } from '../deep.ts';
import { sumOf } from '../faults/content.ts';
import { govdata, type Result } from '../govdata.ts';
import { type Draw, drawFrom } from './draw.ts';

const seed = seedOr(20261129);

/** Of the files that are given to commands. */
export const folder = rootOpenFolder(t);
export const file = (name: string): string => `${folder}/${name}`;

/** A database that commands write to, and what it held before. */
interface Target {
  url: string;
  before: string;
}

export class Targets {
  readonly #make: () => Promise<string>;
  readonly #again: boolean;
  #current: Target | undefined;

  /** `again`: whether what was written to cannot be written to once more. */
  constructor(make: () => Promise<string>, again = true) {
    this.#make = make;
    this.#again = again;
  }

  async get(): Promise<Target> {
    if (!this.#current) {
      const url = await this.#make();
      this.#current = { url, before: await sumOf(url) };
    }
    return this.#current;
  }

  /** It was written to: the next one begins there, or with another. */
  async renew(): Promise<void> {
    const { url } = await this.get();
    this.#current = this.#again ? undefined : { url, before: await sumOf(url) };
  }
}

/** Of its database. */
export const nameOf = (url: string): string => new URL(url).pathname.slice(1);
const longestMs = 30_000;
const mostBytes = 700 * 2 ** 20;

export interface Case {
  args: string[];
  /** What is wrong with what was stored. */
  stored?: (url: string) => Promise<string[]>;
  /** What was spoilt, to be shown. */
  shown: () => string;
}

const told = new Map<string, number>();
const count = (what: string): void => void told.set(what, (told.get(what) ?? 0) + 1);

/** A fault is a line: where, two blanks, its code, two blanks, what is wrong. */
function faultsOfRefusal({ code, out, err }: Result): string[] {
  const faults: string[] = [];
  if (code !== 1) faults.push(`exit code ${code}`);
  if (/\n {4}at /.test(err)) faults.push('nobody foresaw it');
  if (out !== '') faults.push(`it printed ${out.slice(0, 200)}`);
  const lines = err.trimEnd().split('\n');
  const codes = lines.flatMap((line) => /(?:^|\S {2})([a-z][a-z0-9_]+) {2}\S/.exec(line)?.[1] ?? []);
  if (codes.length === 0) faults.push('no fault is told');
  for (const one of new Set(codes)) count(one);
  return faults.map((fault) => `${fault}: ${err.slice(0, 1500)}`);
}

async function faultsOf(targets: Targets, { args, stored }: Case): Promise<string[]> {
  const { url, before } = await targets.get();
  const [begin, memory] = [performance.now(), process.memoryUsage().rss];
  const result = await govdata(args, { url });
  const faults: string[] = [];
  const ms = performance.now() - begin;
  if (ms > longestMs) faults.push(`it took ${ms} ms`);
  if (process.memoryUsage().rss - memory > mostBytes) faults.push('it took very much memory');
  if (result.code === 0) {
    count('done');
    const wrong = (await stored?.(url)) ?? [];
    await targets.renew();
    return [...faults, ...wrong];
  }
  faults.push(...faultsOfRefusal(result));
  if (before !== (await sumOf(url))) {
    await targets.renew();
    faults.push('the database is another');
  }
  return faults;
}

export async function check(
  t: Test,
  numRuns: number,
  targets: Targets,
  make: (draw: Draw) => Promise<Case>,
): Promise<void> {
  const property = fc.asyncProperty(fc.gen(), async (g) => {
    const one = await make(drawFrom(g));
    const faults = await faultsOf(targets, one);
    if (faults.length > 0)
      throw new Error(`${faults.join('\n')} ← ${one.args.join(' ')}: ${one.shown()}`.slice(0, 4000));
  });
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns });
  t.comment(`${numRuns} files, seed ${seed}; ${JSON.stringify([...told].sort())}`);
  told.clear();
  t.equal(failed ? `${errorInstance} (seed ${seed}, path ${counterexamplePath})` : '', '');
}

export const shownBytes = (bytes: Buffer): string => JSON.stringify(bytes.toString('latin1').slice(0, 1500));
