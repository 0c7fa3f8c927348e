/** What stands in a chart, as a table. */

export type Cell = string | number | null;

export interface ChartTable {
  columns: readonly string[];
  /** Null is "no data", which is not zero. */
  rows: readonly (readonly Cell[])[];
  /** Records that the cells of a column are doors to, one for each row. */
  doors?: { column: number; ids: readonly (string | null)[] };
}
