/** Whether an answer of GraphQL is one that the contract knows, and of the shape that its document asks for. */
import { isDeepStrictEqual } from 'node:util';
import { executeSync, type GraphQLSchema, parse } from 'graphql';
import { errorCodes } from '../../src/errors.ts';
import { essenceOf } from './document.ts';
import type { GraphqlDocument } from './graphql-document.ts';
import type { Answer } from './service.ts';

interface Told {
  message: string;
  path?: unknown;
  extensions: {
    code: string;
    parameter?: string;
    title?: string;
    status?: number;
    detail?: string;
    requestId?: string;
  };
}
export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: Told[];
  extensions?: unknown;
}

/** What only the inside knows. What a client sent may be repeated, and says none of it. */
const inside =
  /node_modules|\/src\/|file:\/\/|\bat [\w.<>]+ \(|SQLSTATE|\brelation "|syntax error at or near|Cannot (?:read|destructure)|is not a function|is not iterable|\$\d+ = /;
const whole = 'application/graphql-response+json';
const types = ['application/json', whole];

export const answersOf = ({ body }: Answer): GraphqlAnswer[] => [JSON.parse(body.toString('utf8'))].flat();
export const codesOf = (answer: Answer): string[] =>
  answersOf(answer).flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));

/** What is wrong with an answer, whatever was asked. */
export function faultsOfAnswer(answer: Answer): string[] {
  const { status, headers, body } = answer;
  const type = essenceOf(`${headers['content-type']}`);
  const text = body.toString('utf8');
  const faults = [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(inside.test(text) ? [`it tells of the inside: ${inside.exec(text)?.[0]}`] : []),
    ...(`${headers['x-request-id'] ?? ''}` === '' ? ['no X-Request-Id'] : []),
  ];
  if (type === 'application/problem+json') return [...faults, ...problemFaults(text, status)];
  if (!types.includes(type)) return [...faults, `the type is ${type}`];
  let answers: GraphqlAnswer[];
  try {
    answers = answersOf(answer);
  } catch {
    return [...faults, `it is no JSON: ${text.slice(0, 100)}`];
  }
  return [...faults, ...answers.flatMap((one) => shapeFaults(one, status, type, answers.length > 1))];
}

function problemFaults(text: string, status: number): string[] {
  const { code, status: said } = JSON.parse(text);
  const known = errorCodes[code as keyof typeof errorCodes];
  return known?.status === status && said === status
    ? []
    : [`the problem is ${code} ${said}, HTTP ${status}`];
}

function shapeFaults(answer: GraphqlAnswer, status: number, type: string, ofBatch: boolean): string[] {
  const { data, errors, ...more } = answer;
  const strange = Object.keys(more).filter((key) => key !== 'extensions');
  const faults = strange.map((key) => `it has a member ${key}`);
  if (data === undefined && errors === undefined) faults.push('it has neither data nor errors');
  if (errors?.length === 0) faults.push('its errors are none');
  for (const error of errors ?? []) faults.push(...errorFaults(error));
  const refused = data === undefined ? errors?.[0]?.extensions.code : undefined;
  const expected = refused === undefined ? 200 : errorCodes[refused as keyof typeof errorCodes]?.status;
  if (type === whole && !ofBatch && status !== expected && status !== 200)
    faults.push(`${status} for ${refused}`);
  return faults;
}

function errorFaults({ message, extensions, path, ...more }: Told): string[] {
  const { code, title, status, detail, requestId } = extensions;
  const known = errorCodes[code as keyof typeof errorCodes];
  if (known === undefined) return [`the code ${code} is not known`];
  const faults = Object.keys(more)
    .filter((key) => key !== 'locations')
    .map((key) => `the error has a member ${key}`);
  if (known.status >= 500) faults.push(`${code}: ${message}`);
  if (known.title !== title || known.status !== status) faults.push(`${code} says ${title} ${status}`);
  if (typeof message !== 'string' || message === '' || typeof detail !== 'string')
    faults.push('it says nothing');
  if (typeof requestId !== 'string') faults.push('the error has no request id');
  if (path !== undefined && !Array.isArray(path)) faults.push('its path is none');
  return faults;
}

/**
 * The document executed once more by graphql itself, on the answer: what comes of it is the answer again if all of it
 * was asked for, is of its type, and stands in the order of the document.
 */
export function shapeFaultsOf(
  schema: GraphQLSchema,
  asked: GraphqlDocument,
  { data }: GraphqlAnswer,
): string[] {
  if (data === undefined || data === null) return [];
  const again = executeSync({
    schema,
    document: parse(asked.query),
    rootValue: data,
    variableValues: asked.variables,
    operationName: asked.operationName ?? null,
    fieldResolver: (source, _args, _context, { path }) => source[path.key],
    typeResolver: ({ __typename }) => __typename,
  });
  const text = JSON.stringify(again.data);
  if (again.errors === undefined && text === JSON.stringify(data)) return [];
  const why =
    again.errors?.[0]?.message ??
    (isDeepStrictEqual(JSON.parse(text), data) ? 'in another order' : 'more, or less');
  return [`it is not what the document asks for: ${why}`];
}
