import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import t from 'tap';
import { publishedFacts } from './served.ts';
import { plain, root, tasksByRest, workspace } from './workspace.ts';

t.test(
  'Relay: its compiler takes the schema, a connection grows by a page, a record is stored',
  async (t) => {
    const { folder, said, faultsOf, run } = await workspace('graphql');
    t.notMatch(said, /WARN|ERROR/);
    t.strictSame(await faultsOf('relay.ts'), []);
    t.strictSame(await faultsOf('relay-tasks.ts'), []);

    const { service, address } = await publishedFacts();
    const { answer, complaints } = await run('relay.ts', address);
    const { total, tasks } = await tasksByRest(service);
    t.equal(answer.total, total);
    t.strictSame(answer.tasks.map(plain), tasks);
    t.strictSame(plain(answer.node), tasks[0]);
    t.strictSame(answer['requests'], { pages: 2, node: 0 });
    const { body } = await service.get(`/v1/facts/${tasks[0]?.id}`);
    t.equal(answer['citeAs'], body['citeAs']);
    t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
    t.equal(complaints, '');

    t.test('and no other type bears the id of another record', async (t) => {
      const schema = buildSchema(readFileSync(join(root, 'docs/schema.graphql'), 'utf8'));
      const withIds = Object.values(schema.getTypeMap())
        .filter(isObjectType)
        .filter((type) => type.getFields()['id'] && type.getInterfaces().length === 0)
        .map(({ name }) => name);
      // Citations, corrections and releases have ids of their own, but are nothing that `node` finds.
      t.strictSame(withIds, ['Citation', 'Correction', 'Fact', 'Hit', 'Release', 'Target']);
      t.match(readFileSync(join(folder, 'relay.ts'), 'utf8'), "['Fact', 'Hit', 'Target']");
    });

    t.test('where what stands for a record would be taken for it, but for getDataID', async (t) => {
      const careless = readFileSync(join(folder, 'relay.ts'), 'utf8').replace(/^ {2}getDataID: .*\n/m, '');
      writeFileSync(join(folder, 'careless.ts'), careless);
      t.match((await run('careless.ts', address)).complaints, /conflicting types `Task` and `Fact`/);
    });
  },
);
