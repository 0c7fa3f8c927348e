/** The places of a table, by the names that it prints and the time that its figures are of. */
import type pg from 'pg';
import { fold } from '../../db/fold.ts';
import { nearest } from '../../errors.ts';
import { groupBy } from '../../lists.ts';
import type { Alias, Names } from '../../schema/common.ts';
import type { WrittenPeriod } from '../../schema/period.ts';
import type { Level } from '../../schema/place.ts';
import { codeLength } from '../gazetteer.ts';

interface Version {
  id: string;
  placeId: string;
  level: Level;
  code: string;
  name: Names;
  fullName: Names;
  aliases: Alias[];
  /** Empty where nobody knows the day. */
  from: string;
  to: string;
}

export interface BoundPlace {
  /** Id of the version. */
  id: string;
  placeId: string;
  /** No version was in force at that time: it is the nearest. */
  assumed: boolean;
}

export interface UnknownPlace {
  problem: string;
  suggest: () => string | undefined;
}

/** How a table names its places. */
export interface PlacesBy {
  level: Level;
  by: 'name' | 'code';
  /** Those that a person has decided: what is printed → place. */
  names: ReadonlyMap<string, string>;
}

/** A table of days has more times than are worth remembering. */
const mostKnown = 10_000;

export class TablePlaces {
  readonly #byName: Map<string, Version[]>;
  readonly #byPlace: Map<string, Version[]>;
  readonly #level: Level;
  readonly #by: PlacesBy['by'];
  readonly #names: ReadonlyMap<string, string>;
  readonly #known = new Map<string, BoundPlace | UnknownPlace>();

  constructor(versions: readonly Version[], { level, by, names }: PlacesBy) {
    this.#level = level;
    this.#by = by;
    this.#names = names;
    this.#byPlace = groupBy(versions, ({ placeId }) => placeId);
    this.#byName = new Map();
    for (const version of versions.filter((one) => one.level === level)) {
      for (const key of by === 'code' ? [version.code] : keysOf(version))
        this.#byName.set(key, [...(this.#byName.get(key) ?? []), version]);
    }
  }

  /** Of those that were decided the ones that no release has. */
  get missing(): string[] {
    return [...new Set(this.#names.values())].filter((placeId) => !this.#byPlace.has(placeId));
  }

  find(printed: string, period: WrittenPeriod): BoundPlace | UnknownPlace {
    const key = `${period.label} ${printed}`;
    const known = this.#known.get(key);
    if (known) return known;
    const found = this.#find(printed, period);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(key, found);
    return found;
  }

  #find(printed: string, period: WrittenPeriod): BoundPlace | UnknownPlace {
    const decided = this.#names.get(printed);
    if (decided !== undefined) {
      const versions = this.#byPlace.get(decided) as Version[];
      const [inForce] = versionsIn(versions, period);
      const version = inForce ?? nearestVersion(versions, period);
      return { id: version.id, placeId: version.placeId, assumed: inForce === undefined };
    }
    const versions = this.#byName.get(this.#keyOf(printed)) ?? [];
    const inForce = versionsIn(versions, period);
    const [version] = inForce;
    const { size } = new Set(inForce.map(({ placeId }) => placeId));
    if (version && size === 1) return { id: version.id, placeId: version.placeId, assumed: false };
    const problem = version
      ? `"${printed}" is the name of ${size} units of ${period.label}: ${inForce.map(({ placeId }) => placeId).join(', ')}`
      : versions.length > 0
        ? `"${printed}" was no ${this.#level} in ${period.label}`
        : `no ${this.#level} ${this.#by === 'code' ? 'has the code' : 'is called'} "${printed}"`;
    return { problem, suggest: () => versions[0]?.placeId ?? this.#nearest(printed) };
  }

  /** Spreadsheets take zeros off the beginning of a code. */
  #keyOf(printed: string): string {
    return this.#by === 'code' ? printed.padStart(codeLength[this.#level], '0') : keyOf(printed);
  }

  /** No code is like another. */
  #nearest(printed: string): string | undefined {
    if (this.#by === 'code') return undefined;
    const name = nearest(keyOf(printed), [...this.#byName.keys()]);
    const version = name === undefined ? undefined : this.#byName.get(name)?.[0];
    return version && [version.name.en, version.name.vi].find((one) => one !== null)?.toString();
  }
}

/** Those in force at the end of a period, else those that were while it lasted. */
function versionsIn(versions: readonly Version[], { start, end }: WrittenPeriod): Version[] {
  const atEnd = versions.filter(({ from, to }) => from <= end && (to === '' || to > end));
  return atEnd.length > 0
    ? atEnd
    : versions.filter(({ from, to }) => from <= end && (to === '' || to > start));
}

/** The first, for a time before all of them, else the last. */
function nearestVersion(versions: readonly Version[], { end }: WrittenPeriod): Version {
  const inOrder = [...versions].sort((a, b) => (a.from < b.from ? -1 : 1));
  return inOrder.find(({ from }) => from > end) ?? (inOrder.at(-1) as Version);
}

const keysOf = ({ name, fullName, aliases }: Version): Set<string> =>
  new Set(
    [name.vi, name.en, fullName.vi, fullName.en, ...aliases.map(({ text }) => text)].flatMap((text) =>
      text === null ? [] : [keyOf(text)],
    ),
  );

/** `TP.Ho Chi Minh`, `Ho Chi Minh city` and "Thành phố Hồ Chí Minh" → one key; so are `Thua Thien-Hue` and "Thừa Thiên Huế". */
export const keyOf = (printed: string): string =>
  fold(printed)
    .replace(/^(tinh|thanh pho|tp)[ .]+/, '')
    .replace(/ (city|province)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The units of a level as the current release has them, and what a person has decided on. */
export async function readPlaces(client: pg.ClientBase, named: PlacesBy): Promise<TablePlaces> {
  const { rows } = await client.query<Version>(
    `select id, place_id as "placeId", level, code, name, full_name as "fullName", aliases,
       coalesce(valid_from::text, '') as from, coalesce(valid_to::text, '') as to
     from place_versions where until_release is null and (level = $1 or place_id = any($2))
     order by valid_from nulls first`,
    [named.level, [...named.names.values()]],
  );
  return new TablePlaces(rows, named);
}
