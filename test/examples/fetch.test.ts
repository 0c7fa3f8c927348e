import { EventEmitter, once } from 'node:events';
import t from 'tap';
import { onServer } from '../helper.ts';
import { testService } from '../service.ts';
import { listening, publishedFacts } from './served.ts';
import { plain, tasksByRest, workspace } from './workspace.ts';

t.test('plain fetch: compiles, and reads the pages of a list to its end', async (t) => {
  const { faultsOf, run } = await workspace('graphql');
  t.strictSame(await faultsOf('fetch.ts'), []);

  const { service, address } = await publishedFacts();
  const { answer, complaints } = await run('fetch.ts', address);
  const expected = await tasksByRest(service);
  t.ok(expected.total > 10, 'more than a page');
  t.equal(answer.total, expected.total);
  t.strictSame(answer.tasks.map(plain), expected.tasks);
  t.match(answer.mistake, { code: 'bad_argument', status: 400, parameter: 'place' });
  t.equal(complaints, '');
});

t.test('plain fetch: asks again after a while when the service cannot answer', async (t) => {
  const { run } = await workspace('graphql');
  const service = await testService(t, 'real', { own: true });
  const name = new URL(service.url).pathname.slice(1);
  const refusals = new EventEmitter();
  service.app.addHook('onResponse', async (_request, { statusCode }) => {
    if (statusCode === 503) refusals.emit('refused');
  });
  const address = await listening(service);
  await onServer(async (server) => {
    await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await server.query(`alter database ${name} rename to ${name}_away`);
  });
  const refused = once(refusals, 'refused');
  const running = run('fetch.ts', address);
  await refused;
  await onServer((server) => server.query(`alter database ${name}_away rename to ${name}`));
  const { answer } = await running;
  t.strictSame(answer.tasks.map(plain), (await tasksByRest(service)).tasks);
});
