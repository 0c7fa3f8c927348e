import t from 'tap';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { literalOf } from '../both-mouths.ts';
import { edgesOf } from '../selection.ts';
import { type TestService, testService } from '../service.ts';

/** How many SQL statements a document costs. */
async function statementsOf({ reader: { pool }, graphql }: TestService, query: string): Promise<number> {
  let count = 0;
  // Each takes a connection for itself alone.
  const counting = (): number => count++;
  pool.on('acquire', counting);
  try {
    const { errors } = await graphql(query);
    if (errors) throw new Error(JSON.stringify(errors));
    return count;
  } finally {
    pool.off('acquire', counting);
  }
}

t.test('costs one statement for the scope, one for each root field and one for each edge', async (t) => {
  const service = await testService(t);
  const cost = (query: string) => statementsOf(service, query);

  t.test(
    'at most eleven for places with themes, tasks, subtasks and observations with citations',
    async (t) => {
      const query = (first: number) => `{
      places(level: [district], on: "2025-06-30", first: ${first}) { nodes {
        name { en }
        themes(first: 2) { nodes {
          name { en }
          mottos(first: 10) { nodes { id } }
          tasks(first: 10) { nodes { id subtasks(first: 9) { nodes { id citations(first: 2) { nodes { id } } } } } }
        } }
        observations(first: 50) { nodes {
          id
          indicator { code definition { en } }
          citations(first: 2) { nodes { id document { fileName sha256 } } }
        } }
      } }
    }`;
      const one = await cost(query(1));
      const forty = await cost(query(40));
      t.ok(one <= 11, `${one} statements for one district`);
      t.ok(forty <= 11, `${forty} statements for forty`);
    },
  );

  t.test('seven for two tasks with five edges, and seven for fifty', async (t) => {
    const query = (first: number) => `{
      tasks(parent: "none", first: ${first}) { nodes {
        subtasks(first: 20) { nodes { citations(first: 3) { nodes { document { sha256 } } } } }
        place { type parent { type } }
      } }
    }`;
    t.equal(await cost(query(2)), 7);
    t.equal(await cost(query(50)), 7);
  });

  t.test('one for an edge asked for twice with the same arguments, two with others', async (t) => {
    const query = (first: number) =>
      `{ themes { nodes { a: mottos(first: 1) { totalCount } b: mottos(first: ${first}) { nodes { id } } } } }`;
    t.equal(await cost(query(1)), 3);
    t.equal(await cost(query(2)), 4);
  });

  t.test('nothing for what the row says of the other record, or where there is none', async (t) => {
    const query = (place: string) => `{ tasks(first: 50) { nodes { place { ${place} } } } }`;
    t.equal(await cost(query('__typename id level code name { en } ... on Node { id }')), 2);
    t.equal(await cost(query('id type')), 3, 'the type of the place is not in the short form');
    t.equal(await cost(query('id parent { id }')), 3, 'nor is what it links to');
    const spread = (fields: string) => `${query('...seen')} fragment seen on Place { ${fields} }`;
    t.equal(await cost(spread('validFrom')), 2);
    t.equal(await cost(spread('status')), 3);
    t.equal(await cost('{ theme(id: "theme:bao-yen-2024") { event { period { label } } } }'), 2);
    t.equal(await cost('{ bodies(first: 50) { nodes { aliases { document { id } } } } }'), 2);
    t.equal(await cost('{ bodies(first: 50) { nodes { aliases { document { sha256 } } } } }'), 3);
  });
});

t.test('answers every edge of every type', async (t) => {
  const { graphql } = await testService(t);
  for (const name of operationNames) {
    const { kind, of, example } = operationOf(name);
    const edges = edgesOf(String((of as { title?: string }).title));
    if (kind !== 'list' || edges === '') continue;
    const args = Object.entries(example).map(
      ([key, value]) => `${key}: ${literalOf(name, key, String(value))}`,
    );
    const { errors } = await graphql(
      `{ ${name}(${['first: 20', ...args].join(', ')}) { nodes { ${edges} } } }`,
    );
    t.equal(errors, undefined, `the edges of ${name}`);
  }
});

