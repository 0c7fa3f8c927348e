/** How large a GraphQL document may be. Whatever exceeds a limit is told which, its value and what was asked. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  specifiedRules,
  TokenKind,
  type ValidationRule,
  validate,
} from 'graphql';
import { PublicError } from '../errors.ts';
import { limits } from './config.ts';

const things = {
  queryLengthMax: 'characters',
  queryTokensMax: 'tokens',
  queryDepthMax: 'levels of fields',
  queryAliasesMax: 'aliases',
  queryDirectivesMax: 'directives',
  queryRootFieldsMax: 'fields of Query',
} as const satisfies Partial<Record<keyof typeof limits, string>>;

function exceeds(name: keyof typeof things, asked: number): PublicError {
  return new PublicError(
    'query_too_large',
    `The document has ${asked} ${things[name]}; ${name} allows ${limits[name]}.`,
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

/** Of an operation, its fragments opened wherever they are used. */
interface Measures {
  /** What asks for the schema itself is deep by nature, and bounded by graphql. */
  depth: number;
  aliases: number;
  directives: number;
  /** Fields directly in the selection. */
  fields: number;
}

/** Reports each limit that an operation exceeds. */
const limitsRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const { depth, aliases, directives, fields } = measure(context.getDocument(), operation);
    const found = {
      queryDepthMax: depth,
      queryAliasesMax: aliases,
      queryDirectivesMax: directives,
      queryRootFieldsMax: fields,
    };
    for (const [name, asked] of Object.entries(found) as [keyof typeof found, number][]) {
      if (asked <= limits[name]) continue;
      const originalError = exceeds(name, asked);
      context.reportError(new GraphQLError(originalError.message, { nodes: operation, originalError }));
    }
  },
});

/** What a document is held to beside the rules of GraphQL, however it comes. */
export const documentRules: ValidationRule[] = [limitsRule];
export const validateOptions = { maxErrors: 10 };

/** What is wrong with a document that does not come over HTTP, where mercurius applies the same rules. */
export const faultsOf = (
  schema: GraphQLSchema,
  document: DocumentNode,
  options: { maxErrors?: number } = validateOptions,
): readonly GraphQLError[] => validate(schema, document, [...specifiedRules, ...documentRules], options);

const nothing: Measures = { depth: 0, aliases: 0, directives: 0, fields: 0 };

function measure({ definitions }: DocumentNode, operation: OperationDefinitionNode): Measures {
  const fragments = new Map<string, Measures>();

  const ofSet = (set: SelectionSetNode | undefined): Measures =>
    (set?.selections ?? []).map(ofSelection).reduce(
      (sum, one) => ({
        depth: Math.max(sum.depth, one.depth),
        aliases: sum.aliases + one.aliases,
        directives: sum.directives + one.directives,
        fields: sum.fields + one.fields,
      }),
      nothing,
    );

  function ofSelection(selection: SelectionNode): Measures {
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? ofFragment(selection.name.value)
        : ofSet(selection.selectionSet);
    const directives = inner.directives + Number(selection.directives?.length);
    if (selection.kind !== Kind.FIELD) return { ...inner, directives };
    const ofSchema = ['__schema', '__type'].includes(selection.name.value);
    return {
      depth: ofSchema ? 0 : 1 + inner.depth,
      aliases: inner.aliases + (selection.alias === undefined ? 0 : 1),
      directives,
      fields: 1,
    };
  }

  /** Each fragment is measured once; circles and missing fragments are another rule's business. */
  function ofFragment(name: string): Measures {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    fragments.set(name, nothing);
    const fragment = definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
    );
    const measures = ofSet(fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet : undefined);
    fragments.set(name, measures);
    return measures;
  }

  const measures = ofSet(operation.selectionSet);
  return { ...measures, directives: measures.directives + Number(operation.directives?.length) };
}
