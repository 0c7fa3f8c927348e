/** All that a database holds, to be compared with what it holds after something befell it. */
import pg from 'pg';

/** One for each row: its table, and a hash of it. */
export type Content = ReadonlySet<string>;

/** A question of the administrator's, on a connection of its own. */
export async function asked<R extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Names of all tables, that of the migrations among them. */
async function tablesOf(url: string): Promise<string[]> {
  const tables = await asked<{ name: string }>(
    url,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle')`,
  );
  return tables.map(({ name }) => name);
}

/** Every row of every table. */
export async function contentOf(url: string): Promise<Content> {
  const each = (await tablesOf(url)).map((name) => `select '${name} ' || md5(t::text) as row from ${name} t`);
  if (each.length === 0) return new Set();
  const rows = await asked<{ row: string }>(url, each.join(' union all '));
  return new Set(rows.map(({ row }) => row));
}

/** Another text as soon as a row of any table is another, but not which: in a part of the time. There must be a table. */
export async function sumOf(url: string): Promise<string> {
  const each = (await tablesOf(url)).map(
    (name) => `select '${name}' as name, count(*), sum(hashtextextended(t::text, 0)) from ${name} t`,
  );
  // Workers that count side by side end in any order.
  return JSON.stringify(await asked(url, `${each.join(' union all ')} order by name`));
}

export const lostOf = (before: Content, after: Content): number =>
  [...before].filter((row) => !after.has(row)).length;

export const isSame = (one: Content, other: Content): boolean =>
  one.size === other.size && lostOf(one, other) === 0;
