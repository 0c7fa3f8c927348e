const url = process.argv[2] ?? process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';

interface Problem {
  message: string;
  extensions: { code: string; status: number; parameter?: string; suggestion?: string; requestId: string };
}

class GovdataError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}

/** Asks once; where the service says that it cannot answer now, once more after the time that it names. */
async function ask<Data>(query: string, variables: object, retries = 1): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const wait = response.headers.get('retry-after');
  if (wait !== null && retries > 0) {
    await new Promise((resolve) => setTimeout(resolve, Number(wait) * 1000));
    return ask(query, variables, retries - 1);
  }
  const { data, errors } = (await response.json()) as { data?: Data | null; errors?: Problem[] };
  if (errors !== undefined || !data) throw new GovdataError(errors ?? []);
  return data;
}

interface Task {
  id: string;
  name: { label: { text: string; language: string } | null };
  deadline: { date: string } | null;
  responsible: { nodes: { id: string; name: { en: string | null } }[] };
  citations: { nodes: { id: string; paragraph: number | null; document: { fileName: string } | null }[] };
}

interface DistrictTasks {
  tasks: {
    totalCount: number | null;
    nodes: Task[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const districtTasks = /* GraphQL */ `
  query DistrictTasks($place: ID!, $first: Int!, $after: String) {
    tasks(place: $place, parent: "none", first: $first, after: $after) {
      totalCount
      nodes {
        id
        name { label(lang: vi) { text language } }
        deadline { date }
        responsible(first: 5) { nodes { id name { en } } }
        citations(first: 3) { nodes { id paragraph document { fileName } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const tasks: Task[] = [];
let [total, after]: (number | string | null)[] = [null, null];
do {
  const page: DistrictTasks = await ask(districtTasks, { place: 'district:087', first: 10, after });
  tasks.push(...page.tasks.nodes);
  total = page.tasks.totalCount;
  after = page.tasks.pageInfo.hasNextPage ? page.tasks.pageInfo.endCursor : null;
} while (after !== null);

// A mistake says which it is, and often what was meant.
const mistake = await ask('{ tasks(place: "provnce:10") { totalCount } }', {}).catch(
  (error: unknown) => error,
);
if (!(mistake instanceof GovdataError)) throw mistake;

console.log(JSON.stringify({ total, tasks, mistake: mistake.problems[0]?.extensions }));
