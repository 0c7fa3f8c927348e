/** Why a list is empty, and what to ask instead. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { nearest } from '../errors.ts';
import type { Notice } from '../schema/notice.ts';
import { dayBefore } from './days.ts';
import { placeIdOf } from './places.ts';
import { live, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

interface Asked {
  place?: string;
  within?: string;
  parent?: string;
  indicator?: string[];
  level?: string[];
  on?: string;
}

/** The notice of an empty list. */
export async function explainEmpty(
  context: Context,
  scope: Scope,
  operation: string,
  args: Record<string, unknown>,
): Promise<Notice> {
  const asked = args as Asked;
  return (
    (await noPlace(context, scope, asked)) ??
    (await noIndicator(context, scope, asked)) ??
    (await noDistricts(context, scope, operation, asked)) ?? {
      code: 'nothing_fits',
      text: 'Nothing fits all the arguments together; leave some out.',
      since: null,
      try: null,
    }
  );
}

async function noPlace(context: Context, scope: Scope, asked: Asked): Promise<Notice | undefined> {
  for (const parameter of ['place', 'within', 'parent'] as const) {
    const argument = asked[parameter];
    if (argument === undefined || !/^(place|place_version|country|province|district|commune):/.test(argument))
      continue;
    const known = await exists(
      context,
      sql`select from ${t.placeVersions} where ${t.placeVersions.placeId} = ${placeIdOf(argument, parameter, scope)} and ${live(t.placeVersions, scope)}`,
    );
    if (!known) {
      return {
        code: 'unknown_place',
        text: `No place is known as ${argument}; /v1/search finds places by name.`,
        since: null,
        try: null,
      };
    }
  }
  return undefined;
}

async function noIndicator(context: Context, scope: Scope, asked: Asked): Promise<Notice | undefined> {
  if (asked.indicator === undefined) return undefined;
  const rows = await run(
    context,
    sql`select ${t.indicators.code} as code from ${t.indicators} where ${live(t.indicators, scope)}`,
  );
  const known = rows.map((row) => row['code'] as string);
  const wrong = asked.indicator.find((code) => !known.includes(code));
  if (wrong === undefined) return undefined;
  const near = nearest(wrong, known);
  return {
    code: 'unknown_indicator',
    text: `No indicator has the code ${wrong}.`,
    since: null,
    try: near === undefined ? null : `indicator=${near}`,
  };
}

/** Districts: asked for on a day on which there were none any more. */
async function noDistricts(
  context: Context,
  scope: Scope,
  operation: string,
  asked: Asked,
): Promise<Notice | undefined> {
  const onlyDistricts =
    operation === 'districts' || (operation === 'places' && asked.level?.join() === 'district');
  if (!onlyDistricts || asked.on === 'any') return undefined;
  const rows = await run(
    context,
    sql`select max(coalesce(${t.placeVersions.validTo}, 'infinity'))::text as ended from ${t.placeVersions}
    where ${t.placeVersions.level} = 'district' and ${live(t.placeVersions, scope)}`,
  );
  const ended = rows[0]?.['ended'] as string | null;
  if (ended === null || ended === 'infinity' || (asked.on ?? scope.today) < ended) return undefined;
  return {
    code: 'districts_ended',
    text: `Districts ended on ${ended}; since then communes belong to provinces directly.`,
    since: ended,
    try: `on=${dayBefore(ended)}`,
  };
}

const exists = async (context: Context, query: SQL): Promise<boolean> =>
  (await run(context, sql`select exists (${query}) as found`))[0]?.['found'] === true;
