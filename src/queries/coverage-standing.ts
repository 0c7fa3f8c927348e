/** How an indicator stands in a place and a year: the status, the version in force, and the reason in words. */
import type { CoverageCell } from '../schema/coverage.ts';
import type { Scenario } from '../schema/observation.ts';
import type { PlaceTime } from './coverage-frame.ts';
import { nameOf } from './territory-walk.ts';

/** What is known of the cell. */
export interface CellFacts {
  /** Four digits. */
  year: string;
  figures: readonly { scenario: Scenario; label: string; end: string; hasNumber: boolean }[];
  /** The documents that print any figure of the place for the year. */
  printed: readonly string[];
  today: string;
}

type Standing = Pick<CoverageCell, 'place' | 'status' | 'text'>;

/** `versions` are those of the place, the oldest first, at least one. */
export function standingOf(versions: readonly PlaceTime[], facts: CellFacts): Standing {
  const [first, last] = [`${facts.year}-01-01`, `${facts.year}-12-31`];
  const inForce = versions.filter((version) => startOf(version) <= last && endOf(version) > first).at(-1);
  const place = inForce?.ref ?? null;
  const told = toldIn(facts);
  if (told) return { place, ...told };
  if (inForce) return { place, status: 'not_printed', text: whyNotPrinted(inForce, facts) };
  const ended = versions.findLast((version) => endOf(version) <= first);
  if (ended) return { place, status: 'place_abolished', text: whatBecameOf(ended) };
  return { place, status: 'not_known_before', text: sinceWhen(versions[0] as PlaceTime) };
}

/** Without a start it is older than our first source, and known since the list that shows it. */
const startOf = ({ ref, observedFrom }: PlaceTime): string => ref.validFrom ?? observedFrom ?? '';
const endOf = ({ ref }: PlaceTime): string => ref.validTo ?? '9999-99-99';

function toldIn({ year, figures }: CellFacts): Omit<Standing, 'place'> | undefined {
  if (figures.length === 0) return undefined;
  const outcomes = figures.filter(({ scenario }) => scenario !== 'target');
  if (outcomes.length === 0) {
    return { status: 'target_only', text: `Only a target is known, for ${labelsOf(figures)}.` };
  }
  const through = outcomes
    .map(({ end }) => end)
    .sort()
    .at(-1) as string;
  const rest = through < `${year}-12-31` ? ` Nothing is known of the time after ${through}.` : '';
  if (outcomes.some(({ hasNumber }) => hasNumber)) {
    return { status: 'reported', text: `Reported for ${labelsOf(outcomes)}.${rest}` };
  }
  const text = `Reported without a number for ${labelsOf(outcomes)}.${rest}`;
  return { status: 'reported_without_number', text };
}

const labelsOf = (figures: CellFacts['figures']): string =>
  [...new Set(figures.map(({ label }) => label))].join(', ');

function whyNotPrinted({ ref }: PlaceTime, { year, printed, today }: CellFacts): string {
  const begun = today < `${year}-01-01` ? ' The year has not begun.' : '';
  const held =
    printed.length === 0
      ? `No document that is held prints a figure of ${nameOf(ref)} for ${year}.`
      : `Other figures of ${nameOf(ref)} for ${year} are printed, in ${printed.join(', ')}; this one is not.`;
  return `${held}${begun}`;
}

/** More are not named; the history of the place has them all. */
const namedMost = 10;

function whatBecameOf({ ref, successors }: PlaceTime): string {
  const ended = `${nameOf(ref)} ended on ${ref.validTo}.`;
  if (successors.length === 0) return `${ended} No source names what came after it.`;
  const names = successors.slice(0, namedMost).map(nameOf).join(', ');
  const more = successors.length - namedMost;
  return `${ended} After it came ${names}${more > 0 ? ` and ${more} more` : ''}.`;
}

function sinceWhen({ ref, observedFrom }: PlaceTime): string {
  return ref.validFrom === null
    ? `${nameOf(ref)} is known since ${observedFrom}, from the first list that shows it.`
    : `${nameOf(ref)} is known since ${ref.validFrom}, when it began.`;
}
