/**
 * Random sequences of seeds, corrections and rollbacks: every release can be had again, nothing is lost, and what is
 * done twice is done once. `npm run test:deep` tries more of them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Database } from '../../src/db/client.ts';
import { FaultsError } from '../../src/errors.ts';
import { rowsOf, type Tables } from '../../src/import/layout.ts';
import { rollback } from '../../src/import/rollback.ts';
import { seed } from '../../src/import/seed.ts';
import { tablesAt } from '../../src/import/tables-at.ts';
import { runsOr } from '../deep.ts';
import { emptiedDatabase } from './country.ts';
import {
  type Content,
  changesBetween,
  contentOf,
  type ExpectedChange,
  emptyWorld,
  figureId,
  seedFileOf,
  type World,
} from './little-world.ts';

type Step =
  | { kind: 'body'; number: number; name: number | null }
  | { kind: 'task'; number: number; links: number[] | null }
  | { kind: 'figure'; year: number; value: number | null }
  | { kind: 'set' | 'withdraw' | 'merge'; year: number; value: number; into: number }
  | { kind: 'uncorrect' }
  | { kind: 'seed'; dryRun: boolean }
  | { kind: 'rollback'; to: number; dryRun: boolean };

const few = fc.nat({ max: 2 });
const year = fc.integer({ min: 2001, max: 2003 });
const value = fc.integer({ min: 1, max: 4 });
const rarely = fc.nat({ max: 5 }).map((number) => number === 0);
/** Half of the steps make releases. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('body' as const),
      number: few,
      name: fc.option(few, { freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      number: few,
      links: fc.option(fc.uniqueArray(few, { maxLength: 2 }), { freq: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('figure' as const),
      year,
      value: fc.option(value, { freq: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('set' as const, 'set' as const, 'withdraw' as const, 'merge' as const),
      year,
      value,
      into: year,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'uncorrect' as const }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('seed' as const), dryRun: rarely }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('rollback' as const), to: fc.nat({ max: 7 }), dryRun: rarely }),
  },
);

/** The world as it would be after a step that only edits files. */
function edited(world: World, one: Step, count: number): World {
  const next: World = {
    bodies: new Map(world.bodies),
    tasks: new Map(world.tasks),
    figures: new Map(world.figures),
    corrections: [...world.corrections],
  };
  const put = <V>(map: Map<number, V>, key: number, to: V | null) =>
    to === null ? map.delete(key) : map.set(key, to);
  if (one.kind === 'body') put(next.bodies, one.number, one.name);
  if (one.kind === 'task') put(next.tasks, one.number, one.links);
  if (one.kind === 'figure') put(next.figures, one.year, one.value);
  if (one.kind === 'uncorrect') next.corrections.pop();
  const says = contentOf(world)?.get(figureId('year' in one ? one.year : 0));
  const base = { id: count, year: 'year' in one ? one.year : 0, expect: Number(says) };
  if (says === undefined) return next;
  if (one.kind === 'set' && `${one.value}` !== says) next.corrections.push({ ...base, set: one.value });
  if (one.kind === 'withdraw') next.corrections.push({ ...base, withdraw: true });
  if (one.kind === 'merge' && one.into !== one.year) next.corrections.push({ ...base, mergedInto: one.into });
  return next;
}

/** The database and what is known of it beside. */
class Course {
  readonly #database: Database;
  readonly #folder: string;
  /** By release; that before the first is empty. */
  readonly #contents: Content[] = [new Map()];
  readonly #changes: Map<string, ExpectedChange>[] = [new Map()];
  readonly #known = new Set<string>();
  #world = emptyWorld();
  #count = 0;

  constructor(database: Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  get #last(): number {
    return this.#contents.length - 1;
  }

  async take(one: Step): Promise<void> {
    this.#count += 1;
    if (one.kind === 'seed') await this.#seed(one.dryRun);
    else if (one.kind === 'rollback') await this.#rollback(one.to, one.dryRun);
    else this.#world = edited(this.#world, one, this.#count);
  }

