import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/openapi.ts';

type Problem = components['schemas']['Problem'];
type Observation = components['schemas']['Observation'];

const baseUrl = process.argv[2] ?? process.env['GOVDATA_URL'] ?? 'http://127.0.0.1:3000';

class GovdataError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Keeps what has an ETag, and asks only whether it still holds. */
function cache(): Middleware {
  const kept = new Map<string, Response>();
  return {
    onRequest({ request }) {
      const etag = kept.get(request.url)?.headers.get('etag');
      if (etag) request.headers.set('if-none-match', etag);
      return request;
    },
    onResponse({ request, response }) {
      if (response.status === 304) return kept.get(request.url)?.clone();
      if (response.ok && response.headers.has('etag')) kept.set(request.url, response.clone());
      return response;
    },
  };
}

const answers: number[] = [];
// A list has other types where it is a file: pages and problems are JSON.
const client = createClient<paths, 'application/json' | 'application/problem+json'>({
  baseUrl,
  // `measure=growth,rank`: a parameter that is given twice is refused.
  querySerializer: { array: { style: 'form', explode: false } },
  fetch: async (request) => {
    const response = await fetch(request);
    answers.push(response.status);
    return response;
  },
});
client.use(cache());

type Filters = NonNullable<paths['/v1/observations']['get']['parameters']['query']>;

/** All pages, one after another; they are of one release, whatever is released in between. */
async function* observations(filters: Filters): AsyncGenerator<Observation> {
  for (let query = filters; ; ) {
    const { data, error } = await client.GET('/v1/observations', { params: { query } });
    if (error) throw new GovdataError(error);
    yield* data.items;
    if (data.next === null) return;
    query = { ...query, after: data.next };
  }
}

async function listed(filters: Filters): Promise<Observation[]> {
  const list: Observation[] = [];
  for await (const observation of observations(filters)) list.push(observation);
  return list;
}

const filters: Filters = { place: 'province:37', measure: ['growth', 'rank'], limit: 10 };
const figures = await listed(filters);
const pages = answers.splice(0);

// Nothing has changed: each page is 304, and comes out of the cache.
const again = await listed(filters);
const pagesAgain = answers.splice(0);

// Where the first figure stands: document, paragraph, characters.
const first = figures.find(({ citations }) => citations.some(({ kind }) => kind === 'text'));
const sources = first?.citations.map(({ document, paragraph, start, end, printed }) => ({
  file: document?.fileName ?? null,
  paragraph,
  start,
  end,
  printed,
}));

// A mistake says which it is, and often what was meant.
const mistake = await listed({ place: 'provnce:37' }).catch((error: unknown) => error);
if (!(mistake instanceof GovdataError)) throw mistake;

console.log(
  JSON.stringify({
    figures: figures.map(({ id, indicator, value, unit }) => ({
      id,
      indicator: indicator.code,
      value,
      unit,
    })),
    pages,
    same: JSON.stringify(again) === JSON.stringify(figures),
    pagesAgain,
    source: { id: first?.id, sources },
    mistake: mistake.problem,
  }),
);
