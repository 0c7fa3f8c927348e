/**
 * The one door: both mouths ask here, and nothing bypasses its check. Arguments are checked, then
 * one query of `queries/` answers.
 */
import type { Language } from '../schema/common.ts';
import { type ListName, type OperationName, operationOf } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough } from './cursor.ts';
import { findNode, itemQueries, type Node, valueQueries } from './index.ts';
import { withLabels } from './label.ts';
import { explain } from './notices.ts';
import {
  asksForDay,
  type Checked,
  listQuery,
  pageOf,
  pageOfScope,
  pageSize,
  startOf,
  undated,
} from './pages.ts';
import { leftOutNotice } from './publication.ts';
import type { Context, Page, Row, Scope } from './types.ts';

export { answerAll, type Piece, type WholeList } from './answer-all.ts';
export { answerLink } from './answer-link.ts';
export { openScope } from './releases.ts';

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
  if (!asksForDay(args)) return 0;
  const { find } = listQuery(name)({ ...args, ...undated }, scope);
  return (await find(context, scope, { limit: 1, after: undefined })).total;
}

/** Any record by its id, whatever its type. */
export async function answerNode(context: Context, scope: Scope, id: string): Promise<Node | null> {
  return findNode(context, scope, id);
}
