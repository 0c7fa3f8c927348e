/** The places of a table, by the names that it prints and the time that its figures are of. */
import type pg from 'pg';
import { fold } from '../../db/fold.ts';
import { nearest } from '../../errors.ts';
import { groupBy } from '../../lists.ts';
import type { Alias, Names } from '../../schema/common.ts';
import type { WrittenPeriod } from '../../schema/period.ts';
import type { Level } from '../../schema/place.ts';

interface Version {
  id: string;
  placeId: string;
  level: Level;
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

export class TablePlaces {
  readonly #byName: Map<string, Version[]>;
  readonly #byPlace: Map<string, Version[]>;
  readonly #level: Level;
  readonly #names: ReadonlyMap<string, string>;
  readonly #known = new Map<string, BoundPlace | UnknownPlace>();

  /** `names` are those that a person has decided: what is printed → place. */
  constructor(versions: readonly Version[], level: Level, names: ReadonlyMap<string, string>) {
    this.#level = level;
    this.#names = names;
    this.#byPlace = groupBy(versions, ({ placeId }) => placeId);
    this.#byName = new Map();
    for (const version of versions.filter((one) => one.level === level)) {
      for (const key of keysOf(version)) this.#byName.set(key, [...(this.#byName.get(key) ?? []), version]);
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
    const versions = this.#byName.get(keyOf(printed)) ?? [];
    const inForce = versionsIn(versions, period);
    const [version] = inForce;
    const { size } = new Set(inForce.map(({ placeId }) => placeId));
    if (version && size === 1) return { id: version.id, placeId: version.placeId, assumed: false };
    const problem = version
      ? `"${printed}" is the name of ${size} units of ${period.label}: ${inForce.map(({ placeId }) => placeId).join(', ')}`
      : versions.length > 0
        ? `"${printed}" was no ${this.#level} in ${period.label}`
        : `no ${this.#level} is called "${printed}"`;
    return { problem, suggest: () => versions[0]?.placeId ?? this.#nearest(printed) };
  }

  #nearest(printed: string): string | undefined {
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
export async function readPlaces(
  client: pg.ClientBase,
  level: Level,
  names: ReadonlyMap<string, string>,
): Promise<TablePlaces> {
  const { rows } = await client.query<Version>(
    `select id, place_id as "placeId", level, name, full_name as "fullName", aliases,
       coalesce(valid_from::text, '') as from, coalesce(valid_to::text, '') as to
     from place_versions where until_release is null and (level = $1 or place_id = any($2))
     order by valid_from nulls first`,
    [level, [...names.values()]],
  );
  return new TablePlaces(rows, level, names);
}
