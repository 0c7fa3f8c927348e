/** How the parts of a GraphQL schema are written down. */
import { type Deprecation, reasonOf } from './deprecation.ts';

/** The parts of JSON Schema that the contract uses. */
export interface Schema {
  title?: string;
  description?: string;
  type?: string;
  pattern?: string;
  format?: string;
  enum?: string[];
  'x-words'?: Record<string, string>;
  'x-deprecated'?: Deprecation;
  /** Of a shape that a member says more of: what it says of itself. */
  'x-shape'?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** A field or argument with its type. */
export interface Member {
  name: string;
  type: string;
  description: string;
  deprecated?: Deprecation | undefined;
  args?: Member[];
}

/** The published name of a shape. */
export function titleOf(schema: Schema): string {
  return String(schema.title);
}

/** What is nullable is described by itself or by what it holds. */
export function describe({ description, anyOf = [] }: Schema): string {
  return description ?? String(anyOf[0]?.description);
}

/** What the shape of a schema says of itself, where it is defined. */
export function describeShape(schema: Schema): string {
  return schema['x-shape'] ?? describe(schema);
}

export function quoted(description: string): string {
  return `${JSON.stringify(description)}\n`;
}

export function enumeration(schema: Schema): string {
  const values = Object.entries({ ...schema['x-words'] });
  const lines = values.map(([word, meaning]) => `${quoted(meaning)}${word}\n`);
  return `${quoted(describeShape(schema))}enum ${schema.title} {\n${indented(lines.join(''))}}`;
}

export function object(head: string, description: string, fields: readonly Member[]): string {
  return `${quoted(description)}${head} {\n${indented(fields.map(member).join(''))}}`;
}

export function member({ name, type, description, deprecated, args = [] }: Member): string {
  const list = args.length === 0 ? '' : `(\n${indented(args.map(member).join(''))})`;
  const mark =
    deprecated === undefined ? '' : ` @deprecated(reason: ${JSON.stringify(reasonOf(deprecated))})`;
  return `${quoted(description)}${name}${list}: ${type}${mark}\n`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
