/** A way to the service on which the answers of one address do not arrive as they were sent. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';

/**
 * What becomes of an answer: `cut`, the connection is lost after some bytes; `hold`, nothing comes after these; `end`, it
 * seems to be whole after some lines; `busy`, the service is not reached, and is to be asked again in a second.
 */
export type Mishap = { cut: number } | { hold: number } | { end: number } | { busy: true };

export interface BadLine {
  address: string;
  /** What was asked of the address, with what arrived of each answer. */
  files: { query: URLSearchParams; arrived: string }[];
}

/** Headers that hold from one server to the next only, or for bytes as they were sent to us. */
const hopByHop = [
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'accept-encoding',
];

/** The first answer meets the first mishap, and so on; what comes after the last one arrives. */
export async function badLine(
  t: Test,
  service: string,
  mishaps: readonly Mishap[],
  path = '/v1/changes.ndjson',
): Promise<BadLine> {
  const files: BadLine['files'] = [];
  const server = createServer(async (request, response) => {
    const headers = Object.entries(request.headers).filter(([name]) => !hopByHop.includes(name));
    const answer = await fetch(`${service}${request.url}`, {
      headers: Object.fromEntries(headers) as Record<string, string>,
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const { pathname, searchParams: query } = new URL(`${service}${request.url}`);
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (!hopByHop.includes(name)) response.setHeader(name, value);
    if (pathname !== path) return response.end(body);
    const arrived = await send(body, mishaps[files.length], response);
    return files.push({ query, arrived: arrived.toString() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, files };
}

async function send(body: Buffer, mishap: Mishap | undefined, response: ServerResponse): Promise<Buffer> {
  if (mishap === undefined || 'end' in mishap) {
    const lines = body.toString().split('\n').slice(0, mishap?.end);
    const part = mishap ? Buffer.from(`${lines.join('\n')}\n`) : body;
    response.end(part);
    return part;
  }
  if ('busy' in mishap) {
    response.writeHead(503, { 'retry-after': '1' }).end();
    return Buffer.alloc(0);
  }
  const part = body.subarray(0, 'cut' in mishap ? mishap.cut : mishap.hold);
  await new Promise((resolve) => response.write(part, resolve));
  // What was written is given time to arrive before the connection is lost.
  if ('cut' in mishap) setTimeout(() => response.destroy(), 50);
  return part;
}
