/** `govdata operations …`: what each command does and prints. */
import {
  listOperations,
  type Operation,
  type RegisterReport,
  registerOperations,
  removeOperations,
  type WriteOptions,
} from '../ops/operations.ts';
import { limits } from '../schema/config.ts';
import { type Json, jsonOf, withDatabase } from './run.ts';
import { type Terminal, table } from './terminal.ts';

type Options = Json & WriteOptions;

export async function register(
  terminal: Terminal,
  files: readonly string[],
  { json, dryRun }: Options,
): Promise<void> {
  const report = await withDatabase(terminal, (database) => registerOperations(database, files, { dryRun }));
  terminal.out(json ? jsonOf(report) : registerText(report, dryRun));
}

export async function list(terminal: Terminal, { json }: Json): Promise<void> {
  const found = await withDatabase(terminal, listOperations);
  if (json) terminal.out(jsonOf(found));
  else if (found.length === 0) terminal.out('No operation is registered.\n');
  else {
    const rows = found.map((one) => [...cellsOf(one), one.characters, one.registeredAt]);
    terminal.out(table([['hash', 'operations', 'ids', 'file', 'characters', 'registered'], ...rows]));
  }
}

export async function remove(
  terminal: Terminal,
  hashes: readonly string[],
  { json, dryRun }: Options,
): Promise<void> {
  const removed = await withDatabase(terminal, (database) => removeOperations(database, hashes, { dryRun }));
  if (json) return terminal.out(jsonOf(removed));
  const seconds = limits.removedOperationSecondsMax;
  const rest = dryRun
    ? `${removed.length} would be removed; nothing was changed.`
    : `${removed.length} removed; servers stop answering them within ${seconds} seconds.`;
  terminal.out(`${rowsOf('-', removed)}${rest}\n`);
}

function registerText({ registered, named, unchanged }: RegisterReport, dryRun = false): string {
  if (registered.length + named.length + unchanged === 0) return 'The files hold no operation.\n';
  const counts = [
    `${registered.length} ${dryRun ? 'would be registered' : 'registered'}`,
    ...(named.length > 0 ? [`${named.length} ${dryRun ? 'would get' : 'got'} another id`] : []),
    `${unchanged} there already`,
  ];
  const end = dryRun ? '; nothing was changed' : '';
  return `${rowsOf('+', registered)}${rowsOf('~', named)}${counts.join(', ')}${end}.\n`;
}

const rowsOf = (mark: string, operations: readonly Operation[]): string =>
  operations.length === 0 ? '' : table(operations.map((one) => [mark, ...cellsOf(one)]));

const cellsOf = ({ hash, names, ids, file }: Operation): string[] => [
  hash.slice(0, 12),
  names.join(', ') || '(no name)',
  ids.join(', ') || '-',
  file,
];
