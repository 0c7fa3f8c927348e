/** Published shapes as schemas of OpenAPI: each under its title, once. */
import type { TSchema } from 'typebox';
import { errorCodes } from '../errors.ts';

export type Json = { [key: string]: unknown };

/** A published shape or enum becomes a component under its title, once. */
export function reference(schema: TSchema, schemas: Record<string, Json>): Json {
  const title = titleOf(schema);
  if (!Object.hasOwn(schemas, title)) {
    schemas[title] = {};
    schemas[title] = convert(schema, schemas, true);
  }
  return { $ref: `#/components/schemas/${title}` };
}

/** `whole`: the schema itself is wanted, not a reference to its component. */
export function convert(schema: TSchema, schemas: Record<string, Json>, whole = false): Json {
  const { title, 'x-words': words, properties, items, anyOf, ...rest } = schema as TSchema & Json;
  // What may be anything is described where it stands: a component would bear one description for all.
  if (typeof title === 'string' && title !== 'JSON' && !whole) return reference(schema, schemas);
  const each = (part: unknown): Json => convert(part as TSchema, schemas);
  if (words !== undefined) return { type: 'string', ...rest, description: meanings(rest, words as Json) };
  if (Array.isArray(anyOf)) return { ...rest, anyOf: anyOf.map(each) };
  if (items !== undefined) return { ...rest, items: each(items) };
  if (properties === undefined) return rest;
  const converted = Object.entries(properties as Json).map(([name, part]) => [name, each(part)]);
  return { ...rest, properties: Object.fromEntries(converted) };
}

function meanings(rest: Json, words: Json): string {
  const list = Object.entries(words).map(([word, meaning]) => `- \`${word}\`: ${meaning}`);
  return [rest['description'], '', ...list].join('\n');
}

export function problemSchema(): Json {
  const text = (about: string): Json => ({ type: 'string', description: about });
  return {
    type: 'object',
    description: 'A problem document (RFC 9457).',
    required: ['type', 'code', 'status', 'title', 'detail', 'requestId'],
    properties: {
      type: text('Where the code is explained.'),
      code: { type: 'string', enum: Object.keys(errorCodes), description: 'What went wrong; never renamed.' },
      status: { type: 'integer', description: 'The HTTP status.' },
      title: text('What the code means.'),
      detail: text('What went wrong this time.'),
      parameter: text('The argument at fault.'),
      suggestion: text('What was probably meant.'),
      instance: text('The path that was asked for.'),
      requestId: text('The id of the request in the log of the service.'),
    },
  };
}

export function nullable(schema: Json): Json {
  return { anyOf: [schema, { type: 'null' }] };
}

export function titleOf(schema: TSchema): string {
  return String((schema as Json)['title']);
}
