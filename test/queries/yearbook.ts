/** A million observations of a statistical yearbook as by hand, each with a citation of its own, in eleven releases that revised a fifth of them. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export const observations = 1_000_000;
/** Release 1 is the seed; those from the second to the ninth bring an eighth each, the last two only revise. */
export const lastRelease = 11;
const bringing = 8;
const dataset = 'dataset:bench-yearbook';
const years = [2021, 2022, 2023, 2024];

/** The release number `n` was made on the `n`th of this month. */
export const dayOf = (release: number): string => `2026-10-${String(release).padStart(2, '0')}`;

interface Named {
  id: string;
  key: string;
}

interface Subject {
  places: Named[];
  indicators: (Named & { unit: string })[];
}

/** One observation: where it stands in the yearbook, when it was new, and when it was revised, if ever. */
interface Reported {
  id: string;
  citation: string;
  number: number;
  indicator: Subject['indicators'][number];
  place: Named;
  year: number;
  since: number;
  revisedIn: number | undefined;
}

/** Fills a database that is migrated and seeded. What its constraints hold is held here too, but for foreign keys. */
export async function loadMillion(client: pg.PoolClient): Promise<void> {
  // A million rows have ten million references, all right by their making: the triggers are left out.
  await client.query('set session_replication_role = replica');
  await beginReleases(client);
  const subject = await readSubject(client);
  const copy = (table: string, columns: string, rows: (one: Reported) => unknown[][]) =>
    pipeline(
      Readable.from(lines(subject, rows)),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    );
  await copy('identities', 'id, since_release', ({ id, citation, since }) => [
    [id, since],
    [citation, since],
  ]);
  await copy('observations', observationColumns, statesOf);
  await copy('citations', citationColumns, ({ id, citation, number, since }) => [
    [citation, since, id, 1, 'cell', '{}', dataset, number + 2, 'E'],
  ]);
  await copy('changes', 'release, record_id, reason', ({ id, citation, since, revisedIn }) => [
    [since, id, 'new'],
    [since, citation, 'new'],
    ...(revisedIn === undefined ? [] : [[revisedIn, id, 'revised']]),
  ]);
  await client.query('set session_replication_role = origin');
  // As autovacuum does where it is given the time.
  await client.query('vacuum analyze');
}

const observationColumns = `id, since_release, until_release, indicator_id, place_version_id, period_start, period_end,
  period_cumulative, period_label, measure, scenario, comparator, value, unit, dimensions, readings, flags, folded`;
const citationColumns =
  'id, since_release, fact_id, ordinal, kind, inferred, dataset_id, row_number, column_name';

async function beginReleases(client: pg.PoolClient): Promise<void> {
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

/** All provinces, districts and communes at the end of the last year, and indicators enough to have a million. */
async function readSubject(client: pg.PoolClient): Promise<Subject> {
  const places = await client.query<Named>(
    `select id, split_part(id, ':', 2) as key from place_versions
     where level <> 'country' and until_release is null
       and coalesce(valid_from, '-infinity') <= '2024-12-31' and coalesce(valid_to, 'infinity') > '2024-12-31'
     order by id collate "C"`,
  );
  const wanted = Math.ceil(observations / (places.rows.length * years.length));
  const indicators = await client.query<Subject['indicators'][number]>(
    'select id, code as key, unit from indicators where until_release is null order by id collate "C" limit $1',
    [wanted],
  );
  if (indicators.rows.length < wanted) throw new Error(`there are fewer than ${wanted} indicators`);
  return { places: places.rows, indicators: indicators.rows };
}

function* reported({ places, indicators }: Subject): Generator<Reported> {
  let number = 0;
  for (const year of years) {
    for (const place of places) {
      for (const indicator of indicators) {
        if (number === observations) return;
        const key = `bench-${place.key}-${indicator.key}-${year}`;
        const since = 2 + Math.floor((number * bringing) / observations);
        const later = 1 + ((number / 5) % (lastRelease - since));
        yield {
          id: `observation:${key}`,
          citation: `citation:${key}`,
          number,
          indicator,
          place,
          year,
          since,
          revisedIn: number % 5 === 0 ? since + later : undefined,
        };
        number += 1;
      }
    }
  }
}

/** One state, or the one that was revised and the one that holds. */
function statesOf({ id, number, indicator, place, year, since, revisedIn }: Reported): unknown[][] {
  const state = (from: number, until: number | null, value: number) => [
    ...[id, from, until, indicator.id, place.id, `${year}-01-01`, `${year}-12-31`, false, year],
    ...['value', 'actual', 'eq', value, indicator.unit, '{}', '[]', '{}', ''],
  ];
  const value = ((number * 7919) % 100_003) / 10;
  return revisedIn === undefined
    ? [state(since, null, value)]
    : [state(since, revisedIn, value), state(revisedIn, null, value + 0.5)];
}

/** Rows as COPY reads them, a few thousand at a time; no value holds a tab, a line break or a backslash. */
function* lines(subject: Subject, rows: (one: Reported) => unknown[][]): Generator<string> {
  let piece = '';
  for (const one of reported(subject)) {
    for (const row of rows(one)) piece += `${row.map((value) => value ?? '\\N').join('\t')}\n`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
