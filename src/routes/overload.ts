/**
 * Sheds load before latency collapses: what would wait for too long is told so at once, by 503 `overloaded`, so that
 * what is let in is answered in time. Answers that are kept are sent before any of this is asked.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PublicError } from '../errors.ts';
import type { Context } from '../queries/types.ts';
import { pathOf } from './problems.ts';
import { DatabaseQueue } from './queue.ts';
import { Strain, type StrainLimits } from './strain.ts';
import { isSupervision } from './traffic.ts';

export interface OverloadLimits extends StrainLimits {
  /** Milliseconds that a request may have to wait for a connection to the database; 0: any. */
  queueMs: number;
}

/** Answered from the database; pages and documents are not. */
const asksDatabase = /^\/(?:v1\/|graphql$)/;
/** By then most of what is queued has been answered. */
const retryAfter = 2;

/** To be called before any route is added. What it returns throws `overloaded` where a request that came now would be shed. */
export function shedLoad(
  app: FastifyInstance,
  { database }: Pick<Context, 'database'>,
  limits: OverloadLimits,
): () => void {
  const queue = new DatabaseQueue(database.pool);
  const strain = new Strain(limits);
  app.addHook('onClose', async () => {
    queue.close();
    strain.close();
  });
  const leave = new WeakMap<FastifyRequest['raw'], () => void>();
  /** Until the head of the answer leaves: a slow reader keeps nobody waiting. */
  function follow({ raw }: FastifyRequest, reply: FastifyReply): void {
    const left = queue.enter();
    leave.set(raw, left);
    reply.raw.once('close', left);
  }
  function checkStrain(): void {
    if (strain.reason !== undefined) throw overloaded(strain.reason);
  }
  function checkQueue(): void {
    const ms = queue.expectedMs();
    if (limits.queueMs === 0 || ms <= limits.queueMs) return;
    throw overloaded(`A request would wait ${Math.ceil(ms)} ms for the database.`);
  }

  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request.url);
    if (isSupervision(path)) return;
    checkStrain();
    if (!asksDatabase.test(path)) return;
    checkQueue();
    // A WebSocket is no request that ends.
    if (request.headers.upgrade === undefined) follow(request, reply);
  });
  app.addHook('onSend', async ({ raw }) => leave.get(raw)?.());
  return () => {
    checkStrain();
    checkQueue();
  };
}

const overloaded = (message: string): PublicError => new PublicError('overloaded', message, { retryAfter });
