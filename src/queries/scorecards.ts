/**
 * Scorecards: the records of a place and a year, as the lists have them. One statement for each kind of record, whatever
 * their number.
 */
import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import type { Contradiction } from '../schema/contradiction.ts';
import { CoverageStatus } from '../schema/coverage.ts';
import { type Measure, type Observation, Scenario } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import type { PlaceRef } from '../schema/place.ts';
import type { CoverageOfYear, Scorecard, TargetCounts } from '../schema/scorecard.ts';
import { type Target, TargetStatus } from '../schema/target.ts';
import type { Task } from '../schema/task.ts';
import type { Theme } from '../schema/theme.ts';
import { contradictions } from './contradictions.ts';
import { coverageOf } from './coverage.ts';
import { observations, whichObservations } from './observations.ts';
import { placeIdOf } from './places.ts';
import type { Source } from './records.ts';
import { placeMembers } from './refs.ts';
import { claimsOf } from './scorecard-claims.ts';
import { findAll, findEach } from './source.ts';
import { live, run } from './sql.ts';
import { addResults } from './target-results.ts';
import { targets, whichTargets } from './targets.ts';
import { tasks, whichTasks } from './tasks.ts';
import { themes, whichThemes } from './themes.ts';
import type { Context, Row, Scope } from './types.ts';

/** The card of a place and a year; null where there never was such a place. */
export async function findScorecard(
  context: Context,
  scope: Scope,
  { place: argument, year }: Args<'scorecard'>,
): Promise<Row | null> {
  const place = await findPlaceAt(context, scope, placeIdOf(argument, 'place', scope), `${year}-12-31`);
  if (place === null) return null;
  const args = { place: place.placeId, year };
  const read = async <T>(source: Source, where: SQL[]): Promise<(Row & T)[]> =>
    (await findAll(context, scope, source, where)) as (Row & T)[];
  const records = {
    themes: await read<Theme>(themes, whichThemes(args, scope)),
    targets: await read<Target>(targets, whichTargets(args, scope)),
    tasks: await read<Task>(tasks, whichTasks(args, scope)),
  };
  await addResults(context, scope, records.targets);
  const reported = await read<Observation>(observations, whichObservations({ ...args, scenario }, scope));
  const card: Scorecard = {
    place,
    year,
    claims: claimsOf(year, reported, records.targets),
    targetCounts: countsOf(records.targets),
    ...records,
    observations: reported.filter((one) => !isRank(one) && hasNumber(one)),
    rankings: reported.filter(isRank),
    findings: reported.filter((one) => !isRank(one) && !hasNumber(one)),
    contradictions: await readContradictions(context, scope, [...Object.values(records).flat(), ...reported]),
    coverage: coverageOfYear(await coverageOf(context, scope, args)),
  };
  return card;
}

/** All that is no target. */
const scenario = Scenario.enum.filter((one) => one !== 'target');
const ranks: readonly Measure[] = ['rank', 'rank_change'];
const isRank = ({ measure }: Observation): boolean => ranks.includes(measure);
const hasNumber = ({ value, numerator }: Observation): boolean => value !== null || numerator !== null;

const version = alias(t.placeVersions, 'version_of_year');

/** The version of a place in force on a day, else the one whose time is nearest to it. */
async function findPlaceAt(
  context: Context,
  scope: Scope,
  placeId: SQL,
  day: string,
): Promise<PlaceRef | null> {
  const { validFrom, validTo } = version;
  const [found] = await run(
    context,
    sql`select ${placeMembers(version)} as place from ${t.placeVersions} ${version}
    where ${version.placeId} = ${placeId} and ${live(version, scope)}
    order by greatest(${validFrom} - ${day}::date, ${day}::date - ${validTo} + 1, 0), ${validFrom} desc nulls last limit 1`,
  );
  return (found?.['place'] as PlaceRef | undefined) ?? null;
}

function countsOf(judged: readonly Target[]): TargetCounts {
  const countOf = (status: TargetStatus): number =>
    judged.filter(({ result }) => result.status === status).length;
  return Object.fromEntries(TargetStatus.enum.map((status) => [status, countOf(status)])) as TargetCounts;
}

const inWords: Record<CoverageStatus, string> = {
  reported: 'reported with a number',
  reported_without_number: 'reported without a number',
  target_only: 'known by a target only',
  not_printed: 'not printed',
  place_abolished: 'not there, as the place had ended',
  not_known_before: 'not there, as the place is not known so early',
};
const outcomes: readonly CoverageStatus[] = ['reported', 'reported_without_number'];

function coverageOfYear({ cells, counts }: Awaited<ReturnType<typeof coverageOf>>): CoverageOfYear {
  const told = CoverageStatus.enum
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${inWords[status]}`);
  const text =
    cells.length === 0
      ? 'No figure is known of the place in any year.'
      : `Of ${cells.length} indicators known of the place in any year: ${told.join(', ')}.`;
  return { counts, missing: cells.filter(({ status }) => !outcomes.includes(status)), text };
}

/** The contradictions that the records are sides of, by id. */
async function readContradictions(
  context: Context,
  scope: Scope,
  records: readonly { contradictions: string[] }[],
): Promise<(Row & Contradiction)[]> {
  const ids = [...new Set(records.flatMap((record) => record.contradictions))].sort();
  const found = await findEach(context, scope, contradictions, t.contradictions.id, ids);
  return ids.map((id) => found.get(id) as Row & Contradiction);
}
