/** Search over the names of all records, best match first. */
import { type SQL, sql } from 'drizzle-orm';
import { fold } from '../db/fold.ts';
import { placeVersions, records as view } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import { recordTypes } from '../schema/ref.ts';
import type { Hit, Match } from '../schema/search.ts';
import { recordName } from './facts.ts';
import { given, ofText, oneOf } from './filters.ts';
import { inForce, placeRef } from './refs.ts';
import { type Source, stateSource } from './source.ts';
import { containing, live } from './sql.ts';
import type { Scope } from './types.ts';

const ranks: Record<Match, string> = { exact: '0', prefix: '1', word: '2', part: '3' };

/** How the folded text, one name a line, fits the folded question. */
const matchOf = (q: string): SQL => {
  const lines = sql`(E'\n' || ${view.folded} || E'\n')`;
  const like = (pattern: string) => sql`${lines} like ${pattern}`;
  return sql`case when ${like(containing(`\n${q}\n`))} then 'exact'
    when ${like(containing(`\n${q}`))} then 'prefix'
    when ${like(containing(` ${q}`))} then 'word' else 'part' end`;
};

const rankOf = (q: string): SQL =>
  sql`case ${matchOf(q)} ${sql.join(
    Object.entries(ranks).map(
      ([match, rank]) => sql`when ${sql.raw(`'${match}'`)} then ${sql.raw(`'${rank}'`)}`,
    ),
    sql` `,
  )} end`;

const typeRank = sql`lpad(array_position(${sql.raw(`array[${recordTypes.map((type) => `'${type}'`).join(', ')}]`)}, ${view.type})::text, 2, '0')`;

export function hitsOf(q: string): Source {
  const text = fold(q);
  return stateSource<Hit>(
    'Hit',
    view,
    (scope) => ({
      id: view.id,
      type: view.type,
      name: recordName(scope),
      place: placeRef(view.placeVersionId, scope),
      match: matchOf(text),
    }),
    sql`${rankOf(text)} || ${typeRank} || ${view.folded} || ' ' || ${view.id}`,
  );
}

export const whichHits = (args: Args<'search'>, scope: Scope): SQL[] => [
  ...ofText(view.folded, args.q),
  ...oneOf(view.type, args.type),
  ...given(
    args.on,
    (on) =>
      sql`${view.type} <> 'place_version' or exists (select from ${placeVersions} where ${placeVersions.id} = ${view.id} and ${live(placeVersions, scope)} and ${inForce(placeVersions, sql`${on}`)})`,
  ),
];
