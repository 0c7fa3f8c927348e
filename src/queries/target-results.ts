/**
 * What came of targets: two statements for a page, whatever its size. One reads what was reported of the same
 * indicators and places, the other, where places have several versions, whether their territory is one.
 */
import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { groupBy } from '../lists.ts';
import type { PlaceRef } from '../schema/place.ts';
import type { Target, TargetResult, TargetRole } from '../schema/target.ts';
import { given } from './filters.ts';
import { observationColumns } from './observations.ts';
import { wasPublished } from './publication.ts';
import { all, live, run, selectList } from './sql.ts';
import { type Matches, matchesOf } from './target-matching.ts';
import { judgePlan } from './target-plans.ts';
import { bestOf, inputOf, type Statement, statementMembers } from './target-statements.ts';
import {
  differingText,
  disagreeingText,
  formulaOf,
  judgedText,
  nothingText,
  notOverText,
  progressText,
} from './target-texts.ts';
import { gapOf, judgeStatement } from './target-verdicts.ts';
import { readTerritories, type Version } from './territory-graph.ts';
import { groundOn } from './territory-walk.ts';
import type { Context, Row, Scope } from './types.ts';

/** Near matches that are told. */
const nearMost = 3;

/**
 * Fills the member `result` of targets. With a day of publication only what had been published by then is a
 * result, and no period ended later is over; `unknown` names no day.
 */
export async function addResults(
  context: Context,
  scope: Scope,
  rows: readonly Row[],
  publishedBy?: string,
): Promise<void> {
  const targets = rows as readonly Target[];
  if (targets.length === 0) return;
  const day = publishedBy === 'unknown' ? undefined : publishedBy;
  const reported = await readReported(context, scope, targets, day);
  const othersOf = (target: Target): Statement[] =>
    (reported.get(subjectOf(target)) ?? []).filter(
      ({ id, period }) =>
        id !== target.id && period.start <= target.period.end && period.end >= target.period.start,
    );
  const others = new Map(targets.map((target) => [target.id, othersOf(target)]));
  const sameTerritory = await readSameTerritory(context, scope, targets, others);
  const today = day !== undefined && day < scope.today ? day : scope.today;
  for (const target of targets) {
    target.result = resultOf(target, others.get(target.id) as Statement[], sameTerritory, today);
  }
}

const subjectOf = ({ indicator, place }: Statement): string => `${indicator.id} ${place.placeId}`;

/** By indicator and place, whatever its version: all but targets in the span of the periods. */
async function readReported(
  context: Context,
  scope: Scope,
  targets: readonly Target[],
  publishedBy: string | undefined,
): Promise<Map<string, Statement[]>> {
  const subjects = [...groupBy(targets, subjectOf).values()].map((group) => ({
    ...group[0],
    first: group.map(({ period }) => period.start).sort()[0],
    last: group
      .map(({ period }) => period.end)
      .sort()
      .at(-1),
  }));
  const near = alias(t.placeVersions, 'near_version');
  const { observations } = t;
  const columns = observationColumns(scope);
  const picked = Object.fromEntries(statementMembers.map((name) => [name, columns[name]]));
  const list = (values: unknown[]): SQL => sql`${sql.param(values)}`;
  const rows = await run(
    context,
    sql`select ${selectList(picked)}
    from unnest(${list(subjects.map(({ indicator }) => indicator.id))}::text[], ${list(subjects.map(({ place }) => place.placeId))}::text[],
      ${list(subjects.map(({ first }) => first))}::date[], ${list(subjects.map(({ last }) => last))}::date[]) as asked(indicator_id, place_id, first, last)
    join ${t.placeVersions} ${near} on ${near.placeId} = asked.place_id and ${live(near, scope)}
    join ${observations} on ${all([
      sql`${observations.indicatorId} = asked.indicator_id and ${observations.placeVersionId} = ${near.id}`,
      sql`${observations.periodStart} <= asked.last and ${observations.periodEnd} >= asked.first`,
      sql`${observations.scenario} <> 'target'`,
      live(observations, scope),
      ...given(publishedBy, (day) => wasPublished(observations.id, day, scope)),
    ])}
    order by ${observations.id} collate "C"`,
  );
  return groupBy(rows as (Row & Statement)[], subjectOf);
}

