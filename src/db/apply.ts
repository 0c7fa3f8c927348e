/** Applies migrations in a transaction that does something else besides, which drizzle's migrator cannot. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { createTable, migrationsFolder, readMigrations, statementsOf } from './migrate.ts';

/** Of all migrations of the program, oldest first. */
export async function migrationTags(): Promise<string[]> {
  return (await readMigrations(migrationsFolder)).map(({ tag }) => tag);
}

/**
 * Applies these migrations as drizzle would, in the transaction that the session is in. Whether they may be applied is
 * for `planMigrations` to say.
 */
export async function applyWithin(
  client: pg.PoolClient,
  tags: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  // It locks the table until the end of the transaction, and whoever asks what is pending waits.
  if (tags.length === 0) return;
  await client.query(createTable);
  for (const { tag, sql, when } of await readMigrations(migrationsFolder)) {
    if (!tags.includes(tag)) continue;
    log(`applying ${tag}`);
    for (const statement of statementsOf(sql)) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      createHash('sha256').update(sql).digest('hex'),
      when,
    ]);
  }
}
