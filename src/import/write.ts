/** Writes a release: reads what is current, ends and begins rows, all in one transaction. */
import type pg from 'pg';
import { tellRelease } from '../db/releases-told.ts';
import type { Changes, TypeChanges } from '../schema/release.ts';
import { programVersion } from '../version.ts';
import { compare, type Differences, withFigures } from './differ.ts';
import { compareFigures, type FigureCounts, someFigures, writeFigures } from './imported-figures.ts';
import type { Layout, StoredRow, Tables } from './layout.ts';
import { tablesAt } from './tables-at.ts';

/** Rows a statement: large enough to be quick, small enough for one message. */
const batch = 5000;

export interface ReleaseOptions {
  note?: string;
  /** Compare only: nothing is written. */
  dryRun?: boolean;
  /** What the figures of imported tables are to be; they stay as they are where nothing is said. */
  figures?: FiguresToBe;
}

export interface FiguresToBe {
  /** Puts those that are wanted where `compareFigures` looks for them. */
  want: (client: pg.ClientBase) => Promise<unknown>;
  /** Of which dataset they are; null for all. */
  dataset: string | null;
  /** Called when what differs is known, before anything is written. */
  compared?: () => Promise<void>;
  /** Called while they are written: how many have begun, and which share of all that is. */
  written?: (figures: number, share: number) => void;
}

export interface Written {
  /** The release that is current now; null if there is none yet. */
  release: number | null;
  made: boolean;
  differences: Differences;
  figures: FigureCounts;
}

/** What commands say of a release. */
export interface ReleaseReport {
  /** The current release; null if there is none yet. */
  release: number | null;
  /** Whether this run made it. */
  made: boolean;
  counts: Changes;
  byType: TypeChanges[];
}

export const reportOf = ({ release, made, differences: { counts, byType } }: Written): ReleaseReport => ({
  release,
  made,
  counts,
  byType,
});

const noFigures: FigureCounts = { added: 0, revised: 0, withdrawn: 0, left: 0 };

/**
 * Writes what the tables are to hold, given what they hold. The session must hold the release lock. Without a
 * difference no release is made; whatever is thrown, nothing is written.
 */
export async function writeRelease(
  client: pg.ClientBase,
  wish: (current: Tables) => Tables,
  { note, dryRun = false, figures: toBe }: ReleaseOptions = {},
): Promise<Written> {
  await client.query('begin');
  const last = await client.query<{ number: number | null }>('select max(number) as number from releases');
  const current = last.rows[0]?.number ?? null;
  const held = await tablesAt(client, current ?? 0);
  await toBe?.want(client);
  const figures = toBe === undefined ? noFigures : await compareFigures(client, toBe.dataset);
  await toBe?.compared?.();
  const differences = withFigures(compare(held, wish(held)), figures);
  const differs = differences.tables.some(({ ended, begun }) => ended.length + begun.length > 0);
  if (dryRun || !(differs || someFigures(figures))) {
    await client.query('rollback');
    return { release: current, made: false, differences, figures };
  }
  const number = (current ?? 0) + 1;
  await insertRelease(client, number, differences, note);
  await insertIdentities(client, number, differences);
  await insertChanges(client, number, differences);
  for (const { layout, ended, begun } of differences.tables) {
    await endRows(client, number, layout, ended);
    await beginRows(client, number, layout.table, begun);
  }
  if (toBe !== undefined) await writeFigures(client, number, toBe.written);
  // Delivered when the transaction commits.
  await tellRelease(client, number);
  await client.query('commit');
  // Without it, the first questions are planned as if the tables were empty.
  const written = differences.tables.filter(({ ended, begun }) => ended.length + begun.length > 0);
  const analyzed = new Set(['identities', 'changes', ...written.map(({ layout }) => layout.table)]);
  if (someFigures(figures)) analyzed.add('observations');
  await client.query(`analyze ${[...analyzed].join(', ')}`);
  return { release: number, made: true, differences, figures };
}

async function insertRelease(
  client: pg.ClientBase,
  number: number,
  { hash, counts, byType }: Differences,
  note: string | undefined,
): Promise<void> {
  // Not now(): the transaction may have begun before an earlier release was committed.
  await client.query(
    `insert into releases (number, created_at, hash, counts, by_type, program_version, note)
     values ($1, clock_timestamp(), $2, $3, $4, $5, $6)`,
    [number, hash(), JSON.stringify(counts), JSON.stringify(byType), programVersion, note ?? null],
  );
}

/** An id that was withdrawn may come back: its identity is there already. */
async function insertIdentities(
  client: pg.ClientBase,
  number: number,
  { tables }: Differences,
): Promise<void> {
  // Continuing places have an identity, but no state of their own; what was withdrawn at once never had one.
  const ids = tables
    .flatMap(({ begun }) => begun.flatMap(({ id, place_id: place, fact_id: fact }) => [id, place, fact]))
    .filter((id) => id !== undefined);
  for (const slice of batches([...new Set(ids)])) {
    await client.query(
      'insert into identities (id, since_release) select id, $1 from unnest($2::text[]) id on conflict do nothing',
      [number, slice],
    );
  }
}

async function insertChanges(client: pg.ClientBase, number: number, { changes }: Differences): Promise<void> {
  for (const slice of batches([...changes])) {
    await client.query(
      `insert into changes (release, record_id, reason, correction_id)
       select $1, * from unnest($2::text[], $3::text[], $4::text[])`,
      [
        number,
        slice.map(([id]) => id),
        slice.map(([, { reason }]) => reason),
        slice.map(([, { correction }]) => correction),
      ],
    );
  }
}

async function endRows(
  client: pg.ClientBase,
  number: number,
  { table, sameKey }: Layout,
  rows: readonly StoredRow[],
): Promise<void> {
  for (const slice of batches(rows)) {
    await client.query(
      `update ${table} t set until_release = $1 from jsonb_populate_recordset(null::${table}, $2) gone
       where t.until_release is null and ${sameKey}`,
      [number, JSON.stringify(slice)],
    );
  }
}

async function beginRows(
  client: pg.ClientBase,
  number: number,
  table: string,
  rows: readonly StoredRow[],
): Promise<void> {
  for (const slice of batches(rows)) {
    const whole = slice.map((row) => ({ ...row, since_release: number }));
    await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(whole),
    ]);
  }
}

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += batch) yield items.slice(start, start + batch);
}
