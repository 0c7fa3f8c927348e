/** What a look at a table finds out, before it is written down. */
import type { GuessedColumns } from './columns.ts';
import type { Kinds } from './kinds.ts';
import type { Layout } from './layout.ts';
import type { Figures } from './numbers.ts';
import type { Rows } from './rows.ts';
import type { Sample } from './sample.ts';

/** All that was found out about a table. */
export interface Guess {
  sample: Sample;
  layout: Layout;
  kinds: Kinds;
  figures: Figures;
  rows: Rows;
  columns: GuessedColumns;
  /** Of footnotes. */
  marks: readonly string[];
  title: string | undefined;
  /** Of the file, without its ending. */
  name: string;
}
