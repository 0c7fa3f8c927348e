/** Cached answers of both mouths and 304, beside bare fastify routes that send the same bytes. */
import { ask } from './answers.ts';
import type { Route } from './bare.ts';
import { type Asked, get } from './load.ts';
import { measure, overHttp, type Result } from './measure.ts';
import type { Part } from './parts.ts';
import {
  documents,
  graphqlGet,
  graphqlPost,
  pagePaths,
  placePath,
  type Questions,
  readQuestions,
  seriesPath,
} from './questions.ts';
import { Servers } from './servers.ts';

/** Different addresses, asked in turns; fewer of those with large answers. */
const many = 500;
const fewer = 50;

interface Kind {
  name: string;
  goal: number;
  requests: Asked[];
  /** Asked again with the tag of the answer. */
  isHeld?: boolean;
}

export async function cached({ server, data }: Part): Promise<Result[]> {
  const { url } = await data();
  const servers = new Servers();
  const results: Result[] = [];
  try {
    const service = await servers.service(url, { cache: 'own' });
    for (const kind of await kindsOf(service.address, await readQuestions(url))) {
      const { name, goal } = kind;
      const requests: Asked[] = [];
      const routes: Route[] = [];
      for (const [index, asked] of kind.requests.entries()) {
        const { type, etag, body } = await bytesOf(service.address, asked);
        const headers = { ...asked.headers, ...(kind.isHeld ? { 'if-none-match': etag } : {}) };
        requests.push({ ...asked, headers });
        const { method = 'GET' } = asked;
        const status = kind.isHeld ? 304 : 200;
        routes.push({ ...{ method, path: `/${index}`, status, type, etag, body } });
      }
      const peers = new Servers();
      try {
        const bare = await peers.bare(routes);
        const theirs = routes.map(({ path }, index) => ({ ...(requests[index] as Asked), path }));
        results.push(
          ...(await measure({
            ...{ name, goal },
            contenders: [
              overHttp('govdata', service, requests, server.pid),
              overHttp('bare fastify', bare, theirs, undefined),
            ],
          })),
        );
      } finally {
        await peers.stop();
      }
    }
    return results;
  } finally {
    await servers.stop();
  }
}

/** Asked twice, so that it is kept whenever a cache keeps it. */
async function bytesOf(address: string, asked: Asked): Promise<Pick<Route, 'type' | 'etag' | 'body'>> {
  await (await ask(address, asked)).arrayBuffer();
  const response = await ask(address, asked);
  const { headers } = response;
  return {
    type: headers.get('content-type') ?? '',
    etag: headers.get('etag') ?? '',
    body: await response.text(),
  };
}

async function kindsOf(address: string, { communes, series, pages }: Questions): Promise<Kind[]> {
  const places = communes.slice(0, many).map((code) => get(placePath(code)));
  const asked = series.slice(0, many);
  const lines = asked.map((one) => get(seriesPath(one)));
  const { ours } = documents.series;
  const variables = asked.map(({ indicator: i, place: p }) => ({ i, p }));
  const listed = (await pagePaths(address, pages.slice(0, fewer))).map((path) => get(path));
  return [
    { name: 'cached REST: one series, one address', goal: 0.9, requests: lines.slice(0, 1) },
    { name: `cached REST: a series, ${many} addresses`, goal: 0.9, requests: lines },
    { name: `cached REST: a place, ${many} addresses`, goal: 0.9, requests: places },
    { name: `cached REST: a page of 100, ${fewer} addresses`, goal: 0.9, requests: listed },
    {
      ...{ name: `cached GraphQL GET: a series, ${many} addresses`, goal: 0.9 },
      requests: variables.map((one) => graphqlGet(ours, one)),
    },
    { name: `304: a series, ${many} addresses`, goal: 0.95, requests: lines, isHeld: true },
    {
      ...{ name: `cached GraphQL POST: a series, ${many} bodies`, goal: 0.5 },
      requests: variables.map((one) => graphqlPost(ours, one)),
    },
  ];
}
