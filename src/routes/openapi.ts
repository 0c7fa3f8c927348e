/** The OpenAPI 3.1 document of the REST mouth, derived from the contract. */
import type { TObject, TSchema } from 'typebox';
import { type ErrorCode, errorCodes } from '../errors.ts';
import { contractVersion } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { Notice } from '../schema/notice.ts';
import { type Operation, operationNames, operationOf } from '../schema/operations.ts';
import { queryParameters } from './arguments.ts';
import { prefix } from './operations.ts';
import { problemMediaType } from './problems.ts';

type Json = { [key: string]: unknown };

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
  AddressTooLong: 414,
  Failed: 500,
  Unavailable: 503,
} as const;

export function openApiDocument(): Json {
  const schemas: Record<string, Json> = { Problem: problemSchema() };
  const paths = Object.fromEntries(
    operationNames.map((name) => [
      `${prefix}${operationOf(name).path}`,
      { get: operationObject(name, operationOf(name), schemas) },
    ]),
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
    parameters: parametersOf(operation, schemas),
    responses: {
      200: {
        description: operation.kind === 'list' ? 'A page of the list.' : 'The record.',
        headers: Object.fromEntries(
          Object.keys(headers).map((each) => [each, { $ref: `#/components/headers/${each}` }]),
        ),
        content: { 'application/json': { schema: result } },
      },
      304: { description: 'The client has this answer already.' },
      ...Object.fromEntries(
        Object.entries(failures)
          .filter(([failure]) => operation.kind === 'item' || failure !== 'NotFound')
          .filter(([failure]) => operation.path.includes('{') || failure !== 'AddressTooLong')
          .map(([failure, status]) => [status, { $ref: `#/components/responses/${failure}` }]),
      ),
    },
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

/** A published shape or enum becomes a component under its title, once. */
function reference(schema: TSchema, schemas: Record<string, Json>): Json {
  const title = titleOf(schema);
  if (!Object.hasOwn(schemas, title)) {
    schemas[title] = {};
    schemas[title] = convert(schema, schemas, true);
  }
  return { $ref: `#/components/schemas/${title}` };
}

/** `whole`: the schema itself is wanted, not a reference to its component. */
function convert(schema: TSchema, schemas: Record<string, Json>, whole = false): Json {
  const { title, 'x-words': words, properties, items, anyOf, ...rest } = schema as TSchema & Json;
  if (typeof title === 'string' && !whole) return reference(schema, schemas);
  const each = (part: unknown): Json => convert(part as TSchema, schemas);
  if (words !== undefined) return { type: 'string', ...rest, description: meanings(rest, words as Json) };
  if (Array.isArray(anyOf)) return { ...rest, anyOf: anyOf.map(each) };
  if (items !== undefined) return { ...rest, items: each(items) };
  if (properties === undefined) return rest;
  const converted = Object.entries(properties as Json).map(([name, part]) => [name, each(part)]);
  return { ...rest, properties: Object.fromEntries(converted) };
}

function meanings(rest: Json, words: Json): string {
  const list = Object.entries(words).map(([word, meaning]) => `- \`${word}\`: ${meaning}`);
  return [rest['description'], '', ...list].join('\n');
}

function problemSchema(): Json {
  const text = (about: string): Json => ({ type: 'string', description: about });
  return {
    type: 'object',
    description: 'A problem document (RFC 9457).',
    required: ['type', 'code', 'status', 'title', 'detail', 'requestId'],
    properties: {
      type: text('Where the code is explained.'),
      code: { type: 'string', enum: Object.keys(errorCodes), description: 'What went wrong; never renamed.' },
      status: { type: 'integer', description: 'The HTTP status.' },
      title: text('What the code means.'),
      detail: text('What went wrong this time.'),
      parameter: text('The argument at fault.'),
      suggestion: text('What was probably meant.'),
      instance: text('The path that was asked for.'),
      requestId: text('The id of the request in the log of the service.'),
    },
  };
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

function nullable(schema: Json): Json {
  return { anyOf: [schema, { type: 'null' }] };
}

function titleOf(schema: TSchema): string {
  return String((schema as Json)['title']);
}
