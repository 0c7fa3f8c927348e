/** Targets: observations that state what was set out, and shares of plans that are printed nowhere. */
import { type SQL, sql } from 'drizzle-orm';
import { indicators, observations as table } from '../db/tables.ts';
import type { Args } from '../schema/operations.ts';
import type { Target, TargetKind, TargetStatus } from '../schema/target.ts';
import { given } from './filters.ts';
import { partsOfObservations } from './observation-parts.ts';
import { observationColumns, whichObservations } from './observations.ts';
import { narrowedBy, type Part } from './parts.ts';
import type { Source } from './records.ts';
import { findPage, stateSource } from './source.ts';
import { all, live } from './sql.ts';
import { addResults } from './target-results.ts';
import type { Context, Row, Scope } from './types.ts';

const isTarget = sql`${table.scenario} = 'target' or ${table.measure} = 'plan_share'`;
const kind = sql`case ${table.scenario} when 'target' then 'set' else 'plan' end`;

const states = stateSource<Target>('Target', table, (scope) => {
  const { comparability: _, ...columns } = observationColumns(scope);
  return {
    ...columns,
    kind,
    direction: sql`case ${table.measure} when 'rank' then 'down' when 'rank_change' then 'up' else (
      select ${indicators.direction} from ${indicators} where ${indicators.id} = ${table.indicatorId} and ${live(indicators, scope)}
    ) end`,
    // Not a column: it is added to the rows of a page.
    result: sql`null::jsonb`,
  };
});
export const targets: Source = { ...states, live: (scope) => all([states.live(scope), isTarget]) };

const kinds: Record<TargetKind, SQL> = {
  set: sql`${table.scenario} = 'target'`,
  plan: sql`${table.scenario} <> 'target'`,
};
/** By the column, of which PostgreSQL knows how common its words are. */
const ofKind = (args: Args<'targets'>): SQL[] =>
  given(args.kind, (wanted) =>
    sql.join(
      wanted.map((one) => kinds[one]),
      sql` or `,
    ),
  );

/** All but the status, which is no column. */
export const whichTargets = (args: Args<'targets'>, scope: Scope): SQL[] => [
  ...whichObservations(args, scope),
  ...ofKind(args),
];

/** The same by parts, as observations are. */
export const partsOfTargets = (args: Args<'targets'>, scope: Scope): Part[] | undefined =>
  narrowedBy(ofKind(args), partsOfObservations(args, scope));

/** What came of each target of the scope, by id: judged once, a piece at a time. */
type Statuses = Map<string, TargetStatus>;
const pieceSize = 1000;
const most = 8;
const known = new WeakMap<object, Map<string, Promise<Statuses>>>();

function statusesOf(context: Context, scope: Scope, publishedBy: string | undefined): Promise<Statuses> {
  const kept = known.get(context.database) ?? new Map<string, Promise<Statuses>>();
  known.set(context.database, kept);
  const key = JSON.stringify([scope.release, scope.today, publishedBy]);
  const statuses = kept.get(key) ?? readStatuses(context, scope, publishedBy);
  kept.set(key, statuses);
  statuses.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return statuses;
}

async function readStatuses(
  context: Context,
  scope: Scope,
  publishedBy: string | undefined,
): Promise<Statuses> {
  const statuses: Statuses = new Map();
  for (let after: string | undefined, more = true; more; ) {
    const slice = { limit: pieceSize, after, uncounted: true, where: [] };
    const { rows, sortKeys } = await findPage(context, scope, targets, slice);
    await addResults(context, scope, rows, publishedBy);
    for (const { id, result } of rows as (Row & Target)[]) statuses.set(id, result.status);
    after = sortKeys[pieceSize - 1];
    more = rows.length > pieceSize;
  }
  return statuses;
}

/** The condition that what came of a target is one of the statuses. */
export async function ofStatus(
  context: Context,
  scope: Scope,
  { status, publishedBy }: Pick<Args<'targets'>, 'status' | 'publishedBy'>,
): Promise<SQL[]> {
  if (status === undefined) return [];
  const statuses = await statusesOf(context, scope, publishedBy);
  const ids = [...statuses].flatMap(([id, is]) => (status.includes(is) ? [id] : []));
  return given(ids, (list) => sql`${table.id} = any(${sql.param(list)}::text[])`);
}
