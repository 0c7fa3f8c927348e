/** A service and its collector: whole processes, one that is away, one that hangs, and none at all. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { serve } from '../../src/server.ts';
import { sharedDatabase } from '../service.ts';
import { spawned } from '../spawned.ts';
import { collector } from './collector.ts';

process.env['OTEL_BSP_SCHEDULE_DELAY'] = '50';

const { url } = await sharedDatabase();
const settings = { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' };

async function served(t: Test, env: Record<string, string>) {
  const log: string[] = [];
  const options = { print: () => undefined, log: (line: string) => void log.push(line) };
  const service = await serve(loadConfig({ ...settings, ...env }), options);
  t.teardown(() => service.close());
  const ask = (id: string) =>
    fetch(`${service.address}/v1/config`, { headers: { 'x-request-id': id } }).then(({ status }) => status);
  return { service, log, ask };
}

const { cache } = createRequire(import.meta.url);
const loaded = (): string[] => Object.keys(cache).filter((file) => file.includes('/@opentelemetry/'));

t.test('without a collector nothing of OpenTelemetry is loaded, and with one it is', async (t) => {
  const { ask } = await served(t, {});
  t.equal(await ask('none'), 200);
  const disabled = { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/' };
  t.equal(await (await served(t, disabled)).ask('disabled'), 200);
  t.strictSame(loaded(), []);
  await served(t, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9/' });
  t.ok(loaded().length > 0);
});

t.test('a service that stops sends what it has first', async (t) => {
  const collecting = await collector(t);
  const { ask, service } = await served(t, { OTEL_EXPORTER_OTLP_ENDPOINT: `${collecting.url}/` });
  await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`one-${at}`)));
  await service.close();
  for (let at = 0; at < 20; at += 1) t.ok((await collecting.of(`one-${at}`)).length > 0);
});

t.test('a collector that is away, or refuses, is told of once, and once when it is back', async (t) => {
  const collecting = await collector(t);
  collecting.answerBy(401);
  const { ask, log } = await served(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collecting.url });
  for (let at = 0; at < 5; at += 1) {
    t.equal(await ask(`lost-${at}`), 200);
    while (collecting.requests.length <= at) await sleep(10);
  }
  while (log.length < 1) await sleep(10);
  t.strictSame(log, [`spans cannot be exported to ${collecting.url}: Unauthorized`]);
  collecting.answerBy(200);
  await ask('found');
  await collecting.of('found');
  while (log.length < 2) await sleep(10);
  t.strictSame(log.slice(1), [`spans are exported to ${collecting.url} again`]);
});

t.test('nobody waits for a collector that hangs, and a service that stops not for long', async (t) => {
  const collecting = await collector(t);
  collecting.answerBy(undefined);
  const { ask, service } = await served(t, { OTEL_EXPORTER_OTLP_ENDPOINT: collecting.url });
  t.equal(await ask('first'), 200);
  while (collecting.requests.length === 0) await sleep(10);
  t.equal(await ask('second'), 200);
  const begun = performance.now();
  await service.close();
  const ms = performance.now() - begun;
  t.ok(ms < 10_000, `${ms} ms`);
});

t.test('each of several workers tells what it has answered', async (t) => {
  const collecting = await collector(t);
  const commandLine = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const process = spawned(t, [commandLine, 'serve', '--workers', '2'], {
    DATABASE_URL: url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collecting.url,
  });
  while (process.out.length === 0) await sleep(20);
  const [, address] = /^govdata listens on (\S+) /.exec(`${process.out[0]}`) ?? [];
  const pids = () => new Set(collecting.spans.map(({ resource }) => resource['process.pid']));
  while (pids().size < 2) {
    await fetch(`${address}/v1/config`, { headers: { connection: 'close' } });
    await sleep(20);
  }
  process.process.kill('SIGTERM');
  t.equal(await process.exit, 0);
});
