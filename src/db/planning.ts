/** Whether PostgreSQL plans a statement anew with its values, or once for all values. */
import type pg from 'pg';

/**
 * `anew`: right where the values decide how many rows there are. `once`: right where a key finds a few rows whatever it is;
 * planning would take longer than reading.
 */
export type Planning = 'anew' | 'once';

const modes: Record<Planning, string> = { anew: 'force_custom_plan', once: 'force_generic_plan' };
const atFirst: Planning = 'anew';
/** With which a session of a reader begins. */
export const modeAtFirst = modes[atFirst];
const planningOf = new WeakMap<pg.PoolClient, Planning>();

/** Has the session plan so from now on. Most sessions are asked for one of both again and again: the setting is rarely sent. */
export async function planBy(client: pg.PoolClient, planning: Planning): Promise<void> {
  if ((planningOf.get(client) ?? atFirst) === planning) return;
  await client.query(`set plan_cache_mode = ${modes[planning]}`);
  planningOf.set(client, planning);
}
