/** What benchmarks share: the built program on an embedded PostgreSQL of their own, and how runs are told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const cli = join(root, 'dist/cli.js');

/** What is measured is how long all takes, not what is refused: the limits are looked at, and far away. */
export const farLimits = { QUEUE_MS: '60000', EVENT_LOOP_DELAY_MS: '60000' };

/** Of the services that are measured: each answer is made anew; `speed` measures those that are kept. */
export const ofServices = { PORT: '0', LOG_LEVEL: 'warn', CACHE_MB: '0', ...farLimits };

/** An environment with a database of its own, and how to forget it. */
export function ownHome(): { env: NodeJS.ProcessEnv; forget: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'govdata-bench-'));
  const { DATABASE_URL: _, ...env } = process.env;
  // Root's database server runs as another user, who has to enter.
  chmodSync(home, 0o755);
  const forget = () => rmSync(home, { recursive: true, force: true });
  return { env: { ...env, ...ofServices, GOVDATA_HOME: home }, forget };
}

export interface Finished {
  out: string;
  seconds: number;
}

/** Runs a program of ours to its end; throws if it fails. */
export async function finish(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  node = process.execPath,
): Promise<Finished> {
  const start = performance.now();
  const child = spawn(node, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return { out, seconds: (performance.now() - start) / 1000 };
}

export interface Running {
  address: string;
  pid: number;
  /** The most memory that it has had so far, in MiB; Linux says it. */
  peak: () => number;
  stop: () => Promise<void>;
}

/** Starts a server and waits until it says where it listens. */
export async function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  node = process.execPath,
  stderr: number | 'inherit' = 'inherit',
): Promise<Running> {
  const child: ChildProcess = spawn(node, args, { env, cwd: root, stdio: ['ignore', 'pipe', stderr] });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
    if (!child.stdout) return;
    createInterface(child.stdout).on('line', (line) => {
      const found = /listens on (\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    address,
    pid: Number(child.pid),
    peak: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

export const markdown = (rows: readonly (readonly (string | number)[])[]): string => {
  const [head = [], ...body] = rows.map((row) => `| ${row.join(' | ')} |`);
  return [head, `|${rows[0]?.map(() => '---').join('|')}|`, ...body].join('\n');
};
