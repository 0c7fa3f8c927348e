/** A million observations of a yearbook as if typed by hand, each with a citation of its own, in eleven releases that revised a fifth of them. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  beginReleases,
  comingOf,
  dataset,
  lines,
  type Named,
  observationColumns,
  type Reported,
  type Subject,
  statesOf,
} from '../../bench/figures.ts';

const observations = 1_000_000;
const years = [2021, 2022, 2023, 2024];
/** How many columns say in which cell a figure stands: here its citation does. */
const cellColumns = 3;

interface Cited extends Reported {
  citation: string;
}

/** Fills a database that is migrated and seeded. */
export async function loadYearbook(client: pg.ClientBase): Promise<void> {
  // A million rows have ten million references, all right by their making: the triggers are left out.
  await client.query('set session_replication_role = replica');
  await beginReleases(client);
  const subject = await readSubject(client);
  const copy = (table: string, columns: string, rows: (one: Cited) => unknown[][]) =>
    pipeline(
      Readable.from(lines(cited(subject), rows)),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    );
  await copy('identities', 'id, since_release', ({ id, citation, since }) => [
    [id, since],
    [citation, since],
  ]);
  const ownColumns = observationColumns.split(',').slice(0, -cellColumns).join(',');
  await copy('observations', ownColumns, (one) => statesOf(one).map((state) => state.slice(0, -cellColumns)));
  await copy(
    'citations',
    'id, since_release, fact_id, ordinal, kind, inferred, dataset_id, row_number, column_name',
    ({ id, citation, number, since }) => [[citation, since, id, 1, 'cell', '{}', dataset, number + 2, 'E']],
  );
  await copy('changes', 'release, record_id, reason', ({ id, citation, since, revisedIn }) => [
    [since, id, 'new'],
    [since, citation, 'new'],
    ...(revisedIn === undefined ? [] : [[revisedIn, id, 'revised']]),
  ]);
  await client.query('set session_replication_role = origin');
}

/** All provinces, districts and communes at the end of the last year, and indicators enough to have a million. */
async function readSubject(client: pg.ClientBase): Promise<Subject> {
  const { rows: places } = await client.query<Named>(
    `select id, split_part(id, ':', 2) as key from place_versions
     where level <> 'country' and until_release is null
       and coalesce(valid_from, '-infinity') <= '2024-12-31' and coalesce(valid_to, 'infinity') > '2024-12-31'
     order by id collate "C"`,
  );
  const wanted = Math.ceil(observations / (places.length * years.length));
  const { rows: indicators } = await client.query<Subject['indicators'][number]>(
    'select id, code as key, unit from indicators where until_release is null order by id collate "C" limit $1',
    [wanted],
  );
  if (indicators.length < wanted) throw new Error(`there are fewer than ${wanted} indicators`);
  return { observations, places, indicators };
}

function* cited({ places, indicators }: Subject): Generator<Cited> {
  let number = 0;
  for (const year of years) {
    for (const place of places) {
      for (const indicator of indicators) {
        if (number === observations) return;
        const key = `bench-${place.key}-${indicator.key}-${year}`;
        const named = { id: `observation:${key}`, citation: `citation:${key}` };
        yield { ...named, ...{ number, indicator, place, year }, ...comingOf(number, observations) };
        number += 1;
      }
    }
  }
}
