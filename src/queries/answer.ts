/**
 * The one door: both mouths ask here, and nothing bypasses its check. Arguments are checked, then
 * one query of `queries/` answers.
 */
import { nodeIds } from '../schema/argument.ts';
import type { Language } from '../schema/common.ts';
import { type ListName, type OperationName, operationOf } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { pageThrough } from './cursor.ts';
import { findNodes, itemQueries, type Node, valueQueries } from './index.ts';
import { withLabels } from './label.ts';
import { explain } from './notices.ts';
import {
  asksForDay,
  type Checked,
  listQuery,
  pageOf,
  pageOfScope,
  partAsked,
  type Reading,
  startOf,
  undated,
} from './pages.ts';
import { leftOutNotice } from './publication.ts';
import type { Context, Page, Row, Scope, Wanted } from './types.ts';

export { answerAll, type Piece, type WholeList } from './answer-all.ts';
export { answerLink, membersRead } from './answer-link.ts';
export { openScope } from './releases.ts';
export { isShared } from './shared.ts';

/**
 * Answers an operation: a list a page, an item a record or null, a value its one thing. What a mouth does not want of
 * it is not read: members are then missing, totals and notices null.
 */
export async function answer(
  context: Context,
  scope: Scope,
  name: OperationName,
  args: unknown,
  reading: Reading = {},
): Promise<Page<Row> | Row | null> {
  const operation = operationOf(name);
  const checked = checkArguments(name, operation.args, args);
  const result =
    operation.kind === 'list'
      ? await answerList(context, scope, name as ListName, checked, reading)
      : await singleQuery(operation.kind, name)(context, scope, checked, reading.members);
  const lang = checked['lang'] as Language | undefined;
  return lang === undefined ? result : withLabels(result, lang);
}

type AnySingleQuery = (
  context: Context,
  scope: Scope,
  args: Checked,
  members: Reading['members'],
) => Promise<Row | null>;
const singleQueries = { item: itemQueries, value: valueQueries };
const singleQuery = (kind: keyof typeof singleQueries, name: OperationName) =>
  (singleQueries[kind] as Record<string, unknown>)[name] as AnySingleQuery;

async function answerList(
  context: Context,
  current: Scope,
  name: ListName,
  args: Checked,
  reading: Reading,
): Promise<Page<Row>> {
  const through = pageThrough(name, args);
  const part = partAsked(name, args, reading);
  const { scope, slice } = startOf(part, through, current);
  const { find, remember } = listQuery(name)(args, scope);
  const found = await find(context, scope, slice);
  const page = pageOf(found, part, through, scope);
  for (const row of page.items) remember?.(row);
  // Whoever has a cursor has seen a record.
  const isEmpty = part.uncounted
    ? found.rows.length === 0 && (part.after ?? part.before) === undefined
    : found.total === 0;
  const { notice: wanted = true } = reading;
  const notice = wanted
    ? (leftOutNotice(await countLeftOut(context, scope, name, args)) ??
      (await explain(context, scope, name, args, isEmpty)))
    : null;
  return pageOfScope({ ...page, notice }, scope, current);
}

/** How many more would be listed if it were known when they were published. */
async function countLeftOut(context: Context, scope: Scope, name: ListName, args: Checked): Promise<number> {
  if (!asksForDay(args)) return 0;
  const { find } = listQuery(name)({ ...args, ...undated }, scope);
  return (await find(context, scope, { limit: 1, after: undefined })).total;
}

/** Records by their `ids`, whatever their types; null for an id that there never was. */
export async function answerNodes(
  context: Context,
  scope: Scope,
  args: { ids: unknown },
  members?: Wanted['members'],
): Promise<(Node | null)[]> {
  const checked = checkArguments('nodes', { properties: { ids: nodeIds } }, args);
  const ids = checked['ids'] as string[];
  const found = await findNodes(context, scope, ids, members);
  return ids.map((id) => found.get(id) ?? null);
}
