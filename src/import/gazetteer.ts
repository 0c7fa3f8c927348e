/** The places of the seed files: which version of each was in force on a day. */

import { compareTexts, groupBy, pairsOf } from '../lists.ts';
import { parsePeriod } from '../schema/period.ts';
import type { Checker } from './checker.ts';
import type { SeedCitation } from './shape-parts.ts';
import type { SeedPlace } from './shapes.ts';

export interface PlaceVersion {
  id: string;
  place: SeedPlace;
  version: SeedPlace['versions'][number];
}

/** What a record says about its place and time. */
export interface Placed {
  on?: string | null;
  period?: string | null;
  citations: SeedCitation[];
}

export interface Binding {
  id: string;
  /** The record is older than the oldest version, and bound to that one. */
  assumed: boolean;
}

/** Characters of an official code. */
export const codeLength = { country: 2, province: 2, district: 3, commune: 5 };
/** Where a place is missing or unclear: a fault has been told, and the row is of no use. */
export const noBinding: Binding = { id: '', assumed: false };

export class Gazetteer {
  readonly versions: PlaceVersion[];
  readonly #byPlace: Map<string, PlaceVersion[]>;
  readonly #publishedOn: Map<string, string>;
  readonly #checker: Checker;

  constructor(checker: Checker) {
    const { places, documents } = checker.read.seeds;
    this.#checker = checker;
    this.versions = places
      .flatMap((place) => place.versions.map((version) => ({ id: versionId(version), place, version })))
      .sort((a, b) => compareTexts(startOf(a), startOf(b)));
    this.#byPlace = groupBy(this.versions, ({ place }) => place.id);
    this.#publishedOn = new Map(
      documents.flatMap(({ id, publishedOn }) => (publishedOn ? [[id, publishedOn]] : [])),
    );
    this.#check();
  }

  /** The version of a place that a record belongs to. */
  bind(record: Placed, placeId: string, at: object, member: string | number): Binding {
    const versions = this.#byPlace.get(placeId) ?? [];
    const [oldest] = versions;
    // A place that is missing or has faults of its own has been reported already.
    if (!oldest) return noBinding;
    const day = this.#dayOf(record, versions.length);
    if (day === '') {
      if (versions.length === 1) return { id: oldest.id, assumed: false };
      const message = `${placeId} has ${versions.length} versions; say with "on" for which day it is meant`;
      this.#checker.fault('ambiguous_place_version', message, at, member);
      return noBinding;
    }
    if (day < startOf(oldest)) return { id: oldest.id, assumed: true };
    const inForce = versions.find((version) => startOf(version) <= day && day < endOf(version));
    if (inForce) return { id: inForce.id, assumed: false };
    const message = `${placeId} has no version in force on ${day}; say with "on" for which day it is meant`;
    this.#checker.fault('place_not_in_force', message, at, member);
    return noBinding;
  }

  #dayOf({ on, period, citations }: Placed, versions: number): string {
    if (on) return on;
    if (period) return parsePeriod(period).end;
    if (versions === 1) return '';
    const days = citations.map((citation) =>
      'document' in citation ? this.#publishedOn.get(citation.document) : undefined,
    );
    return days.find((day) => day !== undefined) ?? '';
  }

  #check(): void {
    for (const { id, place, version } of this.versions) {
      this.#checker.declare(id, this.#checker.read.positions.of(version));
      this.#checkVersion(place, version);
    }
    const groups = [
      ...groupBy(this.versions, ({ place, version }) => `${place.level} ${version.code}`).values(),
      ...this.#byPlace.values(),
    ];
    const told = new Set<string>();
    for (const [earlier, later] of groups.flatMap(pairsOf)) {
      const pair = `${earlier.id} ${later.id}`;
      if (startOf(later) >= endOf(earlier) || earlier.id === later.id || told.has(pair)) continue;
      told.add(pair);
      const message = `${later.id} overlaps in time with ${this.#checker.name(earlier.id)}`;
      this.#checker.fault('overlapping_versions', message, later.version);
    }
  }

  #checkVersion({ level }: SeedPlace, version: PlaceVersion['version']): void {
    const { code, validFrom, validFromBasis, validTo, validToBasis } = version;
    if (code.length !== codeLength[level]) {
      const message = `the code of a ${level} has ${codeLength[level]} characters, not ${code.length}`;
      this.#checker.fault('code_length', message, version, 'code');
    }
    if (validFrom && validTo && validFrom >= validTo) {
      const message = `validTo is the first day after the version, so it comes after validFrom (${validFrom})`;
      this.#checker.fault('empty_validity', message, version, 'validTo');
    }
    if (!validFrom !== !validFromBasis) {
      this.#checker.fault('missing_basis', 'validFrom and validFromBasis go together', version, 'validFrom');
    }
    if (!validTo !== !validToBasis) {
      this.#checker.fault('missing_basis', 'validTo and validToBasis go together', version, 'validTo');
    }
  }
}

/** `place_version:15@2025-07-01`, or `place_version:10` where the start is older than our sources. */
export function versionId({ code, validFrom }: PlaceVersion['version']): string {
  return validFrom ? `place_version:${code}@${validFrom}` : `place_version:${code}`;
}

function startOf({ version }: PlaceVersion): string {
  return version.validFrom ?? '';
}

function endOf({ version }: PlaceVersion): string {
  return version.validTo ?? '9999-99-99';
}
