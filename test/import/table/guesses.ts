/** What becomes of a guess: filled in as a person would, and the figures that a table has by it. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { parseDocument } from 'yaml';
import { RowFaults } from '../../../src/import/row-faults.ts';
import { FigureReader } from '../../../src/import/table/figures.ts';
import { openGrid } from '../../../src/import/table/grid/grid.ts';
import { guessSpec } from '../../../src/import/table/guess/guess.ts';
import { figureColumns, headerOf } from '../../../src/import/table/headers.ts';
import { TablePlaces } from '../../../src/import/table/places.ts';
import { type ReadSpec, readSpec } from '../../../src/import/table/spec.ts';
import type { Level } from '../../../src/schema/place.ts';
import { write } from './grids.ts';

export const guessed = (t: Test, content: string | Buffer, name?: string, sheet?: string): Promise<string> =>
  guessSpec(write(t, content, name), sheet === undefined ? {} : { sheet });

/** What is left empty, whatever a person would know; and rows that only a person knows to be no places. */
export function filled(guess: string, skip: readonly string[] = []): string {
  const document = parseDocument(guess);
  const said = document.toJS() as {
    dataset: { title: unknown };
    place: { skip?: string[] };
    statuses?: Record<string, unknown>;
    indicators: object[];
  };
  for (const index of said.indicators.keys()) {
    const known = { definition: { en: 'x' }, unit: 'x', topic: 'x', direction: 'none', additive: false };
    for (const [key, value] of Object.entries(known)) document.setIn(['indicators', index, key], value);
  }
  for (const [printed, meaning] of Object.entries(said.statuses ?? {})) {
    if (meaning === null) document.setIn(['statuses', printed], 'actual');
  }
  if (said.dataset.title === null) document.setIn(['dataset', 'title'], { en: 'x' });
  if (skip.length > 0) document.setIn(['place', 'skip'], [...(said.place.skip ?? []), ...skip]);
  return document.toString();
}

/** Throws a FaultsError where it is refused. */
export function readText(t: Test, text: string): Promise<ReadSpec> {
  // Beside the table, if that is in the folder of the test already.
  const path = join(existsSync(t.testdirName) ? t.testdirName : t.testdir({}), 'spec.yml');
  writeFileSync(path, text);
  return readSpec(path);
}

/** Each with its row, header, place, time, number and status, or what is wrong. Every name is a place. */
export async function figuresBy(read: ReadSpec, path: string): Promise<string[]> {
  const { encoding, delimiter, sheet, header = [1], merged = false } = read.spec.file ?? {};
  const grid = await openGrid(path, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(sheet === undefined ? {} : { sheet }),
  });
  const rows = [];
  for await (const batch of grid.rows()) rows.push(...batch);
  const cells = headerOf(
    rows.filter(({ row }) => header.includes(row)).map((row) => row.cells),
    merged,
  );
  const line = Math.max(...header);
  const { columns, faults } = figureColumns(read, cells, { file: grid.label, line });
  const told = new RowFaults(grid.label);
  const level = read.spec.place.level ?? 'province';
  const reader = new FigureReader(read.spec, cells, columns, {
    places: placesOf(
      rows.flatMap((row) => row.cells),
      level,
    ),
    faults: told,
    line,
  });
  const figures = rows.filter(({ row }) => row > line).flatMap((row) => reader.read(row));
  told.throwAny('The table does not fit.');
  return [
    ...faults.map(({ message }) => message),
    ...figures.map(
      ({ row, column, placeVersionId, period, value }) =>
        `${row} ${column.header} ${placeVersionId} ${period.label} ${value} ${column.scenario}`,
    ),
  ];
}

function placesOf(names: readonly string[], level: Level) {
  const noName = { vi: null, en: null, ar: null, he: null };
  const versions = [...new Set(names.map((name) => name.trim()))].map((name) => ({
    id: name.toLowerCase(),
    placeId: name.toLowerCase(),
    level,
    code: '',
    name: { ...noName, en: name },
    fullName: noName,
    aliases: [],
    from: '',
    to: '',
  }));
  return new TablePlaces(versions, { level, by: 'name', names: new Map() });
}
