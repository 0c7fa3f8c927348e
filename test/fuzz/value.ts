/** Arguments as they are written into an address or a body, and the question that they make. */
import type { DescribedOperation, Json, OpenApi, Parameter } from './document.ts';
import type { Question } from './service.ts';

export interface Value {
  /** As it stands in an address, percent-encoded, if it is. */
  raw: string;
  /** As it stands in a body. */
  json: unknown;
}

export interface Argument {
  parameter: Parameter;
  value: Value;
}

/** What is asked, before it is put into words. */
export interface Inquiry {
  operation: DescribedOperation;
  args: readonly Argument[];
  /** Further pieces of the query, as they stand in it. */
  extra?: readonly string[];
  method?: 'GET' | 'HEAD' | 'POST';
  accept?: string;
  ifNoneMatch?: string;
}

/** A text as it is written by a client; what is no Unicode becomes bytes that are no UTF-8. */
export function encoded(text: string): string {
  return [...text]
    .map((one) => (/^[\ud800-\udfff]$/.test(one) ? '%ED%A0%80' : encodeURIComponent(one)))
    .join('');
}

export const textValue = (text: string): Value => ({ raw: encoded(text), json: text });

/** A value of the schema, as the document says that it is written: values of a list separated by commas. */
export const writtenAs = (value: unknown): Value => ({
  raw: Array.isArray(value) ? value.map((one) => encoded(String(one))).join(',') : encoded(String(value)),
  json: value,
});

export function questionOf({ operation, args, extra = [], method, accept, ifNoneMatch }: Inquiry): Question {
  const headers = {
    ...(accept === undefined ? {} : { accept }),
    ...(ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch }),
  };
  let path = operation.path;
  for (const { parameter, value } of args) {
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, () => value.raw);
  }
  const pieces = args
    .filter(({ parameter }) => parameter.in === 'query')
    .map(({ parameter, value }) => `${parameter.name}=${value.raw}`);
  const query = [...pieces, ...extra].join('&');
  const target = query === '' ? path : `${path}?${query}`;
  if (operation.method === 'GET') return { method: method ?? 'GET', target, headers };
  const body = Object.fromEntries(args.map(({ parameter, value }) => [parameter.name, value.json]));
  return {
    method: 'POST',
    target,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** What a reader of the document makes of a text: a whole number where one is written, a list where there may be one. */
export function readAs({ schema, items, in: place }: Parameter, { raw, json }: Value): unknown {
  if (place === 'body') return json;
  const text = decoded(raw, place === 'query');
  if (text === undefined) return undefined;
  const one = (part: string, { type }: Json): unknown =>
    type === 'integer' && /^(0|-?[1-9]\d*)$/.test(part) ? Number(part) : part;
  return items === undefined ? one(text, schema) : text.split(',').map((part) => one(part, items));
}

/** Undefined: it cannot be decoded. */
export function decoded(raw: string, plusIsBlank: boolean): string | undefined {
  try {
    return decodeURIComponent(plusIsBlank ? raw.replaceAll('+', ' ') : raw);
  } catch {
    return undefined;
  }
}

/** The arguments that the document does not allow. */
export const refusedBy = (openApi: OpenApi, args: readonly Argument[]): Argument[] =>
  args.filter(({ parameter, value }) => {
    const read = readAs(parameter, value);
    // In a body null is as if it were left out.
    if (parameter.in === 'body' && read === null) return false;
    return read === undefined || openApi.faultOf(parameter.schema, read) !== undefined;
  });
