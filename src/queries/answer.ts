/**
 * The one door: both mouths ask here, and nothing bypasses its check. Arguments are checked, then
 * one query of `queries/` answers.
 */

import { PublicError } from '../errors.ts';
import { paging, withoutClocks } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { linksOf } from '../schema/links.ts';
import { type ListName, type OperationName, operationOf, operations } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, readCursor, writeCursor } from './cursor.ts';
import type { LinkQuery, ManyQuery, OneQuery } from './edges.ts';
import { findNode, findNodes, itemQueries, listQueries, type Node, valueQueries } from './index.ts';
import { withLabels } from './label.ts';
import { linkQueries } from './links.ts';
import type { ListQuery } from './lists.ts';
import { explain } from './notices.ts';
import { dayAsked, placesOn, rememberDay, rememberedDay } from './places.ts';
import { leftOutNotice } from './publication.ts';
import { rememberScope } from './scopes.ts';
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
  if (cursor === undefined) return { scope, after: undefined };
  const position = readCursor(cursor, through, scope);
  const same = position.scope.release === scope.release && position.scope.today === scope.today;
  return same ? { ...position, scope } : position;
}

/** A page that a cursor of another release or day leads to: so are its edges. */
function pageOfScope(page: Page<Row>, scope: Scope, current: Scope): Page<Row> {
  return scope === current ? page : rememberScope(page, scope);
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
  const notice =
    leftOutNotice(await countLeftOut(context, scope, name, args)) ??
    (await explain(context, scope, name, args, found.total));
  return pageOfScope({ ...page, notice }, scope, current);
}

/** How many more would be listed if it were known when they were published. */
async function countLeftOut(context: Context, scope: Scope, name: ListName, args: Checked): Promise<number> {
  const { publishedBy = 'unknown' } = args;
  if (publishedBy === 'unknown') return 0;
  const { find } = listQuery(name)({ ...args, publishedBy: 'unknown' }, scope);
  return (await find(context, scope, { limit: 1, after: undefined })).total;
}

/** Rows that are read at once where all are wanted. */
const pieceSize = 1000;

/** Some of a list, with the cursor of each row. */
export interface Piece {
  rows: Row[];
  cursors: string[];
}

/**
 * All of a list, piece by piece, as it is needed. The first piece is there when this returns, so that what
 * cannot be answered fails before anything is sent. Where it is `resumable`, it goes on `after` a cursor.
 */
export async function answerAll(
  context: Context,
  current: Scope,
  name: ListName,
  args: Record<string, unknown>,
  { resumable }: { resumable: boolean } = { resumable: false },
): Promise<AsyncIterable<Piece>> {
  const paged = Object.keys(paging).find((one) => one in args && !(resumable && one === 'after'));
  if (paged !== undefined) {
    const message = `A file holds the whole list of "${name}"; it has no argument "${paged}".`;
    throw new PublicError('unknown_argument', message, { parameter: paged });
  }
  const { lang, ...checked } = checkArguments(name, operationOf(name).args, args);
  const through = pageThrough(name, checked);
  const { scope, after: start } = startOf(checked, through, current);
  const { find } = listQuery(name)(checked, scope);
  const read = async (after: string | undefined): Promise<Piece & { last: string | undefined }> => {
    const { rows, sortKeys } = await find(context, scope, { limit: pieceSize, after, uncounted: true });
    const piece = rows.slice(0, pieceSize);
    return {
      rows: lang === undefined ? piece : withLabels(piece, lang as Language),
      cursors: sortKeys.slice(0, pieceSize).map((key) => writeCursor(through, scope, key)),
      last: rows.length > pieceSize ? sortKeys[pieceSize - 1] : undefined,
    };
  };
  const first = await read(start);
  return (async function* () {
    yield first;
    for (let { last } = first; last !== undefined; ) {
      const piece = await read(last);
      yield piece;
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
  const narrowed = (await list?.narrow?.(context, scope)) ?? [];
  const found = await findPages(context, scope, query, [...new Set(keys)], {
    where: [...(list?.where ?? []), ...narrowed],
    limit,
    after,
  });
  const onPages = [...found.values()].flatMap(({ rows }) => rows.slice(0, limit));
  await list?.complete?.(context, scope, onPages);
  return keys.map((key, index) => {
    const page = pageOfScope(pageOf(found.get(key) as Found, limit, through(key), scope), scope, current);
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
  const properties = operation === undefined ? paging : withoutClocks(operations[operation].args.properties);
  return { operation, checked: checkArguments(name, { properties }, args) };
}
