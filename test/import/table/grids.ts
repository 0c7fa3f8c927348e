/** Tables in files of a test, and what is read from them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type Grid, type GridOptions, type GridRow, openGrid } from '../../../src/import/table/grid/grid.ts';

export function write(t: Test, content: string | Buffer, name = 'table.csv'): string {
  const path = join(t.testdir({}), name);
  writeFileSync(path, content);
  return path;
}

export const opened = (t: Test, content: string | Buffer, options?: GridOptions): Promise<Grid> =>
  openGrid(write(t, content), options);

export async function rowsOf(grid: Grid): Promise<GridRow[]> {
  const all: GridRow[] = [];
  for await (const rows of grid.rows()) all.push(...rows);
  return all;
}
