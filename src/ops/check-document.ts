/** Whether a document can be answered: of the allowed size, and right by the schema that the service serves. */
import { buildSchema, type DocumentNode, type GraphQLError, type GraphQLSchema, Kind, parse } from 'graphql';
import { type Fault, PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';
import { faultsOf } from '../schema/query-limits.ts';
import { printSchema } from '../schema/sdl.ts';
import type { Candidate } from './candidate.ts';

let schema: GraphQLSchema | undefined;

export interface CheckedDocument {
  /** Of its operations, in their order; none for one without a name. */
  names: string[];
  faults: Fault[];
}

/** Its cost depends on variables, and is counted when it is asked. */
export function checkDocument(candidate: Candidate): CheckedDocument {
  const { text, file, placeOf } = candidate;
  const faultAt = (code: string, message: string, offset?: number): Fault => ({
    code,
    message,
    file,
    ...placeOf(offset ?? 0),
  });
  const { queryLengthMax } = limits;
  if (text.length > queryLengthMax) {
    const message = `the document has ${text.length} characters; queryLengthMax allows ${queryLengthMax}`;
    return { names: [], faults: [faultAt('query_too_large', message)] };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return { names: [], faults: [faultAt('null_character', 'the text holds U+0000', nul)] };
  const { document, errors } = parseAndValidate(text);
  const definitions = document?.definitions ?? [];
  if (document !== undefined && definitions.every(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)) {
    const message =
      'the document has fragments only; they belong into the files of the operations that use them';
    return { names: [], faults: [faultAt('no_operation', message)] };
  }
  const faults = errors.map((error): Fault => {
    const { message, positions } = error;
    const { words, suggestion } = splitGuess(message);
    const fault = faultAt(codeOf(error), words, positions?.[0]);
    return suggestion === undefined ? fault : { ...fault, suggestion };
  });
  const names = definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
  );
  return { names, faults };
}

function parseAndValidate(text: string): { document?: DocumentNode; errors: readonly GraphQLError[] } {
  schema ??= buildSchema(printSchema());
  try {
    const document = parse(text, { maxTokens: limits.queryTokensMax });
    return { document, errors: faultsOf(schema, document, {}) };
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

/** Its own words for the limit name neither it nor its value. */
const tooManyTokens = /^Syntax Error: Document contains more that \d+ tokens/;

function codeOf({ message, originalError }: GraphQLError): string {
  if (originalError instanceof PublicError) return originalError.code;
  if (tooManyTokens.test(message)) return 'query_too_large';
  return message.startsWith('Syntax Error: ') ? 'graphql_syntax' : 'graphql_invalid';
}

/** graphql guesses in its message; ours stands beside it. */
function splitGuess(message: string): { words: string; suggestion: string | undefined } {
  if (tooManyTokens.test(message)) {
    const words = `the document has more tokens than queryTokensMax allows, ${limits.queryTokensMax}`;
    return { words, suggestion: undefined };
  }
  const [words = '', suggestion] = message.split(/ Did you mean (?:the enum value )?"(\w+)".*\?$/);
  const fragment = /^Unknown fragment /.test(words) ? ': it must stand in the same document' : '';
  return { words: `${words.replace(/\.$/, '')}${fragment}`, suggestion };
}
