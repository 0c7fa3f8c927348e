/** A disk that is soon full: a file system of its own, in memory. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { User } from '../src/db/cluster.ts';
import { rootOpenFolder } from './db/embedded-helper.ts';

/** Why there can be none, if so: `skip` of a test. */
export const withoutSmallDisk: string | false =
  spawnSync('unshare', ['--mount', 'true']).status === 0
    ? false
    : 'a file system of its own needs a user who may mount one';

export class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  /** Unmounted when the test ends. */
  static mount(t: Test, megabytes: number, owner: User): SmallDisk {
    const folder = rootOpenFolder(t);
    const options = `size=${megabytes}m,mode=0700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    t.teardown(() => execFileSync('umount', ['--lazy', folder]));
    chownSync(folder, owner.uid, owner.gid);
    return new SmallDisk(folder);
  }

  private constructor(folder: string) {
    this.folder = folder;
    this.#filler = join(folder, 'filler');
  }

  /** Leaves so much of it free. */
  fill(free: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(this.#filler, Buffer.alloc(bavail * bsize - free));
  }

  clear(): void {
    rmSync(this.#filler);
  }
}
