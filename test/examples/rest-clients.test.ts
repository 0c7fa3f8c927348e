/** The programs in Python and for curl give what the service gives, over a line that is not always good. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { badLine, type Mishap } from './bad-line.ts';
import { figuresOf } from './figures.ts';
import { publishedFacts } from './served.ts';
import { root } from './workspace.ts';

/** A program that this machine may lack. */
const lacks = (program: string): string | false =>
  spawnSync(program, ['--version']).error === undefined ? false : `${program} is not on this machine`;

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs a program of the folder in a folder of its own, which is handed over. */
function runner(t: Test): { folder: string; run: (program: string, ...args: string[]) => Promise<Ended> } {
  const folder = mkdtempSync(join(tmpdir(), 'govdata-client-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const run = (program: string, script = '', ...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const command = [join(root, 'examples/rest', script), ...args];
      execFile(program, command, { cwd: folder }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  return { folder, run };
}

t.test(
  'Python: pages, files as rows, answers kept on disk, and patience',
  { skip: lacks('python3') },
  async (t) => {
    const { run } = runner(t);
    const { service, address } = await publishedFacts();
    const ask = async (from: string) => {
      const { code, out, err } = await run('python3', 'client.py', from, 'kept');
      t.strictSame({ code, err }, { code: 0, err: '' });
      return JSON.parse(out);
    };
    const mishaps: Mishap[] = [{ busy: true }, { cut: 100 }];
    const line = await badLine(t, address, mishaps, '/v1/observations');
    const first = await ask(line.address);
    t.strictSame(first.statuses, [503, 200, 200, 200, 400], 'of the one that was cut off there is no answer');
    const second = await ask(line.address);
    t.strictSame(second.statuses, [304, 304, 304, 400]);
    for (const { figures, targets, mistake } of [first, second]) {
      t.strictSame(
        figures,
        (await figuresOf(t, service)).map(({ id, comparator, value, unit }) => [id, comparator, value, unit]),
      );
      const { body } = await service.get('/v1/targets?place=province:37&limit=500');
      t.strictSame(
        targets,
        (body['items'] as { id: string; result: { status: string } }[]).map(({ id, result }) => [
          id,
          result.status,
        ]),
      );
      t.match(
        mistake,
        /^"place" must be the id of a place, .*, not "provnce:37"\. \(bad_argument, request [-\w]+\)$/,
      );
    }
  },
);

t.test(
  'curl: pages by Link, one answer twice, a file, and a long one that is cut off',
  { skip: lacks('curl') },
  async (t) => {
    const { folder, run } = runner(t);
    const { service, address } = await publishedFacts();
    const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const served = async (path: string): Promise<string> => (await service.app.inject(path)).body;

    const line = await badLine(t, address, [{ cut: 9_000 }, { busy: true }, { cut: 50 }]);
    const { code, out } = await run('sh', 'curl.sh', line.address);
    t.equal(code, 0);
    const changes = await served('/v1/changes.ndjson?since=0&type=theme,motto,task');
    const lines = changes.split('\n').length - 1;
    t.equal(
      out.replaceAll(/ +/g, ' '),
      `themes.json: 200\nthemes.json: 304\nchanges.ndjson: ${lines} lines\n`,
    );
    t.equal(textOf('changes.ndjson'), changes);
    t.equal(line.files.length, 4);
    t.equal(textOf('province.json'), await served('/v1/provinces/10'));
    t.equal(textOf('themes.json'), await served('/v1/themes'));
    t.equal(textOf('targets.csv'), await served('/v1/targets.csv?place=province:37'));
    const pages = [1, 2].map((page) => JSON.parse(textOf(`observations-${page}.json`)).items);
    t.strictSame(pages.flat(), await figuresOf(t, service));

    await t.test('and says what failed', async (t) => {
      const { code, err } = await run('sh', 'curl.sh', `${address}/elsewhere`);
      t.equal(code, 22);
      t.match(err, 'curl: (22) The requested URL returned error: 404');
      t.match(JSON.parse(textOf('province.json')), { code: 'no_such_route', status: 404 });
    });
  },
);
