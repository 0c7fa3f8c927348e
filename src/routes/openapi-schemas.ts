/** Published shapes as schemas of OpenAPI: each under its title, once. */
import type { TSchema } from 'typebox';
import { errorCodes } from '../errors.ts';
import { type Deprecation, reasonOf } from '../schema/deprecation.ts';

export type Json = { [key: string]: unknown };

/** A published shape or enum becomes a component under its title, once, described as it describes itself. */
export function reference(schema: TSchema, schemas: Record<string, Json>): Json {
  const title = titleOf(schema);
  const { 'x-shape': own, ...shape } = schema as TSchema & Json;
  if (!Object.hasOwn(schemas, title)) {
    schemas[title] = {};
    schemas[title] = convert(own === undefined ? shape : { ...shape, description: own }, schemas, true);
  }
  return { $ref: `#/components/schemas/${title}` };
}

/** `whole`: the schema itself is wanted, not a reference to its component. */
export function convert(schema: TSchema, schemas: Record<string, Json>, whole = false): Json {
  const {
    title,
    'x-shape': _,
    'x-words': words,
    properties,
    items,
    anyOf,
    ...others
  } = schema as TSchema & Json;
  // What may be anything is described where it stands: a component would bear one description for all.
  if (typeof title === 'string' && title !== 'JSON' && !whole) return reference(schema, schemas);
  const rest = withDeprecation(others);
  const each = (part: unknown): Json => convert(part as TSchema, schemas);
  if (words !== undefined) return { type: 'string', ...rest, description: meanings(rest, words as Json) };
  if (Array.isArray(anyOf)) return { ...rest, anyOf: anyOf.map(each) };
  if (items !== undefined) return { ...rest, items: each(items) };
  if (properties === undefined) return rest;
  const converted = Object.entries(properties as Json).map(([name, part]) => [
    name,
    memberOf(part as Json, each(part)),
  ]);
  return { ...rest, properties: Object.fromEntries(converted) };
}

/** A member says what it is where it stands, beside a reference and beside null too. */
function memberOf(member: Json, converted: Json): Json {
  const deprecation = member['x-deprecated'] as Deprecation | undefined;
  const [inner] = (member['anyOf'] ?? []) as Json[];
  if (inner === undefined)
    return { ...converted, ...aboutDeprecated(String(member['description']), deprecation) };
  const [{ description: _, ...option }, ...others] = converted['anyOf'] as [Json, ...Json[]];
  const about = String(member['description'] ?? inner['description']);
  return { ...aboutDeprecated(about, deprecation), anyOf: [option, ...others] };
}

/** Inside a schema OpenAPI marks what is to go by `deprecated`, and has no word for why. */
function withDeprecation({ 'x-deprecated': deprecation, ...rest }: Json): Json {
  if (deprecation === undefined) return rest;
  return { ...rest, ...aboutDeprecated(String(rest['description']), deprecation as Deprecation) };
}

/** The description of what is to go, with the reason; of a schema, a parameter or an operation. */
export function aboutDeprecated(description: string, deprecation: Deprecation | undefined): Json {
  if (deprecation === undefined) return { description };
  return { description: `${description} ${reasonOf(deprecation)}`.trimStart(), deprecated: true };
}

/** What an enum is, and what each of its words means. */
function meanings({ description }: Json, words: Json): string {
  const list = Object.entries(words).map(([word, meaning]) => `- \`${word}\`: ${meaning}`);
  return [description, '', ...list].join('\n');
}

export function problemSchema(): Json {
  const titles = Object.fromEntries(
    Object.entries(errorCodes).map(([code, { title }]) => [code, `${title}.`]),
  );
  const text = (about: string): Json => ({ type: 'string', description: about });
  return {
    type: 'object',
    description: 'A problem document (RFC 9457).',
    required: ['type', 'code', 'status', 'title', 'detail', 'requestId'],
    properties: {
      type: text('Where the code is explained.'),
      code: {
        type: 'string',
        enum: Object.keys(errorCodes),
        description: meanings({ description: 'What went wrong; never renamed. More may come.' }, titles),
      },
      status: { type: 'integer', description: 'The HTTP status.' },
      title: text('What the code means.'),
      detail: text('What went wrong this time.'),
      parameter: text('The argument at fault.'),
      suggestion: text('What was probably meant.'),
      available: {
        type: 'array',
        items: { type: 'string' },
        description: 'What is served instead: media types, methods or encodings.',
      },
      instance: text('The path that was asked for.'),
      requestId: text('The id of the request in the log of the service.'),
    },
  };
}

export function nullable(schema: Json, description: string): Json {
  return { description, anyOf: [schema, { type: 'null' }] };
}

export function titleOf(schema: TSchema): string {
  return String((schema as Json)['title']);
}
