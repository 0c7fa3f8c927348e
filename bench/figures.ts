/**
 * Observations of a statistical yearbook that nobody printed, as many as are wanted, each with the cell that it stands in
 * (`dataset:bench-yearbook`), as an import writes them: in eleven releases that revised a fifth of them.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withoutIndexes } from './indexes.ts';

/** Release 1 is the seed; those from the second to the ninth bring an eighth each, the last two only revise. */
export const lastRelease = 11;
const bringing = 8;
export const dataset = 'dataset:bench-yearbook';
/** Thirty years before those of the real figures, so that no question about these is answered with one of them. */
export const firstYear = 1990;
export const years = 30;
/** Of an indicator, unless there are too few indicators: so that there are many pages of many. */
const perIndicator = 80_000;
/** From here on it is quicker to make the indexes again. */
const many = 200_000;

/** The release number `n` was made on the `n`th of this month. */
export const dayOf = (release: number): string => `2026-10-${String(release).padStart(2, '0')}`;

export interface Named {
  id: string;
  key: string;
}

export interface Subject {
  observations: number;
  places: Named[];
  indicators: (Named & { unit: string })[];
}

/** One observation: where it stands in the yearbook, when it was new, and when it was revised, if ever. */
export interface Reported {
  id: string;
  number: number;
  indicator: Subject['indicators'][number];
  place: Named;
  year: number;
  since: number;
  revisedIn: number | undefined;
}

/** Fills a database that is migrated and seeded. What its constraints hold is held here too, but for foreign keys. */
export async function loadFigures(client: pg.ClientBase, observations: number): Promise<void> {
  // A million rows have millions of references, all right by their making: the triggers are left out.
  await client.query('set session_replication_role = replica');
  await beginReleases(client);
  const subject = await readSubject(client, observations);
  const copy = (
    table: string,
    columns: string,
    reports: Iterable<Reported>,
    rows: (one: Reported) => unknown[][],
  ) =>
    pipeline(
      Readable.from(lines(reports, rows)),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    );
  const load = async (): Promise<void> => {
    // In the order of its key, which stays.
    await copy('identities', 'id, since_release', reported(subject, [0, years - 1]), ({ id, since }) => [
      [id, since],
    ]);
    await copy('observations', observationColumns, byYear(subject), statesOf);
    await copy('changes', 'release, record_id, reason', byYear(subject), ({ id, since, revisedIn }) => [
      [since, id, 'new'],
      ...(revisedIn === undefined ? [] : [[revisedIn, id, 'revised']]),
    ]);
  };
  await (observations < many ? load() : withoutIndexes(client, ['observations', 'changes'], load));
  await client.query('set session_replication_role = origin');
  // As autovacuum does where it is given the time.
  await client.query('vacuum analyze');
}

/** The last three are the cell that a figure stands in. */
export const observationColumns = `id, since_release, until_release, indicator_id, place_version_id, period_start, period_end,
  period_cumulative, period_label, measure, scenario, comparator, value, unit, dimensions, readings, flags, folded,
  dataset_id, row_number, column_name`;

export async function beginReleases(client: pg.ClientBase): Promise<void> {
  await client.query('update releases set created_at = $1 where number = 1', [dayOf(1)]);
  for (let release = 2; release <= lastRelease; release += 1) {
    await client.query(
      `insert into releases (number, created_at, hash, counts, by_type, program_version)
       select $1, $2, $3, counts, by_type, program_version from releases where number = 1`,
      [release, dayOf(release), createHash('sha256').update(`${release}`).digest('hex')],
    );
  }
  await client.query('insert into identities (id, since_release) values ($1, 2)', [dataset]);
  await client.query(
    `insert into datasets (id, since_release, title, sha256, folded)
     values ($1, 2, '{"vi": null, "en": "Yearbook", "ar": null, "he": null}', $2, 'yearbook')`,
    [dataset, createHash('sha256').update(dataset).digest('hex')],
  );
}

/** Provinces, districts and communes that are older than our first source, and indicators that have numbers. */
async function readSubject(client: pg.ClientBase, observations: number): Promise<Subject> {
  const { rows: places } = await client.query<Named>(
    `select id, code as key from place_versions
     where level <> 'country' and until_release is null and valid_from is null and valid_to > '2024-12-31'
     order by array_position('{province,district,commune}', level), code collate "C"`,
  );
  const { rows: indicators } = await client.query<Subject['indicators'][number]>(
    `select id, code as key, unit from indicators where until_release is null and unit <> 'status'
     order by id collate "C"`,
  );
  const series = Math.ceil(observations / years);
  const kinds = Math.max(Math.ceil(observations / perIndicator), Math.ceil(series / places.length));
  const ofEach = Math.ceil(series / Math.min(kinds, indicators.length));
  if (ofEach > places.length)
    throw new Error(`there are places and indicators for fewer than ${observations}`);
  // In the order of their ids, which makes the keys of the tables quicker to write.
  const chosen = places.slice(0, ofEach).sort((a, b) => (`${a.key}-` < `${b.key}-` ? -1 : 1));
  return { observations, places: chosen, indicators: indicators.slice(0, kinds) };
}

/** Of a range of years. They are numbered, and lie in the table, in the order of years, as yearbooks came. */
function* reported(
  { observations, places, indicators }: Subject,
  [first, last]: readonly [number, number],
): Generator<Reported> {
  for (const [ordinal, place] of places.entries()) {
    for (const [kind, indicator] of indicators.entries()) {
      for (let after = first; after <= last; after += 1) {
        const number = (after * places.length + ordinal) * indicators.length + kind;
        if (number >= observations) break;
        const year = firstYear + after;
        const id = `observation:bench-${place.key}-${indicator.key}-${year}`;
        yield { ...{ id, number, indicator, place, year }, ...comingOf(number, observations) };
      }
    }
  }
}

/** In which release one of so many came, and in which it was revised. */
export function comingOf(number: number, observations: number): Pick<Reported, 'since' | 'revisedIn'> {
  const since = 2 + Math.floor((number * bringing) / observations);
  const later = 1 + ((number / 5) % (lastRelease - since));
  return { since, revisedIn: number % 5 === 0 ? since + later : undefined };
}

function* byYear(subject: Subject): Generator<Reported> {
  for (let after = 0; after < years; after += 1) yield* reported(subject, [after, after]);
}

/** One state, or the one that was revised and the one that holds. */
export function statesOf({ id, number, indicator, place, year, since, revisedIn }: Reported): unknown[][] {
  const state = (from: number, until: number | null, value: number) => [
    ...[id, from, until, indicator.id, place.id, `${year}-01-01`, `${year}-12-31`, false, year],
    ...['value', 'actual', 'eq', value, indicator.unit, '{}', '[]', '{}', '', dataset, number + 2, 'E'],
  ];
  const value = ((number * 7919) % 100_003) / 10;
  return revisedIn === undefined
    ? [state(since, null, value)]
    : [state(since, revisedIn, value), state(revisedIn, null, value + 0.5)];
}

/** Rows as COPY reads them, a few thousand at a time; no value holds a tab, a line break or a backslash. */
export function* lines<T>(reports: Iterable<T>, rows: (one: T) => unknown[][]): Generator<string> {
  let piece = '';
  for (const one of reports) {
    for (const row of rows(one)) piece += `${row.map((value) => value ?? '\\N').join('\t')}\n`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
