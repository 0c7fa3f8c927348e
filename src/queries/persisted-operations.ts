/** Persisted operations, as `govdata operations register` stored them: outside of all releases. */
import { sql } from 'drizzle-orm';
import { persistedOperationIds as ids, persistedOperations as table } from '../db/tables.ts';
import { run } from './sql.ts';
import type { Context } from './types.ts';

export interface PersistedOperation {
  /** SHA-256 of the document in hex. */
  hash: string;
  document: string;
}

/** By its SHA-256, or by the id of a client; null if nothing is registered under it. One statement. */
export async function findPersistedOperation(
  context: Context,
  name: string,
): Promise<PersistedOperation | null> {
  const [row] = await run(
    context,
    sql`select ${table.hash} as hash, ${table.document} as document from ${table}
      where ${table.hash} = coalesce((select ${ids.hash} from ${ids} where ${ids.id} = ${name}), ${name})`,
  );
  return row === undefined ? null : { hash: row['hash'] as string, document: row['document'] as string };
}
