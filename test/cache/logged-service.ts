/** A service that keeps answers and listens, with what it logs and how often its application was asked. */

import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { listeners } from '../resolvers/subscriber.ts';
import { seededDatabase, testNow } from '../service.ts';

export async function loggedService(t: Test, settings: Record<string, string> = {}) {
  const { reader, url } = await seededDatabase(t, 'fixture');
  const lines: Record<string, unknown>[] = [];
  const logTo = new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(String(line)));
      done();
    },
  });
  const app = await buildApp({
    database: reader,
    config: loadConfig({ LOG_LEVEL: 'info', ...settings }),
    now: testNow,
    pendingMigrations: async () => 0,
    logTo,
  });
  let routed = 0;
  app.addHook('onRequest', async () => {
    routed += 1;
  });
  t.teardown(() => app.close());
  await app.listen({ host: '127.0.0.1', port: 0 });
  // The first question reads the release, and hears from then on; what is asked once that is so is kept.
  await app.inject('/v1/config');
  await listeners(reader.pool, 1);
  await app.inject('/v1/config');
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
