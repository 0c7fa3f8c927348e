/** `govdata import crosswalk`: read → check → write, as one release; ids of places never change. */
import { join } from 'node:path';
import type pg from 'pg';
import type { Database } from '../../db/client.ts';
import { holdingLock } from '../../db/locks.ts';
import { requireMigrated } from '../../db/migrated.ts';
import { FaultsError } from '../../errors.ts';
import { rowsOf, type StoredRow, type Tables } from '../layout.ts';
import { readSeeds } from '../read.ts';
import { RowFaults } from '../row-faults.ts';
import { readTableFile } from '../table-file.ts';
import { type ReleaseReport, reportOf, writeRelease } from '../write.ts';
import { RowChecker, type TypedFacts } from './check.ts';
import { columns, readRows } from './rows.ts';
import { crosswalkTables, type Raised } from './tables.ts';
import { unitsAround } from './units.ts';

/** On which the new units of the table begin. */
const day = '2025-07-01';

export interface CrosswalkOptions {
  /** Folder of the seed files, whose `gazetteer/` holds the misprints of the table. */
  seeds: string;
  retrievedOn?: string;
  note?: string;
  dryRun?: boolean;
  log?: (line: string) => void;
}

export interface CrosswalkReport extends Raised, ReleaseReport {
  rows: number;
}

export async function importCrosswalk(
  database: Database,
  path: string,
  options: CrosswalkOptions,
): Promise<CrosswalkReport> {
  const { seeds, retrievedOn = null, log = () => undefined, ...release } = options;
  const typed = await typedFacts(seeds);
  const file = await readTableFile(path, columns);
  log(`read ${file.rows.length} rows of ${file.fileName}`);
  const faults = new RowFaults(file.label);
  const rows = readRows(file.rows, typed.crosswalkCorrections, faults);
  await requireMigrated(database);
  return holdingLock(database.pool, 'release', async (client) => {
    const seeded = await replacedLinks(client);
    let raised: Raised | undefined;
    const wish = (held: Tables) => {
      if (rowsOf(held, 'placeVersions').length === 0) {
        throw new FaultsError('The database holds no places. Run `govdata seed` first.');
      }
      const around = unitsAround(held, day);
      const checked = new RowChecker(around, typed, faults).check(rows);
      faults.throwAny('The table cannot be used; nothing was written.');
      const made = crosswalkTables(held, checked, { file, around, retrievedOn, seeded });
      raised = made.raised;
      return made.tables;
    };
    const report = reportOf(await writeRelease(client, wish, release));
    return { ...report, rows: file.rows.length, ...(raised as Raised) };
  });
}

async function typedFacts(seeds: string): Promise<TypedFacts> {
  const read = await readSeeds(join(seeds, 'gazetteer'));
  if (read.faults.length > 0) throw new FaultsError('The seed files cannot be used.', read.faults);
  return read.seeds;
}

/** Links of no dataset that have ended, each as it stood last. */
async function replacedLinks(client: pg.ClientBase): Promise<StoredRow[]> {
  const { rows } = await client.query<{ row: StoredRow }>(
    `select distinct on (change_id, from_id, to_id) to_jsonb(t) - 'since_release' - 'until_release' as row
     from place_links t where dataset_id is null and until_release is not null
     order by change_id, from_id, to_id, until_release desc`,
  );
  return rows.map(({ row }) => row);
}
