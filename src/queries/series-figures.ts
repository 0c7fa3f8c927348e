/** The figures that a series is made of, read at once, and what makes two of them alike. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { Period } from '../schema/common.ts';
import type { Observation } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import type { PlaceRef } from '../schema/place.ts';
import type { IndicatorRef } from '../schema/ref.ts';
import { dayAfter } from './days.ts';
import { MadeOnce } from './made-once.ts';
import { observations } from './observations.ts';
import { placeIdBy, placeNamed } from './places.ts';
import { indicatorRef, placeToday, versionsOf } from './refs.ts';
import { type ColumnsByName, keysOf } from './shared.ts';
import { all, bytewise, filled, live, type Prepared, prepared, run, selectList } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

type Asked = Args<'series'>;

const table = t.observations;
/** The versions of the place, each read once. */
const version = { id: sql`version.id`, ref: sql`version.ref` };

export interface SeriesFigure extends Omit<Observation, 'note' | 'citations'>, Row {
  /** The value as PostgreSQL prints it, so that nothing is lost. */
  exact: string | null;
  /** Whether values of its indicator may be added up at all; read for residuals alone. */
  additive: boolean;
  /** The same for all: what was asked for. */
  asked: { indicator: IndicatorRef; place: PlaceRef };
}

/** All that the statement of a series depends on, but for its values. */
interface Kind {
  scope: Scope;
  by: ReturnType<typeof placeNamed>['by'];
  /** Arguments that are given. */
  given: (keyof Asked)[];
  alike: boolean;
  residuals: boolean;
  /** What figures share is read apart. */
  apart: boolean;
}

interface Made {
  statement: Prepared;
  columns: ColumnsByName;
}
const made = new MadeOnce<Made>();

/** The figures in order of time. One statement, and another one for what is not known yet of what they share. */
export async function readFigures(context: Context, scope: Scope, args: Asked): Promise<SeriesFigure[]> {
  const { place, indicator, measure = 'value', scenario, include = [], from, to } = args;
  const { by, key } = placeNamed(place, 'place');
  const shared = context.releases?.shared(scope.release, observations.type);
  const kind: Kind = {
    scope,
    by,
    apart: shared !== undefined,
    given: (['scenario', 'from', 'to'] as const).filter((name) => args[name] !== undefined),
    alike: include.includes('possibly_same_as'),
    residuals: include.includes('residuals'),
  };
  const { statement, columns } = made.get(kind, () => make(kind));
  const values = { indicator: `indicator:${indicator}`, place: key, measure, scenario, from, to };
  const rows = (await run(context, filled(statement, values), 'once')) as SeriesFigure[];
  await shared?.fill(context, columns, rows);
  const asked = rows.find((row) => row.asked !== null)?.asked;
  const same = kind.alike ? { asked } : { asked, indicator: asked?.indicator };
  return rows.map((row) => Object.assign(row, same));
}

function make(kind: Kind): Made {
  const { note: _note, citations: _citations, indicator, ...own } = observations.columns(kind.scope);
  // The versions of a place are few, and so is the indicator one, unless those like it are asked for.
  const columns = { ...own, place: version.ref, ...(kind.alike ? { indicator } : {}) };
  const statement = statementOf(kind, kind.apart ? keysOf(columns) : columns);
  return { statement: prepared(statement), columns };
}

function statementOf({ scope, by, given, alike, residuals }: Kind, columns: ColumnsByName): SQL {
  const indicator = sql.placeholder('indicator');
  const placeId = placeIdBy(by, sql.placeholder('place'), scope);
  const own = sql`${table.indicatorId} = ${indicator}`;
  const { fromId, toId } = t.indicatorLinks;
  const linked = sql`select ${toId} from ${t.indicatorLinks} where ${fromId} = ${indicator} and ${live(t.indicatorLinks, scope)}`;
  const conditions: Partial<Record<keyof Asked, SQL>> = {
    scenario: sql`${table.scenario} = any(${sql.placeholder('scenario')}::text[])`,
    from: sql`${table.periodEnd} >= ${sql.placeholder('from')}::date`,
    to: sql`${table.periodEnd} <= ${sql.placeholder('to')}::date`,
  };
  const where = [
    live(table, scope),
    alike ? sql`${own} or ${table.indicatorId} in (${linked})` : own,
    sql`${table.placeVersionId} = ${version.id}`,
    sql`${table.measure} = ${sql.placeholder('measure')}`,
    ...given.map((name) => conditions[name] as SQL),
  ];
  const additive = sql`(select ${t.indicators.additive} from ${t.indicators}
    where ${t.indicators.id} = ${table.indicatorId} and ${live(t.indicators, scope)})`;
  // What was asked for is told with one figure alone.
  const asked = sql`case when row_number() over () = 1 then json_build_object(
    'indicator', ${indicatorRef(sql`${indicator}::text`, scope)}, 'place', ${placeToday(placeId, scope)}) end`;
  return sql`with version as materialized (${versionsOf(placeId, scope)})
    select ${selectList(columns)}, ${table.value}::text as exact, ${asked} as asked,
      ${residuals ? additive : sql`false`} as additive
    from version cross join ${table} where ${all(where)}
    order by ${table.periodEnd}, ${table.periodStart}, ${bytewise(table.scenario)}, ${bytewise(table.id)}`;
}

/** `day`, `12 months`, `9 months, cumulative`: only figures of one kind of period are set beside each other. */
export function kindOfPeriod({ start, end, cumulative }: Period): string {
  if (start === end) return 'day';
  const isWhole = start.endsWith('-01') && dayAfter(end).endsWith('-01');
  const years = Number(end.slice(0, 4)) - Number(start.slice(0, 4));
  const months = years * 12 + Number(end.slice(5, 7)) - Number(start.slice(5, 7)) + 1;
  const length = isWhole ? `${months} months` : `${start.slice(5)} to ${end.slice(5)}, ${years} years on`;
  return cumulative ? `${length}, cumulative` : length;
}

/** What is to be reached, and what came of it, by whatever kind of account. */
export const familyOf = ({ scenario }: Pick<Observation, 'scenario'>): 'target' | 'outcome' =>
  scenario === 'target' ? 'target' : 'outcome';
