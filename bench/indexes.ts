/** Loads tables while they have no indexes, and makes these again: of millions of rows that takes a fraction of the time. */
import type pg from 'pg';

interface Made {
  drop: string;
  make: string;
}

/** Keys, which constraints hold, are dropped with them; nothing may refer to these tables. */
export async function withoutIndexes(
  client: pg.ClientBase,
  tables: readonly string[],
  load: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<Made>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
         else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid)
         else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
     where i.indrelid = any($1::text[]::regclass[])`,
    [tables],
  );
  for (const { drop } of rows) await client.query(drop);
  await load();
  await client.query("set maintenance_work_mem = '1GB'");
  for (const { make } of rows) await client.query(make);
  await client.query('reset maintenance_work_mem');
}
