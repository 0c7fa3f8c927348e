/** What a service answers to every operation of the contract, to be compared with what another one does. */
import { type OperationName, operationNames, operationOf } from '../../src/schema/operations.ts';
import { restAddress } from '../both-mouths.ts';

type Body = Record<string, unknown>;

interface Answer {
  status: number;
  etag: string | null;
  body: Body;
}

/** Arguments of operations that cannot be asked without, in the tiny country of the tests. */
const needed: Partial<Record<OperationName, Record<string, string>>> = {
  placesCrosswalk: { from: '2025-06-30', to: '2025-07-01' },
  search: { q: 'an khe' },
  series: { indicator: 'budget', place: 'place:song-hoa-71' },
  coverage: { place: 'district:701' },
  scorecard: { place: 'district:701', year: '2024' },
};

/** Lists and values as they are, and of what is asked for by a name the first few that lists hold. */
export async function answersOf(address: string): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  const ask = async (path: string): Promise<Body> => {
    const response = await fetch(`${address}${path}`);
    const body = (await response.json()) as Body;
    answers[path] = {
      status: response.status,
      etag: response.headers.get('etag'),
      body: { ...body, requestId: '' },
    };
    return body;
  };
  for (const name of operationNames) {
    const { method, path } = operationOf(name);
    if (method === 'POST' || path.includes('{')) continue;
    const body = await ask(restAddress(name, needed[name] ?? {}));
    const items = (body['items'] ?? []) as Body[];
    for (const { id, code } of items.slice(0, 3)) {
      for (const one of operationNames.filter((item) => operationOf(item).path.startsWith(`${path}/{`))) {
        const key = /\{(\w+)\}/.exec(operationOf(one).path)?.[1] as string;
        await ask(restAddress(one, { [key]: `${key === 'code' ? code : id}` }));
      }
    }
  }
  return answers;
}
