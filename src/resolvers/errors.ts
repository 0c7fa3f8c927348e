/** Failures on their way out of the GraphQL mouth: each with the body that REST gives it, in `extensions`. */
import type { FastifyRequest } from 'fastify';
import {
  type ArgumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { type ErrorCode, errorBody, PublicError, toPublicError } from '../errors.ts';

/** What graphql's messages mean; the group is the argument at fault, or with `$` the variable. */
const meanings: readonly [message: RegExp, code: ErrorCode][] = [
  [/^Syntax Error: /, 'graphql_syntax'],
  [/^Unknown argument "(\w+)"/, 'unknown_argument'],
  [/^There can be only one argument named "(\w+)"/, 'repeated_argument'],
  [/ argument "(\w+)" of type .+ is required, but it was not provided/, 'missing_argument'],
  [/^Argument "(\w+)" of (?:required|non-null) type /, 'missing_argument'],
  [/^Variable "(\$\w+)" of (?:required|non-null) type /, 'missing_argument'],
  [/^Variable "(\$\w+)" got invalid value /, 'bad_argument'],
  [/ cannot represent |" does not exist in "\w+" enum|^Expected value of type /, 'bad_argument'],
];

/** What fastify refuses before a handler runs. */
const refusals: Readonly<Record<string, readonly [code: ErrorCode, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'The request body is larger than the service reads.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'Send the request body as application/json.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad_request', 'The body is not as long as the request says.'],
};

/** What clients of a protocol look for in `message`; what to do stands in `extensions.detail`. */
const messagesOfProtocols: Partial<Record<ErrorCode, string>> = {
  operation_not_found: 'PersistedQueryNotFound',
};

export interface Presented {
  status: number;
  /** Seconds after which a retry makes sense. */
  retryAfter: number | undefined;
  errors: GraphQLFormattedError[];
}

interface Failure {
  error: GraphQLError;
  known: PublicError;
}

/** Tells the client what it may know, and the log what was behind a failure of ours. */
export function present(
  thrown: readonly unknown[],
  data: Record<string, unknown> | null | undefined,
  { id: requestId, log }: Pick<FastifyRequest, 'id' | 'log'>,
): Presented {
  const failures = thrown.map(located).map((error): Failure => ({ error, known: publicErrorOf(error) }));
  const ours = failures.filter(({ known }) => known.status >= 500);
  // A batch that fails does so for each of its rows.
  for (const [err, { code, message }] of new Map(
    ours.map(({ error, known }) => [error.originalError, known]),
  )) {
    log.error({ err, code }, message);
  }
  const whole = failureOfAll(failures, data);
  return {
    status: whole?.status ?? 200,
    retryAfter: whole?.retryAfter,
    errors: failures.map(({ error, known }) => ({
      ...error.toJSON(),
      message: messagesOfProtocols[known.code] ?? known.message,
      extensions: { ...errorBody(known), requestId },
    })),
  };
}

/** As graphql has it, whatever was thrown. */
export function located(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  return new GraphQLError('', { originalError: thrown as Error });
}

/** Why the request as a whole failed: it was refused, or nothing of it could be answered. */
function failureOfAll(
  failures: readonly Failure[],
  data: object | null | undefined,
): PublicError | undefined {
  const refusal = failures.find(({ error }) => error.path === undefined);
  const nothing = Object.values(data ?? {}).every((value) => value === null);
  const down = nothing && failures.every(({ known }) => known.status >= 500) ? failures[0] : undefined;
  return (refusal ?? down)?.known;
}

/** The code that a client is told. */
export const codeOf = (thrown: unknown): ErrorCode => publicErrorOf(located(thrown)).code;

function publicErrorOf(error: GraphQLError): PublicError {
  const { originalError } = error;
  if (originalError !== undefined && !(originalError instanceof GraphQLError)) {
    return inWordsOfGraphql(refusalOf(originalError) ?? toPublicError(originalError));
  }
  // While a field is resolved, all but its arguments is our own doing.
  const ours = error.path !== undefined && !error.message.startsWith('Argument ');
  return ours ? toPublicError(error) : explain(error);
}

function refusalOf(error: Error & { code?: unknown }): PublicError | undefined {
  // While a body is read, it is the client that has gone, and no database.
  const isBody = 'statusCode' in error && error.code === 'ECONNRESET';
  const refusal = refusals[isBody ? 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' : String(error.code)];
  return refusal && new PublicError(refusal[0], refusal[1], { cause: error });
}

/** Behind the door the size of a page is called `limit`. */
function inWordsOfGraphql(error: PublicError): PublicError {
  if (error.parameter !== 'limit') return error;
  return new PublicError(error.code, error.message.replace('"limit"', '"first"'), { parameter: 'first' });
}

function explain(error: GraphQLError): PublicError {
  const { message } = error;
  const { code, named } = meaningOf(message);
  const isVariable = named?.startsWith('$');
  const argument = isVariable || code === 'bad_argument' ? argumentAt(error, named) : undefined;
  const parameter = argument?.name.value ?? named;
  const suggestion = /Did you mean (?:the enum value )?"(\w+)"/.exec(message)?.[1];
  const isNull = argument?.value.kind === Kind.NULL;
  // The message may repeat a whole value.
  return new PublicError(isNull ? 'missing_argument' : code, message.slice(0, 500), {
    ...(parameter === undefined ? {} : { parameter }),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function meaningOf(message: string): { code: ErrorCode; named: string | undefined } {
  for (const [pattern, code] of meanings) {
    const match = pattern.exec(message);
    if (match) return { code, named: match[1] };
  }
  return { code: 'graphql_invalid', named: undefined };
}

/** The first argument that uses the variable, or else the one in which the error lies. */
function argumentAt({ source, positions }: GraphQLError, variable?: string): ArgumentNode | undefined {
  const at = Number(positions?.[0]);
  const holds = ({ loc }: ArgumentNode) => Number(loc?.start) <= at && at < Number(loc?.end);
  const uses = ({ value }: ArgumentNode) =>
    print(value)
      .split(/[^$\w]/)
      .includes(`${variable}`);
  const isMeant = variable === undefined ? holds : uses;
  let found: ArgumentNode | undefined;
  visit(parse(`${source?.body}`), {
    Argument(node) {
      if (isMeant(node)) found ??= node;
    },
  });
  return found;
}
