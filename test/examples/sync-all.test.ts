/** The real facts as a copy: a first load of all of them, and the question that docs/rest.md asks of it. */
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { statesOf } from '../stored-states.ts';
import { newCopy } from './copy.ts';
import { publishedFacts } from './served.ts';
import { root } from './workspace.ts';

t.test(
  'all facts, after a first try that was killed, in less memory than their file would take',
  async (t) => {
    const { service, address } = await publishedFacts();
    const copy = newCopy(t);

    const running = copy.start(address);
    const written = `${copy.file}-wal`;
    while (running.exitCode === null && (!existsSync(written) || statSync(written).size < 5e6))
      await sleep(20);
    running.kill('SIGKILL');
    await once(running, 'exit');
    t.equal(running.signalCode, 'SIGKILL', 'within the transaction');
    t.match(copy.rows('select count(*) as records from records'), [{ records: 0 }]);

    t.match(await copy.sync(address, { node: ['--max-old-space-size=48'] }), { code: 0, err: '' });
    const states = await statesOf(service.url, 1);
    t.ok(states.size > 80_000);
    const copied = copy.states();
    // Not `strictSame` of all, which writes down both.
    t.equal(copied.size, states.size);
    const different = [...copied].filter(([id, state]) => !isDeepStrictEqual(state, states.get(id)));
    t.strictSame(different, []);

    await t.test('answers the question of the page', async (t) => {
      const page = readFileSync(join(root, 'docs/rest.md'), 'utf8');
      const [, question = '', answer = ''] =
        /^```sql\n([\s\S]+?)^```\n+```json\n([\s\S]+?)^```/m.exec(page) ?? [];
      const rows = copy.rows(question).map(({ _metadata, ...row }) => row);
      t.strictSame(rows, JSON.parse(answer));
      t.ok(rows.length > 1);
    });
  },
);
