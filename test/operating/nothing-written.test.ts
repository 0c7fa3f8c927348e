/** The service where nothing can be written, as in a container with a read-only root file system. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import t from 'tap';
import { sharedDatabase } from '../service.ts';

const run = promisify(execFile);
const here = (name: string): string => new URL(name, import.meta.url).href;

/**
 * Node itself refuses to write, to root as well, whom a folder without rights would not stop. The loader that blanks out
 * types needs a thread; the suite's own, which it hands on by NODE_OPTIONS, would write down what is covered.
 */
const permission = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';
const readOnly = [permission, '--allow-fs-read=*', '--allow-worker'];

const home = mkdtempSync(join(tmpdir(), 'govdata-home-'));
t.teardown(() => rmSync(home, { recursive: true }));

const { url } = await sharedDatabase();

/** The address at the end of a line that begins so; rejects if the lines end without one. */
async function addressIn(lines: AsyncIterable<string>, beginning: string): Promise<string> {
  const said: string[] = [];
  for await (const line of lines) {
    said.push(line);
    if (line.startsWith(beginning)) return line.slice(beginning.length);
  }
  throw new Error(`no line begins with ${beginning}:\n${said.join('\n')}`);
}

t.test('a program that writes is refused', async (t) => {
  const writes = `fs.writeFileSync(${JSON.stringify(join(home, 'file'))}, '')`;
  await t.rejects(run(process.execPath, [...readOnly, '-e', writes]), { message: /ERR_ACCESS_DENIED/ });
});

t.test(
  'with DATABASE_URL the service starts, is ready, answers and stops, and has written nothing',
  async (t) => {
    const program = new URL('../serve-process.ts', import.meta.url).pathname;
    const child = spawn(
      'env',
      ['-u', 'NODE_OPTIONS', process.execPath, ...readOnly, `--import=${here('../register.mjs')}`, program],
      {
        env: {
          PATH: process.env['PATH'],
          HOME: home,
          GOVDATA_HOME: join(home, 'govdata'),
          TMPDIR: home,
          DATABASE_URL: url,
          PORT: '0',
          METRICS_PORT: '0',
          LOG_LEVEL: 'silent',
          // A machine that is busy with tests is no overload.
          EVENT_LOOP_DELAY_MS: '0',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const exit = once(child, 'exit');
    t.teardown(() => child.kill('SIGKILL'));
    const [metrics, address] = await Promise.all([
      addressIn(createInterface(child.stderr), 'metrics are read at '),
      addressIn(createInterface(child.stdout), 'govdata listens on '),
    ]);
    child.stderr.resume();

    const graphql = `/graphql?query=${encodeURIComponent('{ themes { totalCount } }')}`;
    const questions = [
      '/readyz',
      '/v1/themes',
      '/v1/themes.csv',
      '/v1/themes.xlsx',
      '/v1/themes.parquet',
      graphql,
      '/',
    ];
    for (const question of questions) {
      const answer = await fetch(`${address}${question}`);
      t.equal(answer.status, 200, question);
      t.ok((await answer.arrayBuffer()).byteLength > 0);
    }
    t.equal((await fetch(metrics)).status, 200);

    child.kill('SIGTERM');
    t.strictSame(await exit, [0, null]);
    t.strictSame(readdirSync(home), []);
  },
);
