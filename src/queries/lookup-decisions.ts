/** Which place an item means: one that fits, several that fit alike, or none and why. Never a guess. */
import { fold, foldKeepingMarks } from '../db/fold.ts';
import type { Names } from '../schema/common.ts';
import type { LookupReason } from '../schema/lookup.ts';
import { dayBefore } from './days.ts';
import type { Item } from './lookup-items.ts';
import type { Version } from './lookup-versions.ts';

export interface Suggested {
  id: string;
  reason: LookupReason;
  /** The day to ask with, where it is another. */
  on: string | null;
}

export interface Decision {
  /** What fits, one version of each place. */
  fitting: Version[];
  suggested: Suggested[];
  reason: LookupReason | null;
  note: string | null;
}

/** The versions that have one of the texts as a whole name or code. */
export type Named = (texts: readonly string[]) => Version[];

/** `on` is null where any day was asked for. */
export function decide(item: Item, named: Named, on: string | null): Decision {
  const bearers = named(item.heads);
  const there = bearers.filter((version) => liesThere(version, item));
  const fitting = onePerPlace(
    preferred(
      item,
      there.filter((version) => version.onDay),
    ),
    on,
  );
  const [found, another] = fitting;
  if (found === undefined) return explain(item, bearers, there, named, on);
  const plain: Decision = { fitting, suggested: [], reason: null, note: null };
  if (on === null || another !== undefined) return plain;
  const reused = reuses(item, found, bearers, on);
  return reused.length === 0 ? plain : { fitting, ...suggestOtherDays('reused_code', reused, on) };
}

function liesThere(version: Version, { above }: Item): boolean {
  const names = version.above?.split('\n') ?? [];
  return version.inside && above.every((wordings) => wordings.some((wording) => names.includes(wording)));
}

/** A code before names, then the very diacritics, then full names before bare ones; each where any has it. */
function preferred({ heads, marked }: Item, versions: readonly Version[]): readonly Version[] {
  const preferences: ((version: Version) => boolean)[] = [
    ({ code }) => heads.includes(code),
    ({ name, fullName }) => [name, fullName].some((one) => isAnyOf(one, marked, foldKeepingMarks)),
    ({ fullName }) => isAnyOf(fullName, heads, fold),
  ];
  return preferences.reduce((left: readonly Version[], prefers) => {
    const better = left.filter(prefers);
    return better.length === 0 ? left : better;
  }, versions);
}

const isAnyOf = ({ vi, en }: Names, texts: readonly string[], folding: (text: string) => string): boolean =>
  [vi, en].some((name) => name !== null && texts.includes(folding(name)));

/** Of several versions of a place the one in force today, where any day will do; else the nearest to the day. */
function onePerPlace(versions: readonly Version[], on: string | null): Version[] {
  const best = new Map<string, Version>();
  for (const version of versions) {
    const other = best.get(version.placeId);
    if (other === undefined || isNearer(version, other, on)) best.set(version.placeId, version);
  }
  return [...best.values()];
}

function isNearer(one: Version, other: Version, on: string | null): boolean {
  if (on === null && one.inForceToday !== other.inForceToday) return one.inForceToday;
  const [start, otherStart] = [one.validFrom ?? '', other.validFrom ?? ''];
  if (on !== null && otherStart > on) return start < otherStart;
  return start > otherStart && (on === null || start <= on);
}

/** Other places that bore the code which found a place. */
function reuses({ heads }: Item, found: Version, bearers: readonly Version[], on: string): Version[] {
  const others = bearers.filter(({ placeId, code }) => placeId !== found.placeId && heads.includes(code));
  return heads.includes(found.code)
    ? onePerPlace(
        others.filter((version) => !version.onDay),
        on,
      )
    : [];
}

function explain(
  item: Item,
  bearers: readonly Version[],
  there: readonly Version[],
  named: Named,
  on: string | null,
): Decision {
  const nothing: Decision = { fitting: [], suggested: [], reason: null, note: null };
  const fits = (version: Version) => version.onDay && liesThere(version, item);
  const otherDays = on === null ? [] : onePerPlace(preferred(item, there), on);
  const isCode = otherDays.some(({ code }) => item.heads.includes(code));
  const padded = onePerPlace(
    named(item.padded).filter(({ code, inside }) => inside && item.padded.includes(code)),
    on,
  );
  if (padded.length > 0 && !isCode) {
    const codes = [...new Set(padded.map(({ code }) => code))].join(', ');
    const note = `Codes are written with their leading zeros: ${codes}.`;
    return { ...nothing, ...suggest('leading_zeros', padded, on), note };
  }
  if (on !== null && otherDays.length > 0)
    return { ...nothing, ...suggestOtherDays('other_day', otherDays, on) };
  if (item.isIso) {
    const note = 'The codes here are those of the statistics office, not of ISO 3166-2; ask by name.';
    return { ...nothing, reason: 'iso_code', note };
  }
  const elsewhere = onePerPlace(
    bearers.filter(({ onDay }) => onDay),
    on,
  );
  if (elsewhere.length > 0) {
    const note =
      'There is such a place, but not of the level, within the place or below the names asked for.';
    return { ...nothing, ...suggest('elsewhere', elsewhere, on), note };
  }
  const others = onePerPlace(named(item.bare).filter(fits), on);
  if (others.length === 0) return nothing;
  const note = 'There is a place of this name, but it is a unit of another type.';
  return { ...nothing, ...suggest('other_type', others, on), note };
}

type Suggestions = Pick<Decision, 'suggested' | 'reason'>;

function suggest(reason: LookupReason, versions: readonly Version[], on: string | null): Suggestions {
  const suggested = versions.map((version) => ({
    id: version.id,
    reason,
    on: on === null || version.onDay ? null : dayOf(version, on),
  }));
  return { reason, suggested };
}

/** Versions that had ended or not begun on the day, with a day to ask for each. */
function suggestOtherDays(
  reason: 'other_day' | 'reused_code',
  versions: readonly Version[],
  on: string,
): Suggestions & Pick<Decision, 'note'> {
  const [first] = versions as [Version, ...Version[]];
  const more = versions.length === 1 ? '' : ` And ${versions.length - 1} more; see suggestions.`;
  const whose = `${first.fullName.vi} (${first.code})`;
  const when = hasEnded(first, on)
    ? `until ${dayBefore(first.validTo as string)}`
    : `from ${first.validFrom}`;
  const what = reason === 'reused_code' ? 'The code was also that of' : 'Known on other days:';
  const note = `${what} ${whose}, ${when}; ask with on=${dayOf(first, on)}.${more}`;
  return { ...suggest(reason, versions, on), note };
}

export const hasEnded = ({ validTo }: Pick<Version, 'validTo'>, on: string): boolean =>
  validTo !== null && validTo <= on;

/** The day on which a version was in force that is nearest to another. */
const dayOf = (version: Version, on: string): string =>
  hasEnded(version, on) ? dayBefore(version.validTo as string) : (version.validFrom as string);
