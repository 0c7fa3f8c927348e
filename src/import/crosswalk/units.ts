/** The units on either side of the day of a conversion table, as the database holds them. */
import type { Level } from '../../schema/place.ts';
import type { NamedPlace } from '../change-kind.ts';
import { rowsOf, type StoredRow, type Tables } from '../layout.ts';

export interface HeldUnit extends NamedPlace {
  id: string;
  placeId: string;
  parentId: string | null;
  level: Level;
}

/** Units in force on a day: by level and code, and by place. */
export class UnitsOn {
  readonly #byCode = new Map<string, HeldUnit>();
  readonly #byPlace = new Map<string, HeldUnit>();

  constructor(versions: readonly StoredRow[]) {
    for (const version of versions) {
      const unit: HeldUnit = {
        id: `${version['id']}`,
        placeId: `${version['place_id']}`,
        parentId: version['parent_id'] as string | null,
        level: version['level'] as Level,
        code: `${version['code']}`,
        type: `${version['type']}`,
        name: (version['name'] as { vi: string }).vi,
      };
      this.#byCode.set(`${unit.level} ${unit.code}`, unit);
      this.#byPlace.set(unit.placeId, unit);
    }
  }

  find(level: Level, code: string): HeldUnit | undefined {
    return this.#byCode.get(`${level} ${code}`);
  }

  all(level: Level): HeldUnit[] {
    return [...this.#byCode.values()].filter((unit) => unit.level === level);
  }

  /** The code of the unit above. */
  parentOf(unit: HeldUnit): string | undefined {
    return this.#byPlace.get(`${unit.parentId}`)?.code;
  }

  /** How many units are right below. */
  countBelow({ placeId }: HeldUnit): number {
    return [...this.#byCode.values()].filter(({ parentId }) => parentId === placeId).length;
  }
}

export interface AroundDay {
  day: string;
  /** Units that end on the day or go on. */
  before: UnitsOn;
  /** Units that begin on it or go on. */
  after: UnitsOn;
  /** The changes of the day: by the new version, and those that end a district by the old one. */
  changes: ReadonlyMap<string, string>;
}

export function unitsAround(tables: Tables, day: string): AroundDay {
  const versions = rowsOf(tables, 'placeVersions');
  const from = (version: StoredRow) => `${version['valid_from'] ?? ''}`;
  const to = (version: StoredRow) => `${version['valid_to'] ?? '9999-99-99'}`;
  return {
    day,
    before: new UnitsOn(versions.filter((version) => from(version) < day && day <= to(version))),
    after: new UnitsOn(versions.filter((version) => from(version) <= day && day < to(version))),
    changes: changesOn(tables, day),
  };
}

function changesOn(held: Tables, day: string): ReadonlyMap<string, string> {
  const changes = new Map(rowsOf(held, 'placeChanges').map((change) => [change['id'], change]));
  return new Map(
    rowsOf(held, 'placeLinks').flatMap(({ change_id: id, from_id: from, to_id: to }) => {
      const change = changes.get(id);
      if (change?.['effective_on'] !== day) return [];
      return [[`${change['kind'] === 'abolish' ? from : to}`, `${id}`] as const];
    }),
  );
}
