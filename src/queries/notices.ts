/** Why a list is empty or surprising, and what to ask instead. */
import { type SQL, sql } from 'drizzle-orm';
import * as t from '../db/tables.ts';
import { nearest } from '../errors.ts';
import type { Notice } from '../schema/notice.ts';
import { type Args, type ListName, operationOf } from '../schema/operations.ts';
import { Place } from '../schema/place.ts';
import { hasChanges, levelOf } from './crosswalks.ts';
import { dayBefore } from './days.ts';
import { nothingKnown, otherMeasure } from './notices-of-figures.ts';
import { dayAsked, placeIdOf } from './places.ts';
import { live, run } from './sql.ts';
import type { Context, Scope } from './types.ts';

/** Arguments of any list, and with their types those that notices look at. */
type Given = Record<string, unknown>;
interface Asked {
  place?: string;
  within?: string;
  parent?: string;
  id?: string;
  indicator?: string | string[];
  level?: string[];
  on?: string;
}

type Explain = (
  context: Context,
  scope: Scope,
  operation: ListName,
  args: Given,
) => Promise<Notice | undefined>;

/** The notice of a list, the most telling one of several; null where there is nothing to say. */
export async function explain(
  context: Context,
  scope: Scope,
  operation: ListName,
  args: Given,
  isEmpty: boolean,
): Promise<Notice | null> {
  const reasons: Explain[] = isEmpty
    ? [noPlace, noIndicator, noDistricts, unusualDay, nothingNew, otherMeasure, nothingKnown, nothingFits]
    : [unusualDay, nothingChanged];
  for (const reason of reasons) {
    const notice = await reason(context, scope, operation, args);
    if (notice !== undefined) return notice;
  }
  return null;
}

/** Whoever keeps a copy up to date hears that it is. */
const nothingNew: Explain = async (_context, { release }, operation, args) => {
  const { since = 0 } = args as Args<'changes'>;
  if (operation !== 'changes' || since < release) return undefined;
  const text =
    since === release
      ? `Nothing has changed since release ${release}, which is the last one.`
      : `Nothing can have changed since release ${since}: the feed ends with release ${release}.`;
  return { code: 'nothing_new', text, since: null, try: null };
};

const nothingFits: Explain = async (_context, _scope, operation, args) => ({
  code: 'nothing_fits',
  text: 'Nothing fits all the arguments together; leave some out.',
  since: null,
  try: operation === 'placesCrosswalk' ? otherLevel(args as Args<'placesCrosswalk'>) : null,
});

/** The level that the codes of a crosswalk are of; a special zone may have been a district. */
function otherLevel(asked: Args<'placesCrosswalk'>): string | null {
  const levels: Record<number, string> = { 2: 'province', 3: 'district', 5: 'commune' };
  const level = levelOf(asked);
  const others = (asked.fromCode ?? []).map((code) => levels[code.length]).filter((one) => one !== level);
  const [other = asked.toCode && level === 'commune' ? 'district' : undefined] = others;
  return other === undefined ? null : `level=${other}`;
}

