/** Coverage: of each indicator and year what is known of a place, and of what is not known why. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { groupBy } from '../lists.ts';
import { type CoverageCell, CoverageStatus } from '../schema/coverage.ts';
import { Measure, type Scenario } from '../schema/observation.ts';
import type { Args } from '../schema/operations.ts';
import type { IndicatorRef } from '../schema/ref.ts';
import { type Frame, readFrame, yearsIn } from './coverage-frame.ts';
import { standingOf } from './coverage-standing.ts';
import { whichObservations } from './observations.ts';
import { type Found, pickKeys, type Slice } from './slices.ts';
import { all, bytewise, day, live, run, selectList } from './sql.ts';
import type { Context, Row, Scope } from './types.ts';

type Asked = Args<'coverage'>;

/** A cell before anything is known of it. */
interface Blank {
  indicator: IndicatorRef;
  year: number;
}

/** A page, in three statements: the frame, the figures of its cells, and the documents of its years. */
export async function findCoverage(
  context: Context,
  scope: Scope,
  args: Asked,
  slice: Slice,
): Promise<Found> {
  const frame = await readFrame(context, scope, args);
  const blanks = new Map(blanksOf(frame).map((blank) => [keyOf(blank), blank]));
  const sortKeys = pickKeys([...blanks.keys()], slice);
  const chosen = sortKeys.map((key) => blanks.get(key) as Blank);
  const rows = chosen.length === 0 ? [] : await fill(context, scope, args, frame, chosen);
  return { rows, sortKeys, total: blanks.size };
}

/** All that is known of a place in one year: its cells by code, and how many there are of each status. */
export async function coverageOf(
  context: Context,
  scope: Scope,
  { place, year }: { place: string; year: number },
): Promise<{ cells: CoverageCell[]; counts: Record<CoverageStatus, number> }> {
  const span = { from: `${year}-01-01`, to: `${year}-12-31` };
  const { rows } = await findCoverage(
    context,
    scope,
    { place, ...span },
    { limit: Infinity, after: undefined },
  );
  const cells = rows as CoverageCell[];
  const counts = CoverageStatus.enum.map((status) => [
    status,
    cells.filter((cell) => cell.status === status).length,
  ]);
  return { cells, counts: Object.fromEntries(counts) as Record<CoverageStatus, number> };
}

function blanksOf({ indicators, years }: Frame): Blank[] {
  if (years === null) return [];
  return indicators.flatMap((indicator) =>
    Array.from({ length: yearsIn(years) }, (_, index) => ({ indicator, year: years.first + index })),
  );
}

/** A space sorts before all that a code is made of. */
const keyOf = ({ indicator, year }: Blank): string => `${indicator.code} ${fourDigits(year)}`;

const fourDigits = (year: number): string => String(year).padStart(4, '0');

const table = t.observations;

interface Figure {
  id: string;
  scenario: Scenario;
  measure: Measure;
  label: string;
  end: string;
  hasNumber: boolean;
}

async function fill(
  context: Context,
  scope: Scope,
  args: Asked,
  frame: Frame,
  blanks: readonly Blank[],
): Promise<CoverageCell[]> {
  const figures = await readFigures(context, scope, args, blanks);
  const documents = await readDocuments(context, scope, args, blanks);
  return blanks.map(({ indicator, year }) => {
    const own = figures.get(`${indicator.id} ${year}`) ?? [];
    const printed = documents.get(year) ?? [];
    const outcomes = own.filter(({ scenario }) => scenario !== 'target');
    const { place, status, text } = standingOf(frame.versions, {
      year: fourDigits(year),
      figures: own,
      printed,
      today: scope.today,
    });
    return {
      place,
      indicator,
      year,
      status,
      measures: Measure.enum.filter((one) => own.some(({ measure }) => measure === one)),
      periods: [...new Set(own.map(({ label }) => label))],
      through:
        outcomes
          .map(({ end }) => end)
          .sort()
          .at(-1) ?? null,
      observations: own.map(({ id }) => id),
      documents: printed,
      text,
    };
  });
}

/** In order of time, by indicator and year; of as many years as the cells span. */
async function readFigures(
  context: Context,
  scope: Scope,
  args: Asked,
  blanks: readonly Blank[],
): Promise<Map<string, Figure[]>> {
  const codes = [...new Set(blanks.map(({ indicator }) => indicator.code))];
  const rows = await run(
    context,
    sql`select ${table.indicatorId} as indicator, ${yearOf} as year, ${selectList({
      id: table.id,
      scenario: table.scenario,
      measure: table.measure,
      label: table.periodLabel,
      end: day(table.periodEnd),
      hasNumber: sql`coalesce(${table.value}, ${table.numerator}) is not null`,
    })} from ${table} where ${ofYears(scope, { place: args.place, indicator: codes }, blanks)}
    order by ${table.periodEnd}, ${table.periodStart}, ${bytewise(table.id)}`,
  );
  return groupBy(rows as (Figure & Row)[], ({ indicator, year }) => `${indicator} ${year}`);
}

const yearOf = sql`extract(year from ${table.periodEnd})::int`;

const ofYears = (
  scope: Scope,
  which: Parameters<typeof whichObservations>[0],
  blanks: readonly Blank[],
): SQL => {
  const years = blanks.map(({ year }) => year);
  const span = {
    from: `${fourDigits(Math.min(...years))}-01-01`,
    to: `${fourDigits(Math.max(...years))}-12-31`,
  };
  return all([live(table, scope), ...whichObservations({ ...which, ...span }, scope)]);
};

/** By year the ids of the documents that print a figure of the place. */
async function readDocuments(
  context: Context,
  scope: Scope,
  { place }: Asked,
  blanks: readonly Blank[],
): Promise<Map<number, string[]>> {
  const rows = await run(
    context,
    sql`select year, array_agg(id order by ${bytewise(sql`id`)}) as ids from (
      select distinct ${yearOf} as year, ${t.allCitations.documentId} as id
      from ${table} join ${t.allCitations} on ${t.allCitations.factId} = ${table.id} and ${live(t.allCitations, scope)}
      where ${t.allCitations.documentId} is not null and ${ofYears(scope, { place }, blanks)}
    ) printed group by year`,
  );
  return new Map((rows as { year: number; ids: string[] }[]).map(({ year, ids }) => [year, ids]));
}
