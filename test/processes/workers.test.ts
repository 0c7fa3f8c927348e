/** Several processes at one address, as a supervisor and clients meet them. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { rootOpenFolder } from '../db/embedded-helper.ts';
import { seededDatabase } from '../service.ts';
import { type Spawned, spawned } from '../spawned.ts';

const commandLine = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

const twoWorkers = (t: Test, env: Record<string, string>, ...more: string[]): Spawned =>
  spawned(t, [commandLine, 'serve', '--workers', '2', ...more], env);

async function listening({ out, err, process: child }: Spawned, processes = '(2 workers)'): Promise<string> {
  for (;;) {
    const [, address, said] = /^govdata listens on (\S+) ?(.*)$/.exec(out[0] ?? '') ?? [];
    if (address !== undefined && said === processes) return address;
    if (child.exitCode !== null) throw new Error(err.join('\n'));
    await sleep(20);
  }
}

/** Processes that have logged a request, by their number. */
function pidsOf({ err }: Spawned): Set<number> {
  const lines = err.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return new Set(lines.filter(({ msg }) => msg === 'request').map(({ pid }) => pid));
}

/** Asks on connections of their own, until it was answered by so many processes that were not asked before. */
async function askUntil(served: Spawned, url: string, processes: number, before = new Set<number>()) {
  const fresh = () => [...pidsOf(served)].filter((pid) => !before.has(pid));
  while (fresh().length < processes) {
    // A connection that was handed to one that just died is lost.
    const once = { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) };
    const status = await fetch(`${url}/v1/config`, once).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status !== undefined && status !== 200) throw new Error(`answered ${status}`);
    await sleep(10);
  }
  return fresh();
}

t.test('all answer at one address, one that was killed is replaced, and all stop together', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const served = twoWorkers(t, { DATABASE_URL: url });
  const address = await listening(served);
  const first = await askUntil(served, address, 2);
  t.equal(first.length, 2);
  t.notOk(first.includes(served.process.pid as number));

  process.kill(first[0] as number, 'SIGKILL');
  const [next] = await askUntil(served, address, 1, new Set(first));
  t.ok(next);
  t.ok(served.err.includes('a worker ended; another takes its place'));

  served.process.kill('SIGTERM');
  t.equal(await served.exit, 0);
  t.ok(served.err.includes('stopping on SIGTERM'));
  await t.rejects(fetch(address));
  for (const pid of [first[1] as number, next as number])
    t.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

t.test('they share one embedded database, which is set up once and stops with them', async (t) => {
  const env = { GOVDATA_HOME: rootOpenFolder(t), DATABASE_URL: '' };
  const served = twoWorkers(t, env, '--setup');
  const address = await listening(served);
  const answer = await fetch(`${address}/v1/provinces?limit=1`);
  t.match(await answer.json(), { total: 34, release: 1 });
  t.equal(served.err.filter((line) => line === 'release 1 made').length, 1);
  t.equal(served.err.filter((line) => line.startsWith('started the embedded database')).length, 1);
  t.equal(served.err.filter((line) => line.startsWith('joined the embedded database')).length, 2);
  served.process.kill('SIGINT');
  t.equal(await served.exit, 0);

  await t.test('and is left as it is by one process that is told to set it up', async (t) => {
    const alone = spawned(t, [commandLine, 'serve', '--setup'], env);
    t.equal((await fetch(`${await listening(alone, '')}/readyz`)).status, 200);
    t.notMatch(alone.err.join('\n'), /release \d+ made/);
    alone.process.kill('SIGTERM');
    t.equal(await alone.exit, 0);
  });
});

t.test('where they cannot listen, the command says why and fails', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as { port: number };
  const served = twoWorkers(t, { DATABASE_URL: url, PORT: `${port}`, METRICS_PORT: '0' });
  t.equal(await served.exit, 1);
  const said = served.err.join('\n');
  t.match(said, `Cannot listen on port ${port} of 127.0.0.1: another process listens there; set PORT.`);
  t.match(said, 'A worker did not start; it has said why.');
});

t.test('told to stop while they start, they stop', async (t) => {
  const served = twoWorkers(t, { GOVDATA_HOME: rootOpenFolder(t), DATABASE_URL: '' });
  while (!served.err.some((line) => line.startsWith('started the embedded database'))) await sleep(20);
  served.process.kill('SIGTERM');
  t.equal(await served.exit, 0);
  t.match(served.err.at(-1), 'stopped the embedded database');
});
