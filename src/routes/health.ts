/** Whether the process lives, and whether it can answer and why not. */
import type { FastifyInstance } from 'fastify';
import { FaultsError, PublicError } from '../errors.ts';
import { openScope } from '../queries/answer.ts';
import type { Context } from '../queries/types.ts';
import { publicErrorOf } from './problems.ts';

/** How many migrations the database lacks; throws if it cannot be served from at all. */
export type PendingMigrations = () => Promise<number>;

interface Check {
  name: 'load' | 'database' | 'migrations' | 'data';
  run: () => Promise<unknown>;
}

/** `checkLoad` throws where requests are shed: what sends them had better send them elsewhere. */
export function registerHealth(
  app: FastifyInstance,
  context: Context,
  pending: PendingMigrations,
  checkLoad: () => void,
): void {
  const config = { counted: 'other health' } as const;
  app.get('/healthz', { config }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ alive: true }),
  );

  const checks: Check[] = [
    // First, since the others would wait in the same queue.
    { name: 'load', run: async () => checkLoad() },
    { name: 'database', run: () => context.database.pool.query('select') },
    { name: 'migrations', run: () => noneOf(pending) },
    { name: 'data', run: () => someRelease(context) },
  ];
  app.get('/readyz', { config }, async (request, reply) => {
    const results: Record<string, string> = {};
    let ready = true;
    for (const { name, run } of checks) {
      if (!ready) results[name] = 'not checked';
      else {
        results[name] = await run().then(
          () => 'ok',
          (error: unknown) => {
            ready = false;
            request.log.warn({ err: error, check: name }, 'not ready');
            return reasonOf(error);
          },
        );
      }
    }
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, checks: results });
  });
}

async function noneOf(pending: PendingMigrations): Promise<void> {
  const count = await pending();
  if (count > 0) throw new PublicError('unavailable', `${count} are pending. Run \`govdata migrate\`.`);
}

async function someRelease(context: Context): Promise<void> {
  const { release } = await openScope(context);
  if (release === 0) throw new PublicError('unavailable', 'There is no release yet. Run `govdata seed`.');
}

/** A fault of the migrations is the administrator's to read, and names files of ours alone. */
function reasonOf(error: unknown): string {
  return error instanceof FaultsError ? error.message : publicErrorOf(error).message;
}
