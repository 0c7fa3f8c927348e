/** Rules about figures that must fit another or themselves: parts, shares, bases, units. */

import { groupBy } from '../../lists.ts';
import { isAbove } from '../../schema/figure.ts';
import { amountOf, claimsOf, clash, fractionClaims, type Observation, unitOf } from './claims.ts';
import { against, alone, type Finding, outliers, type Rule } from './finding.ts';
import { basisText, statement, whenText } from './states.ts';

/** "N, of which M" of one period, and M is more than N. */
export const partOverWhole: Rule = ({ observations }) => {
  const byId = new Map(observations.map((row) => [row.id, row]));
  return observations.flatMap((part) => {
    const whole = byId.get(part.subsetOfId ?? '');
    return whole && isOver(part, whole)
      ? [against('value', statement(part), [statement(whole)], 'a part is not more than its whole')]
      : [];
  });
};

function isOver(part: Observation, whole: Observation): boolean {
  const [some, all] = [amountOf(part), amountOf(whole)];
  const alike =
    part.scenario === whole.scenario &&
    part.periodStart === whole.periodStart &&
    part.periodEnd === whole.periodEnd;
  return alike && some?.base === all?.base && some !== undefined && all !== undefined
    ? isAbove(some.interval, all.interval)
    : false;
}

/** Whether the curator has said that a member is not printed as it must have been. */
const isRead = ({ readings }: Observation, ...fields: string[]): boolean =>
  readings.some(({ field }) => fields.includes(field));

/** A printed fraction that does not give the per cent beside it. */
export const shareUnlikeFraction: Rule = ({ observations }) =>
  observations.flatMap((row) => {
    if (row.value === null || isRead(row, 'value', 'numerator', 'denominator')) return [];
    const [share] = claimsOf(row).filter(({ base }) => base === 'ratio');
    const [ratio] = fractionClaims(row);
    const differs = share && ratio && clash(share, ratio);
    return differs ? [alone('value', statement(row), 'the fraction does not give the per cent')] : [];
  });

/** A quantity that is measured against an earlier period, which is not earlier. */
export const baseNotEarlier: Rule = ({ observations }) =>
  observations.flatMap((row) => {
    const { basisKind, basisEnd, periodEnd } = row;
    if (basisKind !== 'earlier_period' || !basisEnd || basisEnd < periodEnd) return [];
    if (isRead(row, 'basis', 'period')) return [];
    const states = statement(row, whenText(row), basisText(row));
    return [alone('base', states, 'the base is not earlier than the period')];
  });

/** Values of one indicator in units of which none can be converted to the other. */
export const unlikeUnits: Rule = ({ observations, indicators }) => {
  const norms = new Map(indicators.map(({ id, unit }) => [id, unitOf(unit).base]));
  const values = observations.filter(
    (row) => row.measure === 'value' && row.value !== null && !isRead(row, 'unit'),
  );
  return [...groupBy(values, ({ indicatorId }) => indicatorId)].flatMap(([id, group]) => {
    const { odd, usual } = outliers(group, ({ unit }) => unitOf(unit).base, norms.get(id));
    const [first] = usual;
    if (!first || odd.length === 0) return [];
    const others = new Set(usual.map((row) => row.id));
    const why = `the values of ${id} are in units that cannot be converted`;
    return odd.map(
      (row): Finding => ({ kind: 'unit', sides: [statement(row), statement(first)], others, why }),
    );
  });
};
