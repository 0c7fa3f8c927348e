/** Asks a service by HTTP, with the address as it is written: nothing is tidied up on the way. */
import { Agent, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';

export interface Question {
  method: string;
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether all of it was read; from a long file a client goes away. */
  whole: boolean;
}

export type Ask = (question: Question) => Promise<Answer>;

/** How much of a file is read before the client goes away. */
const bytesMost = 300_000;

export async function askOf(t: Test, app: FastifyInstance): Promise<Ask> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  return ({ method, target, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const request = send({ agent, host: '127.0.0.1', port, method, path: target, headers }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const end = (whole: boolean): void =>
          resolve({
            status: response.statusCode as number,
            headers: response.headers,
            body: Buffer.concat(chunks),
            whole,
          });
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length < bytesMost || response.headers['content-type']?.includes('json;')) return;
          end(false);
          response.destroy();
        });
        response.on('end', () => end(true));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
}

export const jsonOf = ({ body }: Answer): unknown => JSON.parse(body.toString('utf8'));
