/**
 * The one door: both mouths ask here, and nothing bypasses its check. Arguments are checked, then
 * one query of `queries/` answers.
 */

import { PublicError } from '../errors.ts';
import { paging } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { linksOf } from '../schema/links.ts';
import { type ListName, type OperationName, operationOf, operations } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, readCursor, writeCursor } from './cursor.ts';
import type { LinkQuery, ManyQuery, OneQuery } from './edges.ts';
import {
  findNode,
  findNodes,
  itemQueries,
  type ListQuery,
  listQueries,
  type Node,
  valueQueries,
} from './index.ts';
import { withLabels } from './label.ts';
import { linkQueries } from './links.ts';
import { explain } from './notices.ts';
import { dayAsked, placesOn, rememberDay, rememberedDay } from './places.ts';
import { type Found, findEach, findPages } from './source.ts';
import type { Context, Page, Row, Scope } from './types.ts';

export { openScope } from './releases.ts';

type Checked = Record<string, unknown>;

/** Answers an operation: a list a page, an item a record or null, a value its one thing. */
export async function answer(
  context: Context,
  scope: Scope,
  name: OperationName,
  args: unknown,
): Promise<Page<Row> | Row | null> {
  const operation = operationOf(name);
  const checked = checkArguments(name, operation.args, args);
  const result =
    operation.kind === 'list'
      ? await answerList(context, scope, name as ListName, checked)
      : await singleQuery(operation.kind, name)(context, scope, checked);
  const lang = checked['lang'] as Language | undefined;
  return lang === undefined ? result : withLabels(result, lang);
}

type AnySingleQuery = (context: Context, scope: Scope, args: Checked) => Promise<Row | null>;
const singleQueries = { item: itemQueries, value: valueQueries };
const singleQuery = (kind: keyof typeof singleQueries, name: OperationName) =>
  (singleQueries[kind] as Record<string, unknown>)[name] as AnySingleQuery;
type AnyListQuery = (args: Checked, scope: Scope) => ListQuery;
const listQuery = (name: ListName) => listQueries[name] as AnyListQuery;

const pageSize = (args: Checked): number => (args['limit'] as number | undefined) ?? limits.pageSizeDefault;

/** The scope and place to go on from: those of the cursor, where one is given. */
function startOf(args: Checked, through: string, scope: Scope): { scope: Scope; after: string | undefined } {
  const cursor = args['after'] as string | undefined;
  return cursor === undefined ? { scope, after: undefined } : readCursor(cursor, through, scope);
}

async function answerList(
  context: Context,
  current: Scope,
  name: ListName,
  args: Checked,
): Promise<Page<Row>> {
  const through = pageThrough(name, args);
  const { scope, after } = startOf(args, through, current);
  const { find, remember } = listQuery(name)(args, scope);
  const limit = pageSize(args);
  const found = await find(context, scope, { limit, after });
  const page = pageOf(found, limit, through, scope);
  for (const row of page.items) remember?.(row);
  return { ...page, notice: await explain(context, scope, name, args, found.total) };
}

/** Rows that are read at once where all are wanted. */
const pieceSize = 1000;

/**
 * All of a list, piece by piece, as it is needed. The first piece is there when this returns, so that what
 * cannot be answered fails before anything is sent.
 */
export async function answerAll(
  context: Context,
  scope: Scope,
  name: ListName,
  args: Record<string, unknown>,
): Promise<AsyncIterable<Row[]>> {
  const paged = Object.keys(paging).find((one) => one in args);
  if (paged !== undefined) {
    const message = `A file holds the whole list of "${name}"; it has no argument "${paged}".`;
    throw new PublicError('unknown_argument', message, { parameter: paged });
  }
  const { lang, ...checked } = checkArguments(name, operationOf(name).args, args);
  const { find } = listQuery(name)(checked, scope);
  const read = async (after: string | undefined): Promise<{ rows: Row[]; last: string | undefined }> => {
    const { rows, sortKeys } = await find(context, scope, { limit: pieceSize, after, uncounted: true });
    const piece = rows.slice(0, pieceSize);
    return {
      rows: lang === undefined ? piece : withLabels(piece, lang as Language),
      last: rows.length > pieceSize ? sortKeys[pieceSize - 1] : undefined,
    };
  };
  const first = await read(undefined);
  return (async function* () {
    yield first.rows;
    for (let { last } = first; last !== undefined; ) {
      const piece = await read(last);
      yield piece.rows;
      last = piece.last;
    }
  })();
}

