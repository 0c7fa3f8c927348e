/** Every operation of the contract as `GET /v1…`, or POST where it says so: one loop, no route by hand. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cache } from '../cache/cache.ts';
import { checkMatch, etagOf, type TaggedHeaders, unlessHeld } from '../cache/conditional.ts';
import { KeptAnswer } from '../cache/kept-answer.ts';
import { preferredOf, varyBy } from '../cache/negotiation.ts';
import type { Validity } from '../cache/validity.ts';
import { PublicError } from '../errors.ts';
import { answer, answerAll, openScope } from '../queries/answer.ts';
import type { Context, Page, Row, Scope } from '../queries/types.ts';
import { clocks } from '../schema/argument.ts';
import { contractVersion } from '../schema/common.ts';
import { formatOf } from '../schema/formats.ts';
import {
  type ListName,
  type Operation,
  type OperationName,
  operationNames,
  operationOf,
} from '../schema/operations.ts';
import { programVersion } from '../version.ts';
import { type ReadArguments, readArguments } from './arguments.ts';
import { argumentsInBody } from './body.ts';
import { tellDeprecations } from './deprecation.ts';
import { sendFile } from './files.ts';
import { addressesOf, contentTypeOf, mediaTypeOf, type Served } from './formats/index.ts';
import { jsonOf, type Serialise } from './json.ts';
import { describedBy, linksOf, metadataLink } from './link.ts';
import { goneOf } from './traffic.ts';

export const prefix = '/v1';
const mediaType = contentTypeOf('json');
type ServedRequest = FastifyRequest<{ Params: Record<string, string> }>;

export function registerOperations(app: FastifyInstance, context: Context, cache: Cache): void {
  tellDeprecations(app, prefix);
  for (const name of operationNames) {
    const operation = operationOf(name);
    for (const [path, served] of addressesOf(operation)) {
      const config = { counted: countedAs(name) };
      const url = `${prefix}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      if (operation.method === 'POST') {
        app.post(url, { config }, (request: ServedRequest, reply) =>
          respondToBody(context, name, request, reply),
        );
      } else {
        app.get(url, { config }, (request: ServedRequest, reply) =>
          respond(context, cache, name, served, request, reply),
        );
      }
    }
  }
}

const countedAs = (name: OperationName) => `rest ${name}` as const;

/** The format that the client likes best of those that the address is served as. */
function negotiate({ headers }: FastifyRequest, reply: FastifyReply, served: readonly Served[]): Served {
  varyBy(reply, 'accept');
  const types = served.map(contentTypeOf);
  const type = preferredOf(headers.accept, types);
  if (type === undefined) {
    const available = served.map(mediaTypeOf);
    const message = `This address is served as ${available.join(' or ')}.`;
    throw new PublicError('not_acceptable', message, { available });
  }
  return served[types.indexOf(type)] as Served;
}

async function respond(
  shared: Context,
  cache: Cache,
  name: OperationName,
  served: readonly Served[],
  request: ServedRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = goneOf(reply);
  const context = { ...shared, signal: gone };
  const operation = operationOf(name);
  const { epoch } = cache.front;
  const read = readArguments(operation, request.params, request.url);
  const format = negotiate(request, reply, served);
  const current = await openScope(context, read.args);
  const { validity } = cache;
  const file =
    format === 'json'
      ? undefined
      : answerAll(context, current, name as ListName, read.args, {
          resumable: format !== 'csvw' && formatOf(format).resumable === true,
        });
  const scope = file?.scope ?? current;
  request.release = scope.release;
  const etag = tagOf(name, format, read, scope);
  const headers = headersOf(operation, format, scope, etag, validity);
  if (format === 'csv') headers['link'] = `${describedBy}, ${metadataLink(request.url, read.query)}`;
  const said = { counted: countedAs(name), route: request.routeOptions.url, release: scope.release };
  cache.offer(request.raw, { key: etag, ...said, epoch }, validity);
  const held = unlessHeld(request, reply, headers);
  if (held) return held;
  if (file) return sendFile(name, format as Exclude<Served, 'json'>, file, read, reply, headers);
  const kept = await cache.answers.answer(etag, gone, (signal) =>
    compute({ ...shared, signal }, scope, name, read.args),
  );
  if (kept === null) throw notFound(name, read.args);
  checkMatch(request.headers, etag);
  if (operation.kind === 'list') headers['link'] = linksOf(operation, request.url, read.query, kept.next);
  return cache.send(request.headers, reply.headers(headers).type(mediaType), kept);
}

/** An answer in JSON; null: there never was what is asked for. */
async function compute(
  context: Context,
  scope: Scope,
  name: OperationName,
  args: ReadArguments['args'],
): Promise<KeptAnswer | null> {
  const { kind, of } = operationOf(name);
  const result = await answer(context, scope, name, args);
  if (result === null) return null;
  const serialise = jsonOf(of);
  if (kind !== 'list') return new KeptAnswer(serialise(result));
  const page = result as Page<Row>;
  return new KeptAnswer(pageText(page, serialise), { next: page.next });
}

/** An answer to a body is not kept, and has no tag: its address does not say what was asked. */
async function respondToBody(
  context: Context,
  name: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const args = argumentsInBody(request);
  negotiate(request, reply, ['json']);
  const scope = await openScope(context, args);
  request.release = scope.release;
  const result = await answer(context, scope, name, args);
  reply.headers({
    'cache-control': 'no-store',
    link: describedBy,
    'govdata-release': String(scope.release),
  });
  return reply.type(mediaType).send(jsonOf(operationOf(name).of)(result));
}

/** The order of the members is part of the contract: what a reader looks for first stands first. */
function pageText(
  { items, next, total, totalAtLeast, release, notice }: Page<Row>,
  serialise: Serialise,
): string {
  const rest = { next, total, ...(total === null ? { totalAtLeast } : {}), release, notice };
  return `{"items":[${items.map(serialise).join()}],${JSON.stringify(rest).slice(1)}`;
}

/**
 * All that the bytes depend on. The day counts always: it decides which places are in force. How the release was
 * asked for does not: what was the current answer then keeps its tag. Metadata alone repeat how they were asked for, word for word.
 */
function tagOf(
  name: OperationName,
  format: Served,
  { args, query }: ReadArguments,
  { release, today }: Scope,
): string {
  const canonical = Object.entries(args)
    .filter(([argument]) => !Object.hasOwn(clocks, argument))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const asked = format === 'csvw' ? [canonical, query] : canonical;
  return etagOf([release, contractVersion, programVersion, format, today, name, asked]);
}

/** A page says its release in the body: it is the cursor's, which may be an earlier one. */
function headersOf(
  { kind }: Operation,
  format: Served,
  { release }: Scope,
  etag: string,
  validity: Validity,
): TaggedHeaders {
  return {
    ...validity,
    etag,
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
