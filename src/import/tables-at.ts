/** What the released tables held at an earlier release. */
import type pg from 'pg';
import { FaultsError } from '../errors.ts';
import type { ReleasedTable } from './desired.ts';
import { layouts, type StoredRow, type Tables } from './layout.ts';

/** SQL that holds for the rows `t` that were current in the release whose number the parameter holds. */
export const liveAt = (parameter: string): string =>
  `t.since_release <= ${parameter} and (t.until_release is null or t.until_release > ${parameter})`;

/** A row without its release span. */
export const bareRow = "to_jsonb(t) - 'since_release' - 'until_release'";

/** But for the figures of imported tables, which may be millions: a release is told of them by their datasets. */
export async function tablesAt(client: pg.ClientBase, release: number): Promise<Tables> {
  const tables = new Map<ReleasedTable, StoredRow[]>();
  for (const [name, { table, columns }] of layouts) {
    const listed = columns.map(([, column]) => `t.${column}`).join(', ');
    const { rows } = await client.query<{ row: StoredRow }>(
      `select row_to_json(bare) as row from (select ${listed} from ${table} t where ${liveAt('$1')}${name === 'observations' ? ' and t.dataset_id is null' : ''}) bare`,
      [release],
    );
    tables.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return tables;
}

/** The number of the current release; throws if a release that is asked for does not exist. */
export async function requireReleases(
  client: Pick<pg.ClientBase, 'query'>,
  asked: readonly number[],
): Promise<number> {
  const { rows } = await client.query<{ current: number | null }>(
    'select max(number) as current from releases',
  );
  const current = rows[0]?.current ?? 0;
  const missing = asked.filter((number) => number < 1 || number > current);
  if (missing.length === 0) return current;
  throw new FaultsError(
    current === 0
      ? 'There is no release yet.'
      : `There is no release ${missing.join(' and no release ')}; the current one is ${current}.`,
  );
}
