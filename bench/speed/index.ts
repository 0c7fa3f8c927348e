/**
 * `npm run bench -- speed`: the service beside its peers, on a PostgreSQL of the benchmark's own, or those parts of it that
 * are named. `npm run bench:quick` only prints. See RESULTS.md.
 */
import { cached } from './cached.ts';
import { type Data, databaseOf } from './data.ts';
import { graphql } from './graphql.ts';
import type { Result } from './measure.ts';
import { memory } from './memory.ts';
import { type Part, type PartName, partNames, type Section } from './parts.ts';
import { startPostgres } from './postgres.ts';
import { conditions, tableOf, textOf, write } from './report.ts';
import { rest } from './rest.ts';
import { isQuick, settings } from './settings.ts';
import { sizes } from './sizes.ts';
import { start } from './start.ts';

const workloads =
  (title: string, text: string, run: (part: Part) => Promise<Result[]>) =>
  async (part: Part): Promise<Section> => {
    const raw = await run(part);
    const observations = (await part.data()).observations.toLocaleString('en');
    return { title, text: `${text} Among ${observations} observations.`, rows: tableOf(raw), raw };
  };

const parts: Record<PartName, (part: Part) => Promise<Section>> = {
  cached: workloads(
    'Cached answers',
    'Each address was asked before. The peer has a bare fastify route for each, which sends the same body, type and, for 304, tag.',
    cached,
  ),
  rest: workloads(
    'REST without the cache',
    'Thousands of different addresses in turns, which overrun a cache of one megabyte, so that each answer is made anew. The peer gives the same JSON, member by member, by the current state alone, and checks nothing; pgbench asks the same statements of it, and is the roof.',
    rest,
  ),
  graphql: workloads(
    'GraphQL without the cache',
    'The same facts of both, compared before. Series overrun the cache as with REST; for the others, of which there are few or which are small, it is off (`CACHE_MB=0`), so that the current release is read for each as well.',
    graphql,
  ),
  sizes,
  start,
  memory,
};

const slow: readonly PartName[] = ['sizes', 'start', 'memory'];

/** Those that are named, or all; of a quick run those that take no minutes. */
export async function speed(named: readonly PartName[]): Promise<void> {
  const server = await startPostgres(settings.folder);
  try {
    let made: Promise<Data> | undefined;
    const data = (): Promise<Data> => {
      made ??= databaseOf(server, settings.observations);
      return made;
    };
    console.log(`${conditions(server)}\n`);
    for (const name of partNames) {
      const isWanted = named.length > 0 ? named.includes(name) : !(isQuick && slow.includes(name));
      if (!isWanted) continue;
      const section = await parts[name]({ server, data });
      console.log(`\n${textOf(section)}`);
      if (!isQuick) write(name, section, server);
    }
  } finally {
    await server.stop();
  }
}
