/** How large a GraphQL document may be. Whatever exceeds a limit is told which, its value and what was asked. */
import {
  GraphQLError,
  Kind,
  Lexer,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';

function exceeds(name: 'queryLengthMax' | 'queryTokensMax' | 'queryDepthMax', asked: number): PublicError {
  const what = { queryLengthMax: 'characters', queryTokensMax: 'tokens', queryDepthMax: 'levels of fields' };
  return new PublicError(
    'query_too_large',
    `The document has ${asked} ${what[name]}; ${name} allows ${limits[name]}.`,
  );
}

/** Throws if the text is too long. Tokens are counted before the parser makes nodes of them. */
export function checkSize(query: string): void {
  if (query.length > limits.queryLengthMax) throw exceeds('queryLengthMax', query.length);
  if (query.length <= limits.queryTokensMax) return;
  const tokens = countTokens(query);
  if (tokens > limits.queryTokensMax) throw exceeds('queryTokensMax', tokens);
}

function countTokens(query: string): number {
  const lexer = new Lexer(new Source(query));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}

/** Counts levels of fields; what asks for the schema itself is deep by nature, and bounded by graphql. */
export const depthRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const depth = depthMeter(context)(operation.selectionSet);
    if (depth <= limits.queryDepthMax) return;
    const originalError = exceeds('queryDepthMax', depth);
    context.reportError(new GraphQLError(originalError.message, { nodes: operation, originalError }));
  },
});

function depthMeter(context: ValidationContext): (set: SelectionSetNode | undefined) => number {
  const fragments = new Map<string, number>();
  const depthOf = (set: SelectionSetNode | undefined): number =>
    Math.max(0, ...(set?.selections ?? []).map(depthAt));

  function depthAt(selection: SelectionNode): number {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return depthOfFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet);
    return ['__schema', '__type'].includes(selection.name.value) ? 0 : 1 + depthOf(selection.selectionSet);
  }

  /** Each fragment is measured once; circles and missing fragments are another rule's business. */
  function depthOfFragment(name: string): number {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, 0);
    const depth = depthOf(context.getFragment(name)?.selectionSet);
    fragments.set(name, depth);
    return depth;
  }

  return depthOf;
}
