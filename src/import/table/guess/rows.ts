/** Which rows of a table are no places, as far as their names tell: whether they are, only a release knows. */

import { withoutMarks } from '../texts.ts';
import type { Layout } from './layout.ts';
import { cellAt, isMarker, markOfName } from './sample.ts';
import { isCountry, isRegion, maybeNoPlace } from './words.ts';

export interface Rows {
  countries: readonly string[];
  /** Regions, and lines below the table. */
  skipped: readonly string[];
  /** Which may be places, too. */
  doubtful: readonly string[];
  /** Lines with figures and without a name. */
  nameless: readonly number[];
  /** At the ends of names. */
  marks: readonly string[];
}

const longest = 60;

export function rowsOf({ body }: Layout, place: number): Rows {
  const rows = body.map(({ row, cells }) => ({
    row,
    printed: cellAt(cells, place),
    alone: cells.every((cell, index) => index === place || cell === ''),
  }));
  const marks = [...new Set(rows.flatMap(({ printed }) => markOfName(printed) ?? []))];
  const named = rows.map((row) => ({ ...row, name: withoutMarks(row.printed, marks) }));
  const names = [...new Set(named.filter(({ alone }) => !alone).map(({ name }) => name))].filter(
    (name) => name !== '',
  );
  const notes = named
    .filter(({ alone, name }) => alone && !names.includes(name))
    .map(({ name }) => shortened(name));
  const countries = names.filter(isCountry);
  const regions = names.filter((name) => !isCountry(name) && isRegion(name));
  return {
    countries,
    skipped: [...regions, ...new Set(notes)],
    doubtful: names.filter(
      (name) => ![...countries, ...regions].includes(name) && (isMarker(name) || maybeNoPlace(name)),
    ),
    nameless: named.filter(({ name }) => name === '').map(({ row }) => row),
    marks,
  };
}

/** The beginning of a note is enough. */
const shortened = (note: string): string =>
  note.length > longest ? `${note.slice(0, longest).replace(/ \S*$/u, '')}*` : note;
