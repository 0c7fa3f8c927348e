/**
 * What is to go is told with each answer that uses it: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and in `Link` where
 * it is documented.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deprecation } from '../schema/deprecation.ts';
import { type Operation, operationNames, operationOf } from '../schema/operations.ts';
import { queryParameters, readArguments } from './arguments.ts';

/** The headers of an operation of which these arguments were given; none where nothing of it is to go. */
export function deprecationHeaders(
  name: string,
  operation: Operation,
  given: readonly string[],
): Record<string, string> {
  const schemas = new Map(Object.entries(queryParameters(operation)));
  const all = [operation['x-deprecated'], ...given.map((one) => deprecationOf(schemas.get(one)))];
  const told = all.filter((one) => one !== undefined);
  if (told.length === 0) return {};
  const [since] = told.map((one) => one.since).sort() as [string, ...string[]];
  const [sunset] = told.flatMap((one) => one.sunset ?? []).sort();
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset === undefined ? {} : { sunset: new Date(sunset).toUTCString() }),
    link: `</docs#/${operation.tag}/${name}>; rel="deprecation"; type="text/html"`,
  };
}

const deprecationOf = (schema: object | undefined): Deprecation | undefined =>
  (schema as { 'x-deprecated'?: Deprecation } | undefined)?.['x-deprecated'];

/** To be called before the routes of the operations are added; where nothing is to go, it costs nothing. */
export function tellDeprecations(app: FastifyInstance, prefix: string): void {
  const affected = operationNames.filter((name) => {
    const operation = operationOf(name);
    return [operation, ...Object.values(operation.args.properties)].some(deprecationOf);
  });
  if (affected.length === 0) return;
  const byAddress = new Map(
    affected.map((name) => [`${prefix}${operationOf(name).path.replaceAll(/\{(\w+)\}/g, ':$1')}`, name]),
  );
  app.addHook('onSend', async (request, reply) => {
    // A format behind the path is the same operation.
    const name = byAddress.get(`${request.routeOptions.url}`.replace(/\.[^/]+$/, ''));
    if (name === undefined) return;
    const operation = operationOf(name);
    const { link, ...headers } = deprecationHeaders(name, operation, givenIn(operation, request));
    const links = [reply.getHeader('link'), link].filter((one) => one !== undefined);
    reply.headers(links.length === 0 ? headers : { ...headers, link: links.join(', ') });
  });
}

/** The names of the arguments, as far as the request can be read; what cannot be is answered with a problem anyway. */
function givenIn(operation: Operation, { body, params, url }: FastifyRequest): string[] {
  if (operation.method === 'POST') return Object.keys(Object(body));
  try {
    return Object.keys(readArguments(operation, params as Record<string, string>, url).args);
  } catch {
    return [];
  }
}
