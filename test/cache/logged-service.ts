/** A service that keeps answers and listens, with what it logs and how often its application was asked. */

import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/client.ts';
import type { Tracing } from '../../src/tracing/tracing.ts';
import { gate } from '../gate.ts';
import { type SeededDatabase, seededDatabase, testNow } from '../service.ts';

/** On a database of its own, or on one that no other service listens at meanwhile. */
export async function loggedService(
  t: Test,
  settings: Record<string, string> = {},
  database?: SeededDatabase,
  tracing?: Tracing,
) {
  const { reader, url } = database ?? (await seededDatabase(t, 'fixture'));
  const lines: Record<string, unknown>[] = [];
  const logTo = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(String(line)));
      done();
    },
  });
  const hearing = gate();
  const listen: Database['listen'] = (channel, heard) =>
    reader.listen(channel, () => {
      heard();
      hearing.open();
    });
  const app = await buildApp({
    database: { ...reader, listen },
    config: loadConfig({ LOG_LEVEL: 'info', ...settings }),
    now: testNow,
    pendingMigrations: async () => 0,
    tracing,
    logTo,
  });
  let routed = 0;
  app.addHook('onRequest', async () => {
    routed += 1;
  });
  t.teardown(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  // The first question reads the release, and hears from then on; what is asked once that is so is kept.
  // From an address that no test asks from.
  const first = { url: '/v1/config', remoteAddress: '192.0.2.1' };
  await app.inject(first);
  await hearing.opened;
  await app.inject(first);
  return {
    app,
    url,
    lines,
    /** Requests that came as far as the application. */
    routed: () => routed,
    async logged(count: number): Promise<void> {
      while (lines.length < count) await sleep(5);
    },
  };
}
