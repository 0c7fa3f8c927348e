/** The OpenAPI 3.1 document of the REST mouth, derived from the contract. */
import type { TObject } from 'typebox';
import { type ErrorCode, errorCodes } from '../errors.ts';
import { paging } from '../schema/argument.ts';
import { contractVersion } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { Notice } from '../schema/notice.ts';
import { type Format, type Operation, operationNames, operationOf } from '../schema/operations.ts';
import { queryParameters } from './arguments.ts';
import { convert, type Json, nullable, problemSchema, reference, titleOf } from './openapi-schemas.ts';
import { mediaTypes, prefix } from './operations.ts';
import { problemMediaType } from './problems.ts';

const tags: Record<string, string> = {
  Places: 'Administrative units through time.',
  Bodies: 'Organisations and persons.',
  Plans: 'What was set out to do: themes, tasks, mottos, instruments, events.',
  Figures: 'What was measured, and where sources disagree.',
  Sources: 'Where each fact stands.',
  Service: 'Releases, search and limits.',
};

const description = `Structured governance data of Vietnamese provinces, districts and communes.

Every figure names the words of the document that it stands in. Lists answer \`{items, next, total,
release, notice}\`; hand \`next\` back as \`after\`, or follow the \`Link\` header. Values of a list argument
are separated by commas. Answers carry a strong \`ETag\`; a failure is a problem document (RFC 9457) whose
\`code\` is one of a closed list.`;

const headers = {
  ETag: header('A strong tag of this answer, for `If-None-Match`.'),
  Link: header('`rel="next"` leads to the next page, `rel="describedby"` to this document.'),
  'Govdata-Release': header('The release of the data that the answer was made from.'),
  'X-Request-Id': header('The id of the request in the log; sent back when the client sets it.'),
};

/** By status, since that is how OpenAPI tells responses apart; the codes are in the description. */
const failures = {
  BadRequest: 400,
  NotFound: 404,
  NotAllowed: 405,
  NotAcceptable: 406,
  BodyTooLarge: 413,
  AddressTooLong: 414,
  NotJson: 415,
  Failed: 500,
  Unavailable: 503,
} as const;

export function openApiDocument(): Json {
  const schemas: Record<string, Json> = { Problem: problemSchema() };
  const paths = Object.fromEntries(
    operationNames.flatMap((name) => {
      const operation = operationOf(name);
      const files = (operation.formats ?? []).map((format) => [
        `${prefix}${operation.path}.${format}`,
        { get: fileObject(name, format, operation, schemas) },
      ]);
      return [
        [`${prefix}${operation.path}`, { [methodOf(operation)]: operationObject(name, operation, schemas) }],
        ...files,
      ];
    }),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'govdata',
      version: contractVersion,
      summary: 'Governance data with its paper trail',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The service that serves this document.' }],
    tags: Object.entries(tags).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      headers,
      responses: Object.fromEntries(
        Object.entries(failures).map(([name, status]) => [name, failureResponse(status)]),
      ),
    },
  };
}

function operationObject(name: string, operation: Operation, schemas: Record<string, Json>): Json {
  const record = reference(operation.of, schemas);
  const result = operation.kind === 'list' ? envelope(operation.of, record, schemas) : record;
  return {
    operationId: name,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.order === undefined ? {} : { description: `Ordered ${operation.order}.` }),
    ...(operation.method === 'POST'
      ? { requestBody: bodyOf(operation, schemas) }
      : { parameters: parametersOf(operation, schemas) }),
    responses: {
      200: {
        description: operation.kind === 'list' ? 'A page of the list.' : 'The record.',
        headers: headersOf(operation),
        content: { 'application/json': { schema: result }, ...fileContent(operation.formats ?? []) },
      },
      ...otherResponses(operation),
    },
  };
}

