/** For tests of the embedded database: homes that its server may enter, and processes that open it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';

/** A temporary folder outside the checkout, since that may lie where the server's user cannot go. */
export function rootOpenFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-embedded-'));
  chmodSync(folder, 0o755);
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** Another process that opens the embedded database in `home`, as a service or command would. */
export class Holder {
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  readonly exit: Promise<unknown>;

  constructor(home: string, options: { uid?: number; gid?: number } = {}) {
    const script = join(import.meta.dirname, 'embedded-holder.ts');
    // `env -i`: tap would have it write coverage where only the suite's user may. Detached: a process
    // group of its own, which a test can signal like a terminal does.
    const command = [`PATH=${process.env['PATH']}`, process.execPath, '--import=tsx', script, home];
    this.process = spawn('env', ['-i', ...command], {
      ...options,
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    this.exit = once(this.process, 'exit');
    if (this.process.stdout) createInterface(this.process.stdout).on('line', (line) => this.lines.push(line));
  }

  /** The first line that matches; fails when the process ends without one. */
  async says(pattern: RegExp): Promise<string> {
    let gone = false;
    void this.exit.then(() => {
      gone = true;
    });
    for (;;) {
      const line = this.lines.find((candidate) => pattern.test(candidate));
      if (line !== undefined) return line;
      if (gone) throw new Error(`ended without ${pattern}: ${this.lines.join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The address, once it is open. */
  async url(): Promise<string> {
    return (await this.says(/^open /)).split(' ')[2] ?? '';
  }

  /** Asks it to close, and waits for its end. */
  async close(): Promise<void> {
    this.process.stdin?.end();
    await this.exit;
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exit;
  }
}
