/** `govdata serve --setup`: what makes the service answer after one command in a fresh clone. */
import type { Database } from '../db/client.ts';
import { migrate, planMigrations } from '../db/migrate.ts';
import { seed, seedsFolder } from './seed.ts';

/**
 * Migrates and seeds a database that is empty. One that holds a release is left as it is; if its
 * migrations are pending, the log says what to run. Call it for the embedded database only.
 */
export async function setUp(
  database: Database,
  log: (line: string) => void,
  folder = seedsFolder,
): Promise<void> {
  const { applied, pending } = await planMigrations(database.pool);
  if (applied.length === 0) await migrate(database.pool, { log });
  else if (pending.length > 0) {
    log(`${pending.length} migrations are pending: run \`govdata migrate\``);
    return;
  }
  const { rowCount } = await database.pool.query('select from releases limit 1');
  if (rowCount !== 0) return;
  const { release } = await seed(database, { folder, log });
  log(`release ${release} made`);
}
