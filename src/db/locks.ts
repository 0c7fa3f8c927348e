/** Advisory locks: numbers that our processes agree on, so that they wait for each other. */
import type pg from 'pg';

/** "govd" in ASCII: keeps our locks apart from those of other programs in the same database. */
const family = 0x676f7664;

export const lockKeys = { presence: 1, migrate: 2, release: 3, operations: 4 } as const;
export type LockName = keyof typeof lockKeys;

/** Arguments of `pg_advisory_lock` and its kin. */
export function lockKey(name: LockName): string {
  return `${family}, ${lockKeys[name]}`;
}

/**
 * Does the work on one session that holds the lock; whoever comes second waits, however long the
 * first one takes. The lock ends with the session, so that a killed process leaves none behind.
 */
export async function holdingLock<T>(
  pool: pg.Pool,
  name: LockName,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('set lock_timeout = 0');
    await client.query(`select pg_advisory_lock(${lockKey(name)})`);
    await client.query('reset lock_timeout');
    const result = await work(client);
    await client.query(`select pg_advisory_unlock(${lockKey(name)})`);
    broken = false;
    return result;
  } finally {
    // A session that failed is closed rather than mended, which gives up its lock as well.
    client.release(broken);
  }
}
