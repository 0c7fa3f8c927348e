/**
 * The last that happens to an answer: it is compressed, its tag says so, and it is left out where the client has it. What
 * was offered is remembered as it leaves, to be sent again.
 */
import type { Readable } from 'node:stream';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { encodedTag, namedTag, namesAnything, ofBody } from '../cache/conditional.ts';
import type { Front } from '../cache/front.ts';
import { type Encoding, encodings, encodingsOf, varyBy } from '../cache/negotiation.ts';
import { brotliOptions, gzipOptions, packedFrom } from '../cache/packing.ts';
import { PublicError } from '../errors.ts';

/** Texts of any format; a workbook and a Parquet file are packed already. */
const compressible = /^text\/|[/+-](?:nd)?json|[/+]csv|javascript|\+xml/;

/** Each piece of a file is sent when it was written, rather than when the packer's buffer is full. */
const options = {
  encodings: [...encodings],
  customTypes: compressible,
  threshold: packedFrom,
  // Below, an answer is packed at once and bears its length; a millisecond at most.
  syncThreshold: 65_536,
  brotliOptions: { ...brotliOptions, flush: constants.BROTLI_OPERATION_FLUSH },
  zlibOptions: { ...gzipOptions, flush: constants.Z_SYNC_FLUSH },
  // See body.ts.
  globalDecompression: false,
};

/** To be called before any route is added. */
export async function encodeAnswers(app: FastifyInstance, front: Front): Promise<void> {
  app.addHook('onRequest', async ({ raw, headers }, reply) => {
    varyBy(reply, 'accept-encoding');
    // A part of an answer is of no use to anybody, and none of the packed bytes would be the same.
    delete raw.headers.range;
    const readable = encodingsOf(headers['accept-encoding']);
    // What packs the answer reads the header by rules of its own.
    raw.headers['accept-encoding'] = readable.join(', ');
    if (readable.length > 0) return;
    const available = [...encodings, 'identity'];
    throw new PublicError('not_acceptable', `Answers are encoded as ${available.join(' or ')}.`, {
      available,
    });
  });
  await app.register(compress, options);
  app.addHook('onRoute', (route: RouteOptions) => {
    // Fastify's own for HEAD comes before the packing, and reads files to their end.
    const hooks = [route.onSend]
      .flat()
      .filter(
        (hook): hook is NonNullable<typeof hook> =>
          hook !== undefined && hook.name !== 'headRouteOnSendHandler',
      );
    route.onSend = [...hooks, finish, remember];
  });

  async function remember({ raw }: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
    if (reply.statusCode === 304) front.remember(raw, reply.getHeaders());
    else if (reply.statusCode === 200 && Buffer.isBuffer(payload)) {
      front.remember(raw, reply.getHeaders(), payload.length);
    }
    return payload;
  }
}

async function finish(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (reply.hasHeader('accept-ranges')) reply.header('accept-ranges', 'none');
  if (reply.statusCode === 200 && isUnchanged(request, reply)) reply.code(304);
  if (reply.statusCode === 304) {
    for (const name of ofBody) reply.removeHeader(name);
    return discard(payload);
  }
  if (request.method !== 'HEAD') return payload;
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
    reply.header('content-length', Buffer.byteLength(payload));
  }
  return discard(payload);
}

/** Whether the client has the answer; besides, makes its tag that of the bytes. A tag of others is left alone. */
function isUnchanged({ headers }: FastifyRequest, reply: FastifyReply): boolean {
  const etag = reply.getHeader('etag');
  if (typeof etag !== 'string' || etag.startsWith('W/')) return false;
  const encoding = (reply.getHeader('content-encoding') ?? 'identity') as Encoding;
  const named = namedTag(headers, etag);
  reply.header('etag', named ?? encodedTag(etag, encoding));
  return named !== undefined || namesAnything(headers);
}

function discard(payload: unknown): null {
  if (payload instanceof Object && 'destroy' in payload) (payload as Readable).destroy();
  return null;
}
