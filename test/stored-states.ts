/** What the feed is held against: the states of a release, read from the tables and not from the feed. */
import { connect } from '../src/db/client.ts';
import { layouts } from '../src/import/layout.ts';

/** By the id of the record. */
export type States = Map<string, Record<string, unknown>>;

/** The columns whose members are not called as they are. */
const renamed: Record<string, string> = {
  start_offset: 'start',
  end_offset: 'end',
  row_number: 'row',
  column_name: 'column',
  resolution_date: 'date',
};
const memberOf = (column: string): string =>
  renamed[column] ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** How a link is held by the state of its record; by the name of its table. */
const held: Record<string, [member: string, order: string[]]> = {
  place_links: ['links', ['from_id', 'to_id']],
  task_bodies: ['bodies', ['role', 'ordinal']],
  task_places: ['localities', ['ordinal']],
  indicator_links: ['possiblySameAs', ['to_id']],
  contradiction_sides: ['sides', ['ordinal']],
};
const owners: Record<string, string> = {
  place_links: 'place_change',
  task_bodies: 'task',
  task_places: 'task',
  indicator_links: 'indicator',
  contradiction_sides: 'contradiction',
};

/** The states of a release, straight from the tables of a database. */
export async function statesOf(url: string, release: number): Promise<States> {
  // Only who writes may take as long as a whole table needs.
  const { pool, close } = connect(url, { role: 'writer' });
  const states: States = new Map();
  const rowsOf = async (table: string, order: string) =>
    (
      await pool.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) - 'since_release' - 'until_release' - 'folded' as row from ${table} t
         where since_release <= $1 and coalesce(until_release, 2147483647) > $1 order by ${order}`,
        [release],
      )
    ).rows.map(({ row }) => row);
  const named = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [memberOf(column), value]));
  for (const { table } of [...layouts.values()].filter(({ key }) => key.length === 1)) {
    const links = Object.keys(held).filter((link) => table === `${owners[link]}s`);
    for (const row of await rowsOf(table, 'id')) {
      states.set(String(row['id']), {
        ...named(row),
        ...Object.fromEntries(links.map((link) => [held[link]?.[0], []])),
      });
    }
  }
  for (const { table, key } of [...layouts.values()].filter(({ key }) => key.length > 1)) {
    const [member, order] = held[table] as [string, string[]];
    for (const row of await rowsOf(table, order.map((column) => `${column}::text collate "C"`).join(', '))) {
      const { [String(key[0])]: owner, ...link } = row;
      const list = states.get(String(owner))?.[member] as unknown[];
      list.push(table === 'indicator_links' ? link['to_id'] : named(link));
    }
  }
  await close();
  return new Map([...states].sort(([a], [b]) => (a < b ? -1 : 1)));
}
