/** Spans of characters that citations point at, and which of them must not overlap. */
import { groupBy, pairsOf } from '../lists.ts';

export interface TaskSpan {
  task: string;
  /** Tasks without a parent are nobody's siblings. */
  parent: string;
  document: string;
  paragraph: number;
  start: number;
  end: number;
}

/** Citations of two different parts of one task that share characters. */
export function overlaps<T extends TaskSpan>(spans: readonly T[]): [earlier: T, later: T][] {
  const groups = groupBy(spans, ({ parent, document, paragraph }) => `${parent} ${document} ${paragraph}`);
  return [...groups.values()]
    .flatMap(pairsOf)
    .filter(([a, b]) => a.task !== b.task && a.start < b.end && b.start < a.end);
}

/** Length in code points, as offsets count. */
export function lengthOf(text: string): number {
  return [...text].length;
}
