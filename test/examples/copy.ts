/** examples/rest/sync.mjs as a partner has it: in a folder of its own, run as a command, with its copy beside it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { Test } from 'tap';
import type { States } from '../stored-states.ts';
import { root } from './workspace.ts';

/** Without what tap adds to processes of ours, and without Node's warning that its SQLite is new. */
const { NODE_OPTIONS, ...others } = process.env;
const env = { ...others, NODE_NO_WARNINGS: '1' };

export interface Outcome {
  code: number;
  out: string;
  err: string;
}

export interface RunOptions {
  /** Options of Node. */
  node?: string[];
  tries?: number;
}

export interface Copy {
  file: string;
  /** Runs the program to its end. */
  run: (args: string[], options?: RunOptions) => Promise<Outcome>;
  /** The same, to bring the copy up to date. */
  sync: (address: string, options?: RunOptions) => Promise<Outcome>;
  /** Starts it. */
  start: (address: string) => ChildProcess;
  rows: (sql: string) => Record<string, unknown>[];
  states: () => States;
}

export function newCopy(t: Test): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-copy-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  cpSync(join(root, 'examples/rest/sync.mjs'), join(folder, 'sync.mjs'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'govdata.db');
  const args = (address: string) => ['govdata.db', address];
  const run: Copy['run'] = (args, { node = [], tries = 5 } = {}) =>
    new Promise((resolve) => {
      const settings = { cwd: folder, env: { ...env, GOVDATA_TRIES: String(tries) } };
      execFile(process.execPath, [...node, 'sync.mjs', ...args], settings, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), out: stdout.trim(), err: stderr.trim() }),
      );
    });
  const rows: Copy['rows'] = (sql) => {
    const db = new Database(file);
    try {
      return db.prepare(sql).all() as Record<string, unknown>[];
    } finally {
      db.close();
    }
  };
  return {
    file,
    run,
    sync: (address, options) => run(args(address), options),
    start: (address) =>
      spawn(process.execPath, ['sync.mjs', ...args(address)], { cwd: folder, env, stdio: 'ignore' }),
    rows,
    states: () =>
      new Map(
        rows('select id, state from records order by id').map(({ id, state }) => [
          String(id),
          JSON.parse(String(state)),
        ]),
      ),
  };
}
