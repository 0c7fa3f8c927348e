/** The rows of a conversion table against the tree: units that exist, names that fit, no row twice, whole is whole. */
import { distance } from 'fastest-levenshtein';
import { fold } from '../../db/fold.ts';
import { nearest } from '../../errors.ts';
import { groupBy } from '../../lists.ts';
import type { Level } from '../../schema/place.ts';
import type { RowFaults, Suggest } from '../row-faults.ts';
import type { TreeFacts } from '../tree/shapes.ts';
import type { CrosswalkRow } from './rows.ts';
import type { AroundDay, HeldUnit, UnitsOn } from './units.ts';

/** A row and what it is about. */
export interface CheckedRow {
  row: CrosswalkRow;
  /** A commune, a whole district, or null: an area that a district administered and that was no unit. */
  from: HeldUnit | null;
  district: HeldUnit;
  to: HeldUnit;
  /** What brought the new unit into being; of a whole district, what ended it. */
  change: string;
}

export type TypedFacts = Pick<TreeFacts, 'crosswalkCorrections' | 'crosswalkParents' | 'crosswalkExceptions'>;

export class RowChecker {
  readonly #around: AroundDay;
  readonly #parents: ReadonlyMap<string, string>;
  readonly #exceptions: ReadonlySet<string>;
  readonly #faults: RowFaults;

  constructor(
    around: AroundDay,
    { crosswalkParents, crosswalkExceptions }: Omit<TypedFacts, 'crosswalkCorrections'>,
    faults: RowFaults,
  ) {
    this.#around = around;
    this.#exceptions = new Set(crosswalkExceptions.map(({ code, of }) => `${of} ${code}`));
    this.#parents = new Map(crosswalkParents.map(({ code, province }) => [code, province]));
    this.#faults = faults;
  }

  check(rows: readonly CrosswalkRow[]): CheckedRow[] {
    const checked = rows.flatMap((row) => this.#checkRow(row) ?? []);
    this.#checkDoubles(checked);
    this.#checkCoverage(checked);
    return checked;
  }

  #checkRow(row: CrosswalkRow): CheckedRow | undefined {
    const to = this.#newUnit(row);
    const district = this.#district(row);
    const from = row.code === null ? this.#fromNoCommune(row, district) : this.#commune(row, row.code);
    if (!to || !district || from === undefined) return undefined;
    const change = this.#changeOf(row.wholeDistrict ? district : to, row);
    // The communes of a district end it as well.
    const ended = from?.level === 'commune' ? this.#changeOf(district, row) : change;
    return change === undefined || ended === undefined ? undefined : { row, from, district, to, change };
  }

