import { readFileSync } from 'node:fs';
import t from 'tap';
import Type from 'typebox';
import Schema from 'typebox/schema';
import { askExamples } from '../../scripts/openapi-examples.ts';
import { errorCodes } from '../../src/errors.ts';
import { openApiDocument } from '../../src/routes/openapi.ts';
import { readExamples } from '../../src/routes/openapi-examples.ts';
import { convert } from '../../src/routes/openapi-schemas.ts';
import { described, Names } from '../../src/schema/common.ts';
import { formatOf, formatsOf } from '../../src/schema/formats.ts';
import { operationNames, operationOf } from '../../src/schema/operations.ts';
import { testService } from '../service.ts';

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
      const { path, kind } = operationOf(name);
      const files = formatsOf(operationOf(name)).map((format) => `${path}.${formatOf(format).suffix}`);
      const metadata = kind === 'list' ? [`${path}.csv-metadata.json`] : [];
      return [path, ...files, ...metadata].map((address) => `/v1${address}`);
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
      const { example: shown } = parameter;
      t.equal(shown === undefined ? shown : `${shown}`, example[parameter.name]);
      if (parameter.schema.type === 'array') t.match(parameter, { style: 'form', explode: false });
    }
  }
});

t.test('an operation that is asked by POST tells its arguments as the members of a body', async (t) => {
  for (const name of operationNames.filter((one) => operationOf(one).method === 'POST')) {
    const { path, args, example } = operationOf(name);
    const { parameters, requestBody, responses } = document.paths[`/v1${path}`].post;
    t.equal(parameters, undefined);
    const { schema, examples } = requestBody.content['application/json'];
    t.strictSame(Object.keys(schema.properties), [...Object.keys(args.properties), 'lang'], name);
    t.match(schema, { type: 'object', required: args.required, additionalProperties: false });
    for (const each of Object.values(schema.properties) as Json[]) t.ok(each['description'] ?? each['$ref']);
    t.strictSame(examples.asked.value, example);
    t.strictSame(Object.keys(responses), ['200', '400', '405', '406', '413', '415', '429', '500', '503']);
    t.notOk(responses['200'].headers.ETag);
  }
});

/** Where a document says something of a thing that it names: every schema of a member, every parameter, header and so on. */
const toBeDescribed =
  /\/(properties|parameters|requestBody|responses|headers|schemas|tags|servers)\/[^/]+$|\/requestBody$|\/(get|post)$/;

t.test(
  'every operation, argument, member, header, answer and tag is described where it stands',
  async (t) => {
    const silent: string[] = [];
    let count = 0;
    for (const [path, value] of walk(document)) {
      if (path.includes('/examples/') || !toBeDescribed.test(path) || /requestBody\/content$/.test(path))
        continue;
      count += 1;
      // Answers and headers that are shared are described there; a member says more than its shape.
      const isShared = /\/(responses|headers)\/[^/]+$/.test(path) && value['$ref'] !== undefined;
      const described = isShared ? (resolve(String(value['$ref'])) as Json) : value;
      const text = described['description'];
      if (typeof text !== 'string' || text.trim() === '' || text.includes('undefined')) silent.push(path);
    }
    t.ok(count > 1500);
    t.strictSame(silent, []);
  },
);

t.test('every word of every enum is explained', async (t) => {
  const silent: string[] = [];
  const described = new Map([...walk(document)].map(([path, { description }]) => [path, `${description}`]));
  for (const [path, value] of walk(document)) {
    if (path.includes('/examples/') || !Array.isArray(value['enum'])) continue;
    // What a parameter may be is said at the parameter.
    const about = described.get(path.replace(/(\/parameters\/\d+)\/schema$/, '$1')) ?? '';
    for (const word of value['enum']) {
      const [, meaning] = about.split(`- \`${word}\`: `);
      if (!/^[^\n]{3}/.test(meaning ?? '')) silent.push(`${path} ${word}`);
    }
  }
  t.strictSame(silent, []);
});

