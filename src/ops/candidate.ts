/** A document that somebody wants to register. */
import type { Fault } from '../errors.ts';

export interface Place {
  line: number;
  column: number;
}

export interface Candidate {
  text: string;
  /** SHA-256 of the text in hex. */
  hash: string;
  /** What a client calls it, where that is not the hash. */
  id: string | undefined;
  /** As it was given on the command line. */
  file: string;
  /** Where a character of the text stands in the file. */
  placeOf(offset: number): Place;
}

/** What files hold, and what is wrong with them. */
export interface Found {
  candidates: Candidate[];
  faults: Fault[];
}

export function placeIn(text: string, offset: number): Place {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: `${lines.at(-1)}`.length + 1 };
}
