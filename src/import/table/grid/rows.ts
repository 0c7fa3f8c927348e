/** What a table is before anybody knows its columns: rows of texts, and where each row stands. */
import { type Fault, FaultsError } from '../../../errors.ts';

/** What the spec of a table states; what it does not is found out. */
export interface GridOptions {
  /** Any label of the WHATWG encoding standard. */
  encoding?: string;
  /** One character. */
  delimiter?: string;
  sheet?: string;
  /** Where no sheet is named: of those whose first row has all of these the first, if there is any. */
  header?: readonly string[];
}

export interface GridRow {
  /** From 1, as a person counts: the line of the file on which the record begins, or the row of the sheet. */
  row: number;
  /** As they stand, not trimmed, as many as the row has. */
  cells: readonly string[];
  /**
   * The places in `cells`, from 0, of what a workbook holds as numbers: their decimal mark is a dot, and
   * nothing parts their thousands, whatever the spec says of numbers that are printed. Absent for CSV.
   */
  numeric?: ReadonlySet<number>;
}

export interface Grid {
  fileName: string;
  sha256: string;
  /** Null for CSV. */
  sheet: string | null;
  /** Null for a workbook, as is the delimiter. */
  encoding: string | null;
  delimiter: string | null;
  /** What faults call it. */
  label: string;
  /** The last row that there may be. */
  lastRow: number;
  /** In batches: to wait for each row would take longer than to read it. May be called more than once. */
  rows: () => AsyncIterable<readonly GridRow[]>;
}

export const rowsOfBatch = 1000;

/** Of a row without any, nobody can tell whether it is there. */
export const isFilled = (cells: readonly string[]): boolean => cells.some((cell) => cell.trim() !== '');

export function refuse(...faults: readonly Fault[]): never {
  throw new FaultsError('The table cannot be read.', faults);
}

/** `{ suggestion }`, or nothing where there is none. */
export const suggested = (suggestion: string | undefined): { suggestion?: string } =>
  suggestion === undefined ? {} : { suggestion };
