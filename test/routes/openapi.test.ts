import { readFileSync } from 'node:fs';
import t from 'tap';
import { errorCodes } from '../../src/errors.ts';
import { openApiDocument } from '../../src/routes/openapi.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';

type Json = { [key: string]: unknown };
const document = JSON.parse(JSON.stringify(openApiDocument()));

/** Every object of a document with the path to it. */
function* walk(value: unknown, path = '#'): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Json];
  for (const [key, part] of Object.entries(value)) yield* walk(part, `${path}/${key}`);
}

t.test('docs/openapi.json is what the contract gives; `npm run generate` writes it', async (t) => {
  const written = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
  const { 'x-generated-by': by, ...rest } = written;
  t.equal(by, 'npm run generate');
  t.strictSame(rest, document);
});

t.test('the document has every operation under its address and no other', async (t) => {
  t.strictSame(
    Object.keys(document.paths),
    operationNames.flatMap((name) => {
      const { path, formats = [] } = operationOf(name);
      return [path, ...formats.map((format) => `${path}.${format}`)].map((address) => `/v1${address}`);
    }),
  );
  const file = document.paths['/v1/places/crosswalk.csv'].get;
  t.match(file, { operationId: 'placesCrosswalkAsCsv', responses: { 200: { content: { 'text/csv': {} } } } });
  t.notOk(file.parameters.some(({ name }: { name: string }) => name === 'limit' || name === 'after'));
  for (const name of operationNames) {
    const { path, tag, method = 'GET' } = operationOf(name);
    t.strictSame(Object.keys(document.paths[`/v1${path}`]), [method.toLowerCase()], name);
    const operation = document.paths[`/v1${path}`][method.toLowerCase()];
    t.match(operation, { operationId: name, summary: String, tags: [tag] });
    t.ok(document.tags.some((one: { name: string }) => one.name === operation.tags[0]));
  }
});

t.test('every operation tells every argument and where it stands', async (t) => {
  for (const name of operationNames.filter((one) => operationOf(one).method !== 'POST')) {
    const { path, args, example } = operationOf(name);
    const { parameters } = document.paths[`/v1${path}`].get;
    t.strictSame(
      parameters.map((parameter: Json) => parameter['name']),
      [...Object.keys(args.properties), 'lang'],
      name,
    );
    for (const parameter of parameters) {
      const inPath = path.includes(`{${parameter.name}}`);
      t.equal(parameter.in, inPath ? 'path' : 'query', `${name} ${parameter.name}`);
      t.equal(
        parameter.required,
        (args.required ?? []).includes(parameter.name),
        `${name} ${parameter.name}`,
      );
      t.equal(parameter.example, example[parameter.name]);
      if (parameter.schema.type === 'array') t.match(parameter, { style: 'form', explode: false });
    }
  }
});

t.test('an operation that is asked by POST tells its arguments as the members of a body', async (t) => {
  for (const name of operationNames.filter((one) => operationOf(one).method === 'POST')) {
    const { path, args, example } = operationOf(name);
    const { parameters, requestBody, responses } = document.paths[`/v1${path}`].post;
    t.equal(parameters, undefined);
    const { schema, example: shown } = requestBody.content['application/json'];
    t.strictSame(Object.keys(schema.properties), [...Object.keys(args.properties), 'lang'], name);
    t.match(schema, { type: 'object', required: args.required, additionalProperties: false });
    for (const each of Object.values(schema.properties) as Json[]) t.ok(each['description'] ?? each['$ref']);
    t.strictSame(shown, example);
    t.strictSame(Object.keys(responses), ['200', '400', '405', '406', '413', '415', '500', '503']);
    t.notOk(responses['200'].headers.ETag);
  }
});

t.test('every parameter, field, component and response is described', async (t) => {
  const described = (part: Json): boolean => {
    const one = part['$ref'] ? (resolve(String(part['$ref'])) as Json) : part;
    const options = (one['anyOf'] ?? one['oneOf'] ?? []) as Json[];
    return typeof one['description'] === 'string' || options.some(described);
  };
  const silent: string[] = [];
  for (const [path, value] of walk(document)) {
    if (
      /\/parameters\/\d+$|\/schemas\/\w+$|\/responses\/\w+$|\/headers\/[\w-]+$/.test(path) &&
      !described(value)
    ) {
      silent.push(path);
    }
    const properties = /\/schemas\/\w+$/.test(path)
      ? Object.entries((value['properties'] ?? {}) as Json)
      : [];
    for (const [name, property] of properties) {
      if (!described(property as Json)) silent.push(`${path}/${name}`);
    }
  }
  t.strictSame(silent, []);
});

function resolve(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Json)[key], document);
}

t.test('every reference leads to a component, and every component is referred to', async (t) => {
  const referred = new Set<string>();
  for (const [path, value] of walk(document)) {
    if (typeof value['$ref'] !== 'string') continue;
    t.ok(resolve(value['$ref']), `${path}: ${value['$ref']}`);
    referred.add(value['$ref']);
  }
  const components = Object.entries(document.components as Record<string, Json>).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `#/components/${kind}/${name}`),
  );
  t.strictSame([...referred].sort(), components.sort());
});

t.test('the responses name every code that REST can answer with that status', async (t) => {
  for (const { description } of Object.values(document.components.responses) as { description: string }[]) {
    const codes = [...description.matchAll(/`(\w+)`/g)].map((match) => `${match[1]}`);
    t.ok(codes.length > 0);
    for (const code of codes) t.ok(code in errorCodes, code);
  }
  const item = document.paths['/v1/provinces/{code}'].get.responses;
  t.strictSame(Object.keys(item), ['200', '304', '400', '404', '405', '406', '414', '500', '503']);
  const list = document.paths['/v1/provinces'].get.responses;
  t.strictSame(Object.keys(list), ['200', '304', '400', '405', '406', '500', '503']);
});
