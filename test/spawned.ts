/** A program of ours in a process of its own, with what it says; a test that ends takes it along. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';

export interface Spawned {
  process: ChildProcess;
  /** Lines of its standard output and of its standard error. */
  out: string[];
  err: string[];
  /** Its exit code, or the signal that ended it. */
  exit: Promise<number | string>;
}

/** With the suite's own loaders, so that what runs there counts as covered. */
export function spawned(t: Test, args: readonly string[], env: Record<string, string>): Spawned {
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = { out: [] as string[], err: [] as string[] };
  createInterface(child.stdout).on('line', (line) => lines.out.push(line));
  createInterface(child.stderr).on('line', (line) => lines.err.push(line));
  const exit = once(child, 'exit').then(([code, signal]) => code ?? signal);
  t.teardown(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return { process: child, ...lines, exit };
}
