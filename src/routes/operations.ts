/** Every operation of the contract as `GET /v1…`, or POST where it says so: one loop, no route by hand. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, mayBeKept, namesAnything, namesTag, preferredOf } from '../cache/conditional.ts';
import { PublicError } from '../errors.ts';
import { answer, answerAll, openScope, type WholeList } from '../queries/answer.ts';
import type { Context, Page, Row, Scope } from '../queries/types.ts';
import { clocks } from '../schema/argument.ts';
import { contractVersion } from '../schema/common.ts';
import {
  type Format,
  type ListName,
  type Operation,
  type OperationName,
  operationNames,
  operationOf,
} from '../schema/operations.ts';
import { programVersion } from '../version.ts';
import { type ReadArguments, readArguments } from './arguments.ts';
import { argumentsInBody } from './body.ts';
import { csvMediaType, csvOf } from './csv.ts';
import { ndjsonMediaType, ndjsonOf } from './ndjson.ts';
import { inOrderOf } from './order.ts';
import { pathOf } from './problems.ts';

export const prefix = '/v1';
const mediaType = 'application/json; charset=utf-8';
type Served = 'json' | Format;
export const mediaTypes = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: ndjsonMediaType,
} as const satisfies Record<Served, string>;
type ServedRequest = FastifyRequest<{ Params: Record<string, string> }>;

export function registerOperations(app: FastifyInstance, context: Context): void {
  for (const name of operationNames) {
    const { path, formats = [], method = 'GET' } = operationOf(name);
    const url = `${prefix}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    if (method === 'POST') {
      app.post(url, (request: ServedRequest, reply) => respondToBody(context, name, request, reply));
      continue;
    }
    const serve = (address: string, served: readonly Served[]): void => {
      app.get(address, (request: ServedRequest, reply) => respond(context, name, served, request, reply));
    };
    serve(url, ['json', ...formats]);
    for (const format of formats) serve(`${url}.${format}`, [format]);
  }
}

/** The format that the client likes best of those that the address is served as. */
function negotiate(accept: string | undefined, served: readonly Served[]): Served {
  const types = served.map((format) => mediaTypes[format]);
  const type = preferredOf(accept, types);
  if (type === undefined) {
    throw new PublicError('not_acceptable', `This address is served as ${types.join(' or ')}.`);
  }
  return served[types.indexOf(type)] as Served;
}

async function respond(
  context: Context,
  name: OperationName,
  served: readonly Served[],
  request: ServedRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const operation = operationOf(name);
  const read = readArguments(operation, request.params, request.url);
  const format = negotiate(request.headers.accept, served);
  const current = await openScope(context, read.args);
  const file =
    format === 'json'
      ? undefined
      : answerAll(context, current, name as ListName, read.args, { resumable: format === 'ndjson' });
  const scope = file?.scope ?? current;
  const etag = tagOf(name, format, read, scope);
  const ifNoneMatch = request.headers['if-none-match'];
  // Only an answer carries a tag, so whoever names it has had the answer: nothing needs to be read.
  const headers = headersOf(operation, format, scope, etag);
  if (namesTag(ifNoneMatch, etag)) return reply.code(304).headers(headers).send();
  return file
    ? respondWithFile(operation, format as Format, file, read, reply, { ifNoneMatch, headers })
    : respondWithJson(context, scope, name, read, request, reply, { ifNoneMatch, headers });
}

interface Conditions {
  ifNoneMatch: string | undefined;
  headers: Record<string, string>;
}

async function respondWithFile(
  { path, of }: Operation,
  format: Format,
  file: WholeList,
  { args }: ReadArguments,
  reply: FastifyReply,
  { ifNoneMatch, headers }: Conditions,
): Promise<FastifyReply> {
  const pieces = await file.read();
  reply.headers(headers);
  if (namesAnything(ifNoneMatch)) return reply.code(304).send();
  const fileName = path.slice(1).replaceAll('/', '-');
  return reply
    .header('content-disposition', `attachment; filename="${fileName}.${format}"`)
    .type(format === 'csv' ? csvMediaType : ndjsonMediaType)
    .send(format === 'csv' ? csvOf(of, args['lang'] !== undefined, pieces) : ndjsonOf(of, pieces));
}

async function respondWithJson(
  context: Context,
  scope: Scope,
  name: OperationName,
  read: ReadArguments,
  request: FastifyRequest,
  reply: FastifyReply,
  { ifNoneMatch, headers }: Conditions,
): Promise<FastifyReply> {
  const operation = operationOf(name);
  const result = await answer(context, scope, name, read.args);
  if (result === null) throw notFound(name, read.args);
  reply.headers(headers);
  if (namesAnything(ifNoneMatch)) return reply.code(304).send();
  if (operation.kind !== 'list') return sendOne(reply, operation, result);

  const page = result as Page<Row>;
  if (page.next !== null)
    reply.header('link', [describedBy, nextPage(request.url, read, page.next)].join(', '));
  return reply.type(mediaType).send(JSON.stringify(envelope(page, inOrderOf(operation.of))));
}

/** An answer to a body is not kept, and has no tag: its address does not say what was asked. */
async function respondToBody(
  context: Context,
  name: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const args = argumentsInBody(request);
  negotiate(request.headers.accept, ['json']);
  const scope = await openScope(context, args);
  const result = await answer(context, scope, name, args);
  reply.headers({
    'cache-control': 'no-store',
    link: describedBy,
    'govdata-release': String(scope.release),
  });
  return sendOne(reply, operationOf(name), result);
}

const sendOne = (reply: FastifyReply, { of }: Operation, result: unknown): FastifyReply =>
  reply.type(mediaType).send(JSON.stringify(inOrderOf(of)(result)));

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

/**
 * All that the bytes depend on. The day counts always: it decides which places are in force. How the release was
 * asked for does not: what was the current answer then keeps its tag.
 */
function tagOf(
  name: OperationName,
  format: Served,
  { args }: ReadArguments,
  { release, today }: Scope,
): string {
  const canonical = Object.entries(args)
    .filter(([argument]) => !Object.hasOwn(clocks, argument))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return etagOf([release, contractVersion, programVersion, format, 'identity', today, name, canonical]);
}

/** A page says its release in the body: it is the cursor's, which may be an earlier one. */
function headersOf(
  { kind }: Operation,
  format: Served,
  { release }: Scope,
  etag: string,
): Record<string, string> {
  return {
    etag,
    'cache-control': mayBeKept,
    vary: 'Accept, Accept-Encoding',
    link: describedBy,
    ...(kind === 'list' && format === 'json' ? {} : { 'govdata-release': String(release) }),
  };
}

/** What an item is asked by is what it cannot do without; of several, the first names what there never was. */
function notFound(name: OperationName, args: Record<string, unknown>): PublicError {
  const [parameter, ...more] = operationOf(name).args.required as [string, ...string[]];
  const which = [parameter, ...more].map((one) => `the ${one} ${args[one]}`).join(' and ');
  const when = args['on'] === undefined ? '' : ` with on=${args['on']}`;
  return new PublicError('not_found', `No ${name} has ${which}${when}.`, { parameter });
}
