/** Checks that every node answers the release that the database holds, by asking their public API. */
import { type Check, fault, type Problem, rowsOf } from './check.ts';

interface Release {
  number: number;
  hash: string;
}

/** Milliseconds that a node is given to answer. */
const patience = 5000;

export const nodes: Check = {
  name: 'nodes',
  readsData: true,
  async run({ database, nodes }) {
    const [held] = await rowsOf<Release>(
      database,
      'select number, hash from releases order by number desc limit 1',
    );
    const problems = await Promise.all(nodes.map((node) => askNode(node, held)));
    const note = nodes.length === 0 ? 'none was named (--node)' : `${nodes.length} answer ${told(held)}`;
    return { note, problems: problems.flat() };
  },
};

async function askNode(node: string, held: Release | undefined): Promise<Problem[]> {
  const address = new URL('v1/releases?limit=1', node.endsWith('/') ? node : `${node}/`);
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(patience),
      headers: { connection: 'close' },
    });
    const text = await response.text();
    if (response.status !== 200) {
      return [fault(`${node} answers ${response.status}`, `Look at ${node}/readyz and at its log.`)];
    }
    const { items } = JSON.parse(text) as { items: Release[] };
    const [served] = items;
    if (served?.number === held?.number && served?.hash === held?.hash) return [];
    return [
      fault(
        `${node} answers ${told(served)}, the database holds ${told(held)}`,
        'See whether its DATABASE_URL is this database or a copy that lags; a node reads the number again by itself within seconds.',
      ),
    ];
  } catch (error) {
    const { message, cause } = Object(error);
    return [
      fault(
        `${node} cannot be asked: ${[message, Object(cause).code].filter(Boolean).join(', ')}`,
        'See whether it runs, and whether the address is right.',
      ),
    ];
  }
}

const told = (release: Release | undefined): string =>
  release === undefined ? 'no release' : `release ${release.number} (${release.hash.slice(0, 12)})`;
