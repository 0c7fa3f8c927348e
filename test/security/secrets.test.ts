/** The password of the database is told to nobody: not by a command that fails, not by a service that cannot reach it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { OwnPostgres } from '../own-postgres.ts';
import { type Spawned, spawned } from '../spawned.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const password = 'S3cret-of-the-house';

const govdata = (t: Test, command: string, url: string): Spawned =>
  spawned(t, [cli, command], { DATABASE_URL: url, LOG_LEVEL: 'trace', PORT: '0', CLOSE_GRACE_MS: '200' });
const saidBy = ({ out, err }: Spawned): string => [...out, ...err].join('\n');

/** Of a service: asked while its database refuses it, then stopped. */
async function asked(service: Spawned): Promise<string> {
  let address: string | undefined;
  while (address === undefined) {
    await sleep(50);
    address = /listening at (http:[^"\s]+)/.exec(saidBy(service))?.[1];
  }
  const answers: string[] = [];
  for (const path of ['/v1/provinces', '/readyz', '/graphql?query={config{release}}']) {
    const response = await fetch(`${address}${path}`);
    answers.push(`${response.status} ${await response.text()}`);
  }
  service.process.kill('SIGTERM');
  await service.exit;
  return answers.join('\n');
}

t.test(
  'the password of a database that refuses or is not there is in no message, log or answer',
  async (t) => {
    const postgres = await OwnPostgres.prepare(t);
    await postgres.start();
    const refusing = new URL(postgres.url);
    refusing.password = password;
    const absent = `postgres://reader:${password}@127.0.0.1:1/govdata`;
    const commands = ['status', 'doctor'].flatMap((command) =>
      [refusing.href, absent].map((url) => ({
        name: `${command} ${new URL(url).port}`,
        run: govdata(t, command, url),
      })),
    );
    const service = govdata(t, 'serve', refusing.href);
    const answers = await asked(service);
    t.match(answers, /^503 /, 'the service cannot reach it');
    t.notMatch(answers, password);
    t.match(saidBy(service), /password authentication failed/, 'and its log says why');
    t.notMatch(saidBy(service), password);
    for (const { name, run } of commands) {
      t.equal(await run.exit, 1, name);
      t.match(saidBy(run), /password authentication failed|ECONNREFUSED/, name);
      t.notMatch(saidBy(run), password, name);
    }
  },
);
