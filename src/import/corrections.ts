/**
 * Corrections: what `seeds/corrections.yml` says of records that were read. Each is guarded by what the record says
 * before, so that it never meets a record that somebody has changed meanwhile.
 */
import type { TSchema } from 'typebox';
import Format from 'typebox/format';
import { Errors } from 'typebox/value';
import { nearest } from '../errors.ts';
import { periodProblem } from '../schema/period.ts';
import { canonical } from './canonical.ts';
import { versionId } from './gazetteer.ts';
import { typeOf } from './ids.ts';
import { placeOf } from './positions.ts';
import type { ReadResult } from './read.ts';
import { gatherReferences } from './references.ts';
import { placesAreWhole } from './relations.ts';
import { periodFormat } from './shape-parts.ts';
import { recordSections, type SeedRecord, SeedVersion } from './shapes.ts';

type SeedCorrection = SeedRecord<'corrections'>;

// What is read from a file has been held against this already.
Format.Set(periodFormat, (text) => periodProblem(text) === undefined);

/** A record that can be corrected. */
interface Target {
  record: Record<string, unknown>;
  shape: TSchema;
  remove: () => void;
}

/** Corrects the records in order; faults are added to those of reading. */
export function applyCorrections(read: ReadResult): ReadResult {
  if (read.unreadable || read.seeds.corrections.length === 0) return read;
  const withdrawn = new Set<unknown>();
  const targets = targetsOf(read, withdrawn);
  for (const correction of read.seeds.corrections) new Correcting(read, targets, correction).apply();
  return Object.assign(read, { references: gatherReferences(read, withdrawn) });
}

function targetsOf(read: ReadResult, withdrawn: Set<unknown>): Map<string, Target> {
  const { seeds } = read;
  const targets = new Map<string, Target>();
  const offer = (id: string, record: object, shape: TSchema, remove: () => void) =>
    targets.set(id, { record: record as Record<string, unknown>, shape, remove });
  const removeFrom = (list: object[], record: object) => {
    list.splice(list.indexOf(record), 1);
    withdrawn.add(record);
  };
  // Whatever still refers to it is told; so is an id that stands there twice.
  const undeclare = (gone: string) => {
    const others = read.declared.filter(({ id }) => id !== gone);
    if (others.length === read.declared.length - 1) read.declared = others;
  };
  const { places, ...others } = recordSections;
  for (const [name, shape] of Object.entries(others) as [keyof typeof others, TSchema][]) {
    for (const record of seeds[name]) {
      offer(record.id, record, shape, () => {
        removeFrom(seeds[name], record);
        undeclare(record.id);
      });
    }
  }
  for (const place of seeds.places) {
    for (const version of place.versions) {
      offer(versionId(version), version, SeedVersion, () => {
        removeFrom(place.versions, version);
        if (place.versions.length > 0) return;
        removeFrom(seeds.places, place);
        undeclare(place.id);
      });
    }
  }
  return targets;
}

/** What the ids of records are made from. */
const identifying = ['id', 'code', 'validFrom'];

/** What has no members that a correction could be of. */
const uncorrectable = ['place', 'correction'];

class Correcting {
  readonly #read: ReadResult;
  readonly #targets: Map<string, Target>;
  readonly #correction: SeedCorrection;

  constructor(read: ReadResult, targets: Map<string, Target>, correction: SeedCorrection) {
    this.#read = read;
    this.#targets = targets;
    this.#correction = correction;
  }

