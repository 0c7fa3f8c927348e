/** Checks of the machines: room on the disk of the database, and whether the clocks agree. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, fault, type Outcome, type Problem, rowsOf, warning } from './check.ts';

/** Bytes of free disk below which PostgreSQL may stop at any write. */
const leastFree = 100e6;

export interface Disk {
  path: string;
  /** Bytes. */
  free: number;
  total: number;
}

/** `size`: bytes of the database. */
export function diskOutcome(disks: readonly Disk[], size: number): Outcome {
  const problems = disks.flatMap(({ path, free, total }): Problem[] => {
    const said = `${megabytes(free)} of ${megabytes(total)} are free in ${path}`;
    const remedy = 'Make room, or move the database to a larger disk; a full one stops every write.';
    if (free < leastFree) return [fault(said, remedy)];
    if (free < size) return [warning(`${said}, less than the database holds (${megabytes(size)})`, remedy)];
    return [];
  });
  const seen =
    disks.length > 0
      ? disks.map(({ path, free }) => `${megabytes(free)} free in ${path}`).join(', ')
      : 'its disk cannot be seen from here';
  return { note: `the database holds ${megabytes(size)}; ${seen}`, problems };
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

export const disk: Check = {
  name: 'disk',
  async run({ database }) {
    const [{ size, paths }] = (await rowsOf(
      database,
      `select pg_database_size(current_database())::float8 as size,
         case when coalesce(host(inet_server_addr()), '127.0.0.1') in ('127.0.0.1', '::1') then array_remove(array[
           (select setting from pg_settings where name = 'data_directory'),
           (select nullif(pg_tablespace_location(dattablespace), '') from pg_database where datname = current_database())
         ], null) else '{}' end as paths`,
    )) as [{ size: number; paths: string[] }];
    const disks = await Promise.all(paths.map(diskAt));
    return diskOutcome(disks.flat(), size);
  },
};

/** None where the address is that of this machine, but the server is behind it, in a container. */
export async function diskAt(path: string): Promise<Disk[]> {
  try {
    const { bavail, bsize, blocks } = await statfs(join(path, '.'));
    return [{ path, free: bavail * bsize, total: blocks * bsize }];
  } catch {
    return [];
  }
}

/** Milliseconds that the clocks may be apart: more is told; much more makes the day of answers another one. */
const [mostDrift, farDrift] = [2000, 60_000];

export const clock: Check = {
  name: 'clock',
  async run({ database, now }) {
    const before = now().getTime();
    const [{ time }] = (await rowsOf(
      database,
      'select extract(epoch from clock_timestamp())::float8 * 1000 as time',
    )) as [{ time: number }];
    const after = now().getTime();
    // The database read its clock somewhere between the two.
    const apart = Math.max(before - time, time - after, 0);
    const seconds = `${(apart / 1000).toFixed(1)} s`;
    const message = `the clocks of the database and of this machine are ${seconds} apart`;
    const remedy =
      'Let both follow one time server (NTP); releases are dated by the first, "today" by the second.';
    const problems =
      apart > farDrift ? [fault(message, remedy)] : apart > mostDrift ? [warning(message, remedy)] : [];
    return { note: `${seconds} apart from the database`, problems };
  },
};
