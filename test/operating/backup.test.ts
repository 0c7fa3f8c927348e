/** Backup and restore, drilled by the commands of docs/operations.md: what was restored answers every operation alike. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { loadConfig } from '../../src/config.ts';
import { serve } from '../../src/server.ts';
import { onServer, testDatabase } from '../helper.ts';
import { seededDatabase } from '../service.ts';
import { answersOf } from './every-answer.ts';

const run = promisify(execFile);
const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const commands = [...page.matchAll(/^(pg_(?:dump|restore)) (.+)$/gm)].map(([, name = '', args = '']) => ({
  name,
  args,
}));

/** Why these programs cannot dump this server: each dumps its own version and older ones. */
async function reasonToSkip(): Promise<string | false> {
  if (!['/usr/bin/pg_dump', '/usr/bin/pg_restore'].every(existsSync))
    return 'there is no pg_dump on this machine';
  const { stdout } = await run('pg_dump', ['--version']);
  const own = Number(/ (\d+)\.?/.exec(stdout)?.[1]);
  const server = await onServer(async (client) => (await client.query('show server_version_num')).rows[0]);
  const major = Math.floor(Number(server.server_version_num) / 10_000);
  return own < major && `pg_dump ${own} does not dump PostgreSQL ${major}`;
}

t.test('docs/operations.md dumps by one command and restores by another', async (t) => {
  t.strictSame(
    commands.map(({ name }) => name),
    ['pg_dump', 'pg_restore'],
  );
});

t.test(
  'what was restored answers every operation alike, and is one database',
  { skip: await reasonToSkip() },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'govdata-backup-'));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const from = await seededDatabase(t, 'fixture');
    const to = await testDatabase(t);
    for (const { name, args } of commands) {
      const url = name === 'pg_dump' ? from.url : to.url;
      const words = `${args}`
        .split(' ')
        .map((word) =>
          word.replace('"$DATABASE_URL"', url).replace('govdata.dump', join(folder, 'govdata.dump')),
        );
      await run(name, words);
    }
    const answersAt = async (url: string) => {
      const settings = { DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' };
      const service = await serve(loadConfig(settings), { print: () => undefined, log: () => undefined });
      t.teardown(() => service.close());
      return answersOf(service.address);
    };
    const before = await answersAt(from.url);
    t.ok(Object.keys(before).length > 30);
    t.strictSame(
      Object.values(before).filter(({ status }) => status !== 200),
      [],
    );
    t.strictSame(await answersAt(to.url), before);
  },
);
