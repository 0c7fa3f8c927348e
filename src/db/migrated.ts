/** What every command that reads or writes data asks for first. */

import { FaultsError } from '../errors.ts';
import type { Database } from './client.ts';
import { planMigrations } from './migrate.ts';

export async function requireMigrated({ pool }: Database): Promise<void> {
  const { pending } = await planMigrations(pool);
  if (pending.length === 0) return;
  throw new FaultsError(
    'The database is not migrated. Run `govdata migrate` first.',
    pending.map(({ tag }) => ({
      code: 'pending_migration',
      file: `${tag}.sql`,
      message: 'it is not applied',
    })),
  );
}
