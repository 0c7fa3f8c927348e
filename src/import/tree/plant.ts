/**
 * The whole administrative tree, made from three lists and what is typed in `seeds/gazetteer/`, and added to what
 * the seed files hold. A folder without the latter has no tree but its own places.
 */
import { nearest } from '../../errors.ts';
import { compareTexts } from '../../lists.ts';
import type { Level } from '../../schema/place.ts';
import { versionId } from '../gazetteer.ts';
import type { Position } from '../positions.ts';
import type { ReadResult } from '../read.ts';
import type { SeedPlace, SeedVersion } from '../shapes.ts';
import { checkCounts } from './counts.ts';
import { sameName } from './names.ts';
import { ObservedStep } from './observed.ts';
import { loadPackages, type Packages } from './packages.ts';
import { Reform } from './reform.ts';
import type { TreeFacts } from './shapes.ts';
import { noSuchUnit, Timeline } from './timeline.ts';
import { type List, listsOf, type TellFault } from './units.ts';

const levels = ['province', 'district', 'commune'] as const satisfies Level[];

/** Adds places and changes of places; faults in what is typed are added to those of reading. */
export async function plantTree(
  read: ReadResult,
  load: () => Promise<Packages> = loadPackages,
): Promise<ReadResult> {
  const [root] = read.seeds.treeCounts;
  if (!root || read.unreadable) return read;
  const tell: TellFault = (fault, at) => read.faults.push({ ...fault, ...read.positions.of(at) });
  const timeline = growTimeline(await load(), read.seeds, countryOf(read.seeds.places), tell);
  checkCounts(timeline, read.seeds.treeCounts, tell);
  checkParents(timeline, root, tell);
  addTo(read, timeline, read.positions.of(root));
  return read;
}

function countryOf(places: readonly SeedPlace[]): string {
  return places.find(({ level }) => level === 'country')?.id ?? 'place:no-country';
}

export function growTimeline(
  packages: Packages,
  facts: TreeFacts,
  country: string,
  tell: TellFault,
): Timeline {
  const lists = listsOf(packages, facts, tell);
  const exonyms = new Map(facts.treeExonyms.map((one) => [`${one.level} ${one.name}`, one]));
  const timeline = new Timeline(country, exonyms);
  open(timeline, lists.first, facts, tell);
  const amendments = [...facts.treeAmendments].sort((a, b) => compareTexts(a.effectiveOn, b.effectiveOn));
  const isEarly = ({ effectiveOn }: TreeFacts['treeAmendments'][number]) => effectiveOn <= lists.before.on;
  for (const amendment of amendments.filter(isEarly)) amend(timeline, amendment, tell);
  const step = new ObservedStep(timeline, lists.first, lists.before, facts.treeArrangements);
  for (const level of levels) step.take(level);
  new Reform(timeline, lists.before, lists.after, facts, tell).take();
  for (const amendment of amendments.filter((one) => !isEarly(one))) amend(timeline, amendment, tell);
  return timeline;
}

function checkParents(timeline: Timeline, root: object, tell: TellFault): void {
  for (const { parent, code, fullName } of [...timeline.places.values()].flatMap(
    ({ versions }) => versions,
  )) {
    if (!parent?.startsWith(noSuchUnit)) continue;
    const message = `${code} (${fullName.vi}) is in ${parent.slice(noSuchUnit.length)}, which no list has`;
    tell({ code: 'unknown_parent', message }, root);
  }
}

function open(timeline: Timeline, first: List, { treeOrigins }: TreeFacts, tell: TellFault): void {
  const origins = new Map(treeOrigins.map((origin) => [`${origin.level} ${origin.code}`, origin]));
  for (const level of levels) {
    for (const unit of first.units[level].values()) {
      const origin = origins.get(`${level} ${unit.code}`);
      origins.delete(`${level} ${unit.code}`);
      timeline.open(
        unit,
        first.on,
        origin && { validFrom: origin.validFrom, source: { basis: 'resolution', ...origin } },
      );
    }
  }
  for (const origin of origins.values()) {
    const message = `the list of ${first.on} has no ${origin.level} ${origin.code}`;
    tell({ code: 'unknown_unit', message }, origin);
  }
}

function amend(timeline: Timeline, amendment: TreeFacts['treeAmendments'][number], tell: TellFault): void {
  const { effectiveOn, level, type, resolution, date = null, units } = amendment;
  for (const typed of units) {
    const { code, name } = typed;
    const old = timeline.at(level, code);
    if (!old) {
      const suggestion = nearest(
        code,
        timeline.all(level).map(({ unit }) => unit.code),
      );
      const message = `no ${level} ${code} is in force on ${effectiveOn}`;
      tell({ code: 'unknown_unit', message, ...(suggestion === undefined ? {} : { suggestion }) }, typed);
    } else if (old.unit.type === type && sameName(old.unit.name, name)) {
      tell(
        { code: 'needless_amendment', message: `${level} ${code} is that already on ${effectiveOn}` },
        typed,
      );
    } else {
      timeline.apply({
        on: effectiveOn,
        source: { basis: 'resolution', resolution, date },
        from: [{ from: old, coverage: 'whole' }],
        to: { ...old.unit, type, name, packages: [] },
        continues: old,
        packages: [],
      });
    }
  }
}

/** What the tree holds has no line of its own: a fault in it is shown where its counts are typed. */
function addTo(read: ReadResult, timeline: Timeline, origin: Position): void {
  const { places, placeChanges } = read.seeds;
  const { positions } = read;
  const typed = new Map(places.map((place) => [place.id, place]));
  const nowhere = new Map<string, Position>();
  for (const place of timeline.places.values()) {
    for (const version of place.versions) positions.set(version, origin, nowhere);
    const known = typed.get(place.id);
    // A place whose earlier versions are typed goes on in the tree.
    if (known) known.versions.push(...place.versions);
    else {
      positions.set(place, origin, nowhere);
      places.push(place);
      read.declared.push({ id: place.id, position: origin });
    }
  }
  for (const change of timeline.changes) {
    positions.set(change, origin, nowhere);
    positions.set(change.links, origin, nowhere);
    for (const link of change.links) positions.set(link, origin, nowhere);
    read.declared.push({ id: change.id, position: origin });
  }
  placeChanges.push(...timeline.changes);
  join(read);
}

/** Joins what documents print of a version to it. */
function join({ seeds: { places, placeCitations }, faults, positions }: ReadResult): void {
  const versions = new Map<string, SeedVersion>(
    places.flatMap((place) => place.versions.map((version) => [versionId(version), version])),
  );
  for (const printed of placeCitations) {
    const version = versions.get(printed.version);
    if (!version) {
      const suggestion = nearest(printed.version, [...versions.keys()]);
      faults.push({
        code: 'dangling_reference',
        message: `there is no ${printed.version}`,
        ...(suggestion === undefined ? {} : { suggestion }),
        ...positions.of(printed, 'version'),
      });
      continue;
    }
    version.aliases = [...(version.aliases ?? []), ...(printed.aliases ?? [])];
    version.citations.push(...printed.citations);
    if (printed.note) version.note = printed.note;
  }
}
