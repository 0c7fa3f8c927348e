/** Versions and changes of all places, written down in the order of time. */
import type { Coverage, DateBasis, Level, PlaceChangeKind } from '../../schema/place.ts';
import { kindOfChange, type NamedPlace } from '../change-kind.ts';
import { versionId } from '../gazetteer.ts';
import type { SeedCitation } from '../shape-parts.ts';
import type { SeedPlace, SeedPlaceChange, SeedVersion } from '../shapes.ts';
import { englishFullName, fullNameOf, slug, transliterate } from './names.ts';
import { type PackageName, packageVersions } from './packages.ts';
import type { Unit } from './units.ts';

/** What a day is known from: a legal act, or two lists. */
export interface Source {
  basis: DateBasis;
  resolution?: string;
  date?: string | null;
}

/** A unit as it stands, with the version that is being written. */
export interface Standing {
  unit: Unit;
  place: SeedPlace;
  version: SeedVersion;
}

export interface Predecessor {
  from: Standing;
  coverage: Coverage;
}

/** Something that happens to units on a day, and what shows it besides the act. */
export interface Event {
  on: string;
  source: Source;
  packages: readonly PackageName[];
  kind?: PlaceChangeKind;
  /** Whether it is assumed from the lists. */
  derived?: boolean;
  note?: string;
}

/** Old versions that end and the one that begins. */
export interface Transition extends Event {
  from: readonly Predecessor[];
  to: Unit;
  /** The place that goes on. */
  continues?: Standing | undefined;
}

/** What a parent that no list has is named as, until it is told as a fault. */
export const noSuchUnit = 'no unit ';

export type Exonyms = ReadonlyMap<string, { en: string; fullName?: string | null }>;

export class Timeline {
  readonly places = new Map<string, SeedPlace>();
  readonly changes: SeedPlaceChange[] = [];
  readonly #standing = new Map<string, Standing>();
  readonly #country: string;
  readonly #exonyms: Exonyms;

  constructor(country: string, exonyms: Exonyms) {
    this.#country = country;
    this.#exonyms = exonyms;
  }

  at(level: Level, code: string): Standing | undefined {
    return this.#standing.get(`${level} ${code}`);
  }

  all(level: Level): Standing[] {
    return [...this.#standing.values()].filter(({ unit }) => unit.level === level);
  }

  /** A unit of the first list, whose start is older than that unless it is known. */
  open(unit: Unit, on: string, origin: { validFrom: string; source: Source } | undefined): void {
    const version = this.#versionOf(unit);
    if (origin) begin(version, origin.validFrom, origin.source);
    else version.observedFrom = on;
    this.#stand(unit, version, undefined);
  }

  /** One more list that shows the unit as it stands. */
  seen(standing: Standing, packages: readonly PackageName[]): void {
    addCitations(standing.version, packages.map(packageCitation));
  }

  cite(standing: Standing, source: Source): void {
    addCitations(standing.version, legalCitations(source));
  }

  /** Ends the old versions and begins the new one. */
  apply(transition: Transition): Standing {
    const { on, source, from, to, continues } = transition;
    for (const { from: old } of from) this.end(old, on, source);
    const version = this.#versionOf(to);
    begin(version, on, source);
    const standing = this.#stand(to, version, continues?.place);
    // Of a unit whose predecessors nobody names there is nothing to write.
    if (from.length > 0) {
      const kind = kindOfChange(
        from.map(({ from: old, coverage }) => ({ from: namedPlace(old), coverage })),
        namedPlace(standing),
      );
      const links = from.map(({ from: old, coverage }) => ({
        from: versionId(old.version),
        to: versionId(version),
        coverage,
      }));
      this.#write({ kind, ...transition }, to, links);
    }
    return standing;
  }

  /** A unit ends, and nobody names its successor. */
  vanish(event: Event, old: Standing): void {
    this.end(old, event.on, event.source);
    const links = [{ from: versionId(old.version), to: null, coverage: 'unknown' as const }];
    this.#write({ ...event, kind: 'abolish' }, old.unit, links);
  }

  /** More than one new unit took the place of one that ends. */
  divide(transition: Event, old: Standing, into: readonly (readonly [Standing, Coverage])[]): void {
    this.end(old, transition.on, transition.source);
    const links = into.map(([to, coverage]) => ({
      from: versionId(old.version),
      to: versionId(to.version),
      coverage,
    }));
    this.#write({ ...transition, kind: 'abolish' }, old.unit, links);
  }

  end(old: Standing, on: string, source: Source): void {
    old.version.validTo = on;
    old.version.validToBasis = source.basis;
    this.cite(old, source);
    const key = `${old.unit.level} ${old.unit.code}`;
    if (this.#standing.get(key) === old) this.#standing.delete(key);
  }

  #stand(unit: Unit, version: SeedVersion, continued: SeedPlace | undefined): Standing {
    const place = continued ?? this.#newPlace(unit, version);
    place.versions.push(version);
    const standing = { unit, place, version };
    this.#standing.set(`${unit.level} ${unit.code}`, standing);
    return standing;
  }

  /** First bare name and first code; where another place had both, the day on which this one began. */
  #newPlace(unit: Unit, version: SeedVersion): SeedPlace {
    const id = `place:${slug(unit.name)}-${unit.code}`;
    const place: SeedPlace = {
      id: this.places.has(id) ? `${id}-${version.validFrom}` : id,
      level: unit.level,
      versions: [],
    };
    this.places.set(place.id, place);
    return place;
  }

