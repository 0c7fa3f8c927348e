/** A failure that nobody foresaw: a column whose every reading fails, in a way that says nothing of the database. */
import { connect } from '../src/db/client.ts';

/** Puts a view in the place of a table, of which the column cannot be read. */
export async function spoilColumn(url: string, table: string, column: string): Promise<void> {
  const { pool, close } = connect(url, { role: 'writer' });
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select quote_ident(column_name) as name from information_schema.columns
       where table_schema = 'public' and table_name = $1 order by ordinal_position`,
      [table],
    );
    const columns = rows.map(({ name }) => (name === column ? `spoilt() as ${name}` : name));
    await pool.query(
      `create function spoilt() returns text language plpgsql as $$ begin raise 'nobody foresaw this'; end $$;
       alter table ${table} rename to hidden;
       create view ${table} as select ${columns} from hidden`,
    );
  } finally {
    await close();
  }
}
