/** Search over the names of all records and the codes of places, best match first. */
import { type SQL, sql } from 'drizzle-orm';
import { wordings } from '../db/abbreviations.ts';
import { placeVersions, records as view } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import { recordTypes } from '../schema/ref.ts';
import type { Hit, Match } from '../schema/search.ts';
import { recordName } from './facts.ts';
import { given, likeAny, ofPlace, oneOf } from './filters.ts';
import { levelRank } from './places.ts';
import type { Source } from './records.ts';
import { contextOf, dayOfVersion, inForce, placeRef } from './refs.ts';
import { stateSource } from './source.ts';
import { containing, live, startingWith } from './sql.ts';
import type { Scope } from './types.ts';

/** How the folded text, one name a line, fits any of the wordings of a question, best first. */
const fitsOf = (asked: readonly string[]): [match: Match, condition: SQL][] => {
  const lines = sql`(E'\n' || ${view.folded} || E'\n')`;
  const like = (before: string, after = '') =>
    likeAny(
      lines,
      asked.map((wording) => containing(`${before}${wording}${after}`)),
    );
  return [
    ['exact', like('\n', '\n')],
    // The bare name is the first line: "th" means Thái Nguyên before Thành phố Hà Nội.
    ['prefix', likeAny(view.folded, asked.map(startingWith))],
    ['prefix', like('\n')],
    ['word', like(' ')],
    ['part', sql`true`],
  ];
};

const firstFit = (asked: readonly string[], what: (match: Match, rank: number) => string): SQL =>
  sql`case ${sql.join(
    fitsOf(asked).map(
      ([match, condition], rank) => sql`when ${condition} then ${sql.raw(`'${what(match, rank)}'`)}`,
    ),
    sql` `,
  )} end`;
const matchOf = (asked: readonly string[]): SQL => firstFit(asked, (match) => match);
const rankOf = (asked: readonly string[]): SQL => firstFit(asked, (_match, rank) => String(rank));

const typeRank = sql`lpad(array_position(${sql.raw(`array[${recordTypes.map((type) => `'${type}'`).join(', ')}]`)}, ${view.type})::text, 2, '0')`;

/** From the version that a hit is, whichever state of it the release has. */
const ofVersion = (what: SQL, scope: Scope): SQL =>
  sql`(select ${what} from ${placeVersions} where ${placeVersions.id} = ${view.id} and ${live(placeVersions, scope)})`;

/** Places in force before others, then by level and code; all else by name. */
const orderWithin = (on: string, scope: Scope): SQL =>
  sql`coalesce(${ofVersion(
    sql`case when ${inForce(placeVersions, sql`${on}`)} then '0' else '1' end || ${levelRank} || ${placeVersions.code} || ' '`,
    scope,
  )}, '') || ${view.folded}`;

export function hitsOf({ q, on }: Args<'search'>, scope: Scope): Source {
  const asked = wordings(q);
  return stateSource<Hit>(
    'Hit',
    view,
    () => ({
      id: view.id,
      type: view.type,
      name: recordName(scope),
      place: placeRef(view.placeVersionId, scope),
      match: matchOf(asked),
      context: ofVersion(
        contextOf(
          placeVersions.parentId,
          on === undefined ? dayOfVersion(placeVersions, scope) : sql`${on}::date`,
          scope,
        ),
        scope,
      ),
    }),
    sql`${rankOf(asked)} || ${typeRank} || ${orderWithin(on ?? scope.today, scope)} || ' ' || ${view.id}`,
  );
}

/** Shorter than what the index knows, a question finds words that begin with it, not all that holds it. */
const patternsOf = (wording: string): string[] =>
  wording.length < 3
    ? [startingWith(wording), containing(` ${wording}`), containing(`\n${wording}`)]
    : [containing(wording)];

export const whichHits = (args: Args<'search'>, scope: Scope): SQL[] => [
  likeAny(view.folded, wordings(args.q).flatMap(patternsOf)),
  ...oneOf(view.type, args.type),
  ...ofPlace(view.placeVersionId, args.within === undefined ? {} : { within: args.within }, scope),
  ...[
    ...oneOf(placeVersions.level, args.level),
    ...given(args.on, (on) => inForce(placeVersions, sql`${on}`)),
  ].map(
    (condition) => sql`${view.type} <> 'place_version' or coalesce(${ofVersion(condition, scope)}, false)`,
  ),
];
