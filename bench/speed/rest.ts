/** Uncached REST: a place, a series, a page of a hundred, beside the hand-written peer, and pgbench with its statements. */
import { agree } from './answers.ts';
import { get } from './load.ts';
import { measure, overHttp, type Result } from './measure.ts';
import type { Part } from './parts.ts';
import { pgbench } from './pgbench.ts';
import { pagePaths, peerPagePath, placePath, readQuestions, seriesPath } from './questions.ts';
import { Servers } from './servers.ts';
import { statements } from './statements.ts';

export async function rest({ server, data }: Part): Promise<Result[]> {
  const { url } = await data();
  const servers = new Servers();
  const results: Result[] = [];
  try {
    const service = await servers.service(url, { cache: 'overrun' });
    const byHand = await servers.byHand(url);
    const { communes, series, pages } = await readQuestions(url);
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const places = communes.map(placePath);
    const kinds = [
      {
        name: 'REST: one place',
        ...{ ours: places, theirs: places, statement: statements.place },
        questions: communes.map((code) => [code, today]),
      },
      {
        name: 'REST: one series',
        ...{ ours: series.map(seriesPath), theirs: series.map(seriesPath), statement: statements.series },
        questions: series.map(({ indicator, place }) => [indicator, place, today]),
      },
      {
        name: 'REST: a page of 100',
        ours: await pagePaths(service.address, pages),
        ...{ theirs: pages.map(peerPagePath), statement: statements.page },
        questions: pages.map(({ indicator, start }) => [indicator, start]),
      },
    ];
    for (const { name, ours, theirs, statement, questions } of kinds) {
      const [asked, askedPeer] = [ours, theirs].map((paths) => paths.map((path) => get(path))) as [
        ReturnType<typeof get>[],
        ReturnType<typeof get>[],
      ];
      await agree(
        name,
        { address: service.address, requests: asked },
        { address: byHand.address, requests: askedPeer },
      );
      results.push(
        ...(await measure({
          ...{ name, goal: 1 },
          contenders: [
            overHttp('govdata', service, asked, server.pid),
            overHttp('fastify + pg by hand', byHand, askedPeer, server.pid),
            pgbench(name, server, url, statement, questions),
          ],
        })),
      );
    }
    return results;
  } finally {
    await servers.stop();
  }
}
