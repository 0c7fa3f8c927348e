/** Rules about ranks: past the last, changes that do not add up, two numbers of the ranked. */

import { groupBy } from '../../lists.ts';
import { areApart, fraction, type Interval, intervalOf, isAbove } from '../../schema/figure.ts';
import { canonical } from '../canonical.ts';
import { claimsOf, type Observation } from './claims.ts';
import { against, alone, type Finding, outliers, type Rule } from './finding.ts';
import { minus } from './interval.ts';
import { basisText, statement, whenText } from './states.ts';

const ranksOf = (rows: readonly Observation[]): Observation[] =>
  rows.filter(({ measure }) => measure === 'rank');
const intervals = (row: Observation): Interval[] => claimsOf(row).map(({ interval }) => interval);

export const rankPastLast: Rule = ({ observations }) =>
  ranksOf(observations).flatMap((row) => {
    const isRead = row.readings.some(({ field }) => field === 'value' || field === 'outOf');
    if (row.outOf === null || isRead) return [];
    const last = intervalOf('eq', fraction(row.outOf));
    const isPast = intervals(row).some((rank) => isAbove(rank, last));
    return isPast ? [alone('rank', statement(row), 'a rank is not past the last')] : [];
  });

/** What is ranked, whenever; and when. */
function rankKey(row: Observation, start: string | null, end: string | null): string {
  const { indicatorId, placeVersionId, scenario, dimensions, scope } = row;
  return canonical([indicatorId, placeVersionId, scenario, dimensions, scope, start, end]);
}

/** Places gained against a year, where the ranks of both years give another number. */
export const rankChange: Rule = ({ observations }) => {
  const ranks = groupBy(ranksOf(observations), (row) => rankKey(row, row.periodStart, row.periodEnd));
  return observations.flatMap((change): Finding[] => {
    const { measure, basisEnd, periodEnd } = change;
    // A base that is not earlier is told as that.
    if (measure !== 'rank_change' || !basisEnd || basisEnd >= periodEnd) return [];
    const now = ranks.get(rankKey(change, change.periodStart, change.periodEnd)) ?? [];
    const then = ranks.get(rankKey(change, change.basisStart, change.basisEnd)) ?? [];
    const pairs = then.flatMap((before) => now.map((after): [Observation, Observation] => [after, before]));
    const [first] = pairs;
    // Of ranks that contradict each other, it is enough that two agree with the change.
    if (!first || pairs.some(([after, before]) => addsUp(change, after, before))) return [];
    const others = first.map((rank) => statement(rank, whenText(rank)));
    const why = 'the places gained are the difference of the ranks';
    return [against('rank', statement(change, basisText(change)), others, why)];
  });
};

function addsUp(change: Observation, after: Observation, before: Observation): boolean {
  return intervals(change).every((gain) =>
    intervals(before).every((from) => intervals(after).every((to) => !areApart(gain, minus(from, to)))),
  );
}

/** Among the places of one level under one place, one index of one period ranks one number of places. */
export const twoLasts: Rule = ({ observations, placeVersions }) => {
  const outOfMany = ranksOf(observations).filter((row) => row.outOf !== null);
  const ranked = new Set(outOfMany.map((row) => row.placeVersionId));
  const places = new Map(
    placeVersions
      .filter(({ id }) => ranked.has(id))
      .map(({ id, level, parentId }) => [id, { level, parentId }]),
  );
  const ranks = outOfMany.filter((row) => places.has(row.placeVersionId));
  const groups = groupBy(
    ranks,
    ({ indicatorId, placeVersionId, periodStart, periodEnd, dimensions, scope }) =>
      canonical([indicatorId, places.get(placeVersionId), periodStart, periodEnd, dimensions, scope]),
  );
  return [...groups.values()].flatMap((group) => {
    const { odd, usual } = outliers(group, ({ outOf }) => outOf);
    const others = new Set(usual.map(({ id }) => id));
    return odd.flatMap((row): Finding[] => {
      // Two ranks of one place are told as that.
      const other = usual.find(({ placeVersionId }) => placeVersionId !== row.placeVersionId);
      if (!other) return [];
      const why = 'one index ranks one number of places in a period';
      return [{ kind: 'rank', sides: [statement(row), statement(other)], others, why }];
    });
  });
};
