/** Every operation of the contract as `GET /v1…`: one loop, no route by hand. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PublicError } from '../errors.ts';
import { answer, openScope } from '../queries/answer.ts';
import type { Context, Page, Row, Scope } from '../queries/types.ts';
import { contractVersion } from '../schema/common.ts';
import { type Operation, type OperationName, operationNames, operationOf } from '../schema/operations.ts';
import { programVersion } from '../version.ts';
import { type ReadArguments, readArguments } from './arguments.ts';
import { acceptsJson, etagOf, namesAnything, namesTag } from './conditional.ts';
import { inOrderOf } from './order.ts';
import { pathOf } from './problems.ts';

export const prefix = '/v1';
const mediaType = 'application/json; charset=utf-8';

export function registerOperations(app: FastifyInstance, context: Context): void {
  for (const name of operationNames) {
    const url = `${prefix}${operationOf(name).path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    app.get<{ Params: Record<string, string> }>(url, (request, reply) =>
      respond(context, name, request, reply),
    );
  }
}

async function respond(
  context: Context,
  name: OperationName,
  request: FastifyRequest<{ Params: Record<string, string> }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const operation = operationOf(name);
  const read = readArguments(operation, request.params, request.url);
  if (!acceptsJson(request.headers.accept)) {
    throw new PublicError('not_acceptable', 'This address is served as application/json.');
  }
  const scope = await openScope(context);
  const etag = tagOf(name, read, scope);
  const ifNoneMatch = request.headers['if-none-match'];
  // Only an answer carries a tag, so whoever names it has had the answer: nothing needs to be read.
  const headers = headersOf(operation, scope, etag);
  if (namesTag(ifNoneMatch, etag)) return reply.code(304).headers(headers).send();

  const result = await answer(context, scope, name, read.args);
  if (result === null) throw notFound(name, read.args);
  reply.headers(headers);
  if (namesAnything(ifNoneMatch)) return reply.code(304).send();
  if (operation.kind !== 'list')
    return reply.type(mediaType).send(JSON.stringify(inOrderOf(operation.of)(result)));

  const page = result as Page<Row>;
  if (page.next !== null)
    reply.header('link', [describedBy, nextPage(request.url, read, page.next)].join(', '));
  return reply.type(mediaType).send(JSON.stringify(envelope(page, inOrderOf(operation.of))));
}

/** The order of the members is part of the contract: what a reader looks for first stands first. */
function envelope(
  { items, next, total, totalAtLeast, release, notice }: Page<Row>,
  arrange: (item: unknown) => unknown,
): Row {
  return {
    items: items.map(arrange),
    next,
    total,
    ...(total === null ? { totalAtLeast } : {}),
    release,
    notice,
  };
}

const describedBy = '</openapi.json>; rel="describedby"';

function nextPage(target: string, { query }: ReadArguments, after: string): string {
  const others = new URLSearchParams(query.map(([name, value]) => [name, value] as [string, string]));
  others.set('after', after);
  return `<${pathOf(target)}?${others}>; rel="next"`;
}

/** All that the bytes depend on. The day counts always: it decides which places are in force. */
function tagOf(name: OperationName, { args }: ReadArguments, { release, today }: Scope): string {
  const canonical = Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1));
  return etagOf([release, contractVersion, programVersion, 'json', 'identity', today, name, canonical]);
}

/** A list says its release in the body: it is the cursor's, which may be an earlier one. */
function headersOf({ kind }: Operation, { release }: Scope, etag: string): Record<string, string> {
  return {
    etag,
    'cache-control': 'public, max-age=60, stale-while-revalidate=600',
    vary: 'Accept, Accept-Encoding',
    link: describedBy,
    ...(kind === 'list' ? {} : { 'govdata-release': String(release) }),
  };
}

function notFound(name: OperationName, args: Record<string, unknown>): PublicError {
  const operation: Operation = operationOf(name);
  const parameter = operation.path.replace(/.*\{(\w+)\}.*/, '$1');
  const when = args['on'] === undefined ? '' : ` with on=${args['on']}`;
  return new PublicError('not_found', `No ${name} has the ${parameter} ${args[parameter]}${when}.`, {
    parameter,
  });
}
