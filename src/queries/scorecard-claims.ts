/** What a place says of its own targets, beside what is held of them. */
import type { Observation } from '../schema/observation.ts';
import { type ClaimKind, type Claims, claimIndicators, type HeldTargets } from '../schema/scorecard.ts';
import type { Target, TargetStatus } from '../schema/target.ts';
import { bestOf } from './target-statements.ts';

/** From the results that were reported of the place for the year, and its targets. */
export function claimsOf(year: number, reported: readonly Observation[], targets: readonly Target[]): Claims {
  const met = statedLast(year, reported, 'met');
  const [day] = met.map(({ period }) => period.end);
  // "Of them" is said of one day.
  const beside = day === undefined ? reported : reported.filter(({ period }) => period.end === day);
  const exceeded = statedLast(year, beside, 'exceeded');
  const claimed = {
    announced: exactly(met, ({ denominator }) => denominator),
    met: exactly(met, countOf),
    exceeded: exactly(exceeded, countOf),
  };
  const observations = [...met, ...exceeded].map(({ id }) => id).sort();
  const held = heldOf(targets);
  const text = `${textOfClaims(claimed, observations.length > 0)} ${textOfHeld(held, observations.length > 0)}`;
  return { ...claimed, observations, held, text };
}

/**
 * What is said of all targets of the place on the last day that anything is, by the best scenario. A period that
 * ends in the year is of the year; a longer one, which only touches it, counts where there is none.
 */
function statedLast(year: number, reported: readonly Observation[], kind: ClaimKind): Observation[] {
  const all = reported.filter(
    (one) =>
      one.indicator.code === claimIndicators[kind] &&
      one.scope === null &&
      Object.keys(one.dimensions).length === 0 &&
      countOf(one) !== null,
  );
  const ofYear = all.filter(({ period }) => period.end.startsWith(`${year}-`));
  const stated = ofYear.length > 0 ? ofYear : all;
  const last = stated
    .map(({ period }) => period.end)
    .sort()
    .at(-1);
  return bestOf(stated.filter(({ period }) => period.end === last));
}

const countOf = ({ measure, value, numerator }: Observation): number | null =>
  measure === 'value' ? value : numerator;

/** The number that all who give one agree on; null where there is none, or one that is not exact. */
function exactly(
  stated: readonly Observation[],
  numberOf: (one: Observation) => number | null,
): number | null {
  const saying = stated.filter((one) => numberOf(one) !== null);
  const [number = null, ...others] = new Set(saying.map(numberOf));
  return others.length === 0 && saying.every(({ comparator }) => comparator === 'eq') ? number : null;
}

const countsThemselves: readonly string[] = Object.values(claimIndicators);

/**
 * Those that are printed: of a plan only a share is known, which cannot confirm itself. A target about how many
 * targets are to be met is not one of those that are counted.
 */
function heldOf(targets: readonly Target[]): HeldTargets {
  const held = targets.filter(
    ({ kind, indicator }) => kind === 'set' && !countsThemselves.includes(indicator.code),
  );
  const count = (...statuses: TargetStatus[]): number =>
    held.filter(({ result }) => statuses.includes(result.status)).length;
  return {
    targets: held.length,
    withResult: count('met', 'exceeded', 'missed', 'undecided'),
    met: count('met', 'exceeded'),
    exceeded: count('exceeded'),
    missed: count('missed'),
  };
}

function textOfClaims(
  { announced, met, exceeded }: Omit<Claims, 'observations' | 'held' | 'text'>,
  stated: boolean,
): string {
  const are = (count: number) => (count === 1 ? 'is' : 'are');
  const said = [
    ...(announced === null ? [] : [`${targetsAre(announced)} announced`]),
    ...(met === null
      ? []
      : [`${announced === null ? targetsAre(met) : `${met} ${are(met)}`} said to be met`]),
    ...(exceeded === null
      ? []
      : [met === null ? `${targetsAre(exceeded)} said to be exceeded` : `${exceeded} of them exceeded`]),
  ];
  if (said.length > 0) return `${said.join(', ')}.`;
  return stated
    ? 'How many targets were met is stated, but not as one exact number.'
    : 'No source says how many targets were met.';
}

function textOfHeld({ targets, met, exceeded, missed }: HeldTargets, stated: boolean): string {
  if (targets === 0)
    return `We hold no target of the year${stated ? ', so that we can confirm none of this' : ''}.`;
  const which = stated ? '; which of those announced they are, no source says' : '';
  return `We hold ${counted(targets)} of the year, of which ${met} can be confirmed as met, ${exceeded} as exceeded and ${missed} as missed${which}.`;
}

const counted = (count: number): string => `${count} target${count === 1 ? '' : 's'}`;
const targetsAre = (count: number): string => `${counted(count)} ${count === 1 ? 'is' : 'are'}`;
