/** What processes have used so far, as Linux tells it: processor time with that of their children, and memory. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

/** The process and all that it started, and that these did. */
export function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** Microseconds of processor time of a process and its children, those that have ended included. */
export function cpuOf(pid: number): number {
  const [root = 0, ...others] = familyOf(pid);
  const own = others.reduce((sum, one) => sum + ticksOf(one, 2), ticksOf(root, 4));
  return (own / ticks) * 1e6;
}

/** The first two of the four are its own, the others those of the children that it has waited for. */
function ticksOf(pid: number, count: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // Its name may hold blanks; what follows begins with the third field, and times with the fourteenth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 11 + count).reduce((sum, one) => sum + Number(one), 0);
}

const mebibytes = (pid: number, name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1]) / 1024;

/** The most that it has had, and what it has now, in MiB. */
export const peakOf = (pid: number): number => mebibytes(pid, 'VmHWM');
export const memoryOf = (pid: number): number => mebibytes(pid, 'VmRSS');