/** The whole list as a file: at an address of its own, and at that of the pages for who accepts nothing else. */
function fileObject(name: string, format: Format, operation: Operation, schemas: Record<string, Json>): Json {
  return {
    operationId: `${name}As${format.charAt(0).toUpperCase()}${format.slice(1)}`,
    tags: [operation.tag],
    summary: `${operation.summary}, all of it as ${format.toUpperCase()}`,
    description: `Ordered ${operation.order}. ${fileHelp[format]}`,
    parameters: parametersOf(operation, schemas).filter(
      ({ name: one }) => !Object.hasOwn(paging, String(one)) || (format === 'ndjson' && one === 'after'),
    ),
    responses: {
      200: { description: 'The file.', headers: headersOf(operation), content: fileContent([format]) },
      ...otherResponses(operation),
    },
  };
}

const fileHelp: Record<Format, string> = {
  csv: 'One column for each member of the item, those of nested members joined by `_` (`from_code`); values of a list are joined by `;`, null is empty.',
  ndjson:
    'One record a line, as in a page, each with its `cursor`. A transfer that was cut off goes on behind the last whole line, in the same release, with the cursor of that line as `after`.',
};

function fileContent(formats: readonly Format[]): Json {
  return Object.fromEntries(
    formats.map((format) => [
      mediaTypes[format],
      { schema: { type: 'string', description: fileHelp[format] } },
    ]),
  );
}

function otherResponses(operation: Operation): Json {
  return {
    ...(operation.method === 'POST' ? {} : { 304: { description: 'The client has this answer already.' } }),
    ...Object.fromEntries(
      failuresOf(operation).map((failure) => [
        failures[failure],
        { $ref: `#/components/responses/${failure}` },
      ]),
    ),
  };
}

const methodOf = ({ method }: Operation): string => (method ?? 'GET').toLowerCase();

/** What is asked in a body is not kept, so that it has no tag. */
function headersOf({ method }: Operation): Json {
  const names = Object.keys(headers).filter((name) => method !== 'POST' || name !== 'ETag');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function failuresOf({ kind, path, method }: Operation): (keyof typeof failures)[] {
  const possible: Partial<Record<keyof typeof failures, boolean>> = {
    NotFound: kind === 'item',
    AddressTooLong: path.includes('{'),
    BodyTooLarge: method === 'POST',
    NotJson: method === 'POST',
  };
  return (Object.keys(failures) as (keyof typeof failures)[]).filter((failure) => possible[failure] ?? true);
}

function bodyOf(operation: Operation, schemas: Record<string, Json>): Json {
  const all = { ...operation.args, properties: queryParameters(operation) };
  const content = { schema: convert(all, schemas, true), example: operation.example };
  return {
    description: 'The arguments, as one JSON object.',
    required: true,
    content: { 'application/json': content },
  };
}

function parametersOf(operation: Operation, schemas: Record<string, Json>): Json[] {
  const inQuery = queryParameters(operation);
  const required: readonly string[] = operation.args.required ?? [];
  return Object.entries({ ...operation.args.properties, ...inQuery }).map(([name, schema]) => {
    const { description: about, ...rest } = convert(schema, schemas, true);
    const example = operation.example[name];
    return {
      name,
      in: Object.hasOwn(inQuery, name) ? 'query' : 'path',
      required: required.includes(name),
      description: about,
      ...(rest['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: rest,
      ...(example === undefined ? {} : { example }),
    };
  });
}

function envelope(of: TObject, record: Json, schemas: Record<string, Json>): Json {
  const name = `${titleOf(of)}Page`;
  schemas[name] ??= {
    type: 'object',
    description: `A page of a list of ${titleOf(of)}.`,
    required: ['items', 'next', 'total', 'release', 'notice'],
    properties: {
      items: { type: 'array', items: record, description: 'The records of this page.' },
      next: { type: ['string', 'null'], description: 'To be given as `after`; null on the last page.' },
      total: {
        type: ['integer', 'null'],
        description: `How many records the list has; null above ${limits.totalExactTo}.`,
      },
      totalAtLeast: { type: 'integer', description: 'How many it has at least, where total is null.' },
      release: { type: 'integer', description: 'The release of the data; 0 before the first.' },
      notice: nullable(reference(Notice, schemas)),
    },
  };
  return { $ref: `#/components/schemas/${name}` };
}

function failureResponse(status: number): Json {
  const codes = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => errorCodes[code].status === status);
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join('\n'),
    content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function header(about: string): Json {
  return { description: about, schema: { type: 'string' } };
}
