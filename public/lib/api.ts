/** Questions to the public REST API, typed by its OpenAPI document. */
import { useEffect, useState } from 'preact/hooks';
import type { components, paths } from '../generated/api';
import { useRoute } from './route';

export type Schemas = components['schemas'];
export type Names = Schemas['Names'];

type Gets = {
  [P in keyof paths]: paths[P] extends { get: { responses: { 200: unknown } } } ? P : never;
}[keyof paths];
type Operation<P extends Gets> = paths[P] extends { get: infer O } ? O : never;
type Parameters<P extends Gets> = Operation<P> extends { parameters: infer A } ? A : never;
type QueryOf<P extends Gets> = Parameters<P> extends { query?: infer Q } ? NonNullable<Q> : never;
type PathOf<P extends Gets> = Parameters<P> extends { path: infer A } ? A : never;
export type Answer<P extends Gets> =
  Operation<P> extends { responses: { 200: { content: { 'application/json': infer B } } } } ? B : never;

interface Question<P extends Gets> {
  query?: QueryOf<P>;
  path?: PathOf<P> & object;
}

/** What became of a question. */
export type Asked<T> =
  | { state: 'waiting' }
  | { state: 'failed'; problem: Failure; retry: () => void }
  | { state: 'here'; data: T; address: string };

export interface Failure {
  status: number | undefined;
  title: string;
  detail: string | undefined;
}

/** Answers by address, so that going back shows a page at once. */
const known = new Map<string, unknown>();
const mostKnown = 200;

/** The REST address of a question, as it is asked: `/v1/targets?place=place:bao-yen-087`. */
export function restAddress(
  path: string,
  { query = {}, path: parts = {} }: { query?: object; path?: Readonly<Record<string, unknown>> } = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeId(String(parts[name])));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeId([value].flat().join(','))}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}

const encodeId = (text: string): string =>
  encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%40', '@');

/** Asks as of the release of the page, and again when the question changes; of what is undefined nothing is asked. */
export function useAsk<P extends Gets>(path: P, question: Question<P> | undefined): Asked<Answer<P>> {
  const release = useRoute().query.get('release');
  const query = { ...question?.query, ...(release === null ? {} : { release }) };
  return useAnswer(question && restAddress(path, { query, path: { ...question.path } }));
}

/** A GraphQL document, asked by GET, so that a cache may hold the answer. It takes the release as `$release`. */
export function useGraphql<T>(document: string, variables: Readonly<Record<string, unknown>>): Asked<T> {
  const release = useRoute().query.get('release');
  const given = { ...variables, release: release === null ? null : Number(release) };
  const asked = useAnswer<{ data: T }>(
    `/graphql?query=${encodeURIComponent(document)}&variables=${encodeURIComponent(JSON.stringify(given))}`,
  );
  return asked.state === 'here' ? { ...asked, data: asked.data.data } : asked;
}

/** The answer of an earlier address is not shown for a later one. */
function useAnswer<T>(address: string | undefined): Asked<T> {
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ address: string; asked: Asked<T> }>();
  useEffect(() => {
    if (address === undefined || known.has(address)) return undefined;
    const gone = new AbortController();
    const tell = (asked: Asked<T>) => {
      if (!gone.signal.aborted) setAnswer({ address, asked });
    };
    void ask<T>(address, gone.signal).then(
      (data) => {
        if (known.size >= mostKnown) known.clear();
        known.set(address, data);
        tell({ state: 'here', data, address });
      },
      (error: unknown) => {
        const retry = () => {
          setAnswer(undefined);
          setTries((count) => count + 1);
        };
        tell({ state: 'failed', problem: failureOf(error), retry });
      },
    );
    return () => gone.abort();
  }, [address, tries]);
  if (address !== undefined && known.has(address))
    return { state: 'here', data: known.get(address) as T, address };
  return answer?.address === address && answer ? answer.asked : { state: 'waiting' };
}

/** Throws a {@link Refusal} with the problem document that the service answers with. */
export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(address, { headers: { accept: 'application/json' }, signal: signal ?? null });
  const body: unknown = await response.json();
  if (!response.ok) throw new Refusal(response.status, body);
  return body as T;
}

class Refusal extends Error {
  readonly status: number;
  readonly problem: unknown;

  constructor(status: number, problem: unknown) {
    super(`${status}`);
    this.status = status;
    this.problem = problem;
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Refusal)) return { status: undefined, title: '', detail: undefined };
  const { title = '', detail } = Object(error.problem) as { title?: string; detail?: string };
  return { status: error.status, title, detail };
}
