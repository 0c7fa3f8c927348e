import t, { type Test } from 'tap';
import { examples } from '../../src/resolvers/examples.ts';
import { testService } from '../service.ts';

/** What the facts say to each screen, of which the answer may say more. */
const expected: Record<string, object> = {
  "A district's year": {
    district: {
      fullName: { vi: 'Huyện Bảo Yên' },
      status: 'abolished',
      themes: { nodes: [{ elements: { length: 5 } }] },
      tasks: {
        pageInfo: { hasNextPage: true },
        nodes: { length: 10, 0: { citations: { nodes: [{ document: { id: 'document:003' } }] } } },
      },
    },
  },
  'Targets and results': {
    targets: { nodes: { 0: { citations: { nodes: { 0: { paragraph: Number } } } } } },
  },
  'An indicator in time': {
    series: {
      nodes: [{ unit: 'billion_vnd', points: [{ value: 7476.9 }, { value: 10491 }, { kind: 'residual' }] }],
    },
  },
  'A place through time': {
    placeHistory: {
      nodes: [
        {
          code: '10',
          validTo: '2025-07-01',
          successors: [{ place: { code: '15' } }],
          children: { totalCount: 9 },
        },
        { code: '15', validFrom: '2025-07-01', predecessors: [{ place: { code: '10' } }, {}] },
      ],
    },
  },
  Contradictions: { contradictions: { nodes: { 0: { sides: [{ fact: { record: { value: 14 } } }, {}] } } } },
};

t.test('every example of the page is answered from the facts, without errors', async (t) => {
  const { graphql } = await testService(t);
  t.strictSame(
    examples.map(({ name }) => name),
    Object.keys(expected),
  );
  for (const { name, query, variables } of examples) {
    const { data, errors } = await graphql(query, variables);
    t.equal(errors, undefined, name);
    t.match(data, expected[name], name);
  }
});

/** SQL statements of each screen: one for its scope, a few for its field of Query, and one at most for each edge. */
const statements: Record<string, number> = {
  "A district's year": 8,
  'Targets and results': 6,
  'An indicator in time': 5,
  'A place through time': 4,
  Contradictions: 8,
};

t.test(
  'five screens cost as many statements as they name edges, however many records they show',
  async (t) => {
    const { graphql, reader } = await testService(t);
    let count = 0;
    const counting = (): number => count++;
    reader.pool.on('acquire', counting);
    t.teardown(() => reader.pool.off('acquire', counting));
    for (const { name, query, variables } of examples) {
      count = 0;
      const { errors } = await graphql(query, variables);
      t.equal(errors, undefined);
      t.comment(`${name}: ${count} statements`);
      t.equal(count, statements[name], name);
    }
  },
);

/** The records that an example shows. */
async function nodesOf<Shown>(t: Test, name: string, field: string): Promise<Shown[]> {
  const { graphql } = await testService(t);
  const { query, variables } = examples.find((one) => one.name === name) ?? { query: '' };
  const { data } = await graphql(query, variables);
  return (data as Record<string, { nodes: Shown[] }>)[field]?.nodes ?? [];
}

t.test(
  'the example of targets shows one that was missed: both figures, and where each is printed',
  async (t) => {
    const nodes = await nodesOf<{ result: { status: string } }>(t, 'Targets and results', 'targets');
    const cited = { citations: { nodes: { 0: { document: { id: /^document:/ } } } } };
    t.match(
      nodes.find(({ result }) => result.status === 'missed'),
      { ...cited, value: 7.5, result: { formula: '7.27 < 7.5', observation: { ...cited, value: 7.27 } } },
    );
  },
);

interface ShownContradiction {
  sides: { states: string; fact: { citations: { nodes: unknown[] } } }[];
}

t.test('the example of contradictions shows the sides of each, and where every one is printed', async (t) => {
  const nodes = await nodesOf<ShownContradiction>(t, 'Contradictions', 'contradictions');
  t.ok(nodes.length > 0);
  for (const { sides } of nodes) {
    t.ok(sides.length >= 2);
    for (const { states, fact } of sides) t.ok(fact.citations.nodes.length > 0, states);
  }
});

t.test('the page opens with the first example, in a tab beside the others, with its variables', async (t) => {
  const { app } = await testService(t);
  const { body } = await app.inject('/graphiql');
  const [options = ''] = /AltairGraphQL\.init\([\s\S]*\);/.exec(body) ?? [];
  const given = new Function('AltairGraphQL', `return ${options}`)({ init: (value: unknown) => value });
  t.strictSame(
    given.initialWindows.map((one: Record<string, string>) => [
      one['initialName'],
      one['initialQuery'],
      JSON.parse(`${one['initialVariables']}`),
    ]),
    examples.map(({ name, query, variables }) => [name, query, variables]).toReversed(),
  );
});
