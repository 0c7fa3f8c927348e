/** Checks that the indexes of the migrations are there, valid and used. */
import { migrationsFolder, readMigrations } from '../../db/migrate.ts';
import { type Check, fault, type Problem, rowsOf, warning } from './check.ts';

/** Names of the indexes that are left when all migrations were applied. */
export async function expectedIndexes(folder = migrationsFolder): Promise<string[]> {
  const names = new Set<string>();
  for (const { sql } of await readMigrations(folder)) {
    for (const [, verb, name = ''] of sql.matchAll(
      /\b(CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"?(\w+)"?/gi,
    )) {
      if (verb?.toUpperCase() === 'CREATE') names.add(name);
      else names.delete(name);
    }
  }
  return [...names];
}

/** Settings of the planner that make it leave indexes alone. */
const switches = ['enable_bitmapscan', 'enable_indexonlyscan', 'enable_indexscan'];

/** Bytes of a table that is read as a whole anyway. */
const smallTable = 65_536;

export const indexes: Check = {
  name: 'indexes',
  readsData: true,
  async run({ database }) {
    const expected = await expectedIndexes();
    const missing = await rowsOf<{ name: string }>(
      database,
      `select name from unnest($1::text[]) name where name not in
         (select indexname from pg_indexes where schemaname = 'public') order by name`,
      [expected],
    );
    const invalid = await rowsOf<{ name: string }>(
      database,
      `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
       where c.relnamespace = 'public'::regnamespace and not (i.indisvalid and i.indisready) order by 1`,
    );
    const off = await rowsOf<{ name: string }>(
      database,
      "select name from pg_settings where name = any ($1) and setting = 'off' order by name",
      [switches],
    );
    const unknown = await rowsOf<{ name: string }>(
      database,
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and reltuples < 0 and pg_relation_size(oid) > ${smallTable} order by 1`,
    );
    const problems: Problem[] = [
      ...missing.map(({ name }) =>
        fault(
          `the index ${name} is missing`,
          'Make it again as the migration says; reads are slow without it.',
        ),
      ),
      ...invalid.map(({ name }) => fault(`the index ${name} is invalid`, `Run \`reindex index ${name}\`.`)),
      ...off.map(({ name }) =>
        warning(`${name} is off, so that indexes are left alone`, `Run \`alter system reset ${name}\`.`),
      ),
      ...unknown.map(({ name }) =>
        warning(`the table ${name} was never analyzed, so that its indexes are not chosen`, 'Run `analyze`.'),
      ),
    ];
    return { note: `${expected.length} indexes`, problems };
  },
};
