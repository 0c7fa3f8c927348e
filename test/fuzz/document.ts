/** The OpenAPI document as a client reads it: its operations with all references followed, and validators of its schemas. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Json = { readonly [key: string]: unknown };

export interface Parameter {
  name: string;
  /** `body`: a member of the JSON object that is sent. */
  in: 'path' | 'query' | 'body';
  required: boolean;
  schema: Json;
  /** What each value of a list must be; undefined: it is no list. */
  items?: Json;
  example?: unknown;
}

export interface DescribedOperation {
  id: string;
  method: 'GET' | 'POST';
  /** With `{name}` where arguments stand. */
  path: string;
  parameters: Parameter[];
  /** By status the media types of the answer, each with its schema; none where the answer has no body. */
  responses: ReadonlyMap<number, ReadonlyMap<string, Json>>;
}

export interface OpenApi {
  operations: DescribedOperation[];
  /** What is wrong with a value; undefined: it fits. */
  faultOf: (schema: Json, value: unknown) => string | undefined;
  /** The schema itself, where it is a reference to one. */
  follow: (schema: Json) => Json;
}

const root = 'openapi';

export function readOpenApi(document: Json): OpenApi {
  const follow = (part: Json): Json => {
    const reference = part['$ref'];
    if (typeof reference !== 'string') return part;
    const found = reference
      .replace(/^.*?#\//, '')
      .split('/')
      .reduce<unknown>((value, key) => (value as Json)[key.replaceAll('~1', '/')], document);
    const { $ref: _reference, ...beside } = part;
    return { ...follow(found as Json), ...beside };
  };
  const operations = Object.entries(document['paths'] as Json).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, operation]) => operationOf(path, method, operation as Json, follow)),
  );
  return { operations, follow, faultOf: validatorOf(document) };
}

type Follow = (part: Json) => Json;

function operationOf(path: string, method: string, operation: Json, follow: Follow): DescribedOperation {
  const given = ((operation['parameters'] ?? []) as Json[]).map(follow);
  const parameters = given.map((one) => parameterOf(one, one['schema'] as Json, follow));
  const body = operation['requestBody'] as Json | undefined;
  const responses = Object.entries(operation['responses'] as Json).map(([status, response]) => {
    const content = Object.entries((follow(response as Json)['content'] ?? {}) as Json);
    const types = content.map(
      ([type, one]) => [essenceOf(type), ((one as Json)['schema'] ?? {}) as Json] as const,
    );
    return [Number(status), new Map(types)] as const;
  });
  return {
    id: String(operation['operationId']),
    method: method.toUpperCase() as 'GET' | 'POST',
    path,
    parameters: body === undefined ? parameters : membersOf(follow(body), follow),
    responses: new Map(responses),
  };
}

function parameterOf(one: Json, schema: Json, follow: Follow): Parameter {
  const whole = follow(schema);
  const items = whole['items'] as Json | undefined;
  return {
    name: String(one['name']),
    in: one['in'] as Parameter['in'],
    required: one['required'] === true,
    schema: whole,
    ...(items === undefined ? {} : { items: follow(items) }),
    ...('example' in one ? { example: one['example'] } : {}),
  };
}

function membersOf(body: Json, follow: Follow): Parameter[] {
  const { schema, example = {} } = (body['content'] as Json)['application/json'] as {
    schema: Json;
    example: Json;
  };
  const { properties, required = [] } = follow(schema) as { properties: Json; required: string[] };
  return Object.entries(properties).map(([name, member]) => {
    const told = Object.hasOwn(example, name) ? { example: example[name] } : {};
    return parameterOf(
      { name, in: 'body', required: required.includes(name), ...told },
      member as Json,
      follow,
    );
  });
}

/** A media type without its parameters. */
export const essenceOf = (type: string): string => `${type.split(';')[0]}`.trim().toLowerCase();

function validatorOf(document: Json): OpenApi['faultOf'] {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: false });
  addFormats.default(ajv);
  // What documents a schema and checks nothing.
  ajv.addVocabulary([...wordsOf(document), 'components']);
  ajv.addSchema({ components: closed(document['components'] as Json) }, root);
  const compiled = new WeakMap<Json, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(closed(schema) as Json);
    compiled.set(schema, validate);
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)}`;
  };
}

/** Extensions, `x-…`, and the one keyword of OpenAPI that stands in schemas. */
function wordsOf(document: Json): string[] {
  const words = JSON.stringify(document).matchAll(/"(x-[\w-]+)":/g);
  return [...new Set([...[...words].map((match) => `${match[1]}`), 'example'])];
}

/** A schema that refuses what it does not describe, so that every member of an answer is proven to be documented. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, closed(part)]));
  if (typeof copy['$ref'] === 'string') copy['$ref'] = copy['$ref'].replace(/^#/, `${root}#`);
  const open = copy['type'] === 'object' && 'properties' in copy && !('additionalProperties' in copy);
  return open && !('allOf' in copy) ? { ...copy, additionalProperties: false } : copy;
}
