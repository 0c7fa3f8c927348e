/** The example of docs/graphql.md that hears of releases, run as it is printed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import t from 'tap';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { releasedService } from '../second-release.ts';
import { listeners, listening } from './subscriber.ts';

const page = readFileSync(new URL('../../docs/graphql.md', import.meta.url), 'utf8');
const [, section = ''] = page.split('\n## Hear of a new release\n');
const [, example = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(section) ?? [];
const printedUrl = 'ws://127.0.0.1:3000/graphql';
/** Node 20 has no WebSocket of its own. */
const socket = "import { WebSocket } from 'ws';\nObject.assign(globalThis, { WebSocket });\n";

t.test('the example prints each release, and after an interruption those that it missed', async (t) => {
  const { app, reader, writer, makeNext } = await releasedService(t);
  await makeNext();
  const url = await listening(app);
  t.match(example, printedUrl);
  const folder = t.testdir({ 'example.mts': socket + example.replace(printedUrl, url) });
  const client = spawn(process.execPath, [...process.execArgv, `${folder}/example.mts`]);
  t.teardown(() => client.kill('SIGKILL'));
  const lines = createInterface(client.stdout)[Symbol.asyncIterator]();
  const failures = createInterface(client.stderr);
  t.match((await lines.next()).value, /^release 2 \(The second\.\): \d+ added, 2 corrected$/);
  const [[failure]] = await Promise.all([once(failures, 'line'), app.close()]);
  t.match(failure, /^interrupted/);
  await makeNext();

  const again = await buildApp({
    database: reader,
    config: loadConfig({ LOG_LEVEL: 'silent' }),
    pendingMigrations: async () => 0,
  });
  t.teardown(() => again.close());
  await again.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
  t.match((await lines.next()).value, /^release 3 \(The third\.\): 1 added, 0 corrected$/);
  await listeners(writer.pool, 1);
  client.kill();
  await once(client, 'close');
  await listeners(writer.pool, 0);
});