/** Where an argument names a place that there never was. */
export async function unknownPlace(
  context: Context,
  scope: Scope,
  asked: Asked,
): Promise<Notice | undefined> {
  for (const parameter of ['place', 'within', 'parent', 'id'] as const) {
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

const noPlace: Explain = (context, scope, _operation, args) => unknownPlace(context, scope, args as Asked);

async function noIndicator(
  context: Context,
  scope: Scope,
  _operation: ListName,
  args: Given,
): Promise<Notice | undefined> {
  const asked = args as Asked;
  if (asked.indicator === undefined) return undefined;
  const rows = await run(
    context,
    sql`select ${t.indicators.code} as code from ${t.indicators} where ${live(t.indicators, scope)}`,
  );
  const known = rows.map((row) => row['code'] as string);
  const wrong = [asked.indicator].flat().find((code) => !known.includes(code));
  if (wrong === undefined) return undefined;
  const near = nearest(wrong, known);
  return {
    code: 'unknown_indicator',
    text: `No indicator has the code ${wrong}.`,
    since: null,
    try: near === undefined ? null : `indicator=${near}`,
  };
}

/** Districts, or what lay below one: asked for on a day on which there were none any more. */
async function noDistricts(
  context: Context,
  scope: Scope,
  operation: ListName,
  args: Given,
): Promise<Notice | undefined> {
  const [[parameter, day] = ['on', scope.today]] = daysOf(operation, args);
  if (!asksForDistricts(operation, args) || args['on'] === 'any') return undefined;
  const rows = await run(
    context,
    sql`select max(coalesce(${t.placeVersions.validTo}, 'infinity'))::text as ended from ${t.placeVersions}
    where ${t.placeVersions.level} = 'district' and ${live(t.placeVersions, scope)}`,
  );
  const ended = rows[0]?.['ended'] as string | null;
  if (ended === null || ended === 'infinity' || day < ended) return undefined;
  return {
    code: 'districts_ended',
    text: `Districts ended on ${ended}; since then communes belong to provinces directly.`,
    since: ended,
    try: `${parameter}=${dayBefore(ended)}`,
  };
}

/** Types of districts, and of communes that were below them alone. */
const typesOfOld: readonly string[] = ['urban_district', 'district', 'town', 'township'];

function asksForDistricts(operation: ListName, args: Given): boolean {
  if (operation === 'districts') return true;
  if (operation !== 'placesCrosswalk' && operationOf(operation).of !== Place) return false;
  const { level, type, parent, within } = args as Asked & { type?: string[] };
  return (
    [level].flat().join() === 'district' ||
    Boolean(type?.every((one) => typesOfOld.includes(one))) ||
    [parent, within].some((place) => place?.startsWith('district:'))
  );
}

/** The arguments of a list of places that are days on which they are looked at. */
function daysOf(operation: ListName, args: Given): [parameter: string, day: string][] {
  const ofPlaces = operation === 'search' || operationOf(operation).of === Place;
  const { on, from, to } = args as { on?: string; from?: string; to?: string };
  const days = operation === 'placesCrosswalk' ? { from, to } : ofPlaces ? { on: dayAsked(on) } : {};
  return Object.entries(days).filter((pair): pair is [string, string] => pair[1] !== undefined);
}

const unusualDay: Explain = (context, scope, operation, args) =>
  explainDays(context, scope, daysOf(operation, args));

/** Before anything is known of places, or in the future. */
export async function explainDays(
  context: Context,
  scope: Scope,
  days: readonly (readonly [parameter: string, day: string])[],
): Promise<Notice | undefined> {
  for (const [parameter, day] of days) {
    const first = await firstSnapshotAfter(context, scope, day);
    if (first === null) continue;
    return {
      code: 'before_first_snapshot',
      text: `Places are known from lists since ${first}; for ${day} the oldest known versions are told, which may have begun later.`,
      since: first,
      try: `${parameter}=${first}`,
    };
  }
  const [parameter, day] = days.find(([, one]) => one > scope.today) ?? [];
  if (day === undefined) return undefined;
  return {
    code: 'future_day',
    text: `${day} is still to come; what is in force then is told as far as it is known today, ${scope.today}.`,
    since: scope.today,
    try: `${parameter}=${scope.today}`,
  };
}

/** The day of the first snapshot, where it is later than the day; most days find an earlier one at once. */
async function firstSnapshotAfter(context: Context, scope: Scope, day: string): Promise<string | null> {
  const { observedFrom } = t.placeVersions;
  const known = await exists(
    context,
    sql`select from ${t.placeVersions} where ${observedFrom} <= ${day}::date and ${live(t.placeVersions, scope)}`,
  );
  if (known) return null;
  const rows = await run(
    context,
    sql`select min(${observedFrom})::text as first from ${t.placeVersions} where ${live(t.placeVersions, scope)}`,
  );
  return rows[0]?.['first'] as string | null;
}

/** A crosswalk of a whole level on which every place stayed what it was. */
async function nothingChanged(
  context: Context,
  scope: Scope,
  operation: ListName,
  args: Given,
): Promise<Notice | undefined> {
  if (operation !== 'placesCrosswalk') return undefined;
  const asked = args as Args<'placesCrosswalk'>;
  const filtered = asked.fromCode ?? asked.toCode ?? asked.within;
  if (filtered !== undefined || (await exists(context, hasChanges(asked, scope)))) return undefined;
  return {
    code: 'nothing_changed',
    text: `No ${levelOf(asked)} changed after ${asked.from} up to ${asked.to}: each is itself on both days.`,
    since: null,
    try: null,
  };
}

const exists = async (context: Context, query: SQL): Promise<boolean> =>
  (await run(context, sql`select exists (${query}) as found`))[0]?.['found'] === true;
