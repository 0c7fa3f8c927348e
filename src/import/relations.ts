/** Rules about how records of the seed files relate: references, ancestors, doubles, periods. */
import { nearest } from '../errors.ts';
import { groupBy, pairsOf } from '../lists.ts';
import { parsePeriod } from '../schema/period.ts';
import { canonical } from './canonical.ts';
import type { Checker } from './checker.ts';
import type { Rows } from './desired.ts';
import { typeOf } from './ids.ts';
import type { ReadResult } from './read.ts';

export function checkRelations(checker: Checker): void {
  checkReferences(checker);
  checkAncestors(checker);
  checkLinks(checker);
  checkPeriods(checker);
}

/** Whether no place has faults of its own: else it is not known which versions there are. */
export const placesAreWhole = ({ seeds, declared }: ReadResult): boolean =>
  seeds.places.length === declared.filter(({ id }) => typeOf(id) === 'place').length;

function checkReferences({ read, declared, faults }: Checker): void {
  const whole = placesAreWhole(read);
  for (const { id, position } of read.references) {
    if (declared.has(id) || (typeOf(id) === 'place_version' && !whole)) continue;
    const alike = [...declared.keys()].filter((other) => typeOf(other) === typeOf(id));
    const suggestion = nearest(id, alike);
    faults.push({
      code: 'dangling_reference',
      message: `there is no ${id}`,
      ...position,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
}

type Parent = readonly [id: string, parent: string | null | undefined];

function checkAncestors(checker: Checker): void {
  const { places, bodies, instruments, tasks, observations } = checker.read.seeds;
  const relations: [member: string, parents: Parent[]][] = [
    ['parent', places.flatMap(({ id, versions }) => versions.map(({ parent }) => [id, parent] as const))],
    ['parent', bodies.map(({ id, parent }) => [id, parent])],
    ['implements', instruments.map((record) => [record.id, record.implements])],
    ['parent', tasks.map(({ id, parent }) => [id, parent])],
    ['repeats', tasks.map(({ id, repeats }) => [id, repeats])],
    ['subsetOf', observations.map(({ id, subsetOf }) => [id, subsetOf])],
  ];
  for (const [member, parents] of relations) {
    for (const { id, path } of circlesOf(parents)) {
      checker.faultOf('circle', `"${member}" leads back to the record itself: ${path}`, id);
    }
  }
}

/** Each circle once, from its first member in alphabetical order. */
function circlesOf(parents: readonly Parent[]): { id: string; path: string }[] {
  const edges = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    if (parent) edges.set(id, [...(edges.get(id) ?? []), parent]);
  }
  return [...edges.keys()].flatMap((id) => {
    const trail = trailBack(id, edges);
    return trail?.every((other) => id <= other) ? [{ id, path: [...trail, id].join(' → ') }] : [];
  });
}

/** The shortest way from an id back to itself. */
function trailBack(start: string, edges: ReadonlyMap<string, string[]>): string[] | undefined {
  const queue = [{ id: start, trail: [start] }];
  const seen = new Set<string>();
  for (const { id, trail } of queue) {
    for (const next of edges.get(id) ?? []) {
      if (next === start) return trail;
      if (!seen.has(next)) queue.push({ id: next, trail: [...trail, next] });
      seen.add(next);
    }
  }
  return undefined;
}

function checkLinks(checker: Checker): void {
  const { placeChanges, contradictions, indicators } = checker.read.seeds;
  for (const [earlier, later] of placeChanges.flatMap(({ links }) => pairsOf(links))) {
    if (earlier.from !== later.from || earlier.to !== later.to) continue;
    checker.fault('listed_twice', `"links" lists ${later.from} to ${later.to} twice`, later);
  }
  for (const [earlier, later] of contradictions.flatMap(({ sides }) => pairsOf(sides))) {
    if (earlier.fact === later.fact)
      checker.fault('listed_twice', `"sides" lists ${later.fact} twice`, later, 'fact');
  }
  for (const { id, possiblySameAs = [] } of indicators) {
    if (possiblySameAs.includes(id))
      checker.fault('circle', `${id} names itself in "possiblySameAs"`, possiblySameAs);
  }
}

function checkPeriods(checker: Checker): void {
  const { events, instruments, themes, mottos, tasks, observations } = checker.read.seeds;
  for (const record of [...events, ...instruments, ...themes, ...mottos, ...tasks, ...observations]) {
    const { period, cumulative } = record;
    if (!cumulative || (period && parsePeriod(period).start.endsWith('-01-01'))) continue;
    const message = 'what is cumulative has a period that starts on 1 January';
    checker.fault('not_cumulative', message, record, 'cumulative');
  }
}

/** Records that the database would take for one: its natural keys, but those that have their own check. */
export function checkDoubles(checker: Checker, rows: Rows): void {
  const period = ['periodStart', 'periodEnd'] as const;
  checkKey(checker, rows.documents, 'checksum', ['sha256']);
  checkKey(checker, rows.bodies, 'kind, place and name', ['kind', 'placeVersionId', 'name']);
  checkKey(checker, rows.persons, 'name, offices, body and place', [
    'name',
    'offices',
    'bodyId',
    'placeVersionId',
  ]);
  checkKey(checker, rows.events, 'kind, name, place and period', [
    'kind',
    'name',
    'placeVersionId',
    ...period,
  ]);
  checkKey(checker, rows.instruments, 'kind, number, name and body', ['kind', 'number', 'name', 'bodyId']);
  checkKey(checker, rows.themes, 'name, body, event and period', ['name', 'bodyId', 'eventId', ...period]);
  checkKey(checker, rows.mottos, 'kind, name, body, theme, task and period', [
    'kind',
    'name',
    'bodyId',
    'themeId',
    'taskId',
    ...period,
  ]);
  const ordered = rows.tasks.filter(({ parentId, ordinal }) => parentId && ordinal);
  checkKey(checker, ordered, 'parent and ordinal', ['parentId', 'ordinal']);
}

function checkKey<R extends { id: string }>(
  checker: Checker,
  rows: readonly R[],
  what: string,
  key: readonly (keyof R & string)[],
): void {
  const alike = groupBy(rows, (row) => canonical(key.map((column) => row[column])));
  for (const [earlier, later] of [...alike.values()].flatMap(pairsOf)) {
    // A record that is there twice under one id has been reported as that.
    if (earlier.id === later.id) continue;
    const message = `${checker.name(earlier.id)} has the same ${what}; keep one of the two`;
    checker.faultOf('duplicate_record', message, later.id);
  }
}
