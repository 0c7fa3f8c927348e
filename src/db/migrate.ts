/**
 * Migrations: what is applied, what is pending, and applying it. drizzle's migrator does the work;
 * around it stand a lock, since racing runs would fail, and checks, since it would skip a migration
 * that was merged late and not notice one that was edited.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DrizzleQueryError } from 'drizzle-orm/errors';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyPending } from 'drizzle-orm/node-postgres/migrator';
import type pg from 'pg';
import { type Fault, FaultsError } from '../errors.ts';
import { holdingLock } from './locks.ts';

/** The same folder from `src/db` and from `dist/db`. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

export interface AppliedMigration {
  tag: string;
  /** Null if another tool than ours applied it. */
  appliedAt: string | null;
}

export interface PendingMigration {
  tag: string;
  statements: number;
}

export interface MigrationPlan {
  applied: AppliedMigration[];
  pending: PendingMigration[];
}

export interface MigrationResult extends MigrationPlan {
  /** What this run applied. */
  appliedNow: PendingMigration[];
}

export interface JournalEntry {
  tag: string;
  when: number;
}

export interface Migration extends JournalEntry {
  file: string;
  sql: string;
}

interface Row {
  hash: string;
  when: number;
  appliedAt: string | null;
}

/** drizzle's own table and, besides, when each migration was applied. */
export const createTable = `
  create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint);
  alter table drizzle.__drizzle_migrations add column if not exists applied_at timestamptz default now()`;

/** Compares the folder with the database. Throws all that forbids to migrate, or to serve. */
export async function planMigrations(
  database: pg.Pool | pg.PoolClient,
  folder = migrationsFolder,
): Promise<MigrationPlan> {
  const migrations = await readMigrations(folder);
  const rows = await readRows(database);
  refuse(compare(migrations, rows));
  const plan: MigrationPlan = { applied: [], pending: [] };
  for (const { tag, when, sql } of migrations) {
    const row = rows.find((candidate) => candidate.when === when);
    if (row) plan.applied.push({ tag, appliedAt: row.appliedAt });
    else plan.pending.push({ tag, statements: statementsOf(sql).length });
  }
  return plan;
}

/** Applies what is pending, all of it or nothing; a second run at the same time waits for the first. */
export function migrate(
  pool: pg.Pool,
  options: { folder?: string; log?: (line: string) => void } = {},
): Promise<MigrationResult> {
  const { folder = migrationsFolder, log = () => undefined } = options;
  return holdingLock(pool, 'migrate', async (client) => {
    const { pending } = await planMigrations(client, folder);
    if (pending.length > 0) {
      for (const { tag, statements } of pending) log(`applying ${tag} (${statements} statements)`);
      await client.query(createTable);
      await applyPending(drizzle(client), { migrationsFolder: folder }).catch(
        async (error: DrizzleQueryError) => {
          throw await migrationFailed(error, folder);
        },
      );
    }
    return { ...(await planMigrations(client, folder)), appliedNow: pending };
  });
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const journal = await readFile(join(folder, 'meta', '_journal.json'), 'utf8').catch(() => {
    throw faultsError([
      { code: 'missing_file', file: basename(folder), message: 'there is no meta/_journal.json' },
    ]);
  });
  const { entries } = JSON.parse(journal) as { entries: JournalEntry[] };
  const files = new Set((await readdir(folder)).filter((name) => name.endsWith('.sql')));
  const faults: Fault[] = [];
  const migrations: Migration[] = [];
  for (const { tag, when } of entries) {
    const file = `${tag}.sql`;
    const latest = migrations.at(-1)?.when ?? 0;
    if (!files.delete(file)) {
      faults.push({
        code: 'missing_file',
        file,
        message: 'the journal names it, but it is not in the folder',
      });
    } else if (when <= latest) {
      faults.push({ code: 'migration_order', file, message: 'it is older than the migration before it' });
    } else {
      migrations.push({ tag, when, file, sql: await readFile(join(folder, file), 'utf8') });
    }
  }
  for (const file of files)
    faults.push({ code: 'stray_file', file, message: 'the journal does not name it' });
  refuse(faults);
  return migrations;
}

async function readRows(database: pg.Pool | pg.PoolClient): Promise<Row[]> {
  const table = await database.query<{ there: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as there",
  );
  if (!table.rows[0]?.there) return [];
  // The column may be missing where drizzle-kit itself made the table: JSON then says null.
  const { rows } = await database.query<Row>(`
    select hash, created_at::float8 as "when",
      to_char((to_jsonb(m) ->> 'applied_at')::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        as "appliedAt"
    from drizzle.__drizzle_migrations m order by created_at, id`);
  return rows;
}

function compare(migrations: readonly Migration[], rows: readonly Row[]): Fault[] {
  const faults: Fault[] = [];
  const newestRow = rows.at(-1)?.when ?? 0;
  const newest = migrations.at(-1)?.when ?? 0;
  for (const { when, file, sql } of migrations) {
    const row = rows.find((candidate) => candidate.when === when);
    if (row && row.hash !== createHash('sha256').update(sql).digest('hex')) {
      const message = 'it was edited after it had been applied; put it back and add a new migration';
      faults.push({ code: 'edited_migration', file, message });
    } else if (!row && when < newestRow) {
      const message = 'it is not applied, but a later one is; give it a new time at the end of the journal';
      faults.push({ code: 'migration_gap', file, message });
    }
  }
  for (const { when } of rows) {
    if (migrations.some((migration) => migration.when === when)) continue;
    const made = new Date(when).toISOString();
    faults.push(
      when > newest
        ? { code: 'newer_database', message: `the database has a migration of ${made}; update this program` }
        : {
            code: 'unknown_migration',
            message: `the database has a migration of ${made} that is not in the folder`,
          },
    );
  }
  return faults;
}

/** PostgreSQL's own words, and the file that holds the statement. */
async function migrationFailed({ query, cause }: DrizzleQueryError, folder: string): Promise<FaultsError> {
  const culprit = (await readMigrations(folder)).find(({ sql }) => sql.includes(query));
  const file = culprit?.file ?? basename(folder);
  return faultsError([{ code: 'migration_failed', file, message: `${cause?.message}; nothing was changed` }]);
}

export function statementsOf(sql: string): string[] {
  return sql.split('--> statement-breakpoint').filter((statement) => statement.trim() !== '');
}

function refuse(faults: Fault[]): void {
  if (faults.length > 0) throw faultsError(faults);
}

function faultsError(faults: Fault[]): FaultsError {
  return new FaultsError('The database cannot be migrated.', faults);
}
