/** Asks one question of REST and of GraphQL, and brings GraphQL's answer into REST's form. */
import { isDeepStrictEqual } from 'node:util';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import type { Test } from 'tap';
import type { TObject } from 'typebox';
import { costOf } from '../src/resolvers/cost.ts';
import { limits } from '../src/schema/config.ts';
import { type OperationName, operationOf } from '../src/schema/operations.ts';
import { printSchema } from '../src/schema/sdl.ts';
import { inRestForm, selectionOf } from './selection.ts';
import type { TestService } from './service.ts';

export type Arguments = Record<string, string>;

export interface Described {
  type?: string;
  enum?: string[];
  items?: Described;
}

/** A REST argument as a GraphQL literal. */
export function literalOf(name: OperationName, argument: string, text: string): string {
  const schema = operationOf(name).args.properties[argument] as Described | undefined;
  const one = (item: Described | undefined, value: string): string =>
    item?.enum?.includes(value) || (item?.type === 'integer' && /^-?\d+$/.test(value))
      ? value
      : JSON.stringify(value);
  if (schema?.items)
    return `[${valuesOf(name, text)
      .map((value) => one(schema.items, value))
      .join(', ')}]`;
  return one(schema, text);
}

/** The arguments of a POST, typed as their schemas say; a list is written with "|" between its values. */
export function bodyOf(name: OperationName, args: Arguments): object {
  const { properties } = operationOf(name).args;
  const typed = Object.entries(args).map(([key, text]) => {
    const { items, type } = (properties[key] ?? {}) as Described;
    const isNumber = type === 'integer' && /^-?\d+$/.test(text);
    return [key, items ? valuesOf(name, text) : isNumber ? Number(text) : text];
  });
  return Object.fromEntries(typed);
}

const valuesOf = (name: OperationName, text: string): string[] =>
  text.split(operationOf(name).method === 'POST' ? '|' : ',');

export function restAddress(name: OperationName, args: Arguments): string {
  const { path } = operationOf(name);
  const inPath = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(args[key] ?? ''));
  const query = Object.entries(args).filter(([key]) => !path.includes(`{${key}}`));
  return `/v1${inPath}${query.length === 0 ? '' : `?${new URLSearchParams(query)}`}`;
}

/** Asks for as much of each list that REST embeds as a document may cost. */
export function documentOf(name: OperationName, args: Arguments): string {
  const question = `${name} ${args['limit'] ?? ''}`;
  const size = affordable.get(question) ?? sizes.find((one) => isAffordable(documentOfSize(name, args, one)));
  affordable.set(question, size as number);
  return documentOfSize(name, args, size as number);
}

const sizes = [500, 200, 160, 140, 100, 50, 25, 10, 1];
/** By operation and size of its page. */
const affordable = new Map<string, number>();

const schema = buildSchema(printSchema());

function isAffordable(text: string): boolean {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return costOf(schema, document, operation, {}) <= limits.queryCostMax;
}

function documentOfSize(name: OperationName, args: Arguments, size: number): string {
  const { kind, of } = operationOf(name);
  const list = Object.entries(args).map(
    ([key, text]) => `${key === 'limit' ? 'first' : key}: ${literalOf(name, key, text)}`,
  );
  const selection = selectionOf(of, size);
  const result =
    kind === 'list'
      ? `{ nodes ${selection} totalCount totalAtLeast release notice { code text since try } pageInfo { endCursor hasNextPage } }`
      : selection;
  return `{ answer: ${name}${list.length === 0 ? '' : `(${list.join(', ')})`} ${result} }`;
}

interface Connection {
  nodes: unknown[];
  totalCount: number | null;
  totalAtLeast: number | null;
  release: number;
  notice: unknown;
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

/** GraphQL's answer as REST would give it. */
export function asRest(name: OperationName, answer: unknown): unknown {
  const { kind, of } = operationOf(name);
  if (kind !== 'list') return inRestForm(answer, of);
  const { nodes, totalCount, totalAtLeast, release, notice, pageInfo } = answer as Connection;
  return {
    items: nodes.map((node) => inRestForm(node, of as TObject)),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    total: totalCount,
    ...(totalCount === null ? { totalAtLeast } : {}),
    release,
    notice,
  };
}

export interface Said {
  rest: { status: number; body: Record<string, unknown> };
  graphql: unknown;
  error: Record<string, unknown> | undefined;
}

/** What both mouths say to one question. */
export async function bothSay(service: TestService, name: OperationName, args: Arguments): Promise<Said> {
  const rest =
    operationOf(name).method === 'POST'
      ? await service.post(`/v1${operationOf(name).path}`, bodyOf(name, args))
      : await service.get(restAddress(name, args));
  const { data, errors } = await service.graphql(documentOf(name, args));
  return { rest, graphql: data?.['answer'], error: errors?.[0]?.extensions };
}

/** That GraphQL gives what REST gives. To compare is much cheaper than to look for what differs, which is done if anything does. */
export function isSaidByBoth(t: Test, name: OperationName, { rest, graphql }: Said, message: string): void {
  const same = asRest(name, graphql);
  if (isDeepStrictEqual(same, rest.body)) t.pass(message);
  else t.strictSame(same, rest.body, message);
}
