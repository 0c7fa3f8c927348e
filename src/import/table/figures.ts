/** The cells of a table as figures: each with its place, time, number and where it stands. */

import type { Dimensions, Scenario } from '../../schema/observation.ts';
import type { WrittenPeriod } from '../../schema/period.ts';
import type { RowFaults } from '../row-faults.ts';
import type { GridRow } from './grid/grid.ts';
import { type FigureColumn, seriesOf } from './headers.ts';
import { leftOutBy } from './left-out.ts';
import {
  type NumberFormat,
  numberProblem,
  readNumber,
  scaled,
  survives,
  workbookNumbers,
} from './numbers.ts';
import type { TablePlaces } from './places.ts';
import type { OutOfRange } from './preview.ts';
import { dimensionsReader, timeReader } from './row.ts';
import type { TableSpec } from './spec-shape.ts';
import { tidy, withoutMarks } from './texts.ts';

export interface Figure {
  id: string;
  column: FigureColumn;
  placeVersionId: string;
  assumed: boolean;
  period: WrittenPeriod;
  dimensions: Dimensions;
  scenario: Scenario;
  /** A decimal number, scaled. */
  value: string;
  row: number;
}

/** What was read and is not a figure. */
export interface LeftOut {
  missing: number;
  rows: number;
}

/** Characters of an id; what is longer could not be asked for. */
const longestKey = 150;

export class FigureReader {
  readonly leftOut: LeftOut = { missing: 0, rows: 0 };
  readonly outOfRange: OutOfRange[] = [];
  outOfRangeCount = 0;
  readonly #columns: readonly (FigureColumn & { key: string })[];
  readonly #width: number;
  readonly #place: number;
  readonly #timeOf: ReturnType<typeof timeReader>;
  readonly #dimensionsOf: ReturnType<typeof dimensionsReader>;
  readonly #places: TablePlaces;
  readonly #faults: RowFaults;
  readonly #format: NumberFormat;
  readonly #marks: readonly string[];
  readonly #missing: ReadonlySet<string>;
  readonly #isLeftOut: ReturnType<typeof leftOutBy>;
  readonly #statuses: readonly (readonly [printed: string, scenario: Scenario])[];
  readonly #prefix: string;
  #lastUnknown = 0;

