/** Where the ground of a version lies on another day: forward into what it became, back into what it was made of. */
import type { ComparabilityReason } from '../schema/comparability.ts';
import type { PlaceRef } from '../schema/place.ts';
import { labelOf } from './label.ts';
import { originsOf, piecesOf, type Step, type Version } from './territory-graph.ts';

/** What is said of a figure, with the reason as a word and in words. */
export interface Finding {
  kind: 'same' | 'part' | 'not_comparable';
  place: PlaceRef | null;
  reason: ComparabilityReason;
  text: string;
}

/** The ground went whole into a larger place: the versions from the figure's own to the one of the day. */
export interface Merged {
  kind: 'merged';
  path: [Version, ...Version[]];
}

/** `Hà Nam (35)`. */
export const nameOf = ({ name, code }: PlaceRef): string => `${labelOf(name, 'vi').text} (${code})`;

const endOf = ({ ref }: Version): string => ref.validTo ?? '9999-99-99';

/**
 * Since when the territory of a version is known. Without a start it is older than our first source: known
 * since the snapshot that shows it, or since the end of the period of a figure that is bound to it.
 */
function startOf({ ref, observedFrom }: Version, periodEnd: string): string {
  if (ref.validFrom !== null) return ref.validFrom;
  if (observedFrom === null) return '';
  return observedFrom < periodEnd ? observedFrom : periodEnd;
}

/** The territory on the day, of the place of a figure whose period ends on `periodEnd`. */
export function groundOn(
  graph: ReadonlyMap<string, Version>,
  version: Version,
  territory: string,
  periodEnd: string,
): Finding | Merged {
  if (endOf(version) <= territory) return lookAhead(graph, version, territory);
  if (startOf(version, periodEnd) > territory) return lookBack(version, territory, periodEnd);
  return same(version, 'place_version_unchanged', `${nameOf(version.ref)} is the same version on that day.`);
}

const same = ({ ref }: Version, reason: ComparabilityReason, text: string): Finding => ({
  kind: 'same',
  place: ref,
  reason,
  text,
});
const unchanged = (from: Version, to: Version): Finding =>
  same(to, 'territory_unchanged', `${nameOf(from.ref)} and ${nameOf(to.ref)} cover the same territory.`);
const notComparable = (reason: ComparabilityReason, text: string): Finding => ({
  kind: 'not_comparable',
  place: null,
  reason,
  text,
});

function lookAhead(
  graph: ReadonlyMap<string, Version>,
  version: Version,
  territory: string,
): Finding | Merged {
  const path: Merged['path'] = [version];
  let merged = false;
  let here = version;
  while (endOf(here) <= territory) {
    const [step, ...others] = here.successors;
    if (step?.coverage !== 'whole' || others.length > 0) return whereItWent(here);
    const next = graph.get(step.to) as Version;
    merged ||= piecesOf(next, here.ref.level).length > 1;
    path.push(next);
    here = next;
  }
  if (startOf(here, '') > territory) return gap(here);
  return merged ? { kind: 'merged', path } : unchanged(version, here);
}

function whereItWent({ ref, successors }: Version): Finding {
  const name = nameOf(ref);
  if (successors.length === 0) {
    return notComparable('lineage_unknown', `No source says what became of ${name} on ${ref.validTo}.`);
  }
  if (successors.some(({ coverage }) => coverage !== 'part')) {
    const text = `How much of ${name} went into its successors on ${ref.validTo} is not known.`;
    return notComparable('lineage_unknown', text);
  }
  const text =
    successors.length === 1
      ? `Only a part of ${name} is known to have gone on, on ${ref.validTo}.`
      : `${name} went in parts to ${successors.length} places on ${ref.validTo}.`;
  return notComparable('place_divided', text);
}

const gap = ({ ref }: Version): Finding =>
  notComparable('lineage_unknown', `No source says what was there on that day, near ${nameOf(ref)}.`);

function lookBack(version: Version, territory: string, periodEnd: string): Finding {
  let here = version;
  let partly = false;
  while (startOf(here, periodEnd) > territory) {
    const [step, ...others] = originsOf(here);
    if (step === undefined) return notKnownYet(here);
    const unclear = [step, ...others].find(
      ({ coverage }) => coverage === 'primary' || coverage === 'unknown',
    );
    if (unclear) return madeOfUnknown(here, unclear);
    if (others.length > 0) {
      const text = `${nameOf(here.ref)} was made of ${others.length + 1} places on ${here.ref.validFrom}.`;
      return notComparable('place_merged', text);
    }
    partly ||= step.coverage === 'part';
    here = step.from;
  }
  if (endOf(here) <= territory) return gap(here);
  if (!partly) return unchanged(version, here);
  const text = `${nameOf(version.ref)} was a part of what ${nameOf(here.ref)} was on that day.`;
  return { kind: 'part', place: here.ref, reason: 'part_of_predecessor', text };
}

const notKnownYet = ({ ref, observedFrom }: Version): Finding =>
  notComparable(
    'territory_before_place',
    `What ${nameOf(ref)} was is known since ${ref.validFrom ?? observedFrom}.`,
  );

const madeOfUnknown = ({ ref }: Version, { from }: Step): Finding =>
  notComparable(
    'lineage_unknown',
    `How much of ${nameOf(from.ref)} went into ${nameOf(ref)} on ${ref.validFrom} is not known.`,
  );