  #versionOf(unit: Unit): SeedVersion {
    const exonym = this.#exonyms.get(`${unit.level} ${unit.name}`);
    const fullName = { vi: fullNameOf(unit), en: exonym?.fullName ?? englishFullName(unit) };
    if (exonym && !exonym.fullName) fullName.en = fullName.en.replace(transliterate(unit.name), exonym.en);
    return {
      code: unit.code,
      type: unit.type,
      name: { vi: unit.name, en: exonym?.en ?? transliterate(unit.name) },
      fullName,
      nameBasis: exonym ? 'exonym' : 'transliterated',
      parent: this.parentOf(unit),
      citations: unit.packages.map(packageCitation),
    };
  }

  parentOf({ parent }: Unit): string {
    if (parent === null) return this.#country;
    const above = this.at('district', parent) ?? this.at('province', parent);
    return above?.place.id ?? `${noSuchUnit}${parent}`;
  }

  #write(transition: Event & { kind: PlaceChangeKind }, named: Unit, links: SeedPlaceChange['links']): void {
    const { on, source, kind, packages, derived, note } = transition;
    this.changes.push({
      id: `place_change:${slug(named.name)}-${named.code}-${on}`,
      kind,
      effectiveOn: on,
      enactedOn: source.date ?? null,
      legalBasis: source.resolution ?? null,
      links,
      flags: derived ? ['derived'] : [],
      note: note ?? null,
      citations: [...legalCitations(source), ...packages.map(packageCitation)],
    });
  }
}

const namedPlace = ({ unit, place }: Standing): NamedPlace => ({ ...unit, placeId: place.id });

function begin(version: SeedVersion, on: string, source: Source): void {
  version.validFrom = on;
  version.validFromBasis = source.basis;
  addCitations(version, legalCitations(source));
}

const packageCitation = (name: PackageName): SeedCitation => ({
  package: name,
  version: packageVersions[name],
});

function legalCitations({ resolution, date }: Source): SeedCitation[] {
  return resolution ? [{ resolution, date: date ?? null }] : [];
}

function addCitations(version: SeedVersion, more: readonly SeedCitation[]): void {
  const known = new Set(version.citations.map((one) => JSON.stringify(one)));
  version.citations.push(...more.filter((one) => !known.has(JSON.stringify(one))));
}
