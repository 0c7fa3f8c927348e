/** The OpenAPI 3.1 document of the REST mouth, derived from the contract. */
import type { TObject } from 'typebox';
import { paging } from '../schema/argument.ts';
import { contractVersion } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { type Format, formatOf, formatsOf } from '../schema/formats.ts';
import { Notice } from '../schema/notice.ts';
import { type Operation, operationNames, operationOf } from '../schema/operations.ts';
import { queryParameters, readValue } from './arguments.ts';
import { metadataSuffix } from './formats/csvw.ts';
import { type Examples, examplesOf, readExamples } from './openapi-examples.ts';
import { metadataObject } from './openapi-files.ts';
import {
  headerComponents,
  headersOf,
  headersOfFile,
  otherResponses,
  responseComponents,
} from './openapi-responses.ts';
import {
  aboutDeprecated,
  convert,
  type Json,
  nullable,
  problemSchema,
  reference,
  titleOf,
} from './openapi-schemas.ts';
import { prefix } from './operations.ts';

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

const aboutFiles =
  'For programs: [`/openapi.json`](/openapi.json), which has the addresses of all lists as files, too.';

/** `files`: with the addresses of whole lists as files, which are three in four of all. */
export function openApiDocument({ files = true }: { files?: boolean } = {}): Json {
  const schemas: Record<string, Json> = { Problem: problemSchema() };
  const examples = readExamples();
  const paths = Object.fromEntries(
    operationNames.flatMap((name) => {
      const operation = operationOf(name);
      return [
        [
          `${prefix}${operation.path}`,
          { [methodOf(operation)]: operationObject(name, operation, schemas, examples) },
        ],
        ...(files ? filesOf(name, operation, schemas) : []),
      ];
    }),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'govdata',
      version: contractVersion,
      summary: 'Governance data with its paper trail',
      description: files ? description : `${description}\n\n${aboutFiles}`,
      contact: { name: 'Whoever runs this service' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The service that serves this document.' }],
    // All that is published is open to all.
    security: [],
    tags: Object.entries(tags).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      headers: headerComponents,
      responses: responseComponents(examples),
    },
  };
}

/** A list is a file in each of its formats, and its CSV has its metadata beside it. */
function filesOf(name: string, operation: Operation, schemas: Record<string, Json>): [path: string, Json][] {
  if (operation.kind !== 'list') return [];
  const fileIn = (format: Format): Json => fileObject(name, format, operation, schemas);
  const at = (suffix: string, get: Json): [path: string, Json] => [
    `${prefix}${operation.path}.${suffix}`,
    { get: { ...get, ...markOf(operation) } },
  ];
  return [
    ...formatsOf(operation).map((format) => at(formatOf(format).suffix, fileIn(format))),
    at(metadataSuffix, metadataObject(fileIn('csv'))),
  ];
}

function operationObject(
  name: string,
  operation: Operation,
  schemas: Record<string, Json>,
  { answers }: Examples,
): Json {
  const record = reference(operation.of, schemas);
  const result = operation.kind === 'list' ? envelope(operation.of, record, schemas) : record;
  const answer = answers[name];
  return {
    operationId: name,
    tags: [operation.tag],
    ...aboutOperation(operation),
    ...(operation.method === 'POST'
      ? { requestBody: bodyOf(operation, schemas) }
      : { parameters: parametersOf(operation, schemas) }),
    responses: {
      200: {
        description: operation.kind === 'list' ? 'A page of the list.' : 'The record.',
        headers: headersOf(operation),
        content: {
          'application/json': { schema: result, ...examplesOf(answer === undefined ? {} : { answer }) },
          ...fileContent(formatsOf(operation)),
        },
      },
      ...otherResponses(operation),
    },
  };
}

/** A file goes with its operation. */
const markOf = (operation: Operation): Json =>
  operation['x-deprecated'] === undefined ? {} : { deprecated: true };

/** The first sentence of the summary stands in lists of operations, so that it is short; the rest goes below. */
function aboutOperation(operation: Operation): Json {
  const [summary, ...more] = operation.summary.split('. ');
  const { kind, order, 'x-deprecated': deprecation } = operation;
  const answers = {
    list: `A list, ordered ${order}; \`notice\` says why it is empty or surprising. All of it is a file at this path with ${suffixesOf(operation)} behind it.`,
    item: 'One record; 404 where there never was such a one.',
    value: 'There is always an answer.',
  };
  return { summary, ...aboutDeprecated([...more, answers[kind]].join(' '), deprecation) };
}

const suffixesOf = (operation: Operation): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    formatsOf(operation).map((format) => `\`.${formatOf(format).suffix}\``),
  );

/** The whole list as a file: at an address of its own, and at that of the pages for who accepts nothing else. */
function fileObject(name: string, format: Format, operation: Operation, schemas: Record<string, Json>): Json {
  const { title, about, resumable } = formatOf(format);
  return {
    operationId: `${name}As${format.charAt(0).toUpperCase()}${format.slice(1)}`,
    tags: [operation.tag],
    summary: `${operation.summary}, all of it as ${title}`,
    description: `Ordered ${operation.order}. ${about}`,
    parameters: parametersOf(operation, schemas).filter(
      ({ name: one }) => !Object.hasOwn(paging, String(one)) || (resumable && one === 'after'),
    ),
    responses: {
      200: {
        description: 'The file.',
        headers: headersOfFile(),
        content: fileContent([format]),
      },
      ...otherResponses(operation),
    },
  };
}

function fileContent(formats: readonly Format[]): Json {
  return Object.fromEntries(
    formats.map((format) => {
      const { mediaType, about, content } = formatOf(format);
      const type = content === undefined ? {} : { type: content };
      return [mediaType, { schema: { ...type, description: about } }];
    }),
  );
}

const methodOf = ({ method }: Operation): string => (method ?? 'GET').toLowerCase();

function bodyOf(operation: Operation, schemas: Record<string, Json>): Json {
  const all = { ...operation.args, properties: queryParameters(operation) };
  const asked = { summary: 'Arguments that find something.', value: operation.example };
  const content = { schema: convert(all, schemas, true), examples: { asked } };
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
    const { description, deprecated, ...rest } = convert(schema, schemas, true);
    const example = operation.example[name];
    return {
      name,
      in: Object.hasOwn(inQuery, name) ? 'query' : 'path',
      required: required.includes(name),
      description,
      ...(deprecated === undefined ? {} : { deprecated }),
      ...(rest['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: rest,
      ...(example === undefined ? {} : { example: readValue(String(example), schema) }),
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
      notice: nullable(reference(Notice, schemas), 'Why the list is empty or surprising; else null.'),
    },
  };
  return { $ref: `#/components/schemas/${name}` };
}
