/** What the answers of the OpenAPI document have in common: headers, and what they say when they fail. */
import { errorCodes } from '../errors.ts';
import type { Operation } from '../schema/operations.ts';
import { type Examples, examplesOf, problemsOf } from './openapi-examples.ts';
import type { Json } from './openapi-schemas.ts';
import { problemMediaType } from './problems.ts';

/** Those of any answer. */
const headers = {
  ETag: header('A strong tag of this answer, for `If-None-Match`.'),
  Link: header(
    '`rel="next"` leads to the next page, `rel="alternate"` on the first page to the list as a file, `rel="describedby"` to this document, and of a CSV file to its metadata.',
  ),
  'Govdata-Release': header(
    'The release of the data that the answer was made from; a page of a list says it in its body.',
  ),
  Deprecation: header(
    'Where the operation or an argument that was given is to go: since when that is told (RFC 9745); see `Link` with `rel="deprecation"`.',
  ),
  Sunset: header('When that goes, where it is decided (RFC 8594).'),
  'X-Request-Id': header('The id of the request in the log; sent back when the client sets it.'),
};

/** Those of an answer that fails with the status. */
const headersOfFailures: Readonly<Record<number, Json>> = {
  405: { Allow: header('The methods that the address answers.') },
  429: { 'Retry-After': header('Seconds after which a retry makes sense.') },
  503: { 'Retry-After': header('Seconds after which a retry makes sense.') },
};

/** Those of a file, besides those of any answer. */
const ofFiles = {
  'Content-Disposition': header('The name of the file.'),
  'Accept-Ranges': header('`none`: a part of a file is not sent.'),
};

export const headerComponents: Json = { ...headers, ...ofFiles };

/** By status, since that is how OpenAPI tells responses apart; the codes are in the description. */
const failures = {
  BadRequest: 400,
  NotFound: 404,
  NotAllowed: 405,
  NotAcceptable: 406,
  NotTheSame: 412,
  BodyTooLarge: 413,
  AddressTooLong: 414,
  NotJson: 415,
  TooMany: 429,
  Failed: 500,
  Unavailable: 503,
} as const;

export function otherResponses(operation: Operation): Json {
  return {
    ...(operation.method === 'POST' ? {} : { 304: { $ref: '#/components/responses/NotModified' } }),
    ...Object.fromEntries(
      failuresOf(operation).map((failure) => [
        failures[failure],
        { $ref: `#/components/responses/${failure}` },
      ]),
    ),
  };
}

/** What is asked in a body is not kept, so that it has no tag. */
export const headersOf = ({ method }: Operation): Json =>
  references(Object.keys(headers).filter((name) => method !== 'POST' || name !== 'ETag'));

export const headersOfFile = (): Json => references(Object.keys(headerComponents));

const references = (names: readonly string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

function failuresOf({ kind, path, method }: Operation): (keyof typeof failures)[] {
  const possible: Partial<Record<keyof typeof failures, boolean>> = {
    NotFound: kind === 'item',
    AddressTooLong: path.includes('{'),
    BodyTooLarge: method === 'POST',
    NotJson: method === 'POST',
    NotTheSame: method !== 'POST',
  };
  return (Object.keys(failures) as (keyof typeof failures)[]).filter((failure) => possible[failure] ?? true);
}

export const responseComponents = (examples: Examples): Json => ({
  NotModified: { description: 'The client has this answer already.', headers: references(['ETag']) },
  ...Object.fromEntries(
    Object.entries(failures).map(([name, status]) => [name, failureResponse(status, examples)]),
  ),
});

function failureResponse(status: number, examples: Examples): Json {
  const problems = problemsOf(status, examples);
  return {
    description: Object.entries(errorCodes)
      .filter(([code]) => Object.hasOwn(problems, code))
      .map(([code, { title }]) => `\`${code}\`: ${title}.`)
      .join('\n'),
    headers: { ...references(['X-Request-Id']), ...headersOfFailures[status] },
    content: {
      [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' }, ...examplesOf(problems) },
    },
  };
}

function header(about: string): Json {
  return { description: about, schema: { type: 'string' } };
}
