/** The processes of a PostgreSQL server, to be frozen or killed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells the postmaster of a data folder and all its children. */
export function signalServer(data: string, signal: NodeJS.Signals): void {
  for (const pid of processesOf(data)) signalled(pid, signal);
}

/** Whether it was there to hear it: a backend may end at any moment. */
export function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

/** The postmaster and its children; none where it has stopped already. */
export function processesOf(data: string): number[] {
  try {
    const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim();
    return [postmaster, ...children.split(' ').filter(Boolean).map(Number)];
  } catch {
    return [];
  }
}
