/** Request bodies: JSON in UTF-8, for both mouths, and the arguments of an operation that stand in one. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Front } from '../cache/front.ts';
import { PublicError } from '../errors.ts';
import { pathOf } from './problems.ts';

/** To be called before any route is added that reads a body; it is the only reader but `front`. */
export function readBodies(app: FastifyInstance, front: Front): void {
  app.addHook('preParsing', async ({ raw }, _reply, payload) => {
    const body = front.bodyOf(raw);
    return body === undefined
      ? payload
      : Object.assign(Readable.from([body]), { receivedEncodedLength: body.length });
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => readBody(body, headers['content-encoding']),
  );
}

/** What is not UTF-8 is refused, where fastify would put U+FFFD for it. */
function readBody(body: Buffer, encoding = 'identity'): unknown {
  // Nothing is unpacked, so that a small body cannot become a large one.
  if (encoding !== 'identity') {
    throw new PublicError('unsupported_media_type', 'Send the body as it is, without Content-Encoding.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new PublicError('bad_request', 'The request body is not valid UTF-8.', { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PublicError('bad_request', 'The request body is not valid JSON.', { cause });
  }
}

/** The members of the body, to be checked behind the door; the address holds none of the arguments. */
export function argumentsInBody({ url, body }: FastifyRequest): object {
  if (url !== pathOf(url)) {
    throw new PublicError('bad_request', 'The arguments of this address stand in the body, not in a query.');
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new PublicError('bad_request', 'The arguments are one JSON object, such as {"items": ["14404"]}.');
}
