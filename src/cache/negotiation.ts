/** What a client accepts, in either mouth: the media type that it likes best, and the encodings that it can read. */

interface Range {
  /** In lower case: `text/csv`, `text/*`, `gzip`, `*`. */
  name: string;
  parameters: ReadonlyMap<string, string>;
  quality: number;
}

/** Parts between a separator, which may stand in quotes, too. */
const listItem = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;
const parameterItem = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** Of the header `Accept` or `Accept-Encoding`. What is no quality is none: the range is refused. */
function rangesOf(header: string): Range[] {
  const items: string[] = header.match(listItem) ?? [];
  return items.map((item) => {
    const { name, parameters } = partsOf(item);
    const quality = Number(parameters.get('q') ?? 1);
    return { name, parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 };
  });
}

/** `text/csv; header=present` → its name and parameters, without regard to upper case. */
function partsOf(item: string): Pick<Range, 'name' | 'parameters'> {
  const [name = '', ...rest] = (item.match(parameterItem) ?? []).map((part) => part.trim().toLowerCase());
  const pairs = rest.map((part): [string, string] => {
    const [key = '', ...value] = part.split('=');
    return [key.trim(), value.join('=').trim().replaceAll(/^"|"$/g, '')];
  });
  return { name, parameters: new Map(pairs) };
}

/**
 * Of the media types that an address is served as, the one that a client with this `Accept` likes best, the first of
 * several; undefined: none. The most specific range that covers a type decides. A parameter counts where the type has
 * one of the name: `version=1.0.0` is not `version=2.0.0`, but `application/json; indent=2` is JSON.
 */
export function preferredOf<T extends string>(
  accept: string | undefined,
  served: readonly T[],
): T | undefined {
  if (accept === undefined || accept.trim() === '') return served[0];
  const ranges = rangesOf(accept);
  const rated = served.map((type) => ({ type, quality: qualityOf(type, ranges) }));
  return rated.filter(({ quality }) => quality > 0).sort((one, other) => other.quality - one.quality)[0]
    ?.type;
}

function qualityOf(type: string, ranges: readonly Range[]): number {
  const { name, parameters } = partsOf(type);
  const names = ['*/*', name.replace(/\/.*/, '/*'), name];
  let [quality, best] = [0, -1];
  for (const range of ranges) {
    const asked = [...range.parameters].filter(([key]) => parameters.has(key));
    const specific = names.indexOf(range.name) * 100 + asked.length;
    const fits = asked.every(([key, value]) => parameters.get(key) === value);
    if (fits && specific > best) [quality, best] = [range.quality, specific];
  }
  return quality;
}

/** What answers are sent in besides `identity`; the first is what a client gets that reads both. */
export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number] | 'identity';

/** Those that the client can read, the best first. Who says nothing reads what is not encoded. */
export function encodingsOf(acceptEncoding = ''): Encoding[] {
  const ranges = rangesOf(acceptEncoding.replaceAll('x-gzip', 'gzip'));
  const named = new Map(ranges.map((range) => [range.name, range.quality]));
  const others = named.get('*');
  return [
    ...encodings.filter((encoding) => (named.get(encoding) ?? others ?? 0) > 0),
    ...((named.get('identity') ?? others ?? 1) > 0 ? (['identity'] as const) : []),
  ];
}

interface Headers {
  getHeader(name: string): number | string | string[] | undefined;
  header(name: string, value: string): unknown;
}

/** Adds to `Vary` the headers of the request that the answer depends on. */
export function varyBy(reply: Headers, ...names: string[]): void {
  const said = `${reply.getHeader('vary') ?? ''}`.split(/,\s*/).filter((name) => name !== '');
  reply.header('vary', [...new Set([...said, ...names])].join(', '));
}
