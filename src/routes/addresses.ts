/** Which addresses there are and what each answers: 404 with a suggestion, 405 and OPTIONS with `Allow`. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { nearest, PublicError } from '../errors.ts';
import { pathOf } from './problems.ts';

interface Address {
  /** As fastify has it, `/v1/places/:id`. */
  url: string;
  pattern: RegExp;
  methods: Set<string>;
}

/** To be called before any route is added, but for that of CORS, which is OPTIONS for everything. */
export function guardAddresses(app: FastifyInstance): void {
  const addresses = new Map<string, Address>();
  app.addHook('onRoute', ({ url, method }) => {
    const address = addresses.get(url) ?? { url, pattern: patternOf(url), methods: new Set(['OPTIONS']) };
    for (const each of [method].flat()) address.methods.add(each);
    // Fastify says nothing of the GET beside it where a plugin's page is also served behind a slash.
    if (address.methods.has('HEAD')) address.methods.add('GET');
    addresses.set(url, address);
  });

  // Before the body is read, so that a wrong method is not mistaken for a wrong media type.
  app.addHook('onRequest', async (request, reply) => {
    const path = pathOf(request.url);
    // "/v1/places/lookup" is an address of its own, and no id in "/v1/places/{id}".
    const own = addresses.get(path);
    // To fastify, nothing behind the last slash is an argument, too.
    const answered = !request.is404 && (own ? own.methods.has(request.method) : !path.endsWith('/'));
    if (request.method !== 'OPTIONS' && answered) return;
    if (request.method === 'OPTIONS' && path === '*') {
      return reply.code(204).header('allow', 'GET, HEAD, OPTIONS, POST').send();
    }
    const found = own ? [own] : [...addresses.values()].filter(({ pattern }) => pattern.test(path));
    const methods = found.flatMap((address) => [...address.methods]);
    if (methods.length === 0) throw noSuchRoute(request, [...addresses.keys()]);
    const allow = [...new Set(methods)].sort().join(', ');
    reply.header('allow', allow);
    if (request.method === 'OPTIONS') return reply.code(204).send();
    throw new PublicError('method_not_allowed', `${path} answers ${allow}, not ${request.method}.`, {
      available: allow.split(', '),
    });
  });

  // A plugin's route can also find out by itself that it has nothing, as that of static files does.
  app.setNotFoundHandler((request) => {
    throw noSuchRoute(request, [...addresses.keys()]);
  });
}

function patternOf(url: string): RegExp {
  const source = url
    .split(/(:\w+|\*)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
    .join('');
  return new RegExp(`^${source}$`);
}

function noSuchRoute(request: FastifyRequest, urls: string[]): PublicError {
  const path = pathOf(request.url);
  const suggestion = suggest(path, urls);
  return new PublicError(
    'no_such_route',
    `There is nothing at ${path}.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
    suggestion === undefined ? {} : { suggestion },
  );
}

/** The known address nearest to a path, with the path's own words where the address has an argument. */
function suggest(path: string, urls: string[]): string | undefined {
  const given = path.split('/').filter((part) => part !== '');
  const candidates = urls
    .filter((url) => !url.includes('*'))
    .map((url) => url.split('/').slice(1))
    .flatMap((parts) => {
      const offset = parts[0] === 'v1' && given[0] !== 'v1' ? 1 : 0;
      if (parts.length - offset !== given.length) return [];
      // An argument is like anything: what counts is that each word of the address is like the one given.
      const isNear = given.every((word, at) => {
        const part = parts[at + offset] as string;
        return part.startsWith(':') || nearest(word, [part]) !== undefined;
      });
      if (!isNear) return [];
      return [`/${parts.map((part, at) => (part.startsWith(':') ? given[at - offset] : part)).join('/')}`];
    });
  const prefixed = candidates.find((candidate) => candidate === `/v1${path}`);
  return prefixed ?? nearest(path, candidates);
}
