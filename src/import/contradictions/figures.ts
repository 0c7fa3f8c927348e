/** Rules about two figures of one thing: another value, rank, unit or base. */
import { differenceOf, differenceOfNumbers, figureOf, isTelling, type Observation } from './claims.ts';
import { against, keyOf, pairsBy, type Rule } from './finding.ts';
import { basisText, reporterText, statement } from './states.ts';

const whys = {
  value: 'one thing has one value',
  rank: 'one place has one rank, of one number of places',
  unit: 'the figure of one thing is given in two units, of which one is wrong',
};

const sameBase = (a: Observation, b: Observation): boolean =>
  a.basisStart === b.basisStart && a.basisEnd === b.basisEnd;

/** One natural key, two figures. */
export const twoFigures: Rule = ({ observations }) =>
  pairsBy(observations, (row) => keyOf(row)).flatMap(([earlier, later]) => {
    const kind = differenceOf(earlier, later);
    return kind ? [against(kind, statement(later), [statement(earlier)], whys[kind])] : [];
  });

/** One thing that has come out, and two who report it otherwise. */
export const twoReporters: Rule = ({ observations }) =>
  pairsBy(
    observations.filter(({ scenario }) => scenario === 'actual'),
    (row) => keyOf(row, ['issuer']),
  ).flatMap(([earlier, later]) => {
    const kind = earlier.issuerId === later.issuerId ? undefined : differenceOfNumbers(earlier, later);
    if (!kind) return [];
    const other = statement(earlier, reporterText(earlier));
    return [
      against(kind, statement(later, reporterText(later)), [other], `${whys[kind]}, whoever reports it`),
    ];
  });

/** One figure, measured against two periods; one that is not printed may be either. */
export const twoBasePeriods: Rule = ({ observations }) =>
  pairsBy(
    observations.filter(({ basisStart }) => basisStart !== null),
    (row) => `${keyOf(row, ['base'])} ${figureOf(row)}`,
  ).flatMap(([earlier, later]) =>
    sameBase(earlier, later)
      ? []
      : [
          against(
            'base',
            statement(later, basisText(later)),
            [statement(earlier, basisText(earlier))],
            'they differ only in the base period',
          ),
        ],
  );

/** One figure to three digits, measured against a plan and an estimate, or the plans of two bodies. */
export const twoBases: Rule = ({ observations }) =>
  pairsBy(
    observations.filter((row) => row.basisKind !== null && isTelling(row)),
    (row) => `${keyOf(row, ['base', 'basis'])} ${figureOf(row)}`,
  ).flatMap(([earlier, later]) => {
    const issuers = [earlier.basisIssuerId, later.basisIssuerId];
    const otherIssuer = !issuers.includes(null) && issuers[0] !== issuers[1];
    if (earlier.basisKind === later.basisKind && !otherIssuer) return [];
    const other = statement(earlier, basisText(earlier));
    const why = 'two bases do not give one figure to the last digit';
    return [against('base', statement(later, basisText(later)), [other], why)];
  });