  #newUnit({ newCode: code, newName: name, newProvince: parent, row }: CrosswalkRow): HeldUnit | undefined {
    const { after } = this.#around;
    const suggest = () => likeliest(after, name, parent, code);
    const unit = this.#unit(after, 'commune', 'new_code', code, row, suggest);
    if (!unit) return undefined;
    this.#checkParent(after, unit, 'new_province', parent, row);
    return this.#hasName(unit, name, row, () => namesake(after, name, parent)) ? unit : undefined;
  }

  #district({ district: code, province, code: commune, row }: CrosswalkRow): HeldUnit | undefined {
    const { before } = this.#around;
    // Nearly every code is like that of some other district.
    const suggest = () => {
      const below = commune === null ? undefined : before.find('commune', commune);
      return below && before.parentOf(below);
    };
    const unit = this.#unit(before, 'district', 'old_district', code, row, suggest);
    const isTyped = this.#parents.get(commune ?? code) === (unit && before.parentOf(unit));
    if (unit && !isTyped) this.#checkParent(before, unit, 'old_province', province, row);
    return unit;
  }

  #commune({ name, district: parent, row }: CrosswalkRow, code: string): HeldUnit | undefined {
    const { before } = this.#around;
    const suggest = () => likeliest(before, name, parent, code);
    const unit = this.#unit(before, 'commune', 'old_code', code, row, suggest);
    if (!unit) return undefined;
    // Where there is no such district, that is told.
    if (before.find('district', parent)) this.#checkParent(before, unit, 'old_district', parent, row);
    return this.#hasName(unit, name, row, () => namesake(before, name, parent)) ? unit : undefined;
  }

  #fromNoCommune(row: CrosswalkRow, district: HeldUnit | undefined): HeldUnit | null | undefined {
    if (row.wholeDistrict) return district;
    if (row.name !== '' && !typeWord.test(fold(row.name))) return null;
    const message = `"old_code" is empty, but the row names ${row.name === '' ? 'nothing' : `"${row.name}"`}`;
    this.#faults.tell('missing_code', message, row.row);
    return undefined;
  }

  #unit(
    units: UnitsOn,
    level: Level,
    column: string,
    code: string,
    row: number,
    suggest: Suggest,
  ): HeldUnit | undefined {
    const unit = units.find(level, code);
    const message = `"${column}" is ${code}, but no ${level} had this code then`;
    if (!unit) this.#faults.tell('unknown_unit', message, row, suggest);
    return unit;
  }

  #hasName({ code, name }: HeldUnit, printed: string, row: number, suggest: Suggest): boolean {
    if (alike(printed, name) || this.#exceptions.has(`other_name ${code}`)) return true;
    this.#faults.tell('wrong_name', `${code} is "${name}", but the row names "${printed}"`, row, suggest);
    return false;
  }

  #checkParent(units: UnitsOn, unit: HeldUnit, column: string, printed: string, row: number): void {
    const parent = units.parentOf(unit);
    if (parent === printed) return;
    const message = `"${column}" is ${printed}, but ${unit.level} ${unit.code} (${unit.name}) is in ${parent}`;
    this.#faults.tell('wrong_parent', message, row);
  }

  #changeOf({ id, level, code, name }: HeldUnit, { row }: CrosswalkRow): string | undefined {
    const { changes, day } = this.#around;
    const change = changes.get(id);
    if (change === undefined) {
      const message = `the database has no change of ${day} that made or ended ${level} ${code} (${name})`;
      this.#faults.tell('no_change', message, row);
    }
    return change;
  }

  #checkDoubles(checked: readonly CheckedRow[]): void {
    const key = ({ from, row, to }: CheckedRow) => `${from?.id ?? row.name} ${to.id}`;
    for (const [first, ...again] of groupBy(checked, key).values()) {
      for (const { row, from, to } of again) {
        const message = `${from?.code ?? row.name} to ${to.code} stands in row ${first?.row.row} already`;
        this.#faults.tell('duplicate_row', message, row.row);
      }
    }
  }

  #checkCoverage(checked: readonly CheckedRow[]): void {
    const named = checked.flatMap(({ row, from, to }) => (from ? [{ row, from, to }] : []));
    for (const group of groupBy(named, ({ from }) => from.id).values()) {
      const count = new Set(group.map(({ to }) => to.id)).size;
      for (const { row, from } of count === 1 ? [] : group) {
        if (row.coverage === 'part' || this.#exceptions.has(`whole_and_part ${from.code}`)) continue;
        const message = `${from.code} (${from.name}) is said to go over whole, but goes to ${count} communes`;
        this.#faults.tell('not_whole', message, row.row);
      }
    }
  }
}

/** The code of the commune that bears the name in the unit above. */
const namesake = (units: UnitsOn, name: string, parent: string): string | undefined =>
  units.all('commune').find((unit) => units.parentOf(unit) === parent && alike(name, unit.name))?.code;

/** That, else the nearest code. */
const likeliest = (units: UnitsOn, name: string, parent: string, code: string): string | undefined =>
  namesake(units, name, parent) ?? nearest(code, codesOf(units.all('commune')));

const codesOf = (units: readonly HeldUnit[]): string[] => units.map(({ code }) => code);

/** Names are spelt in many ways ("Mù Căng Chải"), so that only a quite different one shows a wrong code. */
function alike(printed: string, name: string): boolean {
  const known = letters(fold(name));
  const wholes = [fold(printed), fold(printed).replace(typeWord, '')].map(letters);
  // "Phường Đúc" is the whole of a name, too.
  return wholes.some((text) => distance(text, known) <= Math.max(known.length, text.length) / 3);
}

const typeWord = /^(phuong|xa|thi tran|dac khu) (nong truong )?/;
const letters = (folded: string): string => folded.replace(/[^a-z0-9]/g, '').replace(/^0+(?=\d)/, '');