  apply(): void {
    const { fact, set, mergedInto, withdraw } = this.#correction;
    if ([set, mergedInto, withdraw].filter((one) => one !== undefined).length !== 1) {
      this.#fault('unclear_correction', 'a correction has one of "set", "mergedInto" and "withdraw"');
      return;
    }
    const target = this.#targets.get(fact);
    if (!target) this.#tellMissing(fact, 'fact');
    else if (!this.#guarded(target)) return;
    else if (set) this.#set(target, set);
    else this.#remove(target);
  }

  #tellMissing(id: string, member: string): void {
    const type = typeOf(id);
    if (uncorrectable.includes(type)) {
      const message = `a ${type} cannot be corrected; of a place, correct a version`;
      this.#fault('uncorrectable', message, member);
      return;
    }
    // A record with faults of its own has been told already.
    if (this.#read.declared.some((one) => one.id === id)) return;
    if (type === 'place_version' && !placesAreWhole(this.#read)) return;
    const alike = [...this.#targets.keys()].filter((one) => typeOf(one) === type);
    this.#fault('dangling_reference', `there is no ${id}`, member, nearest(id, alike));
  }

  /** Whether the record says what is expected of it. */
  #guarded({ record }: Target): boolean {
    const { fact, expect, set = {} } = this.#correction;
    const unguarded = Object.keys(set).filter((path) => !Object.hasOwn(expect, path));
    if (unguarded.length > 0 || Object.keys(expect).length === 0) {
      const message =
        unguarded.length > 0
          ? `"expect" must say what the record says of ${unguarded.map((path) => `"${path}"`).join(', ')} before`
          : '"expect" must name at least one member, and what the record says of it before';
      this.#fault('unguarded_correction', message, 'expect');
      return false;
    }
    const failed = Object.entries(expect).filter(
      ([path, expected]) => canonical(valueAt(record, path)) !== canonical(expected),
    );
    for (const [path, expected] of failed) {
      const says = canonical(valueAt(record, path));
      const where = placeOf(this.#read.positions.of(record, memberOf(path)));
      const message = `"${path}" is expected to be ${canonical(expected)}, but ${fact} at ${where} says ${says}`;
      this.#fault('failed_guard', message, 'expect');
    }
    return failed.length === 0;
  }

  #set({ record, shape }: Target, set: Record<string, unknown>): void {
    const fixed = Object.keys(set).find((path) => identifying.includes(path));
    if (fixed !== undefined) {
      const message = `"${fixed}" is what the id of the record is made of; withdraw the record, and add another`;
      this.#fault('fixed_member', message, 'set');
      return;
    }
    const corrected = { ...record };
    for (const [path, value] of Object.entries(set)) {
      if (canonical(valueAt(record, path)) === canonical(value)) {
        this.#fault('idle_correction', `"${path}" is ${canonical(value)} already`, 'set');
      }
      setAt(corrected, path, value);
    }
    const [error] = Errors(shape, corrected);
    if (error) this.#fault('misfit_correction', misfitOf(error), 'set');
    else this.#replace(record, corrected, set);
  }

  #replace(record: Target['record'], corrected: Target['record'], set: Record<string, unknown>): void {
    const { positions } = this.#read;
    for (const path of Object.keys(set)) {
      const member = memberOf(path);
      positions.move(record, member, positions.of(set, path));
      if (!(member in corrected)) delete record[member];
    }
    Object.assign(record, corrected);
  }

  #remove(target: Target): void {
    const { fact, mergedInto } = this.#correction;
    if (mergedInto !== undefined) this.#checkMerger(fact, mergedInto);
    target.remove();
    this.#targets.delete(fact);
  }

  /** The other record is there when the correction is made; a later one may end it. */
  #checkMerger(fact: string, into: string): void {
    if (into === fact) {
      this.#fault('self_merger', `${fact} cannot be merged into itself`, 'mergedInto');
    } else if (typeOf(into) !== typeOf(fact)) {
      this.#fault('other_type', `${into} is no ${typeOf(fact)}, as ${fact} is`, 'mergedInto');
    } else if (!this.#targets.has(into)) {
      this.#tellMissing(into, 'mergedInto');
    }
  }

  #fault(code: string, message: string, member?: string, suggestion?: string): void {
    this.#read.faults.push({
      code,
      message,
      ...this.#read.positions.of(this.#correction, member),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
}

function misfitOf({ keyword, instancePath, message }: ReturnType<typeof Errors>[number]): string {
  const where = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'boolean') return `such a record has no "${where}"`;
  return where === '' ? `the record ${message}` : `"${where}" ${message}`;
}

const memberOf = (path: string): string => String(path.split('.')[0]);

function valueAt(record: Record<string, unknown>, path: string): unknown {
  const [member, inner] = path.split('.') as [string, string?];
  const value = record[member] ?? null;
  return inner === undefined ? value : ((isMap(value) ? value[inner] : null) ?? null);
}

/** Null takes the member away: what is not known is left out. What has no members is held against the shape later. */
function setAt(record: Record<string, unknown>, path: string, value: unknown): void {
  const [member, inner] = path.split('.') as [string, string?];
  const outer = record[member];
  if (inner === undefined) {
    if (value === null) delete record[member];
    else record[member] = value;
    return;
  }
  const members = isMap(outer) ? { ...outer } : {};
  setAt(members, inner, value);
  record[member] = members;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
