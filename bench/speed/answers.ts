/** Answers as they come, and that two programs answer alike: else they would not be measured side by side. */
import { isDeepStrictEqual } from 'node:util';
import type { Asked } from './load.ts';

export async function ask(
  address: string,
  { method = 'GET', path, headers = {}, body }: Asked,
): Promise<Response> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'accept-encoding': 'identity', accept: '*/*', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  if (response.status !== 200) {
    throw new Error(`${method} ${path}: ${response.status} ${(await response.text()).slice(0, 500)}`);
  }
  return response;
}

export async function jsonOf(address: string, asked: Asked): Promise<unknown> {
  const found = (await (await ask(address, asked)).json()) as { errors?: unknown };
  if (found.errors !== undefined) throw new Error(`${asked.body}: ${JSON.stringify(found.errors)}`);
  return found;
}

/** How many are compared. */
const some = 25;

export interface Side {
  address: string;
  requests: readonly Asked[];
  /** Of an answer what is compared; the whole when left out. */
  facts?: (answer: unknown) => unknown;
}

/** Throws where the facts of two answers differ. */
export async function agree(what: string, ours: Side, theirs: Side): Promise<void> {
  for (const [index, asked] of ours.requests.slice(0, some).entries()) {
    const other = theirs.requests[index];
    if (other === undefined) throw new Error(`${what}: there are fewer questions for the peer`);
    const [one, two] = [
      (ours.facts ?? whole)(await jsonOf(ours.address, asked)),
      (theirs.facts ?? whole)(await jsonOf(theirs.address, other)),
    ];
    if (isDeepStrictEqual(one, two)) continue;
    throw new Error(`${what}: the answers to ${asked.path} differ:\n${difference(one, two).join('\n')}`);
  }
}

/** Where the texts of both begin to differ. */
function difference(one: unknown, two: unknown): string[] {
  const [first = '', second = ''] = [one, two].map((facts) => JSON.stringify(facts) ?? 'nothing');
  const at = [...first].findIndex((letter, index) => letter !== second[index]);
  return [first, second].map((text) => text.slice(Math.max(0, at - 100), at + 300));
}

const whole = (answer: unknown): unknown => answer;
