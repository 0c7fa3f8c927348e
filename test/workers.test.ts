/** Several processes at one address, as a supervisor and clients meet them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { rootOpenFolder } from './db/embedded-helper.ts';
import { seededDatabase } from './service.ts';

const commandLine = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

class Served {
  readonly out: string[] = [];
  readonly err: string[] = [];
  readonly process: ChildProcess;
  readonly exit: Promise<unknown[]>;

  constructor(t: Test, args: string[], env: Record<string, string>) {
    // The suite's own loaders, so that what runs here counts as covered.
    this.process = spawn(process.execPath, [...process.execArgv, commandLine, 'serve', ...args], {
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exit = once(this.process, 'exit');
    for (const [stream, lines] of [
      [this.process.stdout, this.out],
      [this.process.stderr, this.err],
    ] as const) {
      if (stream) createInterface(stream).on('line', (line) => lines.push(line));
    }
    t.teardown(async () => {
      this.process.kill('SIGTERM');
      await this.exit;
    });
  }

  async address(): Promise<string> {
    for (;;) {
      const found = /^govdata listens on (\S+) \(2 workers\)$/.exec(this.out[0] ?? '')?.[1];
      if (found !== undefined) return found;
      if (this.process.exitCode !== null) throw new Error(this.err.join('\n'));
      await sleep(20);
    }
  }

  /** Processes that have logged something about requests, by their number. */
  get pids(): Set<number> {
    const lines = this.err.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    return new Set(lines.filter(({ msg }) => msg === 'request').map(({ pid }) => pid));
  }
}

/** Asks on connections of their own, until it was answered by so many processes that were not asked before. */
async function askUntil(served: Served, url: string, processes: number, before = new Set<number>()) {
  const fresh = () => [...served.pids].filter((pid) => !before.has(pid));
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
  const served = new Served(t, ['--workers', '2'], { DATABASE_URL: url });
  const address = await served.address();
  const first = await askUntil(served, address, 2);
  t.equal(first.length, 2);
  t.notOk(first.includes(served.process.pid as number));

  process.kill(first[0] as number, 'SIGKILL');
  const [next] = await askUntil(served, address, 1, new Set(first));
  t.ok(next);
  t.ok(served.err.includes('a worker ended; another takes its place'));

  served.process.kill('SIGTERM');
  t.strictSame(await served.exit, [0, null]);
  t.ok(served.err.includes('stopping on SIGTERM'));
  await t.rejects(fetch(address));
  for (const pid of [first[1] as number, next as number])
    t.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

t.test('they share one embedded database, which is set up once and stops with them', async (t) => {
  const served = new Served(t, ['--workers', '2'], { GOVDATA_HOME: rootOpenFolder(t), DATABASE_URL: '' });
  const address = await served.address();
  const { status } = await fetch(`${address}/healthz`);
  t.equal(status, 200);
  t.equal(served.err.filter((line) => line.startsWith('started the embedded database')).length, 1);
  t.equal(served.err.filter((line) => line.startsWith('joined the embedded database')).length, 2);
  served.process.kill('SIGINT');
  t.strictSame(await served.exit, [0, null]);
});

t.test('where they cannot listen, the command says why and fails', async (t) => {
  const { url } = await seededDatabase(t, 'fixture');
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.teardown(() => other.close());
  const { port } = other.address() as { port: number };
  const served = new Served(t, ['--workers', '2'], { DATABASE_URL: url, PORT: `${port}` });
  t.strictSame(await served.exit, [1, null]);
  const said = served.err.join('\n');
  t.match(said, `Cannot listen on port ${port} of 127.0.0.1: another process listens there; set PORT.`);
  t.match(said, 'A worker did not start; it has said why.');
});
