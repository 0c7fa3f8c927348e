/**
 * One run of the suite: its folder in the system's temporary files, named after the tap process, which
 * is the parent of setup, teardown and every test file alike. So two runs side by side never meet.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestRun {
  /** A server on which databases may be created. */
  url: string;
  /** With this begins the name of every database of the run. */
  prefix: string;
}

const namePrefix = 'govdata-test-';

export const runFolder = join(tmpdir(), `${namePrefix}${process.ppid}`);
export const homeOf = (folder: string): string => join(folder, 'home');
export const stateOf = (folder: string): string => join(folder, 'run.json');

export function readTestRun(folder = runFolder): TestRun {
  try {
    return JSON.parse(readFileSync(stateOf(folder), 'utf8'));
  } catch (cause) {
    throw new Error('This file is a part of the suite: run it with `npx tap FILE`.', { cause });
  }
}

/** Folders of runs whose tap process is gone. */
export function deadRuns(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(namePrefix) && !isAlive(Number(name.slice(namePrefix.length))))
    .map((name) => join(tmpdir(), name));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