t.test('a member that is to go is marked, with the reason, whatever its type', async (t) => {
  const gone = { 'x-deprecated': { since: '2026-12-01', instead: 'Use "name".' } };
  const about = { description: 'Its title. Deprecated since 2026-12-01. Use "name".', deprecated: true };
  const members = {
    plain: Type.String({ description: 'Its title.', ...gone }),
    shared: Type.Unsafe({ ...described(Names, 'Its title.'), ...gone }),
    nullable: Type.Union([described(Names, 'Its title.'), Type.Null()], gone),
  };
  const $ref = '#/components/schemas/Names';
  t.strictSame(convert(Type.Object(members), {}, true)['properties'], {
    plain: { type: 'string', ...about },
    shared: { $ref, ...about },
    nullable: { ...about, anyOf: [{ $ref }, { type: 'null' }] },
  });
});

t.test('a component is described by itself, whatever a member says of it', async (t) => {
  const { Names, PlaceRef, Place } = document.components.schemas;
  t.match(Names.description, /^A name or text by language/);
  t.match(PlaceRef.description, /^A version of a place, in short/);
  t.strictSame(Place.properties.parent, {
    description: 'What lies directly above it.',
    anyOf: [{ $ref: '#/components/schemas/PlaceRef' }, { type: 'null' }],
  });
  t.strictSame(Place.properties.fullName, {
    $ref: '#/components/schemas/Names',
    description: 'The name with the type of the unit.',
  });
});

interface MediaType {
  schema: Json;
  examples?: Record<string, { summary: string; value: unknown }>;
}
interface Answer {
  content: Record<string, MediaType>;
}

/** Whether a value is what a schema of the document says, whose references lead into it. */
function fits(schema: Json, value: unknown): boolean {
  return Schema.Check({ ...schema, components: document.components }, value);
}

t.test('every example is what its schema says', async (t) => {
  let count = 0;
  for (const [path, value] of walk(document)) {
    if (path.includes('/examples/') || value['schema'] === undefined) continue;
    const { schema, examples = {}, example } = value as Json & MediaType;
    const all = Object.entries(examples).map(([name, one]) => [name, one.value]);
    if (example !== undefined) all.push(['example', example]);
    for (const [name, one] of all) {
      count += 1;
      t.ok(fits(schema, one), `${path} ${name}`);
    }
  }
  t.ok(count > 90);
  const { schema } = document.components.responses.NotFound.content['application/problem+json'];
  t.notOk(fits(schema, { code: 'not_found' }), 'and what is not does not fit');
  const { 200: ok } = document.paths['/v1/themes'].get.responses;
  t.notOk(fits(ok.content['application/json'].schema, { items: [{}] }));
});

t.test('the examples are what the service answers; `npm run generate` asks it', async (t) => {
  const { reader } = await testService(t);
  t.strictSame(await askExamples(reader), readExamples());
});

/** But for 304, which is no failure. */
function failureResponses(): [name: string, response: Answer & { description: string }][] {
  const { NotModified, ...failures } = document.components.responses;
  t.match(NotModified.headers, { ETag: {} });
  return Object.entries(failures);
}

t.test('every operation and every failure shows an answer', async (t) => {
  const without = operationNames.filter((name) => {
    const { path, method = 'GET' } = operationOf(name);
    const { responses } = document.paths[`/v1${path}`][method.toLowerCase()];
    return (responses['200'] as Answer).content['application/json']?.examples?.['answer'] === undefined;
  });
  t.strictSame(without, ['dataset'], 'the seeds hold no imported table');
  for (const [name, { content }] of failureResponses()) {
    const problems = Object.entries(content['application/problem+json']?.examples ?? {});
    t.ok(problems.length > 0, name);
    for (const [code, { summary, value }] of problems) {
      t.match(summary, /^(GET|POST|DELETE) \/v1\//);
      t.match(value, { code, type: `/docs/problems/${code}` });
    }
  }
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
  for (const [, { description }] of failureResponses()) {
    const codes = [...description.matchAll(/`(\w+)`/g)].map((match) => `${match[1]}`);
    t.ok(codes.length > 0);
    for (const code of codes) t.ok(code in errorCodes, code);
  }
  const item = document.paths['/v1/provinces/{code}'].get.responses;
  t.strictSame(Object.keys(item), [
    '200',
    '304',
    '400',
    '404',
    '405',
    '406',
    '412',
    '414',
    '429',
    '500',
    '503',
  ]);
  const list = document.paths['/v1/provinces'].get.responses;
  t.strictSame(Object.keys(list), ['200', '304', '400', '405', '406', '412', '429', '500', '503']);
});
