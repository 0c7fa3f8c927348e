/**
 * Prints the GraphQL schema from the contract: types from the shapes, fields of `Query` from the
 * operations, edges from the links. Only what a query can reach is printed, sorted by name.
 */

import { clocks, paging, withoutClocks } from './argument.ts';
import { DateOnly, Instant, idPattern, Language } from './common.ts';
import { type Link, linksOf } from './links.ts';
import { Notice } from './notice.ts';
import { operationNames, operationOf } from './operations.ts';

/** The parts of JSON Schema that the contract uses. */
interface Schema {
  title?: string;
  description?: string;
  type?: string;
  pattern?: string;
  format?: string;
  enum?: string[];
  'x-words'?: Record<string, string>;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** A field or argument with its type. */
interface Member {
  name: string;
  type: string;
  description: string;
  args?: Member[];
}

const operations = operationNames.map((name) => ({ name, ...operationOf(name) }));
const shapes = new Map(operations.map(({ of }): [string, Schema] => [titleOf(of), of]));

/** Types whose id is their own. A Fact or a Hit stands for another record, to which it links; a Scorecard has none. */
const nodeTypes = operations
  .filter(({ kind, of }) => kind === 'item' && 'id' in of.properties && !('record' in linksOf(titleOf(of))))
  .map(({ of }) => titleOf(of));

const simpleTypes: Record<string, string> = {
  integer: 'Int',
  number: 'Float',
  boolean: 'Boolean',
  string: 'String',
};

export function printSchema(): string {
  return new Printer().print();
}

class Printer {
  readonly #types = new Map<string, string>();

  print(): string {
    this.#define('Query', () => object('type Query', 'Every operation of the service.', this.#operations()));
    const sorted = [...this.#types].sort(([one], [other]) => (one < other ? -1 : 1));
    return `${sorted.map(([, text]) => text).join('\n\n')}\n`;
  }

  /** Prints a type when it is first met, as types refer to each other in circles. */
  #define(name: string, text: () => string): string {
    if (!this.#types.has(name)) {
      this.#types.set(name, '');
      this.#types.set(name, text());
    }
    return name;
  }

  #operations(): Member[] {
    const id = { name: 'id', type: 'ID!', description: 'Id of the record.' };
    const ofNode = [id, ...this.#arguments({ properties: clocks })];
    const fields = operations.map(({ name, kind, args: schema, of, summary, order }): Member => {
      const args = this.#arguments(schema);
      if (kind === 'list') {
        return { name, args, type: this.#connection(of), description: `${summary}, ${order}.` };
      }
      return {
        name,
        args,
        type: this.#named(of) + (kind === 'value' ? '!' : ''),
        description: `${summary}.`,
      };
    });
    return [
      ...fields,
      { name: 'node', args: ofNode, type: this.#node(), description: 'Any record by its id.' },
    ];
  }

  /** The arguments of an operation; `limit` is `first` here. */
  #arguments({ properties = {}, required = [] }: Schema): Member[] {
    return Object.entries(properties).map(([name, schema]) => ({
      name: name === 'limit' ? 'first' : name,
      type: this.#named(schema) + (required.includes(name) ? '!' : ''),
      description: describe(schema),
    }));
  }

  /** The type of a member: null only where the shape says so. */
  #type(schema: Schema): string {
    const [inner] = schema.anyOf ?? [];
    return inner === undefined ? `${this.#named(schema)}!` : this.#named(inner);
  }

  #named(schema: Schema): string {
    if (schema.items) return `[${this.#named(schema.items)}!]`;
    if (schema.enum) return this.#define(titleOf(schema), () => enumeration(schema));
    if (schema.properties) return this.#define(titleOf(schema), () => this.#object(schema));
    if (schema.title) return this.#scalar(schema.title, schema);
    if (schema.format === 'date') return this.#scalar('Date', DateOnly);
    if (schema.format === 'date-time') return this.#scalar('DateTime', Instant);
    return schema.pattern === idPattern ? 'ID' : String(simpleTypes[String(schema.type)]);
  }