  async #seed(dryRun: boolean): Promise<void> {
    const wanted = contentOf(this.#world);
    writeFileSync(join(this.#folder, 'world.yml'), seedFileOf(this.#world));
    const run = () => seed(this.#database, { folder: this.#folder, dryRun });
    if (wanted === undefined) await assertRefused(run);
    else await this.#release(run, wanted, dryRun);
  }

  async #rollback(to: number, dryRun: boolean): Promise<void> {
    const run = () => rollback(this.#database, to, { dryRun });
    const wanted = this.#contents[to];
    // There is no release 0, and none beyond the last, which is the current one.
    if (to === 0 || to >= this.#last || wanted === undefined) await assertRefused(run);
    else await this.#release(run, wanted, dryRun);
  }

  async #release(
    run: () => Promise<{ release: number | null; made: boolean }>,
    wanted: Content,
    dryRun: boolean,
  ): Promise<void> {
    const before = this.#contents[this.#last] as Content;
    const changes = changesBetween(before, wanted, this.#world.corrections);
    // The first also has the place and the indicator.
    const differs = changes.size > 0 || this.#last === 0;
    const report = await run();
    assert(report.made === (differs && !dryRun), `${report.made ? 'a' : 'no'} release was made`);
    if (!report.made) return;
    this.#contents.push(wanted);
    this.#changes.push(changes);
    assert(report.release === this.#last, `release ${report.release} is ${this.#last}`);
  }

  /** Every release is what it was, and every id that there ever was is known. */
  async check(t: Test): Promise<void> {
    const { pool } = this.#database;
    const client = await pool.connect();
    try {
      for (const [release, content] of this.#contents.entries()) {
        assertSame(contentIn(await tablesAt(client, release)), content, `the content of release ${release}`);
        for (const id of content.keys()) this.#known.add(id);
      }
    } finally {
      client.release();
    }
    const { rows: changes } = await pool.query<{
      release: number;
      id: string;
      reason: string;
      correction: string;
    }>(
      `select release, record_id as id, reason, correction_id as correction from changes
       where record_id ~ '^(body|task|observation|correction):'`,
    );
    for (const [release, expected] of this.#changes.entries()) {
      const told = changes.filter((one) => one.release === release);
      const texts = new Map(told.map(({ id, reason, correction }) => [id, `${reason} ${correction}`]));
      const wanted = new Map([...expected].map(([id, one]) => [id, `${one.reason} ${one.correction}`]));
      assertSame(texts, wanted, `the changes of release ${release}`);
    }
    const identities = await pool.query<{ id: string }>('select id from identities');
    const ids = new Set(identities.rows.map(({ id }) => id));
    assert(
      [...this.#known].every((id) => ids.has(id)),
      'no identity is lost',
    );
    await this.#checkHashes();
    t.pass(`${this.#last} releases`);
  }

  /** Equal contents have equal hashes, and only they. */
  async #checkHashes(): Promise<void> {
    const { rows } = await this.#database.pool.query<{ number: number; hash: string }>(
      'select number, hash from releases order by number',
    );
    const texts = this.#contents.map((content) => JSON.stringify([...content].sort()));
    for (const one of rows) {
      for (const other of rows) {
        const same = texts[one.number] === texts[other.number];
        // The world may differ in what a content leaves out: the text of a correction.
        if (one.hash === other.hash) assert(same, `releases ${one.number} and ${other.number} differ`);
      }
    }
  }
}

/** What the tables hold of the world. */
function contentIn(tables: Tables): Content {
  const links = rowsOf(tables, 'taskBodies');
  const linksOf = (id: unknown) =>
    links
      .filter((link) => link['task_id'] === id)
      .sort((a, b) => Number(a['ordinal']) - Number(b['ordinal']))
      .map((link) => link['body_id'])
      .join();
  const nameOf = (row: { name?: unknown }) =>
    String((row.name as { en: string }).en)
      .split(' ')
      .at(-1);
  return new Map([
    ...rowsOf(tables, 'bodies').map((row) => [String(row['id']), `name ${nameOf(row)}`] as const),
    ...rowsOf(tables, 'tasks').map((row) => [String(row['id']), linksOf(row['id'])] as const),
    ...rowsOf(tables, 'observations').map((row) => [String(row['id']), `${row['value']}`] as const),
    ...rowsOf(tables, 'corrections').map((row) => [String(row['id']), String(row['fact_id'])] as const),
  ]);
}

function assert(holds: boolean, what: string): void {
  if (!holds) throw new Error(`not true: ${what}`);
}

function assertSame(found: Content, wanted: Content, what: string): void {
  const text = (content: Content) => JSON.stringify([...content].sort(), null, 1);
  if (text(found) !== text(wanted)) throw new Error(`${what}: ${text(found)} instead of ${text(wanted)}`);
}

async function assertRefused(run: () => Promise<unknown>): Promise<void> {
  const refused = await run().then(
    () => false,
    (error: unknown) => error instanceof FaultsError,
  );
  assert(refused, 'it is refused');
}

const numRuns = runsOr(8);

t.test(`${numRuns} random courses keep every release, lose nothing, and do nothing twice`, async (t) => {
  const database = await emptiedDatabase();
  const folder = t.testdir();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      await database.pool.query('truncate releases, identities cascade');
      const course = new Course(database, folder);
      for (const one of steps) await course.take(one);
      await course.check(t);
    }),
    { seed: 20261125, numRuns },
  );
});