t.test('gives each row its own records, whatever batch they came in', async (t) => {
  const { graphql, get } = await testService(t);
  const { data } = await graphql(
    '{ tasks(first: 100) { nodes { id subtasks(first: 100) { nodes { id parent { id kind } } } citations { nodes { fact { id } } } } } }',
  );
  const { nodes } = (data as { tasks: { nodes: TaskNode[] } }).tasks;
  for (const { id, subtasks, citations } of nodes) {
    const { body } = await get(`/v1/tasks?parent=${id}&limit=100`);
    const expected = (body['items'] as { id: string }[]).map((task) => task.id);
    t.strictSame(subtasks.nodes.map((task) => task.id).sort(), expected, `the parts of ${id}`);
    t.ok(subtasks.nodes.every(({ parent }) => parent.id === id));
    t.ok(citations.nodes.every(({ fact }) => fact.id === id));
  }
  t.ok(nodes.some(({ subtasks }) => subtasks.nodes.length > 1));
});

interface TaskNode {
  id: string;
  subtasks: { nodes: { id: string; parent: { id: string } }[] };
  citations: { nodes: { fact: { id: string } }[] };
}

t.test('pages through a connection from end to end', async (t) => {
  const { graphql } = await testService(t);
  const page = async (after: string | null) => {
    const { data } = await graphql(
      `query ($after: String) {
        place(id: "place_version:087") { tasks(first: 50, after: $after) {
          edges { cursor node { id } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          totalCount totalAtLeast release notice { code }
        } }
      }`,
      { after },
    );
    return (data as { place: { tasks: Connection } }).place.tasks;
  };
  const first = await page(null);
  t.equal(first.edges.length, 50);
  t.strictSame(first.pageInfo, {
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: first.edges[0]?.cursor,
    endCursor: first.edges[49]?.cursor,
  });
  t.match(first, { totalAtLeast: null, release: 1, notice: null });
  const second = await page(first.pageInfo.endCursor);
  t.match(second.pageInfo, { hasNextPage: false, hasPreviousPage: true });
  t.equal(new Set([...first.edges, ...second.edges].map(({ node }) => node.id)).size, first.totalCount);
  const middle = await page(String(first.edges[9]?.cursor));
  t.equal(middle.edges[0]?.node.id, first.edges[10]?.node.id, 'any edge has a cursor to start after');
});

interface Connection {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}

t.test('answers an empty page with null cursors and a notice', async (t) => {
  const { graphql } = await testService(t);
  const { data } = await graphql(
    '{ districts { nodes { id } edges { cursor } pageInfo { startCursor endCursor } notice { code try } } }',
  );
  t.strictSame(data?.['districts'], {
    nodes: [],
    edges: [],
    pageInfo: { startCursor: null, endCursor: null },
    notice: { code: 'districts_ended', try: 'on=2025-06-30' },
  });
});

t.test('finds any record by its id, with its type', async (t) => {
  const { graphql } = await testService(t);
  const { data } = await graphql(`{
    document: node(id: "document:003") { __typename ... on Document { fileName } }
    place: node(id: "place_version:087") { __typename id ... on Place { code } }
    nothing: node(id: "theme:no-such") { id }
    fact(id: "theme:bao-yen-2024") { type record { __typename id } }
  }`);
  t.match(data, {
    document: { __typename: 'Document', fileName: /^003_/ },
    place: { __typename: 'Place', id: 'place_version:087', code: '087' },
    nothing: null,
    fact: { type: 'theme', record: { __typename: 'Theme', id: 'theme:bao-yen-2024' } },
  });
});

t.test('labels a name in the language asked for, or the first that it has', async (t) => {
  const { graphql } = await testService(t);
  const { data } = await graphql(`{
    place(id: "place_version:087") { name {
      plain: label { text language }
      vietnamese: label(lang: vi) { text language }
      none: label(lang: null) { language }
    } }
    theme(id: "theme:bao-yen-2024") { name { en vi label(lang: vi) { language } } }
  }`);
  t.match(data?.['place'], {
    name: {
      plain: { text: 'Bao Yen', language: 'en' },
      vietnamese: { text: 'Bảo Yên', language: 'vi' },
      none: { language: 'en' },
    },
  });
  t.match(data?.['theme'], { name: { vi: null, label: { language: 'en' } } });
});
