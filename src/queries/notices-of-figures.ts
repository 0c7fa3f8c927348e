/** Why there is no series, and nothing to be covered: what is known instead. */
import { sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import type { Notice } from '../schema/notice.ts';
import { Measure } from '../schema/observation.ts';
import type { Args, ListName } from '../schema/operations.ts';
import { whichObservations } from './observations.ts';
import { all, live, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

const inWords = (word: string): string => word.replaceAll('_', ' ');

/** A series of a measure that nobody reports, where another is reported. */
export async function otherMeasure(
  context: Context,
  scope: Scope,
  operation: ListName,
  args: Record<string, unknown>,
): Promise<Notice | undefined> {
  if (operation !== 'series') return undefined;
  const { indicator, place, measure: asked = 'value' } = args as Args<'series'>;
  const rows = await run(
    context,
    sql`select distinct ${t.observations.measure} as measure from ${t.observations}
    where ${all([live(t.observations, scope), ...whichObservations({ place, indicator: [indicator] }, scope)])}`,
  );
  const known = rows.map((row) => row['measure'] as string);
  const others = Measure.enum.filter((one) => known.includes(one));
  const [other] = others;
  if (other === undefined || known.includes(asked)) return undefined;
  return {
    code: 'nothing_fits',
    text: `No ${inWords(asked)} of ${indicator} is known of this place, but its ${others.map(inWords).join(', ')}.`,
    since: null,
    try: `measure=${other}`,
  };
}

/** A place without any figure, and no years that were asked for. */
export async function nothingKnown(
  _context: Context,
  { today }: Scope,
  operation: ListName,
  args: Record<string, unknown>,
): Promise<Notice | undefined> {
  const { place, indicator } = args as Args<'coverage'>;
  if (operation !== 'coverage') return undefined;
  return {
    code: 'nothing_known',
    text: `No figure of ${place} is known in any year; with "indicator", "from" and "to" its cells say why.`,
    since: null,
    try: indicator === undefined ? null : `from=${today}`,
  };
}
