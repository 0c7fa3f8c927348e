/** Tables and descriptions that a test makes, and how they are imported. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Database } from '../../../src/db/client.ts';
import { FaultsError, faultLine } from '../../../src/errors.ts';
import { importTable, type TableReport } from '../../../src/import/table/import.ts';

/** A description in few lines; more of it is added as text, and parts are replaced. */
export const described = (columns: string, more = ''): string => `dataset:
  id: dataset:made
  title: {en: Made up}
place:
  column: Province
${more}
indicators:
  - id: indicator:made_up
    name: {en: Made up}
    definition: {en: Made up for a test.}
    unit: persons
    topic: other
    direction: none
    additive: true
columns:
${columns}`;

export const oneColumn = `  - header: '{status} {year}'
    indicator: indicator:made_up`;
export const statuses = 'statuses: {Prel.: preliminary}';

export interface Made {
  folder: string;
  table: string;
  spec: string;
}

/** Both as files of a folder that goes with the test. */
export function filesOf(t: Test, spec: string, table: string | Buffer, name = 'made.csv'): Made {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-table-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const made = { folder, table: join(folder, name), spec: join(folder, 'made.yml') };
  writeFileSync(made.table, table);
  writeFileSync(made.spec, spec);
  return made;
}

export const load = (
  t: Test,
  database: Database,
  spec: string,
  table: string | Buffer,
  options: {
    dryRun?: boolean;
    name?: string;
    note?: string;
    log?: (line: string) => void;
    progressMs?: number;
  } = {},
): Promise<TableReport> => {
  const { name, ...rest } = options;
  const files = filesOf(t, spec, table, name);
  return importTable(database, files.table, { spec: files.spec, ...rest });
};

/** What a person is told, a line each; the summary first. */
export async function faultsOf(run: Promise<unknown>): Promise<string[]> {
  try {
    await run;
  } catch (error) {
    if (error instanceof FaultsError) return [error.message, ...error.faults.map(faultLine)];
    throw error;
  }
  return [];
}
