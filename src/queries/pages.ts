/** What the ways through the door share: how a list is asked, where a page begins, and what it holds. */
import { PublicError } from '../errors.ts';
import { backPaging } from '../schema/argument.ts';
import { limits } from '../schema/config.ts';
import type { ListName } from '../schema/operations.ts';
import { checkArguments } from './arguments.ts';
import { readCursor, type Through, writeCursor } from './cursor.ts';
import { listQueries } from './index.ts';
import type { ListQuery } from './lists.ts';
import { rememberScope } from './scopes.ts';
import type { Found, Slice } from './slices.ts';
import type { Page, Row, Scope, Wanted } from './types.ts';

/** Arguments that fit their operation. */
export type Checked = Record<string, unknown>;

type AnyListQuery = (args: Checked, scope: Scope) => ListQuery;
export const listQuery = (name: ListName) => listQueries[name] as AnyListQuery;

/** How a mouth reads a list: what it wants of it, and pages from the end, which only GraphQL has. */
export interface Reading extends Wanted {
  last?: unknown;
  before?: unknown;
}

/** The part of a list that is asked for, before its cursors are read. */
export interface Asked extends Pick<Slice, 'limit' | 'members'> {
  fromEnd: boolean;
  uncounted: boolean;
  after: string | undefined;
  before: string | undefined;
}

/** Throws `bad_argument` where both ends are asked for. */
export function partAsked(name: string, { limit, after }: Checked, reading: Reading): Asked {
  const { total = true, members } = reading;
  const back = checkArguments(
    name,
    { properties: backPaging },
    { last: reading.last, before: reading.before },
  );
  if (limit !== undefined && back['last'] !== undefined) {
    const message = 'Give "first" or "last", not both: a page begins at one end.';
    throw new PublicError('bad_argument', message, { parameter: 'last' });
  }
  return {
    limit: (limit ?? back['last'] ?? limits.pageSizeDefault) as number,
    fromEnd: back['last'] !== undefined,
    uncounted: !total,
    members,
    after: after as string | undefined,
    before: back['before'] as string | undefined,
  };
}

/** The scope and bounds of the part that is asked for: those of its cursors, where there are any. */
export function startOf(part: Asked, through: Through, scope: Scope): { scope: Scope; slice: Slice } {
  const positions = (['after', 'before'] as const).map((end) => {
    const cursor = part[end];
    return cursor === undefined ? undefined : readCursor(cursor, end, through, scope);
  });
  const [after, before] = positions;
  if (after && before && !isSame(after.scope, before.scope)) {
    throw new PublicError('bad_cursor', '"after" and "before" belong to different releases.', {
      parameter: 'before',
    });
  }
  const own = (after ?? before)?.scope ?? scope;
  return {
    scope: isSame(own, scope) ? scope : own,
    slice: { ...part, after: after?.sortKey, before: before?.sortKey },
  };
}

const isSame = (one: Scope, other: Scope): boolean =>
  one.release === other.release && one.today === other.today;

export function pageOf(found: Found, part: Asked, through: Through, scope: Scope): Page<Row> {
  const { limit, fromEnd } = part;
  const some = <T>(all: readonly T[]): T[] => (fromEnd ? all.slice(-limit) : all.slice(0, limit));
  const sortKeys = some(found.sortKeys);
  const cursorOf = (index: number): string => writeCursor(through, scope, sortKeys[index] as string);
  const counted = found.total <= limits.totalExactTo;
  const more = found.rows.length > limit;
  return {
    items: some(found.rows),
    cursorOf,
    next: more && !fromEnd ? cursorOf(sortKeys.length - 1) : null,
    more,
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
