/** Decisions one after the other, each of which fast-check repeats from a seed and makes smaller where one fails. */
import fc from 'fast-check';

export interface Draw {
  /** From 0. */
  upTo: (most: number) => number;
  pick: <T>(from: readonly T[]) => T;
  /** In how many of a hundred times. */
  often: (percent: number) => boolean;
  text: () => string;
  json: () => unknown;
}

const natural = (max: number) => fc.nat({ max });
// Made once: to make one takes fast-check longer than to draw from it a hundred times.
const graphemes = fc.string({ unit: 'grapheme', maxLength: 20 });
const bytes = fc.string({ unit: 'binary', maxLength: 20 });
const jsonValues = fc.jsonValue({ maxDepth: 3 });
const [grapheme, binary, anyJson] = [() => graphemes, () => bytes, () => jsonValues];

export function drawFrom(g: fc.GeneratorValue): Draw {
  const upTo = (most: number): number => g(natural, most);
  return {
    upTo,
    pick: (from) => from[upTo(from.length - 1)] as (typeof from)[number],
    // Smaller is plainer.
    often: (percent) => upTo(99) >= 100 - percent,
    text: () => (upTo(1) === 0 ? g(grapheme) : g(binary)),
    json: () => g(anyJson),
  };
}
