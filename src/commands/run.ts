/** What each command does: open the database, let the other rooms work, print what came of it. */
import { loadConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/client.ts';
import * as migrations from '../db/migrate.ts';
import { FaultsError } from '../errors.ts';
import { type CiteOptions, cite as citationOf } from '../import/cite.ts';
import { importCrosswalk as crosswalkInto } from '../import/crosswalk/import.ts';
import { diffReleases } from '../import/diff.ts';
import { listReleases } from '../import/releases.ts';
import { rollback as rollbackTo } from '../import/rollback.ts';
import { seed as seedInto, seedsFolder } from '../import/seed.ts';
import { status as statusOf } from '../import/status.ts';
import { guessSpec } from '../import/table/guess/guess.ts';
import { importTable as tableInto } from '../import/table/import.ts';
import { verify as verifyAgainst } from '../import/verify.ts';
import { diffText } from './diff-text.ts';
import { tableText } from './table-text.ts';
import { Progress, type Terminal, table } from './terminal.ts';
import { crosswalkText, releasesText, releaseText, rollbackText, statusText } from './texts.ts';

export interface Json {
  json?: true;
}

export async function migrate(terminal: Terminal, options: Json & { dryRun?: true }): Promise<void> {
  const plan = await withDatabase(terminal, async (database, log) => {
    const { pending } = await migrations.planMigrations(database.pool);
    for (const { tag, statements } of pending) log(`pending: ${tag} (${statements} statements)`);
    return options.dryRun || pending.length === 0
      ? { ...(await migrations.planMigrations(database.pool)), appliedNow: [] }
      : migrations.migrate(database.pool, { log });
  });
  const { appliedNow, pending } = plan;
  if (options.json) terminal.out(jsonOf(plan));
  else if (appliedNow.length > 0) terminal.out(`${appliedNow.length} migrations applied.\n`);
  else if (pending.length > 0)
    terminal.out(`${pending.length} migrations are pending; nothing was changed.\n`);
  else terminal.out('Nothing to migrate.\n');
}

type SeedOptions = Json & { from?: string; note?: string; dryRun?: true };

export async function seed(terminal: Terminal, options: SeedOptions): Promise<void> {
  const { from, json, ...rest } = options;
  const report = await withDatabase(terminal, (database, log) =>
    seedInto(database, { ...rest, ...(from === undefined ? {} : { folder: from }), log }),
  );
  terminal.out(json ? jsonOf(report) : releaseText(report));
}

type ImportOptions = Json & { retrievedOn?: string; note?: string; dryRun?: true };

export async function importCrosswalk(
  terminal: Terminal,
  file: string,
  options: ImportOptions,
): Promise<void> {
  const { json, ...rest } = options;
  const report = await withDatabase(terminal, (database, log) =>
    crosswalkInto(database, file, { ...rest, seeds: seedsFolder, log }),
  );
  terminal.out(json ? jsonOf(report) : crosswalkText(report));
}

type TableOptions = Json & { spec: string; note?: string; dryRun?: true; yes?: true };

/** Where somebody is there to look at it first, what would change is shown before anything is written. */
export async function importTable(terminal: Terminal, file: string, options: TableOptions): Promise<void> {
  const { json, yes, ...rest } = options;
  const load = (dryRun: boolean) =>
    withDatabase(terminal, (database, log) => tableInto(database, file, { ...rest, dryRun, log }));
  if (terminal.confirm && !yes && !rest.dryRun) {
    const preview = await load(true);
    terminal.err(tableText(preview));
    if (preview.byType.length === 0 || !(await terminal.confirm('Write this release?'))) return;
  }
  const report = await load(rest.dryRun ?? false);
  terminal.out(json ? jsonOf(report) : tableText(report));
}

/** No database is asked: what the names mean is for the import to find out. */
export async function importGuess(
  terminal: Terminal,
  file: string,
  options: { sheet?: string },
): Promise<void> {
  terminal.out(await guessSpec(file, options));
}

export async function releases(terminal: Terminal, { json }: Json): Promise<void> {
  const list = await withDatabase(terminal, (database) => listReleases(database));
  terminal.out(json ? jsonOf(list) : releasesText(list));
}

export async function diff(terminal: Terminal, from: number, to: number, { json }: Json): Promise<void> {
  const report = await withDatabase(terminal, (database) => diffReleases(database, from, to));
  terminal.out(json ? jsonOf(report) : diffText(report));
}

type RollbackOptions = Json & { note?: string; dryRun?: true };

export async function rollback(
  terminal: Terminal,
  to: number,
  { json, ...options }: RollbackOptions,
): Promise<void> {
  const report = await withDatabase(terminal, (database) => rollbackTo(database, to, options));
  terminal.out(json ? jsonOf(report) : rollbackText(to, report));
}

export async function verify(terminal: Terminal, options: Json & { documents: string }): Promise<void> {
  const report = await withDatabase(terminal, (database) => verifyAgainst(database, options.documents));
  const rows = report.documents.map(({ id, fileName, proven, failed }) => [id, fileName, proven, failed]);
  terminal.out(
    options.json
      ? jsonOf(report)
      : `${table([['document', 'file', 'proven', 'failed'], ...rows])}\n${report.proven} citations proven.\n`,
  );
  if (report.faults.length > 0) {
    throw new FaultsError('Not everything could be proven.', report.faults);
  }
}

export async function cite(
  terminal: Terminal,
  options: Omit<CiteOptions, 'folder'> & { documents: string },
): Promise<void> {
  const { documents, ...rest } = options;
  terminal.out(`${await citationOf({ ...rest, folder: documents })}\n`);
}

export async function status(terminal: Terminal, options: Json): Promise<void> {
  const report = await withDatabase(terminal, (database) => statusOf(database));
  terminal.out(options.json ? jsonOf(report) : statusText(report));
}

/** As a writer, which no timeout stops: commands take the time they need. */
export async function withDatabase<T>(
  terminal: Terminal,
  work: (database: Database, log: (line: string) => void) => Promise<T>,
): Promise<T> {
  const progress = new Progress(terminal);
  try {
    const database = await openDatabase(loadConfig(), { role: 'writer', log: progress.log });
    try {
      return await work(database, progress.log);
    } finally {
      await database.close();
    }
  } finally {
    progress.end();
  }
}

export function jsonOf(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
