/**
 * How figures compare with the territory of another day: two statements for a page, whatever its size.
 * One reads what became of the places and what that was made of, the other the figures that a sum would need.
 */
import type { Comparability } from '../schema/comparability.ts';
import type { Observation } from '../schema/observation.ts';
import { completing, type ListQuery } from './lists.ts';
import { type Figures, readFigures } from './territory-figures.ts';
import { readTerritories, type Version } from './territory-graph.ts';
import { type Beside, besideOf, type Judged, judgeSum, versionsOf } from './territory-sum.ts';
import { type Finding, groundOn, type Merged, nameOf } from './territory-walk.ts';
import type { Context, Row, Scope } from './types.ts';

/** Fills the member `comparability` of observations, for the territory of a day. */
export async function addComparability(
  context: Context,
  scope: Scope,
  rows: readonly Row[],
  territory: string,
): Promise<void> {
  const observations = new Map((rows as readonly Observation[]).map((row) => [row.id, row]));
  if (observations.size === 0) return;
  const judged = await judge(context, scope, [...observations.values()], territory);
  for (const row of rows) {
    const comparability: Comparability = { territory, ...(judged.get(row['id'] as string) as Judged) };
    Object.assign(row, { comparability });
  }
}

/** What `territory` adds. */
export const comparedOn = (query: ListQuery, territory: string | undefined): ListQuery =>
  territory === undefined
    ? query
    : completing(query, 'comparability', (context, scope, rows) =>
        addComparability(context, scope, rows, territory),
      );

async function judge(
  context: Context,
  scope: Scope,
  observations: readonly Observation[],
  territory: string,
): Promise<Map<string, Judged>> {
  const places = [...new Set(observations.map(({ place }) => place.id))];
  const graph = await readTerritories(context, scope, places, territory);
  const judged = new Map<string, Judged>();
  const sums: { observation: Observation; merged: Merged; beside: Beside[] }[] = [];
  for (const observation of observations) {
    const ground = groundOf(graph, observation, territory);
    if (ground.kind === 'merged') sums.push({ observation, merged: ground, beside: besideOf(ground) });
    else judged.set(observation.id, { ...ground, value: null, unit: null, formula: null, inputs: [] });
  }
  if (sums.length === 0) return judged;
  const figures = await readFigures(
    context,
    scope,
    sums.map(({ observation }) => observation),
    sums.flatMap(({ observation, beside }) => [observation.place.id, ...versionsOf(beside)]),
  );
  for (const { observation, merged, beside } of sums) {
    const known = figures.get(observation.id) as Figures;
    judged.set(observation.id, judgeSum(observation, merged, beside, known));
  }
  return judged;
}

function groundOf(
  graph: ReadonlyMap<string, Version>,
  { place, period, flags }: Observation,
  territory: string,
): Finding | Merged {
  if (!flags.includes('place_version_assumed')) {
    return groundOn(graph, graph.get(place.id) as Version, territory, period.end);
  }
  const text = `The figure is older than the oldest version of ${nameOf(place)} that is known; what it covers is not.`;
  return { kind: 'not_comparable', place: null, reason: 'place_version_assumed', text };
}
