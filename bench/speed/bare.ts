/**
 * A peer: bare fastify routes, one for each answer, that send the very bytes which the service answered. The file in the
 * arguments says what they are; a route of POST reads its body as fastify does.
 */
import { readFileSync } from 'node:fs';
import fastify from 'fastify';

export interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** Of a 304 there is nothing but the tag. */
  status: 200 | 304;
  type: string;
  etag: string;
  body: string;
}

const routes = JSON.parse(readFileSync(String(process.argv[2]), 'utf8')) as Route[];
const app = fastify({ logger: false });
for (const { method, path: url, status, type, etag, body } of routes) {
  const bytes = Buffer.from(body);
  app.route({
    method,
    url,
    handler: (_request, reply) =>
      status === 304 ? reply.code(304).header('etag', etag).send() : reply.type(type).send(bytes),
  });
}
console.log(`listens on ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
process.once('SIGTERM', () => app.close());
