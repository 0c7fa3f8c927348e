/**
 * The closed list of errors and their one body. REST sends them as RFC 9457 problem documents,
 * GraphQL in `extensions`, the command line as lines; the `code` is the same everywhere.
 */
import { closest, distance } from 'fastest-levenshtein';

/** Every error a client can meet: HTTP status and a title that never changes. */
export const errorCodes = {
  bad_argument: { status: 400, title: 'An argument has a value that cannot be used' },
  unknown_argument: { status: 400, title: 'The operation has no such argument' },
  repeated_argument: { status: 400, title: 'An argument was given more than once' },
  missing_argument: { status: 400, title: 'A required argument is missing' },
  bad_cursor: { status: 400, title: 'The cursor does not belong to this query' },
  bad_request: { status: 400, title: 'The request could not be read' },
  graphql_syntax: { status: 400, title: 'The GraphQL document could not be parsed' },
  graphql_invalid: { status: 400, title: 'The GraphQL document does not fit the schema' },
  query_too_large: { status: 400, title: 'The GraphQL document is larger than the limits allow' },
  operation_mismatch: { status: 400, title: 'The document sent is not the one that is named beside it' },
  operation_not_registered: { status: 403, title: 'The service answers registered operations only' },
  operation_not_found: { status: 404, title: 'No operation is registered under this hash or id' },
  origin_not_allowed: { status: 403, title: 'Pages of this origin may not connect' },
  not_found: { status: 404, title: 'Nothing has this code or id' },
  no_such_route: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'The address does not answer this method' },
  not_acceptable: { status: 406, title: 'No format that the client accepts is served here' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  precondition_failed: { status: 412, title: 'The answer is not the one that the client wants' },
  body_too_large: { status: 413, title: 'The request body is too large' },
  uri_too_long: { status: 414, title: 'A part of the address is too long' },
  unsupported_media_type: { status: 415, title: 'The request body has an unsupported media type' },
  too_many_subscriptions: { status: 429, title: 'The connection has as many subscriptions as it may have' },
  too_many_requests: { status: 429, title: 'The address asks for more than it may' },
  headers_too_large: { status: 431, title: 'The request headers are too large' },
  internal: { status: 500, title: 'The service failed' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
  overloaded: { status: 503, title: 'The service has more to do than it can' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

export interface ErrorDetails {
  /** The argument at fault, by its published name. */
  parameter?: string;
  /** What the client probably meant. */
  suggestion?: string;
  /** What there is instead: the media types, methods or encodings that are served. */
  available?: readonly string[];
  /** Seconds after which a retry makes sense. */
  retryAfter?: number;
  cause?: unknown;
}

/** An error that a client may see: its message holds no SQL, no path and no secret. */
export class PublicError extends Error {
  override readonly name = 'PublicError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly parameter: string | undefined;
  readonly suggestion: string | undefined;
  readonly available: readonly string[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = errorCodes[code].status;
    this.parameter = details.parameter;
    this.suggestion = details.suggestion;
    this.available = details.available;
    this.retryAfter = details.retryAfter;
  }
}

/** One body for both mouths: the members of a problem document, without the request's id. */
export interface ErrorBody {
  code: ErrorCode;
  status: number;
  title: string;
  detail: string;
  parameter?: string;
  suggestion?: string;
  available?: readonly string[];
}

export function errorBody(error: PublicError): ErrorBody {
  return {
    code: error.code,
    status: error.status,
    title: errorCodes[error.code].title,
    detail: error.message,
    ...(error.parameter === undefined ? {} : { parameter: error.parameter }),
    ...(error.suggestion === undefined ? {} : { suggestion: error.suggestion }),
    ...(error.available === undefined ? {} : { available: error.available }),
  };
}

/** One thing wrong with what an administrator gave us, and where it stands. */
export interface Fault {
  /** Stable, lower_snake: `unknown_key`, `dangling_reference`, … */
  code: string;
  message: string;
  file?: string;
  /** From 1. */
  line?: number;
  column?: number;
  suggestion?: string;
}

/** A command that cannot go on: all that is wrong, at once. */
export class FaultsError extends Error {
  override readonly name = 'FaultsError';
  readonly faults: readonly Fault[];
  /** How many more there are, where to list them all helps nobody. */
  readonly more: number;

  constructor(summary: string, faults: readonly Fault[] = [], more = 0) {
    super(summary);
    this.faults = faults;
    this.more = more;
  }
}

/** `seeds/003.yml:12:5  unknown_key  "dedline" is not a key of a task; did you mean "deadline"?` */
export function faultLine(fault: Fault): string {
  const where = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(':');
  const hint = fault.suggestion === undefined ? '' : `; did you mean "${fault.suggestion}"?`;
  return [where, fault.code, `${fault.message}${hint}`].filter((part) => part !== '').join('  ');
}

/** The known word that a misspelt one most likely stands for, or undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(word.toLowerCase(), known);
  return distance(word.toLowerCase(), candidate.toLowerCase()) <= Math.max(1, Math.floor(word.length / 3))
    ? candidate
    : undefined;
}

/** What PostgreSQL's SQLSTATE classes mean to a client; undefined: not ours to explain, mask it. */
const sqlStates: readonly [prefix: string, code: ErrorCode, message: string][] = [
  ['57014', 'unavailable', 'The query took too long and was cancelled.'],
  ['22', 'bad_argument', 'A value cannot be stored or compared by the database.'],
  ['08', 'unavailable', 'The database cannot be reached.'],
  ['53', 'unavailable', 'The database is short of resources.'],
  ['57', 'unavailable', 'The database is stopping or starting.'],
  ['55P03', 'unavailable', 'The database is busy with maintenance.'],
  ['25006', 'internal', 'The service failed.'],
  ['28', 'unavailable', 'The database refuses the service.'],
  ['3D000', 'unavailable', 'The database does not exist yet.'],
  // A table, a column or a function that an older schema does not have.
  ['42P01', 'unavailable', 'The database has not been migrated yet.'],
  ['42703', 'unavailable', 'The database has not been migrated yet.'],
  ['42883', 'unavailable', 'The database has not been migrated yet.'],
];
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Of a server that is reached by a socket in the file system; any other file that is missing is no matter of the database. */
const isMissingSocket = ({ code, syscall }: NodeJS.ErrnoException): boolean =>
  code === 'ENOENT' && syscall === 'connect';
const poolMessages =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|not queryable|Cannot use a pool after calling end/;

/**
 * Turns anything thrown into what a client may see. Database faults become `unavailable` or
 * `bad_argument` by SQLSTATE; whatever is not known becomes `internal`, its cause kept for the log.
 */
export function toPublicError(error: unknown): PublicError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof PublicError) return cause;
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const known = /^[0-9A-Z]{5}$/.test(code)
      ? sqlStates.find(([prefix]) => code.startsWith(prefix))
      : undefined;
    if (known) return new PublicError(known[1], known[2], { cause: error, ...retryOf(known[1]) });
    if (connectionCodes.has(code) || isMissingSocket(cause) || poolMessages.test(cause.message)) {
      return new PublicError('unavailable', 'The database cannot be reached.', {
        cause: error,
        retryAfter: 2,
      });
    }
  }
  return new PublicError('internal', 'The service failed. The request id finds the cause in its log.', {
    cause: error,
  });
}

/** The database or its tables are not there, or older ones: it answers, and has nothing to tell. */
const lacking: ReadonlySet<unknown> = new Set(['3D000', '42P01', '42703', '42883']);

/** Whether a failure means that the database cannot tell anything for now, so that what it told last may stand in. */
export function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && lacking.has(cause.code)) return false;
  }
  return toPublicError(error).code === 'unavailable';
}

function retryOf(code: ErrorCode): ErrorDetails {
  return code === 'unavailable' ? { retryAfter: 2 } : {};
}
