/** What kind of change turned old versions of places into a new one. */
import type { Named } from '../db/fold.ts';
import type { Coverage, PlaceChangeKind } from '../schema/place.ts';

/** What tells one unit from another. */
export interface NamedPlace {
  /** Id of the continuing place. */
  placeId: string;
  code: string;
  type: string;
  /** In Vietnamese. */
  name: string;
}

export interface Predecessor<P extends NamedPlace> {
  from: P;
  coverage: Coverage;
}

/**
 * Several make a merger, a part of one a split; of one as a whole, name, type and code say it. A place that is not its
 * one known predecessor was made of more than that.
 */
export function kindOfChange<P extends NamedPlace>(
  predecessors: readonly Predecessor<P>[],
  to: P | undefined,
): PlaceChangeKind {
  const [only, second] = predecessors;
  if (!to || !only) return 'abolish';
  if (second) return 'merge';
  const { from, coverage } = only;
  if (coverage === 'part') return 'split';
  if (from.placeId !== to.placeId) return 'merge';
  if (from.name.toLowerCase() !== to.name.toLowerCase()) return 'rename';
  if (from.type !== to.type) return 'reclassify';
  return from.code === to.code ? 'transfer' : 'recode';
}

/** What a change is found by. */
export function namesOfChange(
  kind: PlaceChangeKind,
  effectiveOn: string,
  legalBasis: string | null | undefined,
): Named[] {
  return [`${kind} of ${effectiveOn}`, legalBasis];
}
