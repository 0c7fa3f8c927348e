import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { makeOnce, nativeFolder, prepareCluster, run, serverUser, usableBin } from '../../src/db/cluster.ts';
import { rootOpenFolder } from './embedded-helper.ts';

const nobodyHasThisPid = 2 ** 22 + 1;

t.test('programs that run where npm put them are used there', async (t) => {
  const home = rootOpenFolder(t);
  const native = nativeFolder();
  t.equal(await usableBin(native, home, await serverUser()), join(native, 'bin'));
  t.strictSame(readdirSync(home), []);
});

t.test('programs that do not, for want of their links or of the right to enter, are copied', async (t) => {
  const home = rootOpenFolder(t);
  const hidden = join(rootOpenFolder(t), 'native');
  cpSync(nativeFolder(), hidden, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  chmodSync(hidden, 0o700);
  const user = await serverUser();
  const bin = await usableBin(hidden, home, user);
  t.equal(bin, join(home, 'postgres-18-programs/bin'));
  t.match(await run(join(bin, 'initdb'), ['--version'], user), /^initdb \(PostgreSQL\) 18/);
  t.equal(await usableBin(hidden, home, user), bin, 'once');
});

t.test('programs that run nowhere are refused in one line', async (t) => {
  const native = join(rootOpenFolder(t), 'native');
  mkdirSync(join(native, 'bin'), { recursive: true });
  writeFileSync(join(native, 'bin/postgres'), 'not a program');
  writeFileSync(join(native, 'pg-symlinks.json'), '[]');
  await t.rejects(usableBin(native, rootOpenFolder(t), await serverUser()), {
    message: `the PostgreSQL in ${native} does not run on this system`,
  });
});

t.test('a plain user is its own server user', async (t) => {
  t.strictSame(await serverUser({ uid: 1000, gid: 1001 }), { uid: 1000, gid: 1001 });
});

t.test('root takes the system user who is there', async (t) => {
  const { username, uid, gid } = userInfo();
  t.strictSame(await serverUser({ uid: 0, gid: 0 }, username), { uid, gid });
});

const unlessRoot = process.getuid?.() === 0 ? false : 'needs root';

t.test('root gets a system user, who is made if there is none', { skip: unlessRoot }, async (t) => {
  const name = `gdtest${process.pid}`;
  t.teardown(() => execFileSync('userdel', [name], { stdio: 'ignore' }));
  const user = await serverUser({ uid: 0, gid: 0 }, name);
  t.ok(user.uid > 0 && user.gid > 0);
  t.strictSame(await serverUser({ uid: 0, gid: 0 }, name), user);
  await t.rejects(serverUser({ uid: 0, gid: 0 }, 'not a name'), /not a name/);
});

t.test('of two who make a folder at once one waits for the other', async (t) => {
  const home = rootOpenFolder(t);
  const made: string[] = [];
  const make = async (folder: string): Promise<void> => {
    made.push(folder);
    await sleep(200);
    writeFileSync(join(folder, 'whole'), '');
  };
  const first = makeOnce(home, 'thing', make);
  while (made.length === 0) await sleep(1);
  t.strictSame(await Promise.all([first, makeOnce(home, 'thing', make)]), [
    join(home, 'thing'),
    join(home, 'thing'),
  ]);
  t.equal(made.length, 1);
  t.strictSame(readdirSync(home), ['thing']);
});

t.test('who finds that another was faster uses the other one and drops its own', async (t) => {
  const home = rootOpenFolder(t);
  await makeOnce(home, 'thing', async () => {
    mkdirSync(join(home, 'thing'));
    writeFileSync(join(home, 'thing', 'theirs'), '');
  });
  t.strictSame(readdirSync(join(home, 'thing')), ['theirs']);
  t.strictSame(readdirSync(home), ['thing']);
});

t.test('who fails leaves nothing behind and says why', async (t) => {
  const home = rootOpenFolder(t);
  await t.rejects(
    makeOnce(home, 'thing', () => Promise.reject(new Error('disk full'))),
    { message: 'disk full' },
  );
  t.strictSame(readdirSync(home), []);
});

t.test('what dead processes left half-made is removed, other folders are not', async (t) => {
  const home = rootOpenFolder(t);
  mkdirSync(join(home, `thing.making-${process.pid}-${Date.now() - 3_600_000}`));
  mkdirSync(join(home, `thing.making-${nobodyHasThisPid}-${Date.now()}`));
  mkdirSync(join(home, `other.making-${nobodyHasThisPid}-1`));
  mkdirSync(join(home, 'things'));
  await makeOnce(home, 'thing', async (folder) => writeFileSync(join(folder, 'whole'), ''));
  t.strictSame(readdirSync(home).sort(), [`other.making-${nobodyHasThisPid}-1`, 'thing', 'things']);
  t.ok(existsSync(join(home, 'thing/whole')));
});

t.test('a home that the server may not enter is refused before anything is made', async (t) => {
  const home = rootOpenFolder(t);
  chmodSync(home, 0o600);
  await t.rejects(
    prepareCluster(home, () => undefined),
    {
      message:
        /^the database server runs as the user with id \d+, who may not enter this folder \(choose another GOVDATA_HOME\)$/,
    },
  );
  chmodSync(home, 0o755);
  t.strictSame(readdirSync(home), []);
});
