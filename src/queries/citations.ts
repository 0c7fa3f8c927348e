import { type SQL, sql } from 'drizzle-orm';
import { allCitations as table } from '../db/tables.ts';
import type { Citation } from '../schema/citation.ts';
import type { Args } from '../schema/operations.ts';
import { given, oneOf } from './filters.ts';
import type { Source } from './records.ts';
import { stateSource } from './source.ts';
import { citationMembers } from './sourced.ts';

const padded = (column: typeof table.paragraph | typeof table.start | typeof table.end) =>
  sql`lpad(coalesce(${column}, 0)::text, 9, '0')`;

/** Ordered as a reader meets them. */
export const citations: Source = {
  ...stateSource<Citation>(
    'Citation',
    table,
    (scope) => citationMembers(table, scope),
    sql`${padded(table.paragraph)} || ${padded(table.start)} || ${padded(table.end)} || ${table.id}`,
  ),
  // By the fact first, which has an index in both of the tables that the view is made of.
  key: [table.factId, table.id, table.sinceRelease],
};

/** Ordered as the record lists them. */
export const inRecordOrder = sql`lpad(${table.ordinal}::text, 9, '0') || ${table.id}`;

export const whichCitations = (args: Omit<Args<'documentCitations'>, 'id'>): SQL[] => [
  ...given(args.paragraph, (paragraph) => sql`${table.paragraph} = ${paragraph}`),
  ...oneOf(sql`split_part(${table.factId}, ':', 1)`, args.type),
];
