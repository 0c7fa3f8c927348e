/** The resolvers of the whole schema: one loop over the operations and one over the links. */
import type { GraphQLResolveInfo } from 'graphql';
import type { IFieldResolver, IResolvers } from 'mercurius';
import { labelOf } from '../queries/label.ts';
import type { Reading } from '../queries/pages.ts';
import type { Page, Row } from '../queries/types.ts';
import type { Language, Names } from '../schema/common.ts';
import { type Link, links, linksOf } from '../schema/links.ts';
import { type OperationName, operationNames, operationOf } from '../schema/operations.ts';
import { titleOf } from '../schema/sdl-text.ts';
import { argumentsOf } from './arguments.ts';
import './execution.ts';
import type { Answer } from './inquiry.ts';
import { holdsAll, wantedOfPage, wantedOfRecord } from './selection.ts';

export const resolvers: IResolvers = {
  Query: {
    ...Object.fromEntries(operationNames.map((name) => [name, operationResolver(name)])),
    node: async (_root, { id, ...clocks }, { inquiry }, info) => {
      const asked = { ids: [id], ...clocks };
      const [found] = await inquiry.nodes(fieldOfQuery(info.path), asked, wantedOfRecord('Node', info));
      return nodeOf(found as Answer);
    },
    nodes: async (_root, args, { inquiry }, info) =>
      (await inquiry.nodes(fieldOfQuery(info.path), args, wantedOfRecord('Node', info))).map(nodeOf),
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
  const { kind, of } = operationOf(name);
  const type = titleOf(of);
  return async (_root, given, { inquiry }, info) => {
    const field = fieldOfQuery(info.path);
    const { args, back } = argumentsOf(given);
    if (kind !== 'list') return inquiry.operation(field, name, args, wantedOfRecord(type, info));
    const reading = { ...wantedOfPage(type, info), ...back };
    return connectionOf(await inquiry.operation(field, name, args, reading), args, reading);
  };
}

function linkResolver(type: string, field: string, { kind, to }: Link): IFieldResolver<Row> {
  if (kind === 'many') {
    return async (row, given, { inquiry }, info) => {
      const { args, back } = argumentsOf(given);
      const reading = { ...wantedOfPage(to, info), ...back };
      const found = await inquiry.link(fieldOfQuery(info.path), { type, name: field }, row, args, reading);
      return connectionOf(found, args, reading);
    };
  }
  return async (row, args, { inquiry }, info) => {
    const short = shortFormOf(row[field]);
    if (short === null || (short !== undefined && holdsAll(short, to, info))) return short;
    const reading = wantedOfRecord(to, info);
    const found = await inquiry.link(fieldOfQuery(info.path), { type, name: field }, row, args, reading);
    return to === 'Node' ? nodeOf(found) : found;
  };
}

/** The field of `Query` that a field lies below, by its key in the answer. */
function fieldOfQuery({ prev, key }: GraphQLResolveInfo['path']): string {
  return prev === undefined ? String(key) : fieldOfQuery(prev);
}

function connectionOf(answer: Answer, { after }: Row, { last, before }: Reading): Row {
  const { items, cursorOf, more, total, totalAtLeast, release, notice } = answer as Page<Row>;
  const fromEnd = last !== undefined;
  return {
    nodes: items,
    // Most clients ask for no cursor.
    edges: () => items.map((node, index) => ({ cursor: cursorOf(index), node })),
    pageInfo: {
      hasNextPage: (more && !fromEnd) || before !== undefined,
      hasPreviousPage: (more && fromEnd) || after !== undefined,
      startCursor: () => (items.length === 0 ? null : cursorOf(0)),
      endCursor: () => (items.length === 0 ? null : cursorOf(items.length - 1)),
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

/** The record itself; its id says its type. */
function nodeOf(answer: Answer): unknown {
  return (answer as { row: Row } | null)?.row;
}

/** `place_version:…` → `Place`, `body:…` → `Body`. */
function typeOfId(id: string): string {
  const word = id.split(/[_:]/, 1).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}
