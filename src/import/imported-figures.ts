/**
 * The figures of imported tables, which may be millions: what a release is to hold of them lies in a temporary table, and
 * is compared and written by PostgreSQL, so that memory does not grow with them.
 */
import type pg from 'pg';
import { type Layout, layouts } from './layout.ts';

/** Columns of an observation but for its span of releases, as they are copied in. */
export const figureColumns = (layouts.get('observations') as Layout).columns.map(([, column]) => column);
const listed = figureColumns.join(', ');
const each = (table: string): string => figureColumns.map((column) => `${table}.${column}`).join(', ');

/** The temporary table, of the session: figures as they are to be; what stays as it is leaves it when it is compared. */
export const wantedTable = 'wanted_figures';
/** The current figures that end, and whether others follow them. */
export const endingTable = 'ending_figures';

export interface FigureCounts {
  added: number;
  revised: number;
  withdrawn: number;
  /** Figures that stay as they are. */
  left: number;
}

export const someFigures = ({ added, revised, withdrawn }: FigureCounts): boolean =>
  added + revised + withdrawn > 0;

/** Forgets those of before, if there are any. */
export async function makeWanted(client: pg.ClientBase): Promise<void> {
  await client.query(`drop table if exists ${wantedTable}, ${endingTable}`);
  await client.query(`create temporary table ${wantedTable} as select ${listed} from observations limit 0`);
}

/** Those of an earlier release are wanted. */
export async function wantThoseOf(client: pg.ClientBase, release: number): Promise<void> {
  await makeWanted(client);
  await client.query(
    `insert into ${wantedTable} select ${listed} from observations
     where dataset_id is not null and since_release <= $1 and (until_release is null or until_release > $1)`,
    [release],
  );
}

/** With the figures that are current, of one dataset or of all. */
export async function compareFigures(client: pg.ClientBase, dataset: string | null): Promise<FigureCounts> {
  const current = `t.until_release is null and t.dataset_id ${dataset === null ? 'is not null' : '= $1'}`;
  const params = dataset === null ? [] : [dataset];
  const count = async (from: string, values: unknown[] = []): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from ${from}`,
      values,
    );
    const [row] = rows as [{ count: number }];
    return row.count;
  };
  await client.query(`analyze ${wantedTable}`);
  await client.query(
    `create temporary table ${endingTable} as
     select t.id, t.since_release, w.id is not null as revised from observations t left join ${wantedTable} w on w.id = t.id
     where ${current} and (w.id is null or (${each('w')}) is distinct from (${each('t')}))`,
    params,
  );
  // It is asked for each slice that is written: read whole each time, a table of which all is revised would cost its square.
  await client.query(`create index on ${endingTable} (id)`);
  await client.query(`analyze ${endingTable}`);
  const held = await count(`observations t where ${current}`, params);
  // Where there are none yet, none can be alike; and that is when they are the most.
  if (held > 0) {
    await client.query(
      `delete from ${wantedTable} w using observations t
       where ${current} and t.id = w.id and not exists (select from ${endingTable} e where e.id = w.id)`,
      params,
    );
  }
  const [ending, revised] = [await count(endingTable), await count(`${endingTable} where revised`)];
  const begun = await count(wantedTable);
  return { added: begun - revised, revised, withdrawn: ending - revised, left: held - ending };
}

/** Pages of the temporary table whose figures are written at once: some tens of thousands. */
const pagesOfSlice = 1000;

/**
 * Writes what was found to differ, as part of a release that is there by now. `tell` hears how many figures have begun,
 * and which share of all that is.
 */
export async function writeFigures(
  client: pg.ClientBase,
  release: number,
  tell: (figures: number, share: number) => void = () => undefined,
): Promise<void> {
  const ended = [
    `update observations t set until_release = $1 from ${endingTable} e
     where t.id = e.id and t.since_release = e.since_release`,
    `insert into changes (release, record_id, reason)
     select $1::int, id, case when revised then 'revised' else 'withdrawn' end from ${endingTable}`,
  ];
  for (const statement of ended) await client.query(statement, [release]);
  const { rows } = await client.query<{ pages: number }>(
    `select (pg_relation_size('${wantedTable}') / current_setting('block_size')::int)::int as pages`,
  );
  const [{ pages }] = rows as [{ pages: number }];
  let figures = 0;
  for (let page = 0; page < pages; page += pagesOfSlice) {
    const next = page + pagesOfSlice;
    const slice = [release, `(${page},0)`, `(${next},0)`];
    const within = 'w.ctid >= $2::tid and w.ctid < $3::tid';
    await client.query(
      `insert into identities (id, since_release) select w.id, $1::int from ${wantedTable} w where ${within} on conflict do nothing`,
      slice,
    );
    await client.query(
      `insert into changes (release, record_id, reason) select $1::int, w.id, 'new' from ${wantedTable} w
       where ${within} and not exists (select from ${endingTable} e where e.id = w.id)`,
      slice,
    );
    const { rowCount } = await client.query(
      `insert into observations (${listed}, since_release) select ${each('w')}, $1::int from ${wantedTable} w where ${within}`,
      slice,
    );
    figures += Number(rowCount);
    tell(figures, Math.min(1, next / pages));
  }
}
