import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { testService } from '../service.ts';
import { plain, tasksByRest, workspace } from './workspace.ts';

t.test('urql: typed by the Code Generator, pages by cursor, and asks nothing twice', async (t) => {
  const { codegen, faultsOf, run } = workspace(t);
  await codegen();
  t.strictSame(await faultsOf('urql.ts'), []);

  const service = await testService(t);
  const { answer, complaints } = await run(
    'urql.ts',
    await service.app.listen({ host: '127.0.0.1', port: 0 }),
  );
  const { total, tasks } = await tasksByRest(service);
  t.equal(answer.total, total);
  t.strictSame(answer.tasks.map(plain), tasks);
  t.strictSame(plain(answer.node), tasks[0]);
  t.strictSame(answer['cache'], ['miss', 'miss', 'hit']);
  t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
  t.equal(complaints, '');
});

t.test('typed documents: the compiler refuses what was not asked for', async (t) => {
  const { folder, codegen, faultsOf } = workspace(t);
  await codegen();
  writeFileSync(
    join(folder, 'program.ts'),
    `import { Client } from '@urql/core';
import { DistrictTasksDocument } from './generated/graphql.ts';
const client = new Client({ url: 'http://127.0.0.1:3000/graphql', exchanges: [] });
const { data } = await client.query(DistrictTasksDocument, { place: 'district:087', first: 1 });
export const text: string | null | undefined = data?.tasks.edges[0]?.node.name.label.text;
export const total: number = data?.tasks.totalCount ?? 0;
export const notAsked = data?.tasks.edges[0]?.node.note;
export const perhapsNull: number | undefined = data?.tasks.totalCount;
await client.query(DistrictTasksDocument, { first: 1 });
await client.query(DistrictTasksDocument, { place: 'district:087', first: '1' });
`,
  );
  const faults = await faultsOf('program.ts');
  t.strictSame(
    faults.filter((line) => /^\S/.test(line)).map((line) => line.replace(/,\d+\): error (TS\d+): .*/, ' $1')),
    ['program.ts(7 TS2339', 'program.ts(8 TS2322', 'program.ts(9 TS2345', 'program.ts(10 TS2322'],
  );
  t.match(faults[0], "Property 'note' does not exist");
});
