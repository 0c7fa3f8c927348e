/**
 * A first description of a published table, for a person to correct: what its texts look like says where things stand and how
 * they are written, but never what they mean.
 */
import { basename, extname } from 'node:path';
import { withoutMarks } from '../texts.ts';
import { columnsOf } from './columns.ts';
import { type Kinds, kindsOf } from './kinds.ts';
import { type Layout, layoutOf } from './layout.ts';
import { figuresOf } from './numbers.ts';
import { rowsOf } from './rows.ts';
import { cellAt, sampleOf } from './sample.ts';
import { textOf } from './text.ts';

/** YAML. Throws a FaultsError where the file is no table, or nothing in it looks like figures beside names of places. */
export async function guessSpec(path: string, options: { sheet?: string } = {}): Promise<string> {
  const sample = await sampleOf(path, options);
  const layout = layoutOf(sample);
  const kinds = kindsOf(layout, sample.grid.label);
  const figures = figuresOf(layout.body, kinds.figures);
  const rows = rowsOf(layout, kinds.place);
  const columns = columnsOf(layout.headers, kinds.figures, kinds.time !== undefined);
  const marks = [...new Set([...figures.marks, ...rows.marks, ...columns.marks])];
  const title = titleOf(layout, kinds, marks);
  const name = basename(path, extname(path));
  return textOf({ sample, layout, kinds, figures, rows, columns, marks, title, name });
}

/** Table servers name the columns in it: `Poverty rate by province by Cities, provincies and Year` → `Poverty rate by province`. */
function titleOf({ title, headers }: Layout, { place }: Kinds, marks: readonly string[]): string | undefined {
  if (title === undefined) return undefined;
  const header = cellAt(headers, place);
  const at = header === '' ? -1 : title.indexOf(` ${header}`);
  const own = at < 0 ? title : title.slice(0, at).replace(/ (by|chia theo|phân theo|theo)$/u, '');
  return withoutMarks(own, marks);
}
