/** Looking places up: up to a thousand codes or names in a handful of statements, however many they are. */
import { distance } from 'fastest-levenshtein';
import { limits } from '../schema/config.ts';
import type { LookupAnswer, LookupCandidate } from '../schema/lookup.ts';
import type { Args } from '../schema/operations.ts';
import { type Decision, decide, hasEnded, type Suggested } from './lookup-decisions.ts';
import { type Item, readItem, textsOf } from './lookup-items.ts';
import {
  describeVersions,
  findNamed,
  findSimilar,
  findSuccessors,
  type Similar,
  type Version,
} from './lookup-versions.ts';
import { explainDays, unknownPlace } from './notices.ts';
import { dayAsked, rememberDay } from './places.ts';
import type { Context, Row, Scope } from './types.ts';

interface Decided {
  item: Item;
  decision: Decision;
}

export async function lookUpPlaces(
  context: Context,
  scope: Scope,
  { items, ...given }: Args<'placesLookup'>,
): Promise<Row> {
  const asked = { ...given, on: given.on ?? scope.today };
  const on = dayAsked(asked.on) ?? null;
  const read = new Map(items.map((text) => [text, readItem(text)]));
  const named = await namesOf(context, scope, asked, [...read.values()]);
  const decided = new Map(
    [...read].map(([text, item]): [string, Decided] => [text, { item, decision: decide(item, named, on) }]),
  );
  if (on !== null) await addSuccessors(context, scope, on, [...decided.values()], named);
  await addSimilar(context, scope, asked, [...decided.values()]);
  const ids = [...decided.values()].flatMap(({ decision }) => idsOf(decision));
  const described = ids.length === 0 ? new Map() : await describeVersions(context, scope, asked, ids);
  const answers = items.map((text) => tell(text, (decided.get(text) as Decided).decision, described, on));
  const found = answers.some(({ status }) => status !== 'unknown');
  const notice = found ? undefined : await unknownPlace(context, scope, asked);
  const day = dayAsked(given.on);
  const unusual = day === undefined ? undefined : await explainDays(context, scope, [['on', day]]);
  return { on, items: answers, notice: notice ?? unusual ?? null };
}

/** All versions with a name or code that any item means. */
async function namesOf(
  context: Context,
  scope: Scope,
  asked: Omit<Args<'placesLookup'>, 'items'>,
  items: readonly Item[],
): Promise<(texts: readonly string[]) => Version[]> {
  const texts = new Set(items.flatMap(textsOf));
  const withAbove = items.some(({ above }) => above.length > 0);
  const byText = new Map<string, Version[]>([...texts].map((text) => [text, []]));
  for (const version of await findNamed(context, scope, asked, [...texts], withAbove)) {
    for (const line of version.folded.split('\n')) byText.get(line)?.push(version);
  }
  return (wanted) => [...new Set(wanted.flatMap((text) => byText.get(text) as Version[]))];
}

/** What became of the places that had the name or code before the day. */
async function addSuccessors(
  context: Context,
  scope: Scope,
  on: string,
  decided: readonly Decided[],
  named: (texts: readonly string[]) => Version[],
): Promise<void> {
  const late = decided
    .filter(({ decision }) => decision.reason === 'other_day')
    .map(({ item, decision }) => {
      const ended = new Set(
        named(item.heads)
          .filter((version) => hasEnded(version, on))
          .map(({ id }) => id),
      );
      return {
        decision,
        ids: shortened(decision.suggested).flatMap(({ id }) => (ended.has(id) ? [id] : [])),
      };
    });
  const ids = [...new Set(late.flatMap((one) => one.ids))];
  if (ids.length === 0) return;
  const successors = await findSuccessors(context, scope, on, ids);
  for (const { decision, ids: origins } of late) {
    const became = new Set(origins.flatMap((id) => successors.get(id) ?? []));
    for (const id of became) decision.suggested.push({ id, reason: 'successor', on: null });
  }
}

/** Names nearly like those that nothing is known of. */
async function addSimilar(
  context: Context,
  scope: Scope,
  asked: Omit<Args<'placesLookup'>, 'items'>,
  decided: readonly Decided[],
): Promise<void> {
  const lost = decided
    .filter(({ decision }) => decision.fitting.length === 0 && decision.reason === null)
    .flatMap(({ item, decision }) => {
      const name = item.bare.at(-1) ?? item.heads.at(-1);
      return name === undefined ? [] : [{ name, decision }];
    })
    .slice(0, limits.lookupSimilarMax);
  if (lost.length === 0) return;
  const near = await findSimilar(context, scope, asked, [...new Set(lost.map(({ name }) => name))]);
  for (const { name, decision } of lost) {
    const suggested = nearestTo(
      name,
      near.filter(({ text }) => text === name),
    );
    if (suggested.length === 0) continue;
    decision.suggested.push(...suggested);
    Object.assign(decision, {
      reason: 'similar',
      note: 'No place has this name; some have nearly the same.',
    });
  }
}

/** Each place once, those whose name differs in the fewest letters first. */
function nearestTo(name: string, near: readonly Similar[]): Suggested[] {
  const away = ({ folded }: Similar) => Math.min(...folded.split('\n').map((line) => distance(line, name)));
  const byPlace = new Map([...near].reverse().map((one) => [one.placeId, { id: one.id, away: away(one) }]));
  return [...byPlace.values()]
    .reverse()
    .filter((one) => one.away <= Math.max(1, Math.floor(name.length / 3)))
    .sort((one, other) => one.away - other.away)
    .map(({ id }) => ({ id, reason: 'similar', on: null }));
}

const shortened = <T>(list: readonly T[]): T[] => list.slice(0, limits.lookupCandidatesMax);

const idsOf = ({ fitting, suggested }: Decision): string[] =>
  [...shortened(fitting), ...shortened(suggested)].map(({ id }) => id);

function tell(
  query: string,
  { fitting, suggested, reason, note }: Decision,
  described: ReadonlyMap<string, LookupCandidate>,
  on: string | null,
): LookupAnswer {
  const [only, another] = fitting;
  const ambiguous = another !== undefined;
  const told = (id: string, day: string | null): LookupCandidate =>
    rememberDay({ ...(described.get(id) as LookupCandidate) }, day ?? undefined);
  const answer: LookupAnswer = {
    query,
    status: ambiguous ? 'ambiguous' : only === undefined ? 'unknown' : 'found',
    place: ambiguous || only === undefined ? null : told(only.id, on).place,
    candidates: ambiguous ? shortened(fitting).map(({ id }) => told(id, on)) : [],
    candidateCount: fitting.length,
    suggestions: shortened(suggested).map((one) => {
      const place = told(one.id, one.on ?? on);
      return Object.assign(place, { reason: one.reason, code: place.place.code, on: one.on });
    }),
    reason,
    note,
  };
  return rememberDay(answer, on ?? undefined);
}
