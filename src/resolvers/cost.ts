/** What an operation asks for: records, counted by the sizes of its pages before anything is read. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';
import { links } from '../schema/links.ts';

/** A list that is not paged. */
const listSize = 10;
/** Arguments that say how long a list will be, by their value or by their length, with what is accepted at most. */
const sizing: Readonly<Record<string, number>> = {
  first: limits.pageSizeMax,
  last: limits.pageSizeMax,
  ids: limits.listMax,
  items: limits.lookupMax,
};

type Type = GraphQLNamedType | null | undefined;

/** What an operation asks for, by the variables that it is given. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const { coerced = {} } = getVariableValues(
    schema,
    operation.variableDefinitions as readonly VariableDefinitionNode[],
    variables,
  );
  return new CostMeter(schema, document, coerced).costOf(operation);
}

/** Throws if the operations of a request ask for too much together. */
export function checkCost(cost: number): void {
  if (cost <= limits.queryCostMax) return;
  throw new PublicError(
    'query_too_large',
    `The request asks for up to ${cost} records; queryCostMax allows ${limits.queryCostMax}. Ask for smaller pages with "first".`,
  );
}

/**
 * Each record and each page counts 1, a value such as a name nothing, and a list what one of it counts times the size
 * of its page: 50 unless `first` or `last` say otherwise; of a list that is not paged, 10. Directives make no difference.
 */
class CostMeter {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments: Map<string, FragmentDefinitionNode>;
  /** By name and size of the page that they are spread in. */
  readonly #known = new Map<string, number>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
      ),
    );
  }

  costOf({ operation, selectionSet }: OperationDefinitionNode): number {
    return this.#ofSet(selectionSet, this.#schema.getRootType(operation), listSize);
  }

  /** `pageSize`: of the lists directly in the set. */
  #ofSet(set: SelectionSetNode, type: Type, pageSize: number): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += this.#ofField(selection, type, pageSize);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        cost += this.#ofFragment(
          this.#fragments.get(selection.name.value) as FragmentDefinitionNode,
          pageSize,
        );
      } else {
        const condition = selection.typeCondition?.name.value;
        const inner = condition === undefined ? type : this.#schema.getType(condition);
        cost += this.#ofSet(selection.selectionSet, inner, pageSize);
      }
    }
    return cost;
  }

  #ofFragment(fragment: FragmentDefinitionNode, pageSize: number): number {
    const key = `${fragment.name.value} ${pageSize}`;
    const cost =
      this.#known.get(key) ??
      this.#ofSet(fragment.selectionSet, this.#schema.getType(fragment.typeCondition.name.value), pageSize);
    this.#known.set(key, cost);
    return cost;
  }

  #ofField(field: FieldNode, owner: Type, pageSize: number): number {
    const type = this.#typeOf(field, owner);
    const named = getNamedType(type);
    if (!isCompositeType(named)) return 0;
    const asked = this.#sizeAsked(field);
    const inside = asked ?? (named.name.endsWith('Connection') ? limits.pageSizeDefault : listSize);
    const each =
      (this.#isCounted(named) ? 1 : 0) + this.#ofSet(field.selectionSet as SelectionSetNode, named, inside);
    return isListType(getNullableType(type)) ? each * (asked ?? pageSize) : each;
  }

  /** What is listed or leads on to records, and pages of it; also what describes the schema. */
  #isCounted({ name }: GraphQLNamedType): boolean {
    const isListed = this.#schema.getType(`${name}Connection`) !== undefined;
    const isPage = name.endsWith('Connection');
    return isListed || isPage || name === 'Node' || name.startsWith('__') || name in links;
  }

  #typeOf({ name: { value: name } }: FieldNode, owner: Type): GraphQLOutputType | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type;
    return isObjectType(owner) || isInterfaceType(owner) ? owner.getFields()[name]?.type : undefined;
  }

  #sizeAsked({ arguments: given = [] }: FieldNode): number | undefined {
    for (const { name, value } of given) {
      const most = sizing[name.value];
      const size = lengthOf(value.kind === Kind.VARIABLE ? this.#variables[value.name.value] : value);
      // Any other size is refused by the list itself, or never asked.
      if (most !== undefined && size !== undefined && size > 0 && size <= most) return size;
    }
    return undefined;
  }
}

/** Of a value in the document or among the variables; what is no size is refused later. */
function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'number') return value;
  const {
    kind,
    value: text,
    values,
  } = (value ?? {}) as Partial<ValueNode> & { value?: string; values?: unknown[] };
  if (kind === Kind.LIST) return values?.length;
  return kind === Kind.INT ? Number(text) : undefined;
}