type SameTerritory = (one: Statement, other: Statement) => boolean;

/** Whether two versions of a place cover the same ground: asked of the day on which the later one begins. */
async function readSameTerritory(
  context: Context,
  scope: Scope,
  targets: readonly Target[],
  others: ReadonlyMap<string, readonly Statement[]>,
): Promise<SameTerritory> {
  const pairs = targets.flatMap(({ id, place }) =>
    (others.get(id) as Statement[])
      .filter((other) => other.place.id !== place.id)
      .map((other) => inTime(place, other.place)),
  );
  const same = new Set<string>();
  if (pairs.length > 0) {
    const begins = pairs.map(({ later }) => later.validFrom as string).sort();
    const earlier = [...new Set(pairs.map((pair) => pair.earlier.id))];
    const graph = await readTerritories(context, scope, earlier, begins.at(-1) as string);
    for (const pair of pairs) {
      const day = pair.later.validFrom as string;
      const ground = groundOn(graph, graph.get(pair.earlier.id) as Version, day, day);
      const isSame = ground.kind === 'same' && ground.place?.id === pair.later.id;
      if (isSame) same.add(keyOf(pair));
    }
  }
  return (one, other) => one.place.id === other.place.id || same.has(keyOf(inTime(one.place, other.place)));
}

interface Pair {
  earlier: PlaceRef;
  later: PlaceRef;
}
/** Of one place, so that no two begin on one day. */
const inTime = (one: PlaceRef, other: PlaceRef): Pair =>
  (one.validFrom ?? '') < (other.validFrom ?? '')
    ? { earlier: one, later: other }
    : { earlier: other, later: one };
const keyOf = ({ earlier, later }: Pair): string => `${earlier.id} ${later.id}`;

function resultOf(
  target: Target,
  others: readonly Statement[],
  sameTerritory: SameTerritory,
  today: string,
): TargetResult {
  if (target.kind === 'plan') return judgePlan(target, target.direction, others);
  const matches = matchesOf(target, others, sameTerritory);
  return matches.results.length > 0 ? judged(target, matches.results) : open(target, matches, today);
}

/** Where there are results: by those of the best scenario, if they agree. */
function judged(target: Target, results: readonly Statement[]): TargetResult {
  const best = bestOf(results);
  const [first] = best as [Statement];
  const verdicts = best.map((result) => judgeStatement(target, result, target.direction));
  const [verdict] = verdicts as [(typeof verdicts)[number]];
  const shared = { inputs: inputsOf(target, best, 'result'), scenario: first.scenario, impliedPlan: null };
  if (verdicts.some(({ status }) => status !== verdict.status)) {
    return {
      status: 'undecided',
      rule: 'sources_disagree',
      text: disagreeingText(target, best, target.direction),
      formula: null,
      observation: null,
      gap: null,
      gapUnit: null,
      ...shared,
    };
  }
  return {
    ...verdict,
    text: judgedText(target, first, verdict, target.direction),
    formula: formulaOf(target, first, target.direction),
    observation: first.id,
    ...gapOf(target, first),
    ...shared,
  };
}

const inputsOf = (target: Statement, used: readonly Statement[], role: TargetRole) => [
  inputOf(target, 'target'),
  ...used.map((one) => inputOf(one, role)),
];

/** Where there is no result: why. */
function open(target: Target, { progress: [progress], near }: Matches, today: string): TargetResult {
  const none = {
    formula: null,
    observation: null,
    scenario: null,
    gap: null,
    gapUnit: null,
    impliedPlan: null,
  };
  if (progress) {
    const inputs = inputsOf(target, [progress], 'progress');
    const text = progressText(target, progress);
    return { status: 'in_progress', rule: 'partial_period_reported', text, ...none, inputs };
  }
  const nearest = near.slice(0, nearMost).map(({ statement }) => statement);
  const inputs = inputsOf(target, nearest, 'near_match');
  if (target.period.end >= today) {
    return { status: 'in_progress', rule: 'period_not_over', text: notOverText(target), ...none, inputs };
  }
  const [first] = near;
  if (!first) {
    return { status: 'no_result', rule: 'nothing_reported', text: nothingText(target), ...none, inputs };
  }
  const text = differingText(first.statement, first.difference);
  return { status: 'not_comparable', rule: first.difference, text, ...none, inputs };
}
