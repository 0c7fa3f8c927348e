/** What the ways through the door share: how a list is asked, where a page begins, and what it holds. */
import { limits } from '../schema/config.ts';
import type { ListName } from '../schema/operations.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { listQueries } from './index.ts';
import type { ListQuery } from './lists.ts';
import { rememberScope } from './scopes.ts';
import type { Found } from './source.ts';
import type { Page, Row, Scope } from './types.ts';

/** Arguments that fit their operation. */
export type Checked = Record<string, unknown>;

type AnyListQuery = (args: Checked, scope: Scope) => ListQuery;
export const listQuery = (name: ListName) => listQueries[name] as AnyListQuery;

export const pageSize = (args: Checked): number =>
  (args['limit'] as number | undefined) ?? limits.pageSizeDefault;

/** The scope and place to go on from: those of the cursor, where one is given. */
export function startOf(
  args: Checked,
  through: string,
  scope: Scope,
): { scope: Scope; after: string | undefined } {
  const cursor = args['after'] as string | undefined;
  if (cursor === undefined) return { scope, after: undefined };
  const position = readCursor(cursor, through, scope);
  const same = position.scope.release === scope.release && position.scope.today === scope.today;
  return same ? { ...position, scope } : position;
}

export function pageOf(found: Found, limit: number, through: string, scope: Scope): Page<Row> {
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

/** A page that a cursor of another release or day leads to: so are its edges. */
export function pageOfScope(page: Page<Row>, scope: Scope, current: Scope): Page<Row> {
  return scope === current ? page : rememberScope(page, scope);
}

/** The arguments that list what `publishedBy` leaves out because nobody knows when it was published. */
export const undated = { publishedBy: 'unknown' };
export const asksForDay = ({ publishedBy = undated.publishedBy }: Checked): boolean =>
  publishedBy !== undated.publishedBy;
