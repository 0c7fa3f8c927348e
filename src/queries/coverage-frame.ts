/** The frame of a coverage: which indicators and years make its cells, and what the place was in them. */
import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as t from '../db/tables.ts';
import { PublicError } from '../errors.ts';
import { limits } from '../schema/config.ts';
import type { Args } from '../schema/operations.ts';
import type { PlaceRef } from '../schema/place.ts';
import type { IndicatorRef } from '../schema/ref.ts';
import { ofPlace, oneOf } from './filters.ts';
import { placeIdOf } from './places.ts';
import { indicatorRef, placeMembers } from './refs.ts';
import { all, arrayOf, day, live, object, run } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

type Asked = Args<'coverage'>;

/** A version of the place, with the names of what became of it. */
export interface PlaceTime {
  ref: PlaceRef;
  observedFrom: string | null;
  successors: PlaceRef[];
}

export interface Frame {
  /** Oldest first; empty where there never was such a place. */
  versions: PlaceTime[];
  /** By code. */
  indicators: IndicatorRef[];
  /** Both inclusive; null where there is no cell. */
  years: { first: number; last: number } | null;
}

const table = t.observations;
const successor = alias(t.placeVersions, 'successor_version');

const versionsOf = (placeId: SQL, scope: Scope): SQL => {
  const version = t.placeVersions;
  const successors = arrayOf(
    placeMembers(successor),
    sql`${successor.level}, ${successor.code} collate "C", ${successor.id} collate "C"`,
    sql`${t.placeVersions} ${successor} where ${live(successor, scope)} and ${successor.id} in (
      select ${t.placeLinks.toId} from ${t.placeLinks} where ${t.placeLinks.fromId} = ${version.id} and ${live(t.placeLinks, scope)})`,
  );
  return arrayOf(
    object({ ref: placeMembers(version), observedFrom: day(version.observedFrom), successors }),
    sql`${version.validFrom} nulls first`,
    sql`${version} where ${version.placeId} = ${placeId} and ${live(version, scope)}`,
  );
};

/** Those that are asked for, else all of which anything is known of the place in any year. */
const indicatorsOf = ({ place, indicator }: Asked, scope: Scope): SQL => {
  const known = sql`${t.indicators.id} in (select ${table.indicatorId} from ${table}
    where ${all([live(table, scope), ...ofPlace(table.placeVersionId, { place }, scope)])})`;
  const wanted = indicator === undefined ? [known] : oneOf(t.indicators.code, indicator);
  return arrayOf(
    indicatorRef(t.indicators.id, scope),
    sql`${t.indicators.code} collate "C"`,
    sql`${t.indicators} where ${all([live(t.indicators, scope), ...wanted])}`,
  );
};

/** One statement. Throws `bad_argument` for a span that is backwards or makes too many cells. */
export async function readFrame(context: Context, scope: Scope, args: Asked): Promise<Frame> {
  if (args.from !== undefined && args.to !== undefined && args.from > args.to) {
    const message = `"from" must not be later than "to"; ${args.from} is later than ${args.to}.`;
    throw new PublicError('bad_argument', message, { parameter: 'from' });
  }
  const [found] = await run(
    context,
    sql`select ${versionsOf(placeIdOf(args.place, 'place', scope), scope)} as versions, ${indicatorsOf(args, scope)} as indicators,
      extract(year from min(${table.periodEnd}))::int as first, extract(year from max(${table.periodEnd}))::int as last
    from ${table} where ${all([live(table, scope), ...ofPlace(table.placeVersionId, args, scope)])}`,
  );
  const { versions, indicators, ...known } = found as Found;
  const years = versions.length === 0 ? null : spanOf(args, known);
  const frame = { versions, indicators, years };
  refuseTooMany(frame);
  return frame;
}

interface Found extends Row, Pick<Frame, 'versions' | 'indicators'>, Known {}
/** The first and last year of which anything is known of the place. */
interface Known {
  first: number | null;
  last: number | null;
}

const yearOf = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Number(date.slice(0, 4));

/** From the year of `from` through that of `to`; what is not said is what is known of the place, and never turns the span around. */
function spanOf({ from, to }: Asked, { first, last }: Known): Frame['years'] {
  const [start, end] = [yearOf(from), yearOf(to)];
  const [oldest, youngest] = [first ?? end ?? start, last ?? start ?? end];
  if (oldest === undefined || youngest === undefined) return null;
  return {
    first: start ?? Math.min(oldest, end ?? oldest),
    last: end ?? Math.max(youngest, start ?? youngest),
  };
}

export const yearsIn = ({ first, last }: NonNullable<Frame['years']>): number => last - first + 1;

function refuseTooMany({ indicators, years }: Frame): void {
  if (years === null || indicators.length * yearsIn(years) <= limits.coverageCellsMax) return;
  const message = `${years.first} to ${years.last} for ${indicators.length} indicators are more than ${limits.coverageCellsMax} cells; ask for fewer years, or with "indicator".`;
  throw new PublicError('bad_argument', message, { parameter: 'from' });
}
