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
import { observations, whichObservations } from './observations.ts';
import { placeIdOf } from './places.ts';
import { indicatorRef, placeToday } from './refs.ts';
import { all, bytewise, flattened, live, run, selectList } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

type Asked = Args<'series'>;

const table = t.observations;

export interface SeriesFigure extends Omit<Observation, 'note' | 'citations'>, Row {
  /** The value as PostgreSQL prints it, so that nothing is lost. */
  exact: string | null;
  /** Whether values of its indicator may be added up at all. */
  additive: boolean;
  /** The same for all: what was asked for. */
  asked: { indicator: IndicatorRef; place: PlaceRef };
}

const figureColumns = new MadeOnce(flattened);
function columnsOf(scope: Scope): SQL {
  const { note: _note, citations: _citations, ...columns } = observations.columns(scope);
  return selectList(columns);
}

/** The figures in order of time. One statement. */
export async function readFigures(context: Context, scope: Scope, args: Asked): Promise<SeriesFigure[]> {
  const { place, measure = 'value', scenario, from, to } = args;
  const dated = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const where = whichObservations(
    { place, measure: [measure], ...(scenario === undefined ? {} : { scenario }), ...dated },
    scope,
  );
  const asked = sql`jsonb_build_object('indicator', ${indicatorRef(indicatorId(args), scope)},
    'place', ${placeToday(placeIdOf(place, 'place', scope), scope)})`;
  const rows = await run(
    context,
    sql`select ${figureColumns.get(scope, () => columnsOf(scope))}, ${table.value}::text as exact, ${asked} as asked, (
      select ${t.indicators.additive} from ${t.indicators}
      where ${t.indicators.id} = ${table.indicatorId} and ${live(t.indicators, scope)}
    ) as additive from ${table} where ${all([live(table, scope), ofIndicator(args, scope), ...where])}
    order by ${table.periodEnd}, ${table.periodStart}, ${bytewise(table.scenario)}, ${bytewise(table.id)}`,
    'once',
  );
  return rows as SeriesFigure[];
}

const indicatorId = ({ indicator }: Asked): SQL => sql`${`indicator:${indicator}`}::text`;

function ofIndicator(args: Asked, scope: Scope): SQL {
  const own = sql`${table.indicatorId} = ${indicatorId(args)}`;
  if (!args.include?.includes('possibly_same_as')) return own;
  const { fromId, toId } = t.indicatorLinks;
  return sql`${own} or ${table.indicatorId} in (select ${toId} from ${t.indicatorLinks}
    where ${fromId} = ${indicatorId(args)} and ${live(t.indicatorLinks, scope)})`;
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