function pageOf(found: Found, limit: number, through: string, scope: Scope): Page<Row> {
  const cursors = found.sortKeys.slice(0, limit).map((key) => writeCursor(through, scope, key));
  const counted = found.total <= limits.totalExactTo;
  return {
    items: found.rows.slice(0, limit),
    cursors,
    next: found.rows.length > limit ? (cursors[limit - 1] as string) : null,
    total: counted ? found.total : null,
    totalAtLeast: counted ? null : limits.totalExactTo,
    release: scope.release,
    notice: null,
  };
}

/** Any record by its id, whatever its type. */
export async function answerNode(context: Context, scope: Scope, id: string): Promise<Node | null> {
  return findNode(context, scope, id);
}

/** Answers an edge for a batch of rows of one type: a record or null each, or a page each. */
export async function answerLink(
  context: Context,
  scope: Scope,
  type: string,
  field: string,
  parents: readonly Row[],
  args: unknown,
): Promise<(Page<Row> | Row | Node | null)[]> {
  const query = (linkQueries as Record<string, Record<string, LinkQuery>>)[type]?.[field];
  if (!query) throw new Error(`no query for the link ${type}.${field}`);
  return query.kind === 'one'
    ? answerOne(context, scope, query, parents)
    : answerMany(context, scope, `${type}.${field}`, query, parents, args);
}

async function answerOne(
  context: Context,
  scope: Scope,
  { source, by, key, day }: OneQuery,
  parents: readonly Row[],
): Promise<(Row | Node | null)[]> {
  const asked = parents.map((parent) => ({ key: key(parent), on: day?.(parent) }));
  const found = new Map<string | undefined, Map<string, Row | Node>>();
  for (const on of new Set(asked.map((one) => one.on))) {
    const keys = asked.flatMap((one) => (one.on === on && one.key !== null ? [one.key] : []));
    const wanted = [...new Set(keys)];
    if (wanted.length === 0) continue;
    const records =
      source === 'Node'
        ? await findNodes(context, scope, wanted)
        : await findEach(context, scope, on === undefined ? source : placesOn(on), by, wanted);
    found.set(on, records);
  }
  return asked.map((one) => {
    const record = (one.key === null ? undefined : found.get(one.on)?.get(one.key)) ?? null;
    return record && rememberDay({ ...record }, one.on);
  });
}

async function answerMany(
  context: Context,
  current: Scope,
  name: string,
  query: ManyQuery,
  parents: readonly Row[],
  args: unknown,
): Promise<Page<Row>[]> {
  const { operation, checked } = checkLinkArguments(name, args);
  const withDefaults = { ...query.defaults, ...checked };
  const keys = parents.map((parent) => query.key(parent, current, checked));
  const through = (key: string) => pageThrough(`${name} ${key}`, withDefaults);
  const starts = keys.map((key) => startOf(checked, through(key), current));
  const { scope, after } = starts[0] ?? { scope: current, after: undefined };
  const list = operation === undefined ? undefined : listQuery(operation)(withDefaults, scope);
  const limit = pageSize(checked);
  const found = await findPages(context, scope, query, [...new Set(keys)], {
    where: list?.where ?? [],
    limit,
    after,
  });
  const onPages = [...found.values()].flatMap(({ rows }) => rows.slice(0, limit));
  await list?.complete?.(context, scope, onPages);
  return keys.map((key, index) => {
    const page = pageOf(found.get(key) as Found, limit, through(key), scope);
    if (!query.passesDay) return page;
    const on = checked['on'] as string | undefined;
    const day = on === undefined ? rememberedDay(parents[index] as Row) : dayAsked(on);
    return { ...page, items: page.items.map((row) => rememberDay({ ...row }, day)) };
  });
}

/** The arguments of a connection: paging, and those of the list operation that it names. */
function checkLinkArguments(
  name: string,
  args: unknown,
): { operation: ListName | undefined; checked: Checked } {
  const [type, field] = name.split('.') as [string, string];
  const operation = linksOf(type)[field]?.args;
  const properties = operation === undefined ? paging : operations[operation].args.properties;
  return { operation, checked: checkArguments(name, { properties }, args) };
}
