import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  validateSchema,
} from 'graphql';
import t from 'tap';
import { schemaFile, schemaText } from '../../scripts/generate-graphql.ts';
import { operationNames } from '../../src/schema/operations.ts';
import { printSchema } from '../../src/schema/sdl.ts';
import { subscriptions } from '../../src/schema/subscriptions.ts';

const schema = buildSchema(printSchema());
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const fieldsOf = (type: GraphQLNamedType | undefined) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/** `name(argument: Type): Type`, as the schema has it. */
function signature(type: string, field: string): string {
  const found = fieldsOf(schema.getType(type)).find(({ name }) => name === field);
  const args = (found?.args ?? []).map(({ name, type: of, defaultValue }) =>
    defaultValue === undefined ? `${name}: ${of}` : `${name}: ${of} = ${defaultValue}`,
  );
  return `${field}${args.length === 0 ? '' : `(${args.join(', ')})`}: ${found?.type}`;
}

t.test('prints a valid schema, the one that is committed', async (t) => {
  t.strictSame(validateSchema(schema), []);
  t.equal(readFileSync(schemaFile, 'utf8'), schemaText(), 'npm run generate has nothing to change');
});

t.test('describes every type, field, argument and word', async (t) => {
  const nameless: string[] = [];
  const check = (where: string, { description }: { description?: string | null | undefined }) => {
    if (!description || description === 'undefined') nameless.push(where);
  };
  for (const type of types) {
    check(type.name, type);
    for (const field of fieldsOf(type)) {
      check(`${type.name}.${field.name}`, field);
      for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name}:)`, arg);
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    }
    if (isEnumType(type)) for (const word of type.getValues()) check(`${type.name}.${word.name}`, word);
  }
  t.strictSame(nameless, []);
});

t.test(
  'holds no type that a query cannot reach, and none of the short forms that links replace',
  async (t) => {
    const reached = new Set<GraphQLNamedType>();
    const visit = (type: GraphQLNamedType) => {
      if (reached.has(type)) return;
      reached.add(type);
      for (const field of fieldsOf(type)) {
        visit(getNamedType(field.type));
        for (const arg of field.args) visit(getNamedType(arg.type));
      }
    };
    visit(schema.getQueryType() as GraphQLNamedType);
    visit(schema.getSubscriptionType() as GraphQLNamedType);
    t.strictSame(
      types.filter((type) => !reached.has(type)).map(({ name }) => name),
      [],
    );
    t.strictSame(
      types.map(({ name }) => name).filter((name) => name.endsWith('Ref')),
      [],
    );
  },
);

t.test('has one field of Query for each operation, and node and nodes', async (t) => {
  t.strictSame(
    fieldsOf(schema.getType('Query')).map(({ name }) => name),
    [...operationNames, 'node', 'nodes'],
  );
  t.equal(
    signature('Query', 'districts'),
    'districts(parent: ID, on: String, type: [PlaceType!], within: ID, q: String, first: Int, after: String, release: Int, asOf: Date, last: Int, before: String, filter: DistrictsFilter): PlaceConnection!',
  );
  t.equal(
    signature('Query', 'province'),
    'province(code: String!, on: String, release: Int, asOf: Date): Place',
  );
  t.equal(signature('Query', 'config'), 'config(release: Int, asOf: Date): Config!');
  t.equal(signature('Query', 'node'), 'node(id: ID!, release: Int, asOf: Date): Node');
  t.equal(signature('Query', 'nodes'), 'nodes(ids: [ID!]!, release: Int, asOf: Date): [Node]!');
});

t.test('has one field of Subscription for each subscription', async (t) => {
  t.strictSame(
    fieldsOf(schema.getType('Subscription')).map(({ name }) => name),
    Object.keys(subscriptions),
  );
  t.equal(signature('Subscription', 'releasePublished'), 'releasePublished(since: Int): Release!');
});

t.test('makes nullable what may be null, and nothing else', async (t) => {
  t.equal(signature('Observation', 'value'), 'value: Float');
  t.equal(signature('Observation', 'dimensions'), 'dimensions: StringMap!');
  t.equal(signature('Observation', 'measure'), 'measure: Measure!');
  t.equal(signature('Period', 'start'), 'start: Date!');
  t.equal(signature('Release', 'createdAt'), 'createdAt: DateTime!');
  t.equal(signature('Event', 'period'), 'period: Period');
  t.equal(signature('Theme', 'elements'), 'elements: [Names!]!');
});

t.test('serves links as whole records and as connections with the arguments of their list', async (t) => {
  t.equal(signature('Theme', 'event'), 'event: Event');
  t.equal(signature('Hit', 'record'), 'record: Node');
  t.equal(
    signature('Theme', 'citations'),
    'citations(first: Int, after: String, last: Int, before: String): CitationConnection!',
  );
  t.equal(
    signature('Document', 'citations'),
    'citations(paragraph: Int, type: [RecordType!], first: Int, after: String, last: Int, before: String, filter: DocumentCitationsFilter): CitationConnection!',
    'the document itself is no argument',
  );
  t.match(signature('Body', 'contradictions'), /^contradictions\(kind: \[ContradictionKind!\], fact: ID, /);
});

t.test('gives a name its label by an argument, in English unless said otherwise', async (t) => {
  t.equal(signature('Names', 'label'), 'label(lang: Language = en): Label!');
});

t.test(
  'makes a Node of whatever has an id of its own, but not of what stands for another record',
  async (t) => {
    const nodes = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name);
    t.strictSame(nodes.sort(), [
      'Body',
      'Contradiction',
      'Dataset',
      'Document',
      'Event',
      'Indicator',
      'Instrument',
      'Motto',
      'Observation',
      'Person',
      'Place',
      'Task',
      'Theme',
    ]);
    t.equal(signature('Fact', 'id'), 'id: ID!');
  },
);

t.test('knows four scalars of its own', async (t) => {
  t.strictSame(
    types
      .filter(isScalarType)
      .map(({ name }) => name)
      .sort(),
    ['Date', 'DateTime', 'JSON', 'StringMap'],
  );
});
