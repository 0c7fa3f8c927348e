import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isInterfaceType } from 'graphql';
import t from 'tap';
import { publishedFacts } from './served.ts';
import { plain, root, tasksByRest, workspace } from './workspace.ts';

t.test('Apollo Client: joins pages in its cache, and reads a record out of it', async (t) => {
  const { folder, faultsOf, run } = await workspace('graphql');
  t.strictSame(await faultsOf('apollo.ts'), []);

  const { service, address } = await publishedFacts();
  const { answer, complaints } = await run('apollo.ts', address);
  const { total, tasks } = await tasksByRest(service);
  t.equal(answer.total, total);
  t.strictSame(answer.tasks.map(plain), tasks);
  t.strictSame(plain(answer.node), tasks[0]);
  t.strictSame(answer['requests'], { pages: 2, node: 0 });
  t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
  t.equal(complaints, '');

  t.test('which knows the types of every interface of the schema', async (t) => {
    const schema = buildSchema(readFileSync(join(root, 'docs/schema.graphql'), 'utf8'));
    const expected = Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
    const { possibleTypes } = await import(join(folder, 'generated/possible-types.ts'));
    t.strictSame(possibleTypes, Object.fromEntries(expected));
    t.ok(possibleTypes.Node.includes('Task'));
  });
});
