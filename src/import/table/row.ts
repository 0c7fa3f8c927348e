/** What the columns of a row say of all its figures: their time, and their dimensions. */
import { parsePeriod, type WrittenPeriod } from '../../schema/period.ts';
import { formOf, isPeriod } from './form.ts';
import type { TableSpec } from './spec-shape.ts';

/** The cell of a row, tidy, by its index. */
export type Cells = (index: number) => string;
/** Finds a column by its header. */
export type IndexOf = (header: string) => number;
/** What is wrong, as a fault of the row. */
export type Tell = (code: string, message: string) => void;

/** The time of a row: undefined where the headers say it, null where a fault was told. */
export function timeReader(
  spec: Pick<TableSpec, 'time' | 'statuses'>,
  indexOf: IndexOf,
): (cells: Cells, tell: Tell) => WrittenPeriod | undefined | null {
  const { time } = spec;
  if (time === undefined) return () => undefined;
  const headers = [time.column].flat();
  const indexes = headers.map(indexOf);
  const read = formOf(time.form ?? '{year}', spec);
  return (cells, tell) => {
    const written = indexes.map(cells).join(' ');
    const period = read(written)?.period;
    if (period !== undefined && isPeriod(period)) return parsePeriod(period);
    const where = headers.map((header) => `"${header}"`).join(' and ');
    tell('bad_year', `${where} is "${written}", which is no time that figures are of`);
    return null;
  };
}

/** The dimensions of a row, by name; undefined where a fault was told. */
export function dimensionsReader(
  { dimensions = {} }: Pick<TableSpec, 'dimensions'>,
  indexOf: IndexOf,
): (cells: Cells, tell: Tell) => [name: string, value: string][] | undefined {
  const columns = Object.entries(dimensions).map(([name, { column, values }]) => ({
    name,
    header: column,
    index: indexOf(column),
    values,
  }));
  return (cells, tell) => {
    let isWhole = true;
    const pairs = columns.flatMap(({ name, header, index, values }): [string, string][] => {
      const printed = cells(index);
      const value = values[printed];
      if (value === null) return [];
      if (value !== undefined) return [[name, value]];
      tell('unknown_value', `"${header}" is "${printed}", which the description does not have`);
      isWhole = false;
      return [];
    });
    return isWhole ? pairs : undefined;
  };
}
