/** What the checks share: the records that were read, and the faults that are found in them. */
import type { Fault } from '../errors.ts';
import { type Position, placeOf } from './positions.ts';
import type { ReadResult } from './read.ts';
import type { SeedCitation } from './shape-parts.ts';

/** Anything that has citations: all records but documents, and the versions of places. */
export interface Fact {
  id: string;
  /** What was read from the file, for its position. */
  record: { citations?: SeedCitation[] };
}

export class Checker {
  readonly faults: Fault[] = [];
  readonly read: ReadResult;
  /** Every id that is declared, also by records with faults, and where. */
  readonly declared = new Map<string, Position>();

  constructor(read: ReadResult) {
    this.read = read;
    for (const { id, position } of read.declared) this.declare(id, position);
  }

  /** A fault of a record, map or list, or of one member of it. */
  fault(code: string, message: string, at: object, member?: string | number): void {
    this.faults.push({ code, message, ...this.read.positions.of(at, member) });
  }

  /** A fault of a record as a whole. */
  faultOf(code: string, message: string, id: string): void {
    this.faults.push({ code, message, ...this.declared.get(id) });
  }

  declare(id: string, position: Position): void {
    if (this.declared.has(id)) {
      this.faults.push({
        code: 'duplicate_id',
        message: `${this.name(id)} has this id already`,
        ...position,
      });
    } else {
      this.declared.set(id, position);
    }
  }

  /** `task:a at seeds/003.yml:12` */
  name(id: string): string {
    const { file, line } = { file: '', line: 0, ...this.declared.get(id) };
    return `${id} at ${placeOf({ file, line })}`;
  }

  /** `seeds/003.yml:12`, of an object that was read. */
  where(object: object): string {
    return placeOf(this.read.positions.of(object));
  }
}