  /** Throws nothing; a column that is missing is told as a fault. */
  constructor(
    spec: TableSpec,
    headers: readonly string[],
    columns: readonly FigureColumn[],
    { places, faults, line }: { places: TablePlaces; faults: RowFaults; line: number },
  ) {
    const { file = {}, place } = spec;
    const indexOf = (header: string): number => {
      const index = headers.indexOf(tidy(header));
      if (index < 0) faults.tell('missing_column', `there is no column "${header}"`, line);
      return index;
    };
    this.#width = headers.length;
    this.#columns = columns.map((column) => ({ ...column, key: seriesOf(column) }));
    this.#place = indexOf(place.column);
    this.#timeOf = timeReader(spec, indexOf);
    this.#dimensionsOf = dimensionsReader(spec, indexOf);
    this.#places = places;
    this.#faults = faults;
    this.#format = {
      decimal: file.decimal ?? '.',
      thousands: file.thousands ?? '',
      percent: file.percent ?? false,
    };
    this.#marks = file.footnotes ?? [];
    this.#missing = new Set(['', ...(file.missing ?? []).map(tidy)]);
    this.#isLeftOut = leftOutBy(spec, indexOf);
    this.#statuses = Object.entries(spec.statuses ?? {});
    this.#prefix = spec.dataset.id.slice('dataset:'.length);
  }

  /** Of a row; what is wrong with it is told. */
  read({ row, cells, numeric }: GridRow): Figure[] {
    const text = (index: number) => tidy(cells[index] ?? '');
    const printed = withoutMarks(text(this.#place), this.#marks);
    if (this.#isLeftOut(printed, text)) {
      this.leftOut.rows += 1;
      return [];
    }
    if (this.#isRagged(cells, row)) return [];
    const tell = (code: string, message: string) => this.#faults.tell(code, message, row);
    const time = this.#timeOf(text, tell);
    const dimensions = this.#dimensionsOf(text, tell);
    if (time === null || dimensions === undefined) return [];
    return this.#columns.flatMap((column) => {
      const marked = withoutMarks(text(column.index), this.#marks);
      const status = this.#statuses.find(([printed]) => marked.endsWith(printed));
      const [behind, scenario] = status ?? ['', column.scenario];
      const cell = marked.slice(0, marked.length - behind.length).trimEnd();
      if (this.#missing.has(cell)) {
        this.leftOut.missing += 1;
        return [];
      }
      const period = time ?? (column.period as WrittenPeriod);
      const place = this.#placeOf(printed, period, row);
      const format = numeric?.has(column.index) ? workbookNumbers : this.#format;
      const value = this.#valueOf(cell, column, row, format);
      if (place === undefined || value === undefined) return [];
      this.#checkRange(value, column, printed, row);
      const id = this.#idOf(column.key, place.placeId, dimensions, period);
      return [
        {
          id,
          column,
          placeVersionId: place.id,
          scenario,
          assumed: place.assumed,
          period,
          dimensions:
            dimensions.length === 0
              ? column.dimensions
              : { ...column.dimensions, ...Object.fromEntries(dimensions) },
          value,
          row,
        },
      ];
    });
  }

  #isRagged(cells: readonly string[], row: number): boolean {
    const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (filled <= this.#width && cells.length >= this.#width) return false;
    const message = `the row has ${cells.length} cells, but there are ${this.#width} columns`;
    this.#faults.tell('wrong_cells', message, row);
    return true;
  }

  #placeOf(printed: string, period: WrittenPeriod, row: number) {
    const place = this.#places.find(printed, period);
    if ('id' in place) return place;
    // Once, however many figures stand in the row.
    if (this.#lastUnknown !== row) this.#faults.tell('unknown_place', place.problem, row, place.suggest);
    this.#lastUnknown = row;
    return undefined;
  }

  #valueOf(
    cell: string,
    { header, exponent, spec }: FigureColumn,
    row: number,
    format: NumberFormat,
  ): string | undefined {
    const number = readNumber(cell, format);
    if (number === undefined) {
      this.#faults.tell('bad_number', `column "${header}": ${numberProblem(cell, format)}`, row);
      return undefined;
    }
    const value = exponent === 0 ? number : scaled(number, exponent);
    if (!survives(number, value)) {
      const message = `column "${header}": ${cell.slice(0, 40)} would be served as ${Number(value)}, since a figure is a JSON number`;
      this.#faults.tell('too_many_digits', message, row);
      return undefined;
    }
    if (spec.measure === 'rank' && !(Number.isInteger(Number(value)) && Number(value) >= 1)) {
      this.#faults.tell(
        'bad_rank',
        `column "${header}": ${cell} is no rank, which is a whole number from 1`,
        row,
      );
      return undefined;
    }
    return value;
  }

  #checkRange(value: string, { header, spec: { range } }: FigureColumn, place: string, row: number): void {
    if (range === undefined) return;
    const [low = 0, high = 0] = range;
    if (Number(value) >= low && Number(value) <= high) return;
    this.outOfRangeCount += 1;
    if (this.outOfRange.length < mostShown) this.outOfRange.push({ row, column: header, place, value });
  }

  /** It stays as it is whatever the figure is, and whichever row and column it stands in. */
  #idOf(
    series: string,
    placeId: string,
    dimensions: readonly [string, string][],
    { label }: WrittenPeriod,
  ): string {
    const place = placeId.slice('place:'.length);
    const own = dimensions.map(([name, value]) => `-${name}.${value}`).join('');
    const key = `${this.#prefix}-${place}-${series}${own}-${label.replace('/', '.')}`;
    if (key.length > longestKey)
      this.#faults.tell(
        'long_id',
        `the id ${key} has more than ${longestKey} characters; give the dataset a shorter one`,
        1,
      );
    return `observation:${key}`;
  }
}

export const mostShown = 20;
