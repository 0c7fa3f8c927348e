/** Which rows of a table a description leaves out: by the name of the place, or by what stands in other columns. */
import type { TableSpec } from './spec-shape.ts';
import { matcher, tidy } from './texts.ts';

/** `indexOf` finds a column by its header. A name that a person has decided on stays, whatever else is skipped. */
export function leftOutBy(
  { place, keep = {} }: Pick<TableSpec, 'place' | 'keep'>,
  indexOf: (header: string) => number,
): (printed: string, text: (index: number) => string) => boolean {
  const [skipped, decided] = [matcher(place.skip ?? []), matcher(Object.keys(place.names ?? {}))];
  const kept = Object.entries(keep).map(([header, texts]) => ({
    index: indexOf(header),
    texts: new Set(texts.map(tidy)),
  }));
  return (printed, text) =>
    (skipped(printed) && !decided(printed)) || kept.some(({ index, texts }) => !texts.has(text(index)));
}
