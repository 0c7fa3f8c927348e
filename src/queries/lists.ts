/** How a list operation is read. */
import type { SQL } from 'drizzle-orm';
import { narrowedBy, type Part } from './parts.ts';
import { dayAsked, placesOn, rememberDay } from './places.ts';
import type { Source } from './records.ts';
import type { Found, Slice } from './slices.ts';
import { findPage } from './source.ts';
import type { Context, Row, Scope, Wanted } from './types.ts';

export interface ListQuery {
  find: (context: Context, scope: Scope, slice: Slice) => Promise<Found>;
  /** Conditions on the records, which an edge that takes the same arguments sets too. */
  where: SQL[];
  /** The same records, found in another way. */
  parts?: readonly Part[] | undefined;
  /** More conditions, for which something has to be read first. */
  narrow?: (context: Context, scope: Scope) => Promise<SQL[]>;
  /** Remembers on a row the days that it was asked for. */
  remember?: (row: Row) => unknown;
  /** What `find` adds to the rows that it found, in a fixed number of statements; edges do so by themselves. */
  complete?: (context: Context, scope: Scope, rows: readonly Row[]) => Promise<void>;
  /** The member that `complete` fills. */
  completes?: string;
}

/** Whether the rows are completed: that may need any of their members, and is in vain where its own is not wanted. */
export const isCompleted = ({ completes }: ListQuery, members: Wanted['members']): boolean =>
  completes !== undefined && (members?.has(completes) ?? true);

/** The records of a source for which the conditions hold; they may be found by parts. */
export const reading = (source: Source, where: SQL[], parts?: readonly Part[]): ListQuery => ({
  find: (context, scope, slice) => findPage(context, scope, source, { ...slice, where, parts }),
  where,
  parts,
});
/** Versions of places, of the day that is asked for. */
export const readingPlaces = (args: { on?: string }, where: SQL[]): ListQuery => ({
  ...reading(placesOn(dayAsked(args.on)), where),
  remember: (row) => rememberDay(row, dayAsked(args.on)),
});

/** By conditions that are no columns too. */
export const narrowing = (
  source: Source,
  { where, parts }: { where: SQL[]; parts: readonly Part[] | undefined },
  narrow: NonNullable<ListQuery['narrow']>,
): ListQuery => ({
  find: async (context, scope, slice) => {
    const more = await narrow(context, scope);
    const narrowed = narrowedBy(more, parts);
    return findPage(context, scope, source, { ...slice, where: [...where, ...more], parts: narrowed });
  },
  where,
  parts,
  narrow,
});

/** With a member that is no column. */
export const completing = (
  query: ListQuery,
  completes: string,
  complete: NonNullable<ListQuery['complete']>,
): ListQuery => ({
  ...query,
  find: async (context, scope, slice) => {
    if (!isCompleted({ ...query, completes }, slice.members)) return query.find(context, scope, slice);
    const found = await query.find(context, scope, { ...slice, members: undefined });
    await complete(context, scope, found.rows);
    return found;
  },
  complete,
  completes,
});
