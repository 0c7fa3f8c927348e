/** `govdata export` and `govdata load`: what they do and print. */
import { type ExportReport, exportReleases } from '../import/transfer/export.ts';
import { type LoadReport, load as loadInto } from '../import/transfer/load.ts';
import { megabytes } from '../import/transfer/progress.ts';
import { type Json, jsonOf, withDatabase } from './run.ts';
import { type Terminal, table } from './terminal.ts';

type ExportOptions = Json & { release?: number; force?: true };

export async function exportTo(
  terminal: Terminal,
  folder: string,
  { json, ...options }: ExportOptions,
): Promise<void> {
  const report = await withDatabase(terminal, (database, log) =>
    exportReleases(database, folder, { ...options, log }),
  );
  terminal.out(json ? jsonOf(report) : exportText(report));
}

export async function load(
  terminal: Terminal,
  folder: string,
  { json, ...options }: Json & { dryRun?: true },
): Promise<void> {
  const report = await withDatabase(terminal, (database, log) =>
    loadInto(database, folder, { ...options, log }),
  );
  terminal.out(json ? jsonOf(report) : loadText(report));
}

function exportText(report: ExportReport): string {
  const { folder, replaced } = report;
  const instead = replaced === null ? '' : `, in place of an export of release ${replaced}`;
  return `${filesText(report)}\n${historyOf(report)} exported to ${folder}${instead}: ${sizeOf(report)}.\n`;
}

function loadText(report: LoadReport): string {
  const { loaded, migrations } = report;
  const migrated = migrations.length === 0 ? '' : `, and ${migrations.length} migrations applied`;
  const done = loaded
    ? `loaded${migrated}: ${sizeOf(report)}`
    : `could be loaded${migrated}; nothing was changed`;
  return `${filesText(report)}\n${historyOf(report)} ${done}.\n`;
}

const filesText = ({ files }: LoadReport | ExportReport): string =>
  table([
    ['table', 'rows', 'bytes', 'SHA-256'],
    ...files.map(({ table, rows, bytes, sha256 }) => [table, rows, bytes, `${sha256.slice(0, 12)}…`]),
  ]);

/** The hash is that of `govdata releases`, by which two machines are compared. */
const historyOf = ({ release, hash }: LoadReport | ExportReport): string =>
  `${release === 1 ? 'Release 1' : `Releases 1 to ${release}`} (${hash.slice(0, 12)})`;

function sizeOf({ files }: LoadReport | ExportReport): string {
  const sum = (member: 'rows' | 'bytes') => files.reduce((total, file) => total + file[member], 0);
  return `${sum('rows')} rows, ${megabytes(sum('bytes'))}`;
}