  #scalar(name: string, schema: Schema): string {
    return this.#define(name, () => `${quoted(describe(schema))}scalar ${name}`);
  }

  #object(schema: Schema): string {
    const name = titleOf(schema);
    const links = linksOf(name);
    const properties: Record<string, Schema> = { ...schema.properties };
    const fields = Object.keys({ ...properties, ...links }).map((member): Member => {
      const [link, of] = [links[member], properties[member]];
      return link ? this.#edge(member, link) : this.#field(schema, member, of as Schema);
    });
    const implemented = nodeTypes.includes(name) ? ` implements ${this.#node()}` : '';
    return object(`type ${name}${implemented}`, describe(schema), fields);
  }

  #field(owner: Schema, name: string, schema: Schema): Member {
    const field = { name, type: this.#type(schema), description: describe(schema) };
    // What REST adds to all names by an argument of the request has the argument here.
    if (owner.title !== 'Names' || name !== 'label') return field;
    const type = `${this.#named(Language)} = en`;
    return { ...field, args: [{ name: 'lang', type, description: 'The language that is wanted.' }] };
  }

  /** A connection takes the arguments of its list, without those that name the one record that it starts from. */
  #edge(name: string, { kind, to, description, args }: Link): Member {
    const of = shapes.get(to);
    if (of === undefined) return { name, description, type: this.#node() };
    if (kind === 'one') return { name, description, type: this.#named(of) };
    const schema: Schema = args === undefined ? { properties: paging } : operationOf(args).args;
    const path = args === undefined ? '' : operationOf(args).path;
    const properties = Object.entries(withoutClocks({ ...schema.properties })).filter(
      ([arg]) => !path.includes(`{${arg}}`),
    );
    return {
      name,
      description,
      type: this.#connection(of),
      args: this.#arguments({ properties: Object.fromEntries(properties) }),
    };
  }

  #connection(of: Schema): string {
    const name = this.#named(of);
    const [connection, edge] = [`${name}Connection`, `${name}Edge`];
    const nullable = (member: string, type: string, description: string) => ({
      name: member,
      type,
      description,
    });
    const always = (member: string, type: string, description: string) =>
      nullable(member, `${type}!`, description);
    this.#define('PageInfo', () =>
      object('type PageInfo', 'Where a page stands in its list.', [
        always('hasNextPage', 'Boolean', 'Whether there is a page after this one.'),
        always('hasPreviousPage', 'Boolean', 'Whether the page starts after a cursor.'),
        nullable('startCursor', 'String', 'The cursor of the first record; null where there is none.'),
        nullable('endCursor', 'String', 'The cursor of the last record: `after` of the next page.'),
      ]),
    );
    this.#define(edge, () =>
      object(`type ${edge}`, `A ${name} in a page.`, [
        always('cursor', 'String', 'What a page that starts after the record takes as `after`.'),
        always('node', name, 'The record.'),
      ]),
    );
    this.#define(connection, () =>
      object(`type ${connection}`, `A page of ${name} records.`, [
        always('nodes', `[${name}!]`, 'The records of the page.'),
        always('edges', `[${edge}!]`, 'The records with their cursors.'),
        always('pageInfo', 'PageInfo', 'Where the page stands in the list.'),
        nullable(
          'totalCount',
          'Int',
          'How many records all pages have; null above the limit of exact totals.',
        ),
        nullable('totalAtLeast', 'Int', 'Where totalCount is null: more than this many.'),
        always('release', 'Int', 'The release that the page is of; 0 before the first.'),
        nullable('notice', this.#named(Notice), 'Why the list is empty or surprising.'),
      ]),
    );
    return `${connection}!`;
  }

  #node(): string {
    const id = { name: 'id', type: 'ID!', description: 'The global id, `type:key`.' };
    return this.#define('Node', () => object('interface Node', 'A record that has an id of its own.', [id]));
  }
}

function titleOf(schema: Schema): string {
  return String(schema.title);
}

/** What is nullable is described by itself or by what it holds. */
function describe({ description, anyOf = [] }: Schema): string {
  return description ?? String(anyOf[0]?.description);
}

function quoted(description: string): string {
  return `${JSON.stringify(description)}\n`;
}

function enumeration(schema: Schema): string {
  const values = Object.entries({ ...schema['x-words'] });
  const lines = values.map(([word, meaning]) => `${quoted(meaning)}${word}\n`);
  return `${quoted(describe(schema))}enum ${schema.title} {\n${indented(lines.join(''))}}`;
}

function object(head: string, description: string, fields: readonly Member[]): string {
  return `${quoted(description)}${head} {\n${indented(fields.map(member).join(''))}}`;
}

function member({ name, type, description, args = [] }: Member): string {
  const list = args.length === 0 ? '' : `(\n${indented(args.map(member).join(''))})`;
  return `${quoted(description)}${name}${list}: ${type}\n`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
