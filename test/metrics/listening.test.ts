/** Where metrics are read: on a port of their own, of one process or of several. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { listenForScrapes } from '../../src/metrics/listen.ts';
import { serve } from '../../src/server.ts';
import { sharedDatabase } from '../service.ts';
import { type Spawned, spawned } from '../spawned.ts';
import { scrape } from './scrape.ts';

const { url } = await sharedDatabase();
const settings = { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent', METRICS_PORT: '0' };

const quiet = { print: () => undefined, log: () => undefined };

t.test('one process tells at METRICS_PORT, and nowhere else', async (t) => {
  const log: string[] = [];
  const service = await serve(loadConfig(settings), { ...quiet, log: (line) => log.push(line) });
  t.teardown(() => service.close());
  const address = `${service.metricsAddress}`;
  t.strictSame(log, [`metrics are read at ${address}`]);
  t.match(address, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  for (let index = 0; index < 7; index += 1) await fetch(`${service.address}/v1/config`);
  const { sum } = await scrape(address);
  t.equal(sum('govdata_requests_total', { mouth: 'rest', operation: 'config', status: '200' }), 7);
  t.equal(sum('govdata_info'), 1);
  t.equal((await fetch(`${service.address}/metrics`)).status, 404);
  const { headers } = await fetch(address);
  t.match(headers.get('content-type'), 'text/plain; version=0.0.4');
  t.equal(headers.get('x-content-type-options'), 'nosniff');
  t.equal(headers.get('access-control-allow-origin'), null, 'no page of elsewhere reads it');
  t.equal((await fetch(address, { method: 'POST' })).status, 405);
  t.equal((await fetch(new URL('/v1/config', address))).status, 404);
});

t.test('without METRICS_PORT there is nothing to read', async (t) => {
  const service = await serve(loadConfig({ ...settings, METRICS_PORT: '' }), quiet);
  t.teardown(() => service.close());
  t.equal(service.metricsAddress, undefined);
});

t.test('before the first question, and without a cache, no release is told', async (t) => {
  const service = await serve(loadConfig({ ...settings, CACHE_MB: '0' }), quiet);
  t.teardown(() => service.close());
  await fetch(`${service.address}/v1/config`);
  const { names } = await scrape(`${service.metricsAddress}`);
  t.notOk(names.has('govdata_release_number'));
  t.notOk(names.has('govdata_release_reading_age_seconds'));
});

t.test('a port that is taken ends the start, which names the setting', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as AddressInfo;
  await t.rejects(serve(loadConfig({ ...settings, METRICS_PORT: `${port}` }), quiet), {
    message: `Cannot listen on port ${port} of 127.0.0.1: another process listens there; set METRICS_PORT.`,
  });
});

t.test('on an address of IPv6, what cannot be read is 500, and the log says why', async (t) => {
  const log: string[] = [];
  const read = () => Promise.reject(new Error('out of luck'));
  const listener = await listenForScrapes({ host: '::1', port: 0, read, log: (line) => log.push(line) });
  t.teardown(() => listener.close());
  t.match(listener.address, /^http:\/\/\[::1\]:\d+\/metrics$/);
  const answer = await fetch(listener.address);
  t.equal(answer.status, 500);
  t.notMatch(await answer.text(), 'luck');
  t.strictSame(log, ['the metrics could not be read: out of luck']);
});

const commandLine = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

async function said({ out, err, process: child }: Spawned, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = [...out, ...err].map((line) => pattern.exec(line)?.[1]).find(Boolean);
    if (found !== undefined) return found;
    if (child.exitCode !== null) throw new Error(err.join('\n'));
    await sleep(20);
  }
}

/** Each on a connection of its own, so that all workers come to answer. */
async function ask(address: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    await fetch(`${address}/v1/config`, { headers: { connection: 'close' } }).then((answer) => answer.text());
  }
}

/** Who has logged an answer, by process. */
const answeredBy = ({ err }: Spawned): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const line of err.filter((one) => one.startsWith('{"level":30'))) {
    const { pid, url: asked } = JSON.parse(line);
    if (asked === '/v1/config') counts.set(pid, (counts.get(pid) ?? 0) + 1);
  }
  return counts;
};

async function twoWorkers(t: Test) {
  const served = spawned(t, [commandLine, 'serve', '--workers', '2'], {
    DATABASE_URL: url,
    METRICS_PORT: '0',
  });
  const address = await said(served, /^govdata listens on (\S+) /);
  const metrics = await said(served, /^metrics are read at (\S+)/);
  return { served, address, metrics };
}

t.test('of several workers one scrape tells the sum, also of what one counted that has ended', async (t) => {
  const { served, address, metrics } = await twoWorkers(t);
  await ask(address, 20);
  while (answeredBy(served).size < 2) await ask(address, 1);
  const asked = (): number => [...answeredBy(served).values()].reduce((sum, count) => sum + count, 0);
  const labels = { mouth: 'rest', operation: 'config', status: '200' };
  const first = await scrape(metrics);
  t.equal(first.sum('govdata_requests_total', labels), asked());
  t.equal(first.sum('govdata_request_duration_seconds_count', { operation: 'config' }), asked());
  t.equal(first.sum('govdata_workers'), 2);
  t.equal(first.sum('govdata_workers_answered'), 2);
  t.equal(first.sum('govdata_pool_connections_max'), 10);
  t.equal(first.sum('govdata_release_number'), 1, 'a number that all have is not added up');
  t.equal(first.samples('govdata_info').length, 1);

  const [killed = 0, other = 0] = answeredBy(served).keys();
  process.kill(killed, 'SIGKILL');
  while ((await scrape(metrics)).sum('govdata_workers') !== 1) await sleep(20);
  t.equal((await scrape(metrics)).sum('govdata_requests_total', labels), asked(), 'nothing is forgotten');
  while ((await scrape(metrics)).sum('govdata_workers_answered') !== 2) await sleep(100);

  process.kill(other, 'SIGSTOP');
  const [one, same] = await Promise.all([scrape(metrics), scrape(metrics)]);
  process.kill(other, 'SIGCONT');
  t.equal(one.sum('govdata_workers_answered'), 1, 'one that does not answer holds up nobody for long');
  t.equal(one.sum('govdata_workers'), 2);
  t.equal(one.sum('govdata_requests_total', labels), asked(), 'and is told of as it was');
  t.equal(same.sum('govdata_workers_answered'), 1);

  served.process.kill('SIGTERM');
  t.equal(await served.exit, 0);
});
