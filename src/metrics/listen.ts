/** Where metrics are read: a listener of its own, which answers `/metrics` and nothing else. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersOf, policyOfPage } from '../policies.ts';

export interface MetricsOptions {
  host: string;
  port: number;
  /** The text of Prometheus. */
  read: () => Promise<string>;
  /** Told what a scrape that failed failed of. */
  log: (line: string) => void;
}

export interface MetricsListener {
  /** `http://127.0.0.1:9464/metrics` */
  address: string;
  close(): Promise<void>;
}

/** The text format of Prometheus. */
const mediaType = 'text/plain; version=0.0.4; charset=utf-8';

/** Rejects if the port is taken. */
export async function listenForScrapes(options: MetricsOptions): Promise<MetricsListener> {
  const { host, port } = options;
  // There is nothing in it to run, to load or to frame, and no page of elsewhere is to read it.
  const headers = { 'cache-control': 'no-store', ...(await headersOf(policyOfPage({}))) };
  const server = createServer({ requestTimeout: 5000 }, answerWith(options, headers)).listen(port, host);
  await once(server, 'listening');
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    address: `http://${shown}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    },
  };
}

const answerWith =
  ({ read, log }: MetricsOptions, headers: Record<string, string>): RequestListener =>
  async (request, response) => {
    const say = (status: number, type: string, text: string): void => {
      response.writeHead(status, { 'content-type': type, ...headers }).end(text);
    };
    if (request.url !== '/metrics') return say(404, 'text/plain', 'The metrics are at /metrics.\n');
    if (request.method !== 'GET') return say(405, 'text/plain', 'The metrics are read by GET.\n');
    try {
      say(200, mediaType, await read());
    } catch (error) {
      log(`the metrics could not be read: ${(error as Error).message}`);
      say(500, 'text/plain', 'The metrics could not be read; the log says why.\n');
    }
  };
