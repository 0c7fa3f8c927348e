/** Rules about instruments that bear one number: two days of issue, two kinds or names. */
import { canonical } from '../canonical.ts';
import type { Row } from '../desired.ts';
import { against, languages, pairsBy, type Rule } from './finding.ts';

type Instrument = Row<'instruments'>;

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** One kind, number and body, and two days of issue. */
export const twoDaysOfIssue: Rule = ({ instruments }) =>
  numberedPairs(instruments, ({ kind, number, bodyId }) => canonical([kind, number, bodyId])).flatMap(
    ([earlier, later]) => {
      const [one, other] = [earlier.issuedOn, later.issuedOn];
      if (!one || !other || one === other || mayBeCountedAnew(`${later.number}`, one, other)) return [];
      const side = ({ id, number, issuedOn }: Instrument) => ({
        id,
        states: `${number} issued on ${issuedOn}`,
      });
      return [against('date', side(later), [side(earlier)], 'one instrument is not issued on two days')];
    },
  );

/** One number, body and day of issue, and two kinds or names in one language. */
export const twoNames: Rule = ({ instruments }) =>
  numberedPairs(
    // A bare number is counted for each kind.
    instruments.filter(({ number, issuedOn }) => issuedOn && /\p{L}/u.test(number ?? '')),
    ({ number, bodyId, issuedOn }) => canonical([number, bodyId, issuedOn]),
  ).flatMap(([earlier, later]) => {
    if (earlier.kind === later.kind && !namesDiffer(earlier, later)) return [];
    const side = ({ id, kind, number, name }: Instrument) => ({
      id,
      states: `${number} is the ${kind} ${Object.values(name).find((text) => text !== null)}`,
    });
    return [against('name', side(later), [side(earlier)], 'a body gives one number to one instrument')];
  });

function namesDiffer({ name: a }: Instrument, { name: b }: Instrument): boolean {
  return languages.some(
    (language) => a[language] !== null && b[language] !== null && a[language] !== b[language],
  );
}

function numberedPairs(
  rows: readonly Instrument[],
  key: (row: Instrument) => string,
): [Instrument, Instrument][] {
  return pairsBy(
    rows.filter(({ number, bodyId }) => number !== null && bodyId !== null),
    key,
  );
}

/** The State counts anew each year, unless the number names its year; the Party, `18-NQ/TU`, with each term of five years. */
function mayBeCountedAnew(number: string, one: string, other: string): boolean {
  if (/(?<!\d)(19|20)\d\d(?!\d)/.test(number)) return false;
  const years = Math.abs(yearOf(one) - yearOf(other));
  return /^\d+-/.test(number) ? years >= 5 : years > 0;
}
