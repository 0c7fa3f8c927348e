/** Statements that are cancelled in the database, not only abandoned, when nobody waits for them any more. */
import { connect } from 'node:net';
import type pg from 'pg';
import { type Planning, planBy } from './planning.ts';

/** What a session is known by; pg holds it, and does not declare it. */
interface Session {
  host: string;
  port: number;
  processID: number;
  secretKey: number;
}

export interface Statement extends pg.QueryConfig {
  planning?: Planning;
}

/**
 * Runs a statement. Once the signal is aborted it is cancelled, and this rejects with the signal's reason. Without a signal
 * any session takes it, planning as it did before.
 */
export async function queryUntil<R extends pg.QueryResultRow>(
  pool: pg.Pool,
  { planning = 'anew', ...statement }: Statement,
  signal: AbortSignal | undefined,
): Promise<pg.QueryResult<R>> {
  if (signal === undefined) return pool.query<R>(statement);
  signal.throwIfAborted();
  const client = await pool.connect();
  if (signal.aborted) client.release();
  signal.throwIfAborted();
  let cancelled: Promise<void> | undefined;
  const cancel = (): void => {
    cancelled = cancelRunning(client as pg.PoolClient & Session);
  };
  signal.addEventListener('abort', cancel, { once: true });
  let isSound = true;
  let result: pg.QueryResult<R>;
  try {
    await planBy(client, planning);
    result = await client.query<R>(statement);
  } catch (error) {
    // As the pool does it, a connection that failed is not used again; one whose statement was cancelled is sound.
    isSound = (error as { code?: unknown }).code === queryCanceled;
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', cancel);
    // A request that arrived late would cancel what the connection does next.
    await cancelled;
    client.release(!isSound);
  }
  return result;
}

/** SQLSTATE of a statement that was cancelled, by us or by its own limit. */
const queryCanceled = '57014';

/**
 * The CancelRequest of PostgreSQL's protocol, on a connection of its own; the server closes it when it has acted. One that
 * cannot be delivered does no harm: the statement has a limit of its own.
 */
async function cancelRunning({ host, port, processID, secretKey }: Session): Promise<void> {
  const request = Buffer.alloc(16);
  for (const [index, word] of [16, 80_877_102, processID, secretKey].entries()) {
    request.writeInt32BE(word, index * 4);
  }
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  socket.on('error', () => undefined).setTimeout(2000, () => socket.destroy());
  socket.end(request);
  // Which comes after an error too.
  await new Promise((resolve) => socket.once('close', resolve));
}
