/**
 * The one door: both mouths ask here, and nothing bypasses its check. Arguments are checked, then
 * one query of `queries/` answers.
 */

import { paging } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { limits } from '../schema/config.ts';
import { linksOf } from '../schema/links.ts';
import { type ListName, type OperationName, operationOf, operations } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough, readCursor, writeCursor } from './cursor.ts';
import {
  describeService,
  findNode,
  findNodes,
  itemQueries,
  type ListQuery,
  listQueries,
  type Node,
} from './index.ts';
import { withLabels } from './label.ts';
import { type LinkQuery, linkQueries, type ManyQuery, type OneQuery } from './links.ts';
import { explainEmpty } from './notices.ts';
import { dayAsked, rememberDay, rememberedDay } from './places.ts';
import { type Found, findEach, findPage, findPages } from './source.ts';
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
      : operation.kind === 'item'
        ? await itemQuery(name)(context, scope, checked)
        : describeService(scope);
  const lang = checked['lang'] as Language | undefined;
  return lang === undefined ? result : withLabels(result, lang);
}

type AnyItemQuery = (context: Context, scope: Scope, args: Checked) => Promise<Row | null>;
const itemQuery = (name: OperationName) => (itemQueries as Record<string, unknown>)[name] as AnyItemQuery;
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
  const { source, where, day } = listQuery(name)(args, scope);
  const limit = pageSize(args);
  const found = await findPage(context, scope, source, { where, limit, after });
  const page = pageOf(found, limit, through, scope);
  for (const row of page.items) rememberDay(row, day);
  return found.total > 0 ? page : { ...page, notice: await explainEmpty(context, scope, name, args) };
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
  { source, by, key, passesDay }: OneQuery,
  parents: readonly Row[],
): Promise<(Row | Node | null)[]> {
  const keys = parents.map(key);
  const wanted = [...new Set(keys.filter((one) => one !== null))];
  if (wanted.length === 0) return parents.map(() => null);
  const found: Map<string, Row | Node> =
    source === 'Node'
      ? await findNodes(context, scope, wanted)
      : await findEach(context, scope, source, by, wanted);
  return keys.map((one, index) => {
    const record = (one === null ? undefined : found.get(one)) ?? null;
    return passesDay && record ? rememberDay({ ...record }, rememberedDay(parents[index] as Row)) : record;
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
  const filters = operation === undefined ? [] : listQuery(operation)(withDefaults, scope).where;
  const limit = pageSize(checked);
  const found = await findPages(context, scope, query, [...new Set(keys)], { where: filters, limit, after });
  return keys.map((key, index) => {
    const page = pageOf(found.get(key) as Found, limit, through(key), scope);
    if (!query.passesDay) return page;
    const day = dayAsked(checked['on'] as string | undefined) ?? rememberedDay(parents[index] as Row);
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
