/** Where everything that was read from the seed files stands, so that each fault can say it. */
import type { Fault } from '../errors.ts';
import { compareTexts } from '../lists.ts';

export interface Position {
  file: string;
  line: number;
  column: number;
}

export class Positions {
  readonly #entries = new WeakMap<object, { self: Position; members: Map<string, Position> }>();

  set(object: object, self: Position, members: Map<string, Position>): void {
    this.#entries.set(object, { self, members });
  }

  /** Says where a member stands now. */
  move(object: object, member: string, position: Position): void {
    this.#entries.get(object)?.members.set(member, position);
  }

  /** Of a member of a map or list; where that is absent, of the whole. */
  of(object: object, member: string | number = ''): Position {
    const position = this.find(object, member);
    if (!position) throw new TypeError('This object was not read from a seed file.');
    return position;
  }

  /** The same; undefined for what was not read from a seed file. */
  find(object: object, member: string | number): Position | undefined {
    const entry = this.#entries.get(object);
    return entry?.members.get(String(member)) ?? entry?.self;
  }
}

/** `seeds/003.yml:12` */
export function placeOf({ file, line }: Pick<Position, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

export function byPosition(a: Fault, b: Fault): number {
  const files = compareTexts(a.file ?? '', b.file ?? '');
  return files || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
