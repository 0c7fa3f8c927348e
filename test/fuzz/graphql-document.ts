/** Documents that fit the schema: fields, arguments, variables, aliases, fragments and directives as they come, with values of the data. */
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
} from 'graphql';
import type { Draw } from './draw.ts';
import { hostileTexts } from './hostile.ts';

export interface GraphqlDocument {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Values of the data by the name of the argument that takes them. */
export type Values = ReadonlyMap<string, readonly unknown[]>;

const deepest = 4;
const cursors = ['after', 'before'];
const clocks = ['release', 'asOf'];

/** A document with one or two operations, of which one is asked. */
export function documentFrom(draw: Draw, schema: GraphQLSchema, values: Values): GraphqlDocument {
  return new Writing(draw, schema, values).document();
}

class Writing {
  readonly #draw: Draw;
  readonly #schema: GraphQLSchema;
  readonly #values: Values;
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  #names = 0;

  constructor(draw: Draw, schema: GraphQLSchema, values: Values) {
    this.#draw = draw;
    this.#schema = schema;
    this.#values = values;
  }

  document(): GraphqlDocument {
    const draw = this.#draw;
    const root = this.#schema.getQueryType() as GraphQLObjectType;
    const selection = this.#selection(root, 0);
    const named = this.#declared.length > 0 || this.#fragments.length > 0 || draw.often(30);
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const operation = named ? `query Asked${declared} ${selection}` : selection;
    const other = named && draw.often(15) ? 'query Other { config { version } }' : '';
    const parts = [operation, other, ...this.#fragments].filter((part) => part !== '');
    return {
      query: draw.often(10) ? parts.reverse().join('\n#\r\n, ') : parts.join('\n'),
      variables: this.#variables,
      ...(other === '' ? {} : { operationName: 'Asked' }),
    };
  }

  /** `{ … }` of a type that has fields. */
  #selection(type: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const leaves = fields.filter((one) => !isCompositeType(getNamedType(one.type)));
    const inner = fields.filter((one) => isCompositeType(getNamedType(one.type)));
    const parts: string[] = isInterfaceType(type) ? ['__typename'] : [];
    const taken = new Set<string>();
    const add = (field: GraphQLField<unknown, unknown>): void => {
      // A field that is asked for twice has to be so by two names, or with the same arguments.
      const alias = taken.has(field.name) || this.#draw.often(15) ? `a${++this.#names}: ` : '';
      if (alias === '') taken.add(field.name);
      parts.push(`${alias}${this.#field(field, depth)}`);
    };
    const isRoot = depth === 0;
    const count = isRoot ? 1 + this.#draw.upTo(1) : this.#draw.upTo(2);
    if (depth < deepest)
      for (let one = 0; one < count && inner.length > 0; one += 1) add(this.#draw.pick(inner));
    for (let one = this.#draw.upTo(2); one > 0 && leaves.length > 0; one -= 1) add(this.#draw.pick(leaves));
    if (isInterfaceType(type)) parts.push(...this.#ofKinds(type.name, depth));
    if (this.#draw.often(10) || parts.length === 0) parts.push('__typename');
    return `{ ${this.#parted(type, parts).join(' ')} }`;
  }

  #ofKinds(name: string, depth: number): string[] {
    const kinds = Object.values(this.#schema.getTypeMap()).filter(
      (one) => isObjectType(one) && one.getInterfaces().some((each) => each.name === name),
    );
    const kind = this.#draw.pick(kinds);
    // Fields of two kinds may differ in type: each has names of its own.
    return [
      `... on ${kind.name} { ${kind.name.toLowerCase()}${++this.#names}: id ${this.#inFragment(kind, depth)} }`,
    ];
  }

  #inFragment(kind: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(kind) ? Object.values(kind.getFields()) : [];
    const field = this.#draw.pick(fields);
    if (depth >= deepest && isCompositeType(getNamedType(field.type))) return '';
    return `b${++this.#names}: ${this.#field(field, depth)}`;
  }

  /** Some of the parts in a fragment, named or not. */
  #parted(type: GraphQLNamedType, parts: readonly string[]): string[] {
    // What kind of record it is has to be told.
    if (isInterfaceType(type) || !this.#draw.often(15) || parts.length < 2) return [...parts];
    const [first = '', ...rest] = parts;
    if (this.#draw.often(50)) return [...rest, `... on ${type.name}${this.#directive()} { ${first} }`];
    const name = `F${++this.#names}`;
    this.#fragments.push(`fragment ${name} on ${type.name} { ${first} }`);
    return [...rest, `...${name}${this.#directive()}`];
  }

  #directive(): string {
    if (!this.#draw.often(10)) return '';
    const word = this.#draw.pick(['@include', '@skip']);
    const value = this.#draw.often(50);
    if (this.#draw.often(50)) return ` ${word}(if: ${value})`;
    return ` ${word}(if: ${this.#variable('Boolean!', value)})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#declared.length}`;
    this.#variables[name] = value;
    this.#declared.push(`$${name}: ${type}`);
    return `$${name}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = this.#argumentsOf(field.args);
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${this.#selection(type, depth + 1)}` : '';
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#directive()}${inner}`;
  }

  #argumentsOf(all: readonly GraphQLArgument[]): string[] {
    const backwards = this.#draw.often(20);
    return all.flatMap(({ name, type }) => {
      if (cursors.includes(name) && !this.#draw.often(1)) return [];
      if (name === (backwards ? 'first' : 'last')) return [];
      const isSize = name === 'first' || name === 'last';
      if (!isNonNullType(type) && !this.#draw.often(isSize ? 95 : clocks.includes(name) ? 3 : 8)) return [];
      const value = this.#valueFor(name, type);
      if (this.#draw.often(25)) return [`${name}: ${this.#variable(String(type), value)}`];
      return [`${name}: ${literalOf(value, type)}`];
    });
  }

  #valueFor(name: string, type: GraphQLInputType): unknown {
    const given = getNullableType(type);
    if (isListType(given))
      return Array.from({ length: 1 + this.#draw.upTo(2) }, () => this.#valueFor(name, given.ofType));
    if (isInputObjectType(given)) {
      const members = Object.values(given.getFields()).filter(() => this.#draw.often(15));
      return Object.fromEntries(members.map((one) => [one.name, this.#valueFor(one.name, one.type)]));
    }
    if (isEnumType(given)) return this.#draw.pick(given.getValues()).name;
    if (name === 'first' || name === 'last')
      return this.#draw.often(3) ? this.#draw.pick([0, -1, 501]) : 1 + this.#draw.upTo(4);
    if (given.name === 'Boolean') return this.#draw.often(50);
    const known = (this.#values.get(name) ?? []).filter(
      (one) => (typeof one === 'number') === (given.name === 'Int'),
    );
    if (given.name === 'Int') return known.length > 0 ? this.#draw.pick(known) : this.#draw.upTo(2030);
    if (known.length > 0 && this.#draw.often(90)) return this.#draw.pick(known);
    return this.#draw.pick(hostileTexts.filter((one) => one.length < 100));
  }
}

/** As it stands in a document; half of a surrogate pair has no way to be written there, and is left out. */
export function literalOf(value: unknown, type: GraphQLInputType): string {
  const node = astFromValue(value, type);
  if (!node) throw new Error(`${JSON.stringify(value)} is no ${type}`);
  return print(node).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
}
