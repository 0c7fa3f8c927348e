/** The resolvers of the whole schema: one loop over the operations and one over the links. */
import { type GraphQLResolveInfo, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { IFieldResolver, IResolvers } from 'mercurius';
import { labelOf } from '../queries/label.ts';
import type { Page, Row } from '../queries/types.ts';
import type { Language, Names } from '../schema/common.ts';
import { type Link, links, linksOf } from '../schema/links.ts';
import { type OperationName, operationNames, operationOf } from '../schema/operations.ts';
import type { Answer, Inquiry } from './inquiry.ts';

declare module 'mercurius' {
  interface MercuriusContext {
    inquiry: Inquiry;
  }
}

export const resolvers: IResolvers = {
  Query: {
    ...Object.fromEntries(operationNames.map((name) => [name, operationResolver(name)])),
    node: async (_root, args, { inquiry }, { path }) =>
      nodeOf(await inquiry.node(fieldOfQuery(path), argumentsOf(args))),
  },
  ...Object.fromEntries(
    Object.keys(links).map((type) => [
      type,
      Object.fromEntries(
        Object.entries(linksOf(type)).map(([field, link]) => [field, linkResolver(type, field, link)]),
      ),
    ]),
  ),
  Names: {
    label: (names: Names, { lang }: { lang: Language | null }) => labelOf(names, lang ?? 'en'),
  },
  Node: { resolveType: ({ id }: { id: string }) => typeOfId(id) },
};

function operationResolver(name: OperationName): IFieldResolver<unknown> {
  const { kind } = operationOf(name);
  return async (_root, args, { inquiry }, { path }) => {
    const found = await inquiry.operation(fieldOfQuery(path), name, argumentsOf(args));
    return kind === 'list' ? connectionOf(found, args) : found;
  };
}

function linkResolver(type: string, field: string, { kind, to }: Link): IFieldResolver<Row> {
  if (kind === 'many') {
    return async (row, args, { inquiry }, { path }) =>
      connectionOf(
        await inquiry.link(fieldOfQuery(path), { type, name: field }, row, argumentsOf(args)),
        args,
      );
  }
  return async (row, args, { inquiry }, info) => {
    const short = shortFormOf(row[field]);
    if (short === null || (short !== undefined && holdsAll(short, to, info))) return short;
    const found = await inquiry.link(fieldOfQuery(info.path), { type, name: field }, row, args);
    return to === 'Node' ? nodeOf(found) : found;
  };
}

/** The field of `Query` that a field lies below, by its key in the answer. */
function fieldOfQuery({ prev, key }: GraphQLResolveInfo['path']): string {
  return prev === undefined ? String(key) : fieldOfQuery(prev);
}

/** As the contract names them; null is absent. */
function argumentsOf(args: Row): Row {
  const given = Object.entries(args).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name === 'first' ? 'limit' : name, value]));
}

function connectionOf(answer: Answer, { after = null }: Row): Row {
  const { items, cursors, next, total, totalAtLeast, release, notice } = answer as Page<Row>;
  return {
    nodes: items,
    edges: items.map((node, index) => ({ cursor: cursors[index], node })),
    pageInfo: {
      hasNextPage: next !== null,
      hasPreviousPage: after !== null,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    totalCount: total,
    totalAtLeast,
    release,
    notice,
  };
}

/** What a row says of the record that it links to; undefined where it says nothing. */
function shortFormOf(value: unknown): Row | null | undefined {
  return typeof value === 'string' ? { id: value } : (value as Row | null | undefined);
}

/** Whether the short form has every field that is asked of the record. */
function holdsAll(short: Row, type: string, { fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const edges = linksOf(type);
  const holds = (set: SelectionSetNode | undefined): boolean => Boolean(set?.selections.every(holdsOne));
  const holdsOne = (selection: SelectionNode): boolean => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return holds(fragments[selection.name.value]?.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return holds(selection.selectionSet);
    const name = selection.name.value;
    return name === '__typename' || (name in short && !(name in edges));
  };
  return fieldNodes.every((node) => holds(node.selectionSet));
}

/** The record itself; its id says its type. */
function nodeOf(answer: Answer): unknown {
  return (answer as { row: Row } | null)?.row;
}

/** `place_version:…` → `Place`, `body:…` → `Body`. */
function typeOfId(id: string): string {
  const word = id.split(/[_:]/, 1).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}
