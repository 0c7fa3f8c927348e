/** The history of a place as steps in time: its versions, and the changes between them. */
import type { Schemas } from '../../lib/api';

type Place = Schemas['Place'];
type Lineage = Schemas['Lineage'];
type PlaceRef = Schemas['PlaceRef'];

export interface Change {
  id: string;
  kind: Lineage['kind'];
  date: string;
  legalBasis: string | null;
  /** Other places that went into this one, and that came of it. */
  from: Lineage[];
  to: Lineage[];
}

export type Step =
  | { type: 'version'; date: string; place: Place }
  | { type: 'change'; date: string; change: Change };

/** By time; a change comes before the version that begins with it. */
export function stepsOf(history: readonly Place[]): Step[] {
  const changes = new Map<string, Change>();
  const own = history[0]?.placeId;
  const add = (lineage: Lineage, side: 'from' | 'to') => {
    const { changeId: id, kind, effectiveOn: date, legalBasis, dataset, place } = lineage;
    const change = changes.get(id) ?? { id, kind, date, legalBasis: legalBasis ?? dataset, from: [], to: [] };
    changes.set(id, change);
    const isTold = change[side].some((other) => other.place?.id === place?.id);
    if (place?.placeId !== own && !isTold) change[side].push(lineage);
  };
  for (const { predecessors, successors } of history) {
    for (const lineage of predecessors) add(lineage, 'from');
    for (const lineage of successors) add(lineage, 'to');
  }
  const steps: Step[] = [
    ...[...changes.values()].map((change): Step => ({ type: 'change', date: change.date, change })),
    ...history.map((place): Step => ({ type: 'version', date: place.validFrom ?? '', place })),
  ];
  return steps.sort((a, b) => a.date.localeCompare(b.date) || a.type.localeCompare(b.type));
}

export interface Link {
  from: PlaceRef | null;
  to: PlaceRef | null;
  lineage: Lineage;
}

/** Every way from a place to a place, once. */
export function linksOf(history: readonly Place[]): Link[] {
  const links = new Map<string, Link>();
  const add = (link: Link) =>
    links.set(`${link.lineage.changeId} ${link.from?.id ?? ''} ${link.to?.id ?? ''}`, link);
  for (const place of history) {
    for (const lineage of place.predecessors) add({ from: lineage.place, to: place, lineage });
    for (const lineage of place.successors) add({ from: place, to: lineage.place, lineage });
  }
  return [...links.values()].sort((a, b) => a.lineage.effectiveOn.localeCompare(b.lineage.effectiveOn));
}
