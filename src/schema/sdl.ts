/**
 * Prints the GraphQL schema from the contract: types from the shapes, fields of `Query` from the
 * operations, edges from the links. Only what a query can reach is printed, sorted by name.
 */

import { backPaging, clocks, nodeIds, paging, withoutClocks } from './argument.ts';
import { DateOnly, Instant, idPattern, Language } from './common.ts';
import { type Link, linksOf } from './links.ts';
import { Notice } from './notice.ts';

import { type Operation, type OperationName, operationNames, operationOf } from './operations.ts';
import {
  describe,
  describeShape,
  enumeration,
  type Member,
  object,
  quoted,
  type Schema,
  titleOf,
} from './sdl-text.ts';
import { subscriptions } from './subscriptions.ts';

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
    const told = 'What clients are told when it happens.';
    this.#define('Subscription', () => object('type Subscription', told, this.#subscriptions()));
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
    const ids = { name: 'ids', type: '[ID!]!', description: describe(nodeIds) };
    const ofClocks = this.#arguments({ properties: clocks });
    const fields = operationNames.map((name): Member => {
      const { kind, args, of, summary, order, 'x-deprecated': deprecated } = operationOf(name);
      const isList = kind === 'list';
      return {
        name,
        args: [...this.#arguments(args), ...(isList ? this.#connectionArguments(name) : [])],
        type: isList ? this.#connection(of) : this.#named(of) + (kind === 'value' ? '!' : ''),
        description: isList ? `${summary}, ${order}.` : `${summary}.`,
        deprecated,
      };
    });
    return [
      ...fields,
      { name: 'node', args: [id, ...ofClocks], type: this.#node(), description: 'Any record by its id.' },
      {
        name: 'nodes',
        args: [ids, ...ofClocks],
        type: `[${this.#node()}]!`,
        description: 'Records of any types by their ids, in this order; null for an id that there never was.',
      },
    ];
  }

  #subscriptions(): Member[] {
    return Object.entries(subscriptions).map(([name, { args: schema, of, summary }]) => {
      const args = this.#arguments(schema);
      return { name, args, type: `${this.#named(of)}!`, description: `${summary}.` };
    });
  }

  /** What a connection takes besides the arguments of its list: pages from the end, and its filters as one value. */
  #connectionArguments(list: OperationName | undefined): Member[] {
    const back = this.#arguments({ properties: backPaging });
    const filters = list === undefined ? {} : filtersOf(operationOf(list));
    if (list === undefined || Object.keys(filters).length === 0) return back;
    const name = `${list.charAt(0).toUpperCase()}${list.slice(1)}Filter`;
    const description = `What picks records of the list \`${list}\`; each also is an argument of its own.`;
    const type = this.#define(name, () =>
      object(`input ${name}`, description, this.#arguments({ properties: filters })),
    );
    const use = 'Filters as one value, such as a variable; none of them may stand beside it too.';
    return [...back, { name: 'filter', type, description: use }];
  }

  /** The arguments of an operation; `limit` is `first` here. */
  #arguments({ properties = {}, required = [] }: Schema): Member[] {
    return Object.entries(properties).map(([name, schema]) => ({
      name: name === 'limit' ? 'first' : name,
      type: this.#named(schema) + (required.includes(name) ? '!' : ''),
      description: describe(schema),
      // GraphQL knows no required argument that is to go.
      deprecated: required.includes(name) ? undefined : schema['x-deprecated'],
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
    return this.#define(name, () => `${quoted(describeShape(schema))}scalar ${name}`);
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
    return object(`type ${name}${implemented}`, describeShape(schema), fields);
  }

  #field(owner: Schema, name: string, schema: Schema): Member {
    const field = {
      name,
      type: this.#type(schema),
      description: describe(schema),
      deprecated: schema['x-deprecated'],
    };
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
    const properties = Object.entries(withoutClocks<Schema>({ ...schema.properties })).filter(
      ([arg]) => !path.includes(`{${arg}}`),
    );
    return {
      name,
      description,
      type: this.#connection(of),
      args: [
        ...this.#arguments({ properties: Object.fromEntries(properties) }),
        ...this.#connectionArguments(args),
      ],
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
        always('hasPreviousPage', 'Boolean', 'Whether there is a page before this one.'),
        nullable('startCursor', 'String', 'The cursor of the first record: `before` of the page before.'),
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

/** What picks the records of a list, where it need not be given: no pages, no clocks, nothing of its address. */
function filtersOf({ args, path }: Operation): Record<string, Schema> {
  const { required = [], properties } = args as Schema;
  return Object.fromEntries(
    Object.entries(withoutClocks<Schema>({ ...properties })).filter(
      ([name]) => !(name in paging) && !required.includes(name) && !path.includes(`{${name}}`),
    ),
  );
}
