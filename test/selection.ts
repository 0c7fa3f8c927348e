/**
 * For the test that both mouths say the same: a GraphQL selection of all that REST publishes of a
 * type, and GraphQL's answer turned into REST's form.
 */
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { TObject, TSchema } from 'typebox';
import { linksOf } from '../src/schema/links.ts';
import { printSchema } from '../src/schema/sdl.ts';

interface Described {
  type?: string;
  title?: string;
  anyOf?: Described[];
  items?: Described;
  properties?: Record<string, Described>;
}

/** Without the alternative of null. */
const present = (schema: Described): Described =>
  schema.anyOf?.find((option) => option.type !== 'null') ?? schema;

const isShape = (schema: Described): boolean => schema.properties !== undefined;

/** `{ id name { vi en } … }`; a list that is an edge in GraphQL is asked for as far as REST embeds it, up to a size. */
export function selectionOf(shape: TObject | Described, size = 500, depth = 0): string {
  const { title, properties } = shape as Described;
  const fields = Object.entries(properties ?? {})
    // A label is there only where a language is asked for.
    .filter(([name]) => !(title === 'Names' && name === 'label'))
    .map(([name, schema]) =>
      fieldOf(name, present(schema), { size, depth, link: linksOf(title ?? '')[name]?.kind }),
    );
  return `{ ${fields.join(' ')} }`;
}

interface Asked {
  size: number;
  /** Of lists around it. */
  depth: number;
  link: 'one' | 'many' | undefined;
}

function fieldOf(name: string, schema: Described, { size, depth, link }: Asked): string {
  const item = schema.items === undefined ? schema : present(schema.items);
  const inner = isShape(item)
    ? selectionOf(item, size, depth + (link === 'many' ? 1 : 0))
    : link === undefined
      ? ''
      : '{ id }';
  // Within a list most of these have few, and citations some more.
  const first = depth === 0 ? size : Math.min(size, name === 'citations' ? 12 : 5);
  return link === 'many' ? `${name}(first: ${first}) { nodes ${inner} }` : `${name} ${inner}`;
}

/** GraphQL's answer with connections as lists and edges as short as REST's. */
export function inRestForm(value: unknown, shape: TSchema | Described): unknown {
  const schema = present(shape as Described);
  if (value === null || value === undefined) return value;
  if (schema.items !== undefined) {
    const list = Array.isArray(value) ? value : (value as { nodes: unknown[] }).nodes;
    return list.map((one) => inRestForm(one, schema.items as Described));
  }
  if (isShape(schema)) {
    return Object.fromEntries(
      Object.entries(value as object).map(([name, member]) => [
        name,
        inRestForm(member, schema.properties?.[name] as Described),
      ]),
    );
  }
  const edge = value as { id?: unknown };
  return schema.type === 'string' && typeof edge.id === 'string' ? edge.id : value;
}

const schema = buildSchema(printSchema());

function fieldsOf(type: string) {
  const found = schema.getType(type);
  return isObjectType(found) ? Object.values(found.getFields()) : [];
}

const leavesOf = (type: string): string =>
  fieldsOf(type)
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name)
    .join(' ');

/** A selection of all edges of a type, and of those of the value objects that it holds. */
export const edgesOf = (type: string): string =>
  fieldsOf(type)
    .flatMap(({ name, type: of }) => {
      const link = linksOf(type)[name];
      if (link?.to === 'Node') return [`${name} { __typename id }`];
      if (link?.kind === 'one') return [`${name} { ${leavesOf(link.to)} }`];
      if (link) return [`${name}(first: 2) { totalCount nodes { ${leavesOf(link.to)} } }`];
      const inner = edgesOf(getNamedType(of).name);
      return inner === '' ? [] : [`${name} { ${inner} }`];
    })
    .join(' ');
