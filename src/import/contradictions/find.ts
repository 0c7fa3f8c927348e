/** Every rule about what cannot all be true; docs/curation.md has a row for each. */
import { baseNotEarlier, partOverWhole, shareUnlikeFraction, unlikeUnits } from './amounts.ts';
import { moreItems, moreParts } from './counts.ts';
import { twoDeadlines, twoEventDates, twoPeriods } from './dates.ts';
import { twoBasePeriods, twoBases, twoFigures, twoReporters } from './figures.ts';
import type { Facts, Finding, Rule } from './finding.ts';
import { twoDaysOfIssue, twoNames } from './instruments.ts';
import { rankChange, rankPastLast, twoLasts } from './ranks.ts';

/** By name. A later rule is silent on what an earlier one of its kind has found. */
export const rules: Record<string, Rule> = {
  two_figures: twoFigures,
  two_reporters: twoReporters,
  part_over_whole: partOverWhole,
  share_unlike_fraction: shareUnlikeFraction,
  rank_past_last: rankPastLast,
  rank_change: rankChange,
  two_lasts: twoLasts,
  two_base_periods: twoBasePeriods,
  two_bases: twoBases,
  base_not_earlier: baseNotEarlier,
  unlike_units: unlikeUnits,
  two_event_dates: twoEventDates,
  two_days_of_issue: twoDaysOfIssue,
  two_periods: twoPeriods,
  two_deadlines: twoDeadlines,
  more_items: moreItems,
  more_parts: moreParts,
  two_names: twoNames,
};

export interface Found extends Finding {
  rule: string;
}

/** What all rules find. Each groups by a key, so that the work grows with the rows, not with their pairs. */
export function findContradictions(facts: Facts): Found[] {
  const found: Found[] = [];
  const told = new Map<string, string[]>();
  for (const [rule, find] of Object.entries(rules)) {
    for (const finding of find(facts)) {
      const [{ id }, ...others] = finding.sides;
      const before = told.get(`${finding.kind} ${id}`) ?? [];
      if (before.some((other) => finding.others.has(other))) continue;
      told.set(`${finding.kind} ${id}`, [...before, ...others.map((side) => side.id)]);
      found.push({ ...finding, rule });
    }
  }
  return found;
}
