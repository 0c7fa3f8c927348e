import t from 'tap';
import { publishedFacts } from './served.ts';
import { plain, tasksByRest, workspace } from './workspace.ts';

t.test('urql: typed by the Code Generator, pages by cursor, and asks nothing twice', async (t) => {
  const { faultsOf, run } = await workspace('graphql');
  t.strictSame(await faultsOf('urql.ts'), []);

  const { service, address } = await publishedFacts();
  const { answer, complaints } = await run('urql.ts', address);
  const { total, tasks } = await tasksByRest(service);
  t.equal(answer.total, total);
  t.strictSame(answer.tasks.map(plain), tasks);
  t.strictSame(plain(answer.node), tasks[0]);
  t.strictSame(answer['cache'], ['miss', 'miss', 'hit']);
  t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
  t.equal(complaints, '');
});

t.test('typed documents: the compiler refuses what was not asked for', async (t) => {
  const { faultsOf } = await workspace('graphql');
  const faults = await faultsOf('refused.ts');
  t.strictSame(
    faults.map((fault) => fault.replace(/,\d+\): error (TS\d+): [\s\S]*/, ' $1')),
    ['refused.ts(7 TS2339', 'refused.ts(8 TS2322', 'refused.ts(9 TS2345', 'refused.ts(10 TS2322'],
  );
  t.match(faults[0], "Property 'note' does not exist");
});
