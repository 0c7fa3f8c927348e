/** Addresses that the OpenAPI document does not have: other methods, ways out of the tree, and bodies that are no arguments. */
import fc from 'fast-check';
import t from 'tap';
import { runsOr, seedOr } from '../deep.ts';
import { countryAt } from './country.ts';
import type { Json } from './document.ts';
import { problemOf } from './oracle.ts';
import type { Answer, Question } from './service.ts';

const { ask, openApi } = await countryAt(1);
const problemSchema = [...(openApi.operations[0]?.responses.get(400)?.values() ?? [])][0] as Json;
const seed = seedOr(20261125);
const numRuns = runsOr(150);

/** That a question is refused with one of the statuses, by a problem document. */
async function refused(question: Question, statuses: readonly number[]): Promise<Answer> {
  const answer = await ask(question);
  const problem = problemOf(answer);
  const fault = openApi.faultOf(problemSchema, problem);
  if (!statuses.includes(answer.status) || problem?.status !== answer.status || fault !== undefined) {
    throw new Error(
      `${answer.status} ${fault} ${question.method} ${question.target}: ${answer.body.subarray(0, 300)}`,
    );
  }
  return answer;
}

t.test('every address refuses the methods that it does not have, and says which it has', async (t) => {
  const paths = [...new Set(openApi.operations.map(({ path }) => path))];
  for (const path of paths) {
    const own = openApi.operations.filter((one) => one.path === path).map(({ method }) => method as string);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !own.includes(one))) {
      const target = path.replaceAll(/\{\w+\}/g, 'x');
      const { headers } = await refused({ method, target }, [405]);
      for (const one of own) t.match(headers['allow'], one, `${method} ${path}`);
    }
  }
});

const segments = [
  '..',
  '.',
  '%2e%2e',
  '%2E.',
  '..%2f',
  '..%5c',
  '..\\',
  '',
  'etc',
  'passwd',
  'package.json',
  'node_modules',
  '%00',
  '%c0%ae',
  '....',
  '..;',
  '~root',
  'v1',
  'docs',
  'static',
  'C:',
  '%252e%252e',
];
t.test('no path leads out of the tree', async (t) => {
  const way = fc
    .tuple(
      fc.constantFrom('/', '/v1/', '/docs/', '/docs/static/', '/v1/places/', '//'),
      fc.array(fc.constantFrom(...segments), { minLength: 1, maxLength: 6 }),
    )
    .map(([start, rest]) => start + rest.join('/'));
  await fc.assert(
    fc.asyncProperty(way, async (target) => {
      const answer = await ask({ method: 'GET', target });
      if (answer.status >= 500) throw new Error(`${answer.status} ${target}`);
      if (/root:x|"dependencies"|#!/.test(answer.body.toString('utf8')))
        throw new Error(`a file at ${target}`);
      if (answer.status >= 400) await refused({ method: 'GET', target }, [400, 404, 405, 414]);
      const suggestion = problemOf(answer)?.suggestion;
      if (suggestion === undefined || problemOf(answer)?.code !== 'no_such_route') return;
      const better = problemOf(await ask({ method: 'GET', target: suggestion }));
      if (better?.code === 'no_such_route')
        throw new Error(`${target} suggests ${suggestion}, where nothing is`);
    }),
    { seed, numRuns },
  );
  t.pass(`${numRuns} ways`);
});

t.test('what is no object of arguments is refused by addresses that read a body', async (t) => {
  const [operation] = openApi.operations.filter(({ method }) => method === 'POST');
  const target = `${operation?.path}`;
  const json = { 'content-type': 'application/json' };
  const deep = (depth: number): string => `{"items":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const bodies: (string | Buffer)[] = [
    ...[
      '',
      ' ',
      'null',
      '1',
      '"a"',
      '[]',
      '[{}]',
      '{',
      '{"items"}',
      '{}',
      '{"items":null}',
      '{"items":{}}',
      '{"items":"a"}',
    ],
    ...[
      '{"items":[]}',
      '{"items":[1]}',
      '{"items":[null]}',
      '{"items":[["a"]]}',
      '{"items":[{"a":1}]}',
      '{"items":[""]}',
    ],
    ...[
      '{"items":["a"],"__proto__":{"x":1}}',
      '{"items":["a"],"constructor":1}',
      '{"items":["a"],"limit":1}',
    ],
    ...[
      '{"items":["a\\u0000"]}',
      '{"items":["a"],"items":[]}',
      '{"items":["a"],"release":"1"}',
      '{"items":["a"],"release":1e99}',
    ],
    ...[
      '{"items":["a"],"on":["any"]}',
      '{"items":["a"],"level":"commune"}',
      '\ufeff{"items":["a"]}x',
      '{"items":["a"],}',
    ],
    ...[
      deep(1),
      deep(1000),
      deep(10_000),
      `{"items":${JSON.stringify(Array(1001).fill('a'))}}`,
      Buffer.from([0xff, 0xfe]),
    ],
    Buffer.from('{"items":["\xff"]}', 'latin1'),
  ];
  for (const body of bodies) {
    const { status } = await refused({ method: 'POST', target, headers: json, body }, [400]);
    t.equal(status, 400, String(body).slice(0, 60));
  }
  await refused(
    { method: 'POST', target, headers: json, body: `{"items":["${'a'.repeat(5_000_000)}"]}` },
    [413],
  );
  const right = '{"items":["14404"]}';
  for (const type of [
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'json',
    '',
    '/',
  ]) {
    await refused({ method: 'POST', target, headers: { 'content-type': type }, body: right }, [415]);
  }
  await refused({ method: 'POST', target: `${target}?items=14404`, headers: json, body: right }, [400]);
  t.equal((await ask({ method: 'POST', target, headers: json, body: right })).status, 200);
});

t.test('a body of any JSON is answered or refused, and nothing fails', async (t) => {
  const [operation] = openApi.operations.filter(({ method }) => method === 'POST');
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.boolean(), async (value, inside) => {
      const body = JSON.stringify(
        inside ? { items: ['14404'], on: value, level: value, within: value } : value,
      );
      const question = {
        method: 'POST',
        target: `${operation?.path}`,
        headers: { 'content-type': 'application/json' },
        body,
      };
      if ((await ask(question)).status !== 200) await refused(question, [400]);
    }),
    { seed, numRuns },
  );
  t.pass(`${numRuns} bodies`);
});
