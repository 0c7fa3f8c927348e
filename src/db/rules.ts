/** The rules that many tables share: keys of states and of links, types of ids, closed lists of words. */
import { sql } from 'drizzle-orm';
import { check, type ExtraConfigColumn, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import type { RecordType } from '../schema/ref.ts';

type Columns<K extends string> = Record<K, ExtraConfigColumn>;
type IdType = RecordType | 'place' | 'document' | 'dataset' | 'citation' | 'correction';

/** The column holds ids of one type. */
export const typeCheck = (table: string, column: ExtraConfigColumn, type: IdType) =>
  check(`${table}_${column.name}_type`, sql.raw(`"${column.name}" like '${type.replaceAll('_', '\\_')}:%'`));

/** The column holds words of a closed list of the contract. */
export const wordCheck = (table: string, column: ExtraConfigColumn, words: { enum: readonly unknown[] }) =>
  check(
    `${table}_${column.name}_word`,
    sql.raw(`"${column.name}" in (${words.enum.map((word) => `'${String(word)}'`).join(', ')})`),
  );

/** A span of releases does not end before it begins. */
export const spanCheck = (table: string, t: Columns<'sinceRelease' | 'untilRelease'>) =>
  check(`${table}_release_span`, sql`${t.untilRelease} > ${t.sinceRelease}`);

/** The rules of a table of states: its key, one current state an identity, the types of its ids. */
export const stateRules = (
  table: string,
  t: Columns<'id' | 'sinceRelease' | 'untilRelease'>,
  type: IdType,
  references: readonly (readonly [column: ExtraConfigColumn, of: IdType])[] = [],
) => [
  primaryKey({ columns: [t.id, t.sinceRelease] }),
  uniqueIndex(`${table}_current`).on(t.id).where(sql`${t.untilRelease} is null`),
  spanCheck(table, t),
  typeCheck(table, t.id, type),
  ...references.map(([column, of]) => typeCheck(table, column, of)),
];

/** The rules of a table of links between identities, whose states span releases like their owners'. */
export const linkRules = (
  table: string,
  t: Columns<'sinceRelease' | 'untilRelease'>,
  key: [ExtraConfigColumn, ...ExtraConfigColumn[]],
) => [
  primaryKey({ columns: [...key, t.sinceRelease] }),
  uniqueIndex(`${table}_current`)
    .on(...key)
    .where(sql`${t.untilRelease} is null`),
  spanCheck(table, t),
];

/** A period is whole or absent, and does not end before it starts. */
export const periodCheck = (
  table: string,
  t: Columns<'periodStart' | 'periodEnd' | 'periodCumulative' | 'periodLabel'>,
) =>
  check(
    `${table}_period`,
    sql`${t.periodStart} <= ${t.periodEnd} and num_nulls(${t.periodStart}, ${t.periodEnd}, ${t.periodCumulative}, ${t.periodLabel}) in (0, 4)`,
  );
